"""
Texts of decisions and comments that nobody wrote: put together from lists of words.

They are always the same ones for the same numbers. They read like the field's texts and have their lengths, so that
what is measured on them holds for real ones.
"""

# ruff: noqa: E501 - a Chinese character is counted as two; lists of words are not made longer than they are.

from collections.abc import Sequence

from data.samples.synthetic_picks import Picks
from models.decision import Language, Topic

DISTRICTS = (
    ("临江区", "Linjiang"), ("北岭区", "Beiling"), ("南湖区", "Nanhu"), ("东港区", "Donggang"), ("西坪县", "Xiping"),
    ("青石区", "Qingshi"), ("云溪县", "Yunxi"), ("高桥区", "Gaoqiao"), ("望海区", "Wanghai"), ("石门县", "Shimen"),
)  # fmt: skip
DEPARTMENTS = (
    ("water", "水务局", "Water Bureau"), ("transport", "交通运输局", "Transport Bureau"),
    ("planning", "自然资源和规划局", "Planning Bureau"), ("environment", "生态环境局", "Environment Bureau"),
    ("housing", "住房和城乡建设局", "Housing Bureau"), ("education", "教育局", "Education Bureau"),
    ("health", "卫生健康委员会", "Health Commission"), ("culture", "文化和旅游局", "Culture Bureau"),
    ("safety", "应急管理局", "Emergency Bureau"), ("parks", "园林绿化局", "Parks Bureau"),
    ("economy", "发展和改革委员会", "Development Commission"), ("civil-affairs", "民政局", "Civil Affairs Bureau"),
)  # fmt: skip
TOPICS = tuple(Topic)

_MATTERS_ZH = (
    "夜间施工噪声管理", "生活垃圾分类", "城市公园开放时间", "居民用水阶梯价格", "电动自行车停放充电", "老旧小区加装电梯",
    "公共交通票价", "义务教育学区划分", "河道采砂管理", "住宅停车收费", "餐饮油烟治理", "历史街区保护", "养老服务补贴",
    "烟花爆竹燃放", "共享单车投放", "扬尘污染防治", "地下管网维护", "社区医院转诊", "农贸市场改造", "限行路段调整",
)  # fmt: skip
_MATTERS_EN = (
    "Night Construction Noise", "Household Waste Sorting", "Park Opening Hours", "Tiered Water Prices",
    "Electric Bicycle Charging", "Lifts in Old Buildings", "Public Transport Fares", "School Districts",
    "River Sand Extraction", "Residential Parking Fees", "Kitchen Fumes", "Historic Quarters", "Elderly Care Subsidies",
    "Fireworks", "Shared Bicycles", "Dust Control", "Underground Pipes", "Community Clinics", "Covered Markets",
    "Restricted Roads",
)  # fmt: skip
_FORMS_ZH = ("管理办法", "实施细则", "若干规定", "三年行动方案", "工作方案", "条例实施意见")
_FORMS_EN = ("Rules", "Measures", "Action Plan", "Guidelines", "Scheme", "Regulations")
_CLAUSES_ZH = (
    "为了规范{0}，保障居民合法权益，根据有关法律法规，结合本市实际，制定本办法。",
    "本办法适用于本市行政区域内的{0}及其监督管理活动。",
    "{0}应当遵循公开透明、便民利民、分步实施的原则。",
    "市主管部门负责统筹协调，各区人民政府负责本辖区内{0}的组织实施。",
    "每日二十二时至次日六时，未经批准不得从事与{0}有关的高噪声作业。",
    "有关单位应当在开工前十五日公示{0}的时间、范围和联系方式。",
    "居民可以通过热线、网站或者社区窗口对{0}提出意见，主管部门应当在十五个工作日内答复。",
    "因{0}给居民造成损失的，应当依照规定给予补偿，补偿标准每三年调整一次。",
    "违反本办法规定的，由主管部门责令改正，可以处一千元以上一万元以下罚款。",
    "本办法自公布之日起三十日后施行，有效期五年。",
)  # fmt: skip
_CLAUSES_EN = (
    "These rules govern {0} and protect the rights of residents in the city.",
    "They apply to {0} in all districts, and to the supervision of it.",
    "Openness, convenience and gradual introduction are the principles of {0}.",
    "The bureau coordinates; each district carries out {0} within its borders.",
    "Between 22:00 and 06:00 no loud work connected with {0} is allowed without a permit.",
    "Time, extent and contact of {0} are displayed fifteen days before work starts.",
    "Residents may object to {0} by telephone, online or in person, and are answered in fifteen working days.",
    "Losses caused by {0} are compensated; the rates are revised every three years.",
    "Whoever breaks these rules is told to stop and may be fined between 1,000 and 10,000 yuan.",
    "These rules take effect thirty days after publication and hold for five years.",
)  # fmt: skip

