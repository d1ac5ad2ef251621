"""Why a date moved, in the words of a file: the code of the reason, where the words are clear."""

import re

from models.milestone import ReasonCode

#: Words that mean one cause, the more special first.
_WORDS: tuple[tuple[ReasonCode, str], ...] = (
    (ReasonCode.LITIGATION, r"\b(?:legal|litigation|lawsuit|court)|诉讼|争议|纠纷"),
    (ReasonCode.PERMITS, r"\b(?:permit|approval of|regulatory|licen[cs]e)|许可|审批"),
    (ReasonCode.UTILITIES, r"\b(?:utilit)|管线"),
    (ReasonCode.LAND, r"\b(?:land acquisition|right[- ]of[- ]way|expropriation)|征地|拆迁|征收"),
    (ReasonCode.SITE, r"\b(?:site|field condition|hazardous condition|geolog)|地质|现场"),
    (ReasonCode.FUNDING, r"\b(?:budget|fund|grant|financ)|资金|经费"),
    (ReasonCode.PROCUREMENT, r"\b(?:procurement|tender|bidding)|招标|招投标|采购"),
    (ReasonCode.CONTRACTOR, r"\b(?:contractor)|承包|施工单位"),
    (ReasonCode.WEATHER, r"\b(?:weather|flood|storm|typhoon|rain)|天气|暴雨|台风|洪"),
    (ReasonCode.SUPPLY, r"\b(?:unavailability of product|supply|material|equipment)|材料|设备|供货"),
    (ReasonCode.SAFETY, r"\b(?:safety)|安全"),
    (ReasonCode.COORDINATION, r"\b(?:coordinat)|协调"),
    (ReasonCode.POLICY, r"\b(?:policy|legislation)|政策"),
    (ReasonCode.DESIGN, r"\b(?:design)|设计"),
    (ReasonCode.SCOPE, r"\b(?:scope)|规模|范围"),
)
_PATTERNS = tuple((code, re.compile(words, re.IGNORECASE)) for code, words in _WORDS)


def reason_code_of(words: str) -> ReasonCode:
    """Return the code that words mean: ``other`` where they mean none, or more than one, which stay as they are."""
    found = [code for code, pattern in _PATTERNS if pattern.search(words)]
    if len(found) > 1 and set(found) == {ReasonCode.DESIGN, ReasonCode.SCOPE}:
        # Written as one cause: "changes in scope/design".
        return ReasonCode.SCOPE
    return found[0] if len(found) == 1 else ReasonCode.OTHER
