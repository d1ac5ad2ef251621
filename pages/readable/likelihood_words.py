"""How likely a date is, in one sentence; and of which promises that is said."""

from data.queries.departments import DepartmentName
from models.likelihood import CannotSay, Likelihood
from models.reference_class import ClassKey, Level
from models.survival import Share
from pages.words import has_word, word

_LEAST = 0.005


def sentence(said: Likelihood, day: str, language: str) -> str:
    """Return how likely the date is in one sentence, as far as it can be said: with its n and range, or why not."""
    if said.chance is not None:
        return word(
            "project.likely.chance",
            language,
            day=day,
            cases=said.at_risk,
            **share_words(said.chance),
        )
    for reason in said.why:
        if reason in (CannotSay.DATE_PASSED, CannotSay.BEYOND_EXPERIENCE, CannotSay.TOO_FEW_AS_LATE):
            return cannot_words(reason, said, day, language)
    return cannot_words(said.why[0] if said.why else CannotSay.TOO_FEW, said, day, language)


def cannot_words(reason: CannotSay, said: Likelihood, day: str, language: str) -> str:
    """Return why nothing can be said."""
    key, cases = str(reason), said.at_risk if reason is CannotSay.TOO_FEW_AS_LATE else said.n
    if reason is CannotSay.TOO_FEW_AS_LATE and not cases:
        key = "none_as_late"
    return word(f"project.likely.cannot.{key}", language, n=cases, silent=said.silent, day=day)


def class_words(key: ClassKey, department: DepartmentName | None, language: str) -> str:
    """Return what the promises of a class share, in words."""
    values = {
        "department": department.name(language) if department else key.department,
        "sector": word(f"codes.sector.{key.sector}", language) if key.sector else "",
        "stage": _stage(key.stage, language),
    }
    return word(f"project.likely.class.{key.level if key.level is not Level.ALL else 'all'}", language, **values)


def _stage(code: str, language: str) -> str:
    key = f"codes.milestone_code.{code}"
    return word(key, language) if code and has_word(key, language) else word("project.likely.other_stage", language)


def share_words(share: Share) -> dict[str, str]:
    """Return a share with its range, as words are given them."""
    # None of so many is not never.
    told = f"{share.share:.0%}" if share.share >= _LEAST else "<1%"
    return {"share": told, "low": f"{share.low:.0%}".rstrip("%"), "high": f"{share.high:.0%}"}