_WHO_ZH = (
    "我家住在{0}", "作为{0}的老居民", "我在{0}开店十年", "我们小区在{0}", "我是{0}的一名教师", "孩子在{0}上小学",
    "我每天骑车经过{0}", "家里有老人住在{0}", "我在{0}租房", "我是{0}的出租车司机",
)  # fmt: skip
_WHAT_ZH = (
    "夜间施工噪音太大", "垃圾清运不及时", "停车位严重不足", "公交车间隔太长", "路灯很多不亮", "河水有异味", "绿地被占用",
    "电梯经常停运", "学校周边太拥堵", "油烟直排窗口", "收费标准不透明", "人行道坑洼积水", "充电桩数量太少", "广场音乐扰民",
    "水压不够稳定", "工地扬尘严重", "投诉没有回音", "医院挂号困难",
)  # fmt: skip
_ASK_ZH = (
    "建议把停工时间提前到晚上十点", "希望公布投诉电话和处理时限", "请先在两个街道试点再推广", "应当给低收入家庭减免费用",
    "要把监测数据实时公开", "补偿标准应当逐年调整", "请增加听证会并邀请居民代表", "建议与邻近城市的做法保持一致",
    "违规三次的应当停业整顿", "请把第五条写得更清楚", "希望保留原有的绿化带", "建议增加无障碍设施",
)  # fmt: skip
_WHY_ZH = (
    "让老人和孩子能休息好", "否则规定就是一纸空文", "这样才公平", "大家都会支持", "不然矛盾会越来越多", "这是居民最关心的事",
    "去年已经发生过两次事故", "现在的办法根本执行不了", "其他城市早就这样做了", "我们等了整整三年",
)  # fmt: skip
_MORE_ZH = (
    "同时，请说明经费从哪里来。", "另外，公告栏应当放在小区门口。", "我愿意参加座谈会。", "请在结果中逐条回应。", "谢谢。",
    "附上上个月的照片和记录。", "如果不能采纳，请说明理由。", "我咨询过律师，认为这一条缺少上位法依据。",
)  # fmt: skip
_WHO_EN = (
    "I live in {0}", "As a shop owner in {0}", "Our family moved to {0} ten years ago", "I teach at a school in {0}",
    "I cycle through {0} every day", "My parents live in {0}", "I rent a flat in {0}", "I drive a taxi in {0}",
)  # fmt: skip
_WHAT_EN = (
    "the noise at night is unbearable", "waste is not collected on time", "there is nowhere to park",
    "buses come too rarely", "street lamps stay dark", "the river smells", "the green space is being built over",
    "the lift is out of order every week", "the road by the school is jammed", "fees are not explained",
    "the pavement floods", "complaints are never answered",
)  # fmt: skip
_ASK_EN = (
    "please end work at ten in the evening", "publish a telephone number and a deadline for answers",
    "try it in two neighbourhoods first", "waive the fee for poor households", "publish the measurements as they come",
    "revise the compensation every year", "hold another hearing with residents", "write article five more clearly",
    "keep the old trees", "add ramps for wheelchairs",
)  # fmt: skip
_WHY_EN = (
    "so that people can sleep", "or the rule is worth nothing", "because that would be fair", "and everybody would agree",
    "before somebody gets hurt", "as other cities have done for years",
)  # fmt: skip
_RARE = ("渡槽检修", "磁悬浮", "古井保护", "蝙蝠栖息", "窨井盖", "culvert inspection", "bat roosts", "well house")
#: One comment of so many has a word that hardly any other has.
_RARELY = 2_000
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = (
    "伟",
    "芳",
    "秀英",
    "敏",
    "静",
    "强",
    "磊",
    "洋",
    "艳",
    "勇",
    "军",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "文博",
    "雨桐",
)
_NAMES_EN = ("Mary Smith", "John Miller", "Anna Weber", "Tom Baker", "Li Na", "Peter Wang", "Grace Chen", "Omar Aziz")


