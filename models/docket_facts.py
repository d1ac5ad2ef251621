"""
The facts of a decision, as the engine of procedures is given them: each with the instant at which it was recorded.

Statements are appended: where one was revised, both are given, under one id.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from models.document import DisclosureClass
from models.opinion import OpinionStance
from models.outcome import OutcomeCode
from models.stage import StageKind


@dataclass(frozen=True, kw_only=True)
class ProcedureFact:
    """By which procedure, with which overlays, the decision runs."""

    template: str
    overlays: tuple[str, ...] = ()
    #: In which zone its days end; the template's, unless said.
    zone: str = ""
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class FlagFact:
    """Something that makes rules apply: the matter is technical, or urgent."""

    flag: str
    is_raised: bool = True
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class StageFact:
    """One statement about a stage, as in ``models/stage.py``."""

    id: str = ""
    stage: str
    kind: StageKind
    starts_on: date
    ends_on: date
    reason: str = ""
    by: str = ""
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class DraftFact:
    """A version of the draft was published."""

    id: str
    #: Whether it differs so much from the one before that people would say something else about it.
    is_materially_changed: bool = False
    options: int = 1
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class PeriodFact:
    """One statement about a comment period: its opening, an extension, an early closing."""

    id: str
    #: In which stage comments are taken; the first that takes any, unless said.
    stage: str = ""
    round: int = 1
    opens_at: datetime
    #: Exclusive.
    closes_at: datetime
    zone: str = "Asia/Shanghai"
    reason: str = ""
    by: str = ""
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class NoticeFact:
    """Evidence that something was displayed: where, from when to when."""

    id: str = ""
    #: The stage whose comment period it announces, or the key of a publicity rule.
    of: str
    round: int = 1
    channel: str
    from_on: date
    to_on: date | None = None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class DocumentFact:
    """One statement about a document."""

    id: str
    type: str
    #: The key of the requirement it answers, where two are of one type.
    key: str = ""
    disclosure: DisclosureClass = DisclosureClass.PUBLIC
    ground: str = ""
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class OpinionFact:
    """An expert signed an opinion."""

    id: str
    is_from_own_department: bool = False
    stance: OpinionStance = OpinionStance.FOR
    has_dissent: bool = False
    signed_on: date
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class HearingFact:
    """A step of the hearing: notice, selection, list, materials, held, record, confirmation, feedback."""

    id: str = ""
    step: str
    on: date
    #: Who takes part, how many of them are interested parties or the public, and how many came.
    participants: int | None = None
    interested: int | None = None
    attended: int | None = None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class TallyFact:
    """How many points there were, and how many were answered, when it was counted."""

    points: int
    answered: int
    #: Not adopted, and without a reason.
    without_reason: int = 0
    #: When the first answer was published, and when the last point was answered.
    first_answer_at: datetime | None = None
    complete_at: datetime | None = None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class OutcomeFact:
    """What was decided."""

    id: str
    code: OutcomeCode
    decided_on: date
    effective_on: date | None = None
    #: Whether it says what differs from the draft.
    states_changes: bool = False
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class EvaluationFact:
    """It was measured whether the decision worked."""

    id: str
    evaluated_on: date
    #: Whether the evaluator did the main assessment before the decision.
    did_assessment: bool = False
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class ActFact:
    """Anything else a procedure speaks of, by the key its template gives it."""

    id: str = ""
    act: str
    on: date
    #: A figure that goes with it, where it has one.
    amount: Fraction | None = None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class WaiverFact:
    """A published reason why a duty was shortened or skipped."""

    id: str = ""
    #: The key of the item: ``window:participation``.
    of: str
    reason: str
    ground: str = ""
    by: str = ""
    recorded_at: datetime
