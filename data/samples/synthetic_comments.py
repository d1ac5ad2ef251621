"""Comments of a synthetic record, and the answers to them: written many at a time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, insert, update
from sqlmodel import Session, col, select

from data.samples.synthetic_picks import Picks
from data.samples.synthetic_plan import DecisionPlan, Plan
from data.samples.synthetic_words import VERDICT_REASONS, comment_text, department_of, in_language, signature
from data.search import Kind
from data.unit_of_work import Entry, Findable, UnitOfWork
from models.base import Record
from models.clock import local_date
from models.comment import Channel, Comment, Point, Stance, receipt_code, receipt_digest
from models.comment_period import CommentPeriod
from models.decision import Language, decision_subject
from models.draft import Clause, DraftVersion
from models.ledger import Audience, EntryType
from models.verdict import VerdictCode

#: Of a hundred comments, so many belong to a campaign, and so many are on the draft as a whole.
_IN_CAMPAIGNS, _ON_THE_WHOLE = 30, 40
_CAMPAIGNS = 5
_STANCES = (
    Stance.SUPPORT, Stance.SUPPORT, Stance.OBJECT, Stance.OBJECT, Stance.OBJECT, Stance.CHANGE, Stance.CHANGE,
    Stance.CHANGE, Stance.QUESTION, Stance.NEUTRAL,
)  # fmt: skip
#: Verdicts as often as they are given, and the reason that goes with each.
_VERDICTS = (
    (VerdictCode.ADOPTED, 0), (VerdictCode.ADOPTED, 4), (VerdictCode.PARTLY_ADOPTED, 4), (VerdictCode.NOT_ADOPTED, 3),
    (VerdictCode.NOT_ADOPTED, 3), (VerdictCode.ALREADY_COVERED, 2), (VerdictCode.NOTED, 5), (VerdictCode.DEFERRED, 1),
    (VerdictCode.OUT_OF_SCOPE, 1),
)  # fmt: skip
_POINTS = Record.metadata.tables["point"]
_SETTLE = update(_POINTS).where(_POINTS.c.id == bindparam("point"))


class Receiver:
    """What is to be known of a decision to receive comments on it, asked once."""

    def __init__(self, session: Session, decision_id: str) -> None:
        """Ask."""
        self.decision_id = decision_id
        period = session.exec(select(CommentPeriod.id).where(CommentPeriod.decision_id == decision_id)).one()
        self.period_id: int = period
        self.clauses = session.exec(
            select(Clause.id, Clause.key)
            .join(DraftVersion)
            .where(DraftVersion.decision_id == decision_id, DraftVersion.number == 1)
            .order_by(col(Clause.position))
        ).all()


def token_of(plan: Plan, decision: DecisionPlan, number: int) -> str:
    """Return the client token of a comment, from which its receipt follows."""
    return f"synthetic {plan.seed} {decision.number} {number}"


def next_comment(session: Session) -> int:
    """Return the number of the next comment, which is that of its point too."""
    return (session.exec(select(func.max(Comment.id))).one() or 0) + 1


def receive(
    plan: Plan, coming: Sequence[tuple[int, DecisionPlan, int]], receivers: dict[int, Receiver], uow: UnitOfWork
) -> None:
    """Receive comments, in the order they come: second, decision, and number among those on the decision."""
    comments, texts, points = [], [], []
    for identifier, (at, decision, number) in enumerate(coming, next_comment(uow.session)):
        to, picks, instant = receivers[decision.number], Picks(plan.seed, 5, decision.number, number), plan.at(at)
        language, stance = picks.language(), _STANCES[picks.below(10)]
        whole = picks.below(100) < _ON_THE_WHOLE
        clause_id, clause_key = (None, None) if whole else to.clauses[picks.below(len(to.clauses))]
        body, name = _body(plan, decision, picks, language), signature(picks, language)
        digest = receipt_digest(receipt_code(token_of(plan, decision, number)))
        comments.append(
            {
                "id": identifier,
                "decision_id": to.decision_id,
                "period_id": to.period_id,
                "clause_id": clause_id,
                "clause_key": clause_key,
                "channel": Channel.WEB,
                "stance": stance,
                "language": language,
                "receipt_digest": digest,
                "received_at": instant,
            }
        )
        texts.append({"comment_id": identifier, "body": body, "name": name, "contact": ""})
        points.append(
            {
                "id": identifier,
                "comment_id": identifier,
                "decision_id": to.decision_id,
                "number": 1,
                "clause_key": clause_key,
                "stance": stance,
            }
        )
        uow.findable.append(Findable(Kind.COMMENT, identifier, body))
        uow.counted.append((to.decision_id, clause_key or "", str(stance), "", 1))
        uow.entries.append(_received(comments[-1], body, name))
    for kind, rows in (("comment", comments), ("comment_text", texts), ("point", points)):
        if rows:
            uow.session.execute(insert(Record.metadata.tables[kind]), rows)


def _received(comment: Mapping[str, Any], body: str, name: str) -> Entry:
    signed = ((Audience.OFFICER, "name", name),) if name else ()
    return Entry(
        type=EntryType.COMMENT_RECEIVED,
        subject=decision_subject(comment["decision_id"]),
        about=f"comment/{comment['id']}",
        time=comment["received_at"],
        actor={"role": "citizen"},
        pub={"round": 1, "clause": comment["clause_key"], "stance": str(comment["stance"]), "channel": "web"},
        disclosed=((Audience.PUBLIC, "body", body), *signed),
    )


def _body(plan: Plan, decision: DecisionPlan, picks: Picks, language: Language) -> str:
    if picks.below(100) >= _IN_CAMPAIGNS:
        return comment_text(picks, language)
    said = campaign_text(plan.seed, decision.number, picks.below(_CAMPAIGNS), language)
    return said + in_language((f"（{picks.below(99) + 1}号楼）", f" (House {picks.below(99) + 1})"), language)


@lru_cache(maxsize=20_000)
def campaign_text(seed: int, decision: int, campaign: int, language: Language) -> str:
    """Return what all of a campaign say, but for a few words."""
    return comment_text(Picks(seed, 6, decision, campaign), language)


def answer(plan: Plan, decision: DecisionPlan, key: str, numbers: range, uow: UnitOfWork) -> None:
    """Answer the points of a decision that have waited longest."""
    waiting: Iterator[Any] = iter(
        uow.session.execute(
            select(Point.id, Point.comment_id, Point.stance, Point.clause_key)
            .where(Point.decision_id == key, col(Point.state).is_(None))
            .order_by(col(Point.id))
            .limit(len(numbers))
        ).all()
    )
    verdicts, states = [], []
    actor = {"role": "planner", "org": department_of(plan.seed, decision.number)}
    for number, (point, comment, stance, clause) in zip(numbers, waiting, strict=True):
        code, why = _VERDICTS[Picks(plan.seed, 7, decision.number, number).below(len(_VERDICTS))]
        at = plan.at(plan.verdict_at(decision, number))
        reason = in_language(VERDICT_REASONS[why], Language.CHINESE)
        until = local_date(at) + timedelta(days=180) if code is VerdictCode.DEFERRED else None
        forwarded_to = "市民热线" if code is VerdictCode.OUT_OF_SCOPE else ""
        verdicts.append(
            {
                "point_id": point,
                "number": 1,
                "code": code,
                "reason": reason,
                "until": until,
                "forwarded_to": forwarded_to,
                "recorded_at": at,
            }
        )
        states.append({"point": point, "state": code})
        uow.counted += [
            (key, clause or "", str(stance), "", -1),
            (key, clause or "", str(stance), str(code), 1),
        ]
        uow.entries.append(_disposition(key, comment, verdicts[-1], actor))
    uow.session.execute(insert(Record.metadata.tables["verdict"]), verdicts)
    uow.session.execute(_SETTLE, states)


def _disposition(decision_id: str, comment: int, verdict: Mapping[str, Any], actor: dict[str, str]) -> Entry:
    until = verdict["until"]
    return Entry(
        type=EntryType.COMMENT_DISPOSITION,
        subject=decision_subject(decision_id),
        about=f"comment/{comment}",
        time=verdict["recorded_at"],
        actor=actor,
        pub={
            "point": 1,
            "number": 1,
            "code": str(verdict["code"]),
            "until": str(until) if until else None,
            "clause": None,
        },
        disclosed=tuple((Audience.PUBLIC, name, verdict[name]) for name in ("reason", "forwarded_to")),
    )
