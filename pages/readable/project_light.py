"""The light of a project in words: what it is, why, and by which rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.light_reasons import Light, LightReason, Reason
from models.light_rule import RULE, LightRule
from models.lights import LightResult
from pages.formats import format_days, format_money
from pages.words import word

#: Third after the letter and the shape comes a colour: of those that pages have.
TONES: Mapping[Light, str] = {
    Light.STALE: "waiting",
    Light.RED: "late",
    Light.YELLOW: "waiting",
    Light.GREEN: "reached",
    Light.PAUSED: "waiting",
    Light.CANCELLED: "",
    Light.DONE: "reached",
}
_MONEY = (LightReason.OVER_ESTIMATE,)
_POINTS = (LightReason.SPEND_AHEAD,)
_COUNTS = (LightReason.OFTEN_MOVED,)


@dataclass(frozen=True, kw_only=True)
class LightWords:
    """A light, as a page shows it."""

    letter: str
    tone: str
    rule_version: int
    #: What made it.
    why: list[str]


def light_words(result: LightResult, titles: Mapping[int, str], language: str) -> LightWords:
    """
    Return a light in words.

    :param titles: of the milestones, by their numbers
    """
    return LightWords(
        letter=str(result.light),
        tone=TONES[result.light],
        rule_version=result.rule_version,
        why=[_reason(one, titles, language) for one in result.reasons if one.light is result.light],
    )


def other_reasons(result: LightResult, titles: Mapping[int, str], language: str) -> list[str]:
    """Return what would speak for another light, in words; for the titles, see :func:`light_words`."""
    return [_reason(one, titles, language) for one in result.reasons if one.light is not result.light]


def rule_values(rule: LightRule = RULE) -> dict[str, object]:
    """Return the thresholds of the rule, as they are printed."""
    return {
        "version": rule.version,
        "monthly": int(rule.stale_cadences * rule.monthly),
        "quarterly": int(rule.stale_cadences * rule.quarterly),
        "red_days": rule.red_days,
        "red_share": f"{float(rule.red_share):.0%}",
        "yellow_days": rule.yellow_days,
        "yellow_share": f"{float(rule.yellow_share):.0%}",
        "due_within": rule.due_within,
        "spend_ahead": rule.spend_ahead // 100,
        "moves": rule.moves,
        "moves_within": rule.moves_within,
    }


def _reason(one: Reason, titles: Mapping[int, str], language: str) -> str:
    key = f"project.light_reason.{one.code}"
    title = titles.get(one.milestone or 0, "")
    measured, limit = (_figure(one, value, language) for value in (one.measured, one.limit))
    if one.code in (LightReason.DONE, LightReason.AS_PROMISED) and one.measured is not None:
        sign = "late" if one.measured > 0 else "early" if one.measured < 0 else "same"
        key = f"{key}_{sign}"
    return word(key, language, title=title, measured=measured, limit=limit, within=RULE.moves_within)


def _figure(one: Reason, value: int | None, language: str) -> str:
    if value is None:
        return ""
    if one.code in _MONEY:
        return format_money(value, one.currency or "", language)
    if one.code in _POINTS:
        return f"{value / 100:g}"
    return str(value) if one.code in _COUNTS else format_days(value, language)
