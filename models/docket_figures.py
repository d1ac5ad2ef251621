"""
The figures of a docket that a procedure may set bounds to, by the names that templates use.

A figure that nothing in the record speaks of is none, which is neither zero nor enough.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from models.docket_facts import HearingFact
from models.docket_view import View
from models.opinion import OpinionStance


def figure(view: View, name: str) -> Fraction | None:
    """Return a figure of the docket; none if the record does not say."""
    kind, _, of = name.partition(":")
    return FIGURES[kind](view, of)


def _experts(view: View, _: str) -> Fraction | None:
    return Fraction(len(view.docket.opinions)) if view.docket.opinions else None


def _experts_own_share(view: View, _: str) -> Fraction | None:
    opinions = view.docket.opinions
    own = sum(1 for fact in opinions if fact.is_from_own_department)
    return Fraction(own, len(opinions)) if opinions else None


def _experts_dissenting(view: View, _: str) -> Fraction | None:
    opinions = view.docket.opinions
    dissenting = sum(1 for fact in opinions if fact.has_dissent or fact.stance is OpinionStance.AGAINST)
    return Fraction(dissenting) if opinions else None


def _hearing_participants(view: View, _: str) -> Fraction | None:
    said = _latest(view, lambda fact: fact.participants)
    return None if said is None else Fraction(said)


def _hearing_interested_share(view: View, _: str) -> Fraction | None:
    return _share(_latest(view, lambda fact: fact.interested), _latest(view, lambda fact: fact.participants))


def _hearing_attendance(view: View, _: str) -> Fraction | None:
    return _share(_latest(view, lambda fact: fact.attended), _latest(view, lambda fact: fact.participants))


def _options(view: View, _: str) -> Fraction | None:
    drafts = view.docket.drafts
    return Fraction(max(fact.options for fact in drafts)) if drafts else None


def _answered_share(view: View, _: str) -> Fraction | None:
    latest = view.docket.tallies[-1] if view.docket.tallies else None
    if latest is None:
        return None
    return Fraction(latest.answered, latest.points) if latest.points else Fraction(1)


def _answers_without_reason(view: View, _: str) -> Fraction | None:
    return Fraction(view.docket.tallies[-1].without_reason) if view.docket.tallies else None


def _evaluators_who_assessed(view: View, _: str) -> Fraction | None:
    facts = view.docket.evaluations
    return Fraction(sum(1 for fact in facts if fact.did_assessment)) if facts else None


def _act(view: View, act: str) -> Fraction | None:
    return next((fact.amount for fact in reversed(view.docket.acts) if fact.act == act), None)


def _latest(view: View, what: Callable[[HearingFact], int | None]) -> int | None:
    return next((what(fact) for fact in reversed(view.docket.hearings) if what(fact) is not None), None)


def _share(part: int | None, whole: int | None) -> Fraction | None:
    return None if part is None or not whole else Fraction(part, whole)


#: How each figure is found.
FIGURES: Mapping[str, Callable[[View, str], Fraction | None]] = MappingProxyType(
    {
        "experts": _experts,
        "experts_own_share": _experts_own_share,
        "experts_dissenting": _experts_dissenting,
        "hearing_participants": _hearing_participants,
        "hearing_interested_share": _hearing_interested_share,
        "hearing_attendance": _hearing_attendance,
        "options": _options,
        "answered_share": _answered_share,
        "answers_without_reason": _answers_without_reason,
        "evaluators_who_assessed": _evaluators_who_assessed,
        "act": _act,
    }
)
