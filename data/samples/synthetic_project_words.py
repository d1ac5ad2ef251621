"""Texts of projects that nobody wrote: put together from lists of words, always the same ones for the same numbers."""

# ruff: noqa: E501 - a Chinese character is counted as two; lists of words are not made longer than they are.

from data.samples.synthetic_picks import Picks
from data.samples.synthetic_words import DISTRICTS
from models.decision import Language
from models.project import Sector

SECTORS = tuple(Sector)
_WORKS_ZH = ("第二水厂", "过江通道", "地铁三号线", "中心医院新院区", "实验小学扩建", "污水处理厂提标", "滨江绿道", "体育中心",
    "保障性住房", "防洪堤加固", "综合管廊", "图书馆新馆", "公交枢纽", "垃圾焚烧发电厂", "老旧管网改造", "文化广场")  # fmt: skip
_WORKS_EN = ("Second Waterworks", "River Crossing", "Metro Line 3", "Central Hospital", "Primary School Extension",
    "Sewage Works Upgrade", "Riverside Greenway", "Sports Centre", "Social Housing", "Flood Wall", "Utility Tunnel",
    "New Library", "Bus Interchange", "Waste-to-Energy Plant", "Pipe Renewal", "Culture Square")  # fmt: skip
_PARTS_ZH = ("一期工程", "二期工程", "改扩建项目", "南段", "北段", "配套工程")
_PARTS_EN = ("Phase 1", "Phase 2", "Extension", "South Section", "North Section", "Ancillary Works")
MILESTONES = (
    ("可行性研究报告批复", "Feasibility study approved"), ("初步设计批复", "Preliminary design approved"),
    ("开工", "Construction starts"), ("主体结构封顶", "Structure topped out"), ("设备调试完成", "Systems commissioned"),
    ("竣工验收", "Completion accepted"),
)  # fmt: skip
MOVED_BECAUSE = (
    ("land", "征地拆迁进度慢于预期。", "Land could not be acquired in time."),
    ("utilities", "地下管线迁改方案调整。", "Underground lines had to be moved differently."),
    ("permits", "环评批复尚未取得。", "The environmental permit has not been granted."),
    ("design", "设计方案根据专家意见优化。", "The design was changed on the advice of experts."),
    ("funding", "年度资金计划调整。", "The budget of the year was revised."),
    ("procurement", "首次招标流标，重新招标。", "The first tender failed and was repeated."),
    ("weather", "汛期连续降雨影响施工。", "Rain in the flood season stopped the work."),
    ("contractor", "施工单位力量不足，已更换。", "The contractor lacked people and was replaced."),
)  # fmt: skip


def project_title(picks: Picks, language: Language, number: int) -> tuple[str, str]:
    """Return the title of a project, and the district it is in, by name."""
    district = DISTRICTS[picks.below(len(DISTRICTS))]
    works, part = picks.below(len(_WORKS_ZH)), picks.below(len(_PARTS_ZH))
    if language is Language.CHINESE:
        return f"{district[0]}{_WORKS_ZH[works]}{_PARTS_ZH[part]}（{number}）", district[0]
    return f"{district[1]} {_WORKS_EN[works]}, {_PARTS_EN[part]} ({number})", district[1]
