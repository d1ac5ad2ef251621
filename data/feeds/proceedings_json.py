"""What the record holds of a procedure, as JSON: choices, reasons, displays, acts, experts, the hearing, effects."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from data.feeds.written import day, instant
from data.queries import proceedings
from data.queries.catalogue_entries import CatalogueView, entries_of
from data.queries.hearings import HearingView, hearing_of
from data.queries.questions import QuestionView, questions_on

#: Numbers of rows, and of accounts, are nobody's business.
_OURS = {"id", "decision_id", "opinion_id", "effect_id", "entry_id", "question_id", "recorded_by"}


def as_proceedings(session: Session, decision_id: str) -> dict[str, Any]:
    """Return everything that was recorded of the procedure of a decision. Fourteen statements at most."""
    hearing = hearing_of(session, decision_id)
    return {
        "decision": decision_id,
        "catalogue": [as_entry(entry) for entry in entries_of(session, decision_id)],
        "procedures": _rows(proceedings.procedures_of(session, decision_id)),
        "waivers": _rows(proceedings.waivers_of(session, decision_id)),
        "notices": _rows(proceedings.notices_of(session, decision_id)),
        "acts": _rows(proceedings.acts_of(session, decision_id)),
        "panels": _rows(proceedings.panels_of(session, decision_id)),
        "adoptions": {
            str(number): _rows(said) for number, said in sorted(proceedings.adoptions_of(session, decision_id).items())
        },
        "questions": [
            _question(one) for _, asked in sorted(questions_on(session, decision_id).items()) for one in asked
        ],
        "hearing": _hearing(hearing) if hearing else None,
        "effects": [
            {
                **_row(one.effect),
                "measurements": _rows(one.measurements),
                # Absent where the record does not say from where the value was to move.
                "is_reached": one.is_reached,
            }
            for one in proceedings.effects_of(session, decision_id)
        ],
    }


def as_entry(view: CatalogueView) -> dict[str, Any]:
    """Return an entry of the catalogue, with everything that was said of it."""
    return {
        "year": view.entry.year,
        "number": view.entry.number,
        "recorded_at": instant(view.entry.recorded_at),
        "revisions": [{**_row(one), "decision": one.decision_id} for one in view.revisions],
    }


def _hearing(view: HearingView) -> dict[str, Any]:
    return {
        "steps": _rows(view.steps),
        "rule": view.rule,
        "registrations": [
            {
                "number": one.number,
                "side": one.side,
                "name": one.masked_name,
                "registered_at": instant(one.registered_at),
                "drawn": one.drawn,
            }
            for one in view.registrants
        ],
    }


def _question(view: QuestionView) -> dict[str, Any]:
    return {
        "opinion": view.opinion,
        "number": view.number,
        "language": view.language,
        "name": view.name,
        "text": view.body,
        "asked_at": instant(view.asked_at),
        "answers": _rows(view.answers),
    }


def _rows(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [_row(row) for row in rows]


def _row(row: Any) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in type(row).model_fields if name not in _OURS}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    return day(value) if isinstance(value, date) else value