VERDICT_REASONS = (
    ("已在第五条中写明。", "Article 5 now says so."), ("涉及其他法规，拟另行研究。", "It touches other rules and is studied apart."),
    ("现有规定已经覆盖。", "Existing rules cover this."), ("经测算财政难以承受。", "The budget cannot carry it."),
    ("意见合理，予以采纳，修改相应条款。", "A fair point; the clause was changed."),
    ("感谢关心，试点情况将定期公布。", "Thank you; results of the trial are published regularly."),
)  # fmt: skip


def in_language(pair: Sequence[str], language: Language) -> str:
    """Return the text of a pair, Chinese first, that is in this language."""
    return pair[0] if language is Language.CHINESE else pair[1]


def department_of(seed: int, decision: int) -> str:
    """Return the code of the department that answers for a decision."""
    return DEPARTMENTS[Picks(seed, 8, decision).below(len(DEPARTMENTS))][0]


def decision_title(picks: Picks, language: Language, number: int) -> tuple[str, str]:
    """Return the title of a decision, and what it is about."""
    district = DISTRICTS[picks.below(len(DISTRICTS))]
    matter = picks.below(len(_MATTERS_ZH))
    if language is Language.CHINESE:
        return f"{district[0]}{_MATTERS_ZH[matter]}{picks.one_of(_FORMS_ZH)}（草案第{number}号）", _MATTERS_ZH[matter]
    return f"{district[1]} {_MATTERS_EN[matter]} {picks.one_of(_FORMS_EN)} (draft {number})", _MATTERS_EN[matter]


def draft_text(matter: str, language: Language, version: int) -> str:
    """Return the text of a draft, in ten clauses; of a second version, in eleven."""
    if language is Language.CHINESE:
        lines = [
            f"第{'一二三四五六七八九十'[place]}条 {text.format(matter)}" for place, text in enumerate(_CLAUSES_ZH)
        ]
        more = "第十一条 实施满一年后，主管部门应当组织评估并公布结果。"
    else:
        lines = [f"Article {place} {text.format(matter)}" for place, text in enumerate(_CLAUSES_EN, 1)]
        more = "Article 11 After one year the bureau evaluates these rules and publishes what it finds."
    return "\n".join([*lines, more] if version > 1 else lines)


def comment_text(picks: Picks, language: Language) -> str:
    """Return what somebody might say."""
    district = in_language(DISTRICTS[picks.below(len(DISTRICTS))], language)
    rare = f"（{picks.one_of(_RARE)}）" if picks.below(_RARELY) == 0 else ""
    if language is Language.CHINESE:
        first = f"{picks.one_of(_WHO_ZH).format(district)}，{picks.one_of(_WHAT_ZH)}，{picks.one_of(_ASK_ZH)}，"
        more = "".join(picks.one_of(_MORE_ZH) for _ in range(picks.below(4)))
        return f"{first}{picks.one_of(_WHY_ZH)}{rare}。{more}"
    first = f"{picks.one_of(_WHO_EN).format(district)} and {picks.one_of(_WHAT_EN)}; {picks.one_of(_ASK_EN)},"
    second = f" Also, {picks.one_of(_WHAT_EN)}: {picks.one_of(_ASK_EN)}." if picks.below(2) else ""
    return f"{first} {picks.one_of(_WHY_EN)}{rare}.{second}"


def signature(picks: Picks, language: Language) -> str:
    """Return a name, or none: every second comment is not signed."""
    if picks.below(2):
        return ""
    if language is Language.CHINESE:
        return _SURNAMES[picks.below(len(_SURNAMES))] + picks.one_of(_GIVEN)
    return picks.one_of(_NAMES_EN)
