"""
The words by which people name columns, phases and sectors, in English and Chinese.

Used for guesses, which people see and may correct before anything is written.
"""

from models.money import BudgetKind
from models.project import Phase, Sector

#: By field of a mapping: names of columns, best first. A name matches a heading that is the same; after all of those,
#: a heading that contains it as a word.
HEADINGS: dict[str, tuple[str, ...]] = {
    "identifier": (
        "project id", "project number", "project no", "project code", "identifier", "id", "reference", "ref", "prjref",
        "code", "项目编号", "项目代码", "项目编码", "编号", "编码", "代码",
    ),
    "title": ("project name", "project title", "title", "name", "项目名称", "工程名称", "名称", "项目", "标题"),
    "description": (
        "project description", "description", "summary", "scope summary", "scope", "details", "建设内容",
        "主要建设内容",
        "项目简介", "主要内容", "简介", "描述", "说明",
    ),
    "purpose": ("purpose", "objective", "建设目的", "目的"),
    "phase": ("project status", "phase", "status", "stage", "项目状态", "项目阶段", "建设阶段", "阶段", "状态"),
    "sector": ("sector", "project type", "type", "category", "行业", "领域", "项目类型", "类型", "类别"),
    "region": (
        "region", "district", "borough", "county", "city", "所在区", "行政区", "区县", "地区", "区域",
        "所在地",
    ),
    "department": (
        "department", "managing agency", "agency", "authority", "owner group", "owner", "责任单位", "主管部门",
        "建设单位",
        "部门", "单位",
    ),
    "longitude": ("longitude", "lon", "lng", "long", "经度"),
    "latitude": ("latitude", "lat", "纬度"),
    "geometry": ("geometry", "geom", "the geom", "wkt", "geojson", "point", "shape"),
    "budget": (
        "budget", "total budget", "original budget", "total investment", "investment", "total cost", "cost", "award",
        "amount", "value", "总投资", "投资额", "计划投资", "概算", "预算", "合同价", "金额",
    ),
    "budget_now": (
        "combined total", "current budget", "revised budget", "current cost", "latest cost", "forecast cost",
        "调整概算", "现投资",
    ),
    "progress": ("physical progress", "percent complete", "% complete", "形象进度(%)", "工程进度(%)", "累计完成(%)"),
    "annual_progress": (
        "annual progress", "% of annual plan", "share of annual plan", "年度计划完成率", "年度完成率",
    ),
    "currency_column": ("currency", "币种", "货币"),
    "delay_reason": (
        "reason", "explanation for delay", "reason for delay", "delay reason", "延期原因", "变更原因",
        "调整原因",
    ),
}  # fmt: skip

#: Headings of dates that say something about the row in the list, not about the project.
ABOUT_THE_ROW = (
    "entry date", "updated", "update", "last updated", "modified", "created", "recorded", "timestamp", "as of",
    "更新", "录入", "填报", "创建", "统计",
)  # fmt: skip
SAYS_DATE = ("date", "day", "deadline", "日期", "时间", "日")
PLANNED = (
    "planned",
    "plan",
    "forecast",
    "expected",
    "target",
    "baseline",
    "scheduled",
    "due",
    "计划",
    "预计",
    "拟",
    "目标",
)
ACTUAL = ("actual", "achieved", "reached", "met", "实际", "已")
COMPLETES = ("completion", "completed", "complete", "finish", "end", "竣工", "完工", "建成", "投用", "通车")
STARTS = ("start", "started", "commenced", "commencement", "groundbreaking", "开工", "动工")
APPROVES = ("approval", "approved", "consent", "granted", "expires", "business case", "批复", "审批", "核准", "立项")
BUYS = ("tender", "procurement", "award", "bid", "招标", "采购", "中标")

#: At which step an amount was set, as headings say it.
BUDGETS: dict[BudgetKind, tuple[str, ...]] = {
    BudgetKind.APPROVED_ESTIMATE: ("概算",),
    BudgetKind.CONTRACT: ("contract", "award", "合同价", "中标价"),
    BudgetKind.FINAL_ACCOUNT: ("final account", "决算"),
    BudgetKind.BUDGET: ("budget", "预算"),
}

#: What people call a phase. The codes of the standard are known as well.
PHASES: dict[Phase, tuple[str, ...]] = {
    Phase.IDENTIFICATION: ("pre application", "proposed", "concept", "idea", "谋划", "储备", "策划", "前期谋划"),
    Phase.PREPARATION: (
        "planning", "planned", "design", "procurement", "tender", "acceptance", "pre examination", "examination",
        "recommendation", "decision", "decided", "approved", "前期", "前期工作", "拟建", "规划", "设计",
        "招标", "审批",
        "未开工", "筹备", "准备",
    ),
    Phase.IMPLEMENTATION: (
        "construction", "under construction", "in progress", "ongoing", "active", "started", "delivery", "underway",
        "在建", "施工", "建设", "建设中", "施工中", "续建", "新开工", "已开工", "开工", "实施",
    ),
    Phase.COMPLETION: (
        "complete", "completed", "finished", "handover", "竣工", "完工", "建成", "已完工", "已竣工", "已建成",
        "验收", "竣工验收",
    ),
    Phase.MAINTENANCE: ("operation", "operational", "in service", "open", "运营", "运行", "投用", "维护", "已投用"),
    Phase.DECOMMISSIONED: ("closed", "demolished", "拆除"),
    Phase.CANCELLED: ("canceled", "withdrawn", "dropped", "refused", "abandoned", "取消", "终止", "撤销", "已取消"),
}  # fmt: skip

#: What people call a sector.
SECTORS: dict[Sector, tuple[str, ...]] = {
    Sector.EDUCATION: ("school", "schools", "university", "教育", "学校"),
    Sector.HEALTH: ("hospital", "healthcare", "医疗", "卫生", "卫生健康", "医院"),
    Sector.ENERGY: ("power", "electricity", "gas", "能源", "电力"),
    Sector.COMMUNICATIONS: ("telecom", "digital", "通信", "信息化"),
    Sector.WATER: (
        "water", "waste", "waste water", "wastewater", "sewer", "sewers", "drainage", "水务", "水利", "供水",
        "排水", "环卫", "污水",
    ),
    Sector.GOVERNANCE: ("government", "administration", "政务", "政府"),
    Sector.ECONOMY: ("business", "business & commercial", "commercial", "industry", "产业", "工业", "商业"),
    Sector.CULTURE: (
        "culture", "sports", "sport", "recreation", "library", "libraries", "parks", "park", "文化", "体育",
        "文体", "旅游",
    ),
    Sector.TRANSPORT: (
        "road", "roads", "rail", "bridge", "bridges", "transportation", "highway", "street", "streets", "交通",
        "道路", "轨道交通", "桥梁", "市政道路",
    ),
    Sector.HOUSING: ("housing", "social housing", "public housing", "住房", "保障房", "保障性住房", "安居"),
    Sector.ENVIRONMENT: (
        "environment", "natural resources", "naturalresources", "flood", "flood protection", "生态", "环境",
        "生态环境", "绿化", "园林",
    ),
}  # fmt: skip
