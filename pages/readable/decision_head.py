"""What stands above the parts of a decision: where it stands, and what happens next."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from data.queries.decision_view import DecisionView, find_decision
from data.queries.departments import DepartmentName, departments
from data.queries.duties import duties_of
from data.queries.hearings import open_registration
from models.clock import JURISDICTION, days_between
from models.docket_evaluation import DocketEvaluation
from models.hearing import HearingStep
from models.procedure_terms import Words
from models.stage import StageRevision
from pages.readable import Visit
from pages.readable.decision_duties import following, late
from pages.readable.decision_rail import rail
from pages.readable.duty_words import DutyWords
from pages.readable.kept import kept
from pages.rendering import render


@dataclass(frozen=True, kw_only=True)
class DecisionHead:
    """What stands above the parts of a decision: where it stands, and what happens next."""

    view: DecisionView
    department: DepartmentName
    #: Civil days since comments were last taken; nothing while they are, and before.
    days_closed: int | None
    #: Where it stands against its procedure.
    evaluation: DocketEvaluation | None = None
    #: Until when anybody may register for its hearing; nothing if nobody may today.
    registration: HearingStep | None = None
    #: What was written of it, by what was asked for.
    written: dict[Hashable, str] = field(default_factory=dict)

    @property
    def stages(self) -> list[tuple[Words, Sequence[StageRevision]]]:
        """What was said of each stage, by what it is called, in the order of the procedure."""
        return [(self.view.stage_title(stage), said) for stage, said in self.view.stages.items()]


def decision_head(session: Session, visit: Visit) -> DecisionHead | None:
    """
    Return the head of the decision that is asked for; nothing if there is none.

    Eleven statements once for each state of the record, and those by which its duties are judged where it changed.
    """
    return kept("decision", visit, lambda: _read_head(session, visit))


def _read_head(session: Session, visit: Visit) -> DecisionHead | None:
    view = find_decision(session, visit.id, now=visit.now) if visit.id else None
    if view is None:
        return None
    duties = duties_of(session, view.id, visit.now)
    closes_at, zone = view.present.closes_at, view.present.zone or JURISDICTION
    is_closed = closes_at is not None and closes_at <= visit.now
    return DecisionHead(
        view=view,
        department=departments(session)[view.department_id],
        days_closed=days_between(closes_at, visit.now, zone) if closes_at and is_closed else None,
        evaluation=duties.evaluation if duties else None,
        registration=open_registration(session, view.id, visit.today) if view.outcome is None else None,
    )


def head_html(head: DecisionHead, visit: Visit) -> str:
    """Return the head as HTML."""
    return written_once(head, visit, lambda: _write_head(head, visit))


def _write_head(head: DecisionHead, visit: Visit) -> str:
    found = head.evaluation
    return render(
        "decision_head.html",
        visit.language,
        head=head,
        view=head.view,
        visit=visit,
        rail=rail(found, head.view.stages) if found else (),
        late=late(found) if found else None,
        following=following(found) if found else (),
        words=DutyWords(found.template, visit.language) if found else None,
    )


def written_once(head: DecisionHead, visit: Visit, write: Callable[[], str], *asked: Hashable) -> str:
    """Return what is written of a decision, written once for each question."""
    key = (visit.language, tuple(sorted(visit.query.items())), *asked)
    if key not in head.written:
        head.written[key] = write()
    return head.written[key]
