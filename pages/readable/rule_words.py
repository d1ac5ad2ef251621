"""Items of the catalogue of disclosure in words: what they are called, and what a statement changed of one."""

from models.disclosure_rule import DisclosureRule
from pages.readable.differences import differences
from pages.words import word

_COMPARED = ("class_number", "title_zh", "title_en", "days", "document_type", "approval_route", "source", "is_retired")
_CODED = {"class_number": "disclosure_class", "document_type": "document_type", "approval_route": "approval_route"}


def rule_title(rule: DisclosureRule, language: str) -> str:
    """Return what an item is called."""
    return rule.title_en if language == "en" else rule.title_zh


def rule_difference(before: DisclosureRule | None, after: DisclosureRule, language: str) -> str:
    """Return what a statement changed of an item; that it is new, where there was none."""
    if before is None:
        return word("disclosure.added", language)
    parts = differences(before, after, _COMPARED, rule_value, words="disclosure", language=language)
    return word("disclosure.between", language).join(parts) or word("disclosure.same", language)


def rule_value(rule: DisclosureRule, name: str, language: str) -> str:
    """Return what an item says under a heading, in words."""
    value = getattr(rule, name)
    if name == "is_retired":
        return word("disclosure.retired" if value else "disclosure.holds", language)
    if value is None or value == "":
        return word("site.not_stated", language)
    return word(f"codes.{_CODED[name]}.{value}", language) if name in _CODED else str(value)
