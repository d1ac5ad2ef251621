"""
The ledger: one entry for every change, numbered without gaps, hashed into a Merkle tree.

An entry's body is canonical JSON (RFC 8785). It holds what is public by nature; everything that may one day have to
be erased stands beside it, as salted disclosures (RFC 9901) of which the body holds digests only.
"""

from enum import StrEnum

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist

#: The version of the body's form.
FORM = 1
#: The largest body, in bytes. Entry bundles are framed by 16-bit lengths; this leaves room.
LARGEST_BODY = 16_384
#: How many hashes a full tile holds (C2SP tlog-tiles).
TILE_WIDTH = 256


class EntryType(StrEnum):
    """What was done. A closed list: codes are published, and never renamed or used again."""

    LOG_OPENED = "log.opened"
    DEPARTMENT_PUBLISHED = "department.published"
    DEPARTMENT_AMENDED = "department.amended"
    DECISION_ANNOUNCED = "decision.announced"
    DECISION_AMENDED = "decision.amended"
    STAGE_PLANNED = "stage.planned"
    STAGE_CHANGED = "stage.changed"
    DRAFT_PUBLISHED = "draft.published"
    DRAFT_AMENDED = "draft.amended"
    WINDOW_OPENED = "window.opened"
    WINDOW_EXTENDED = "window.extended"
    WINDOW_CLOSED = "window.closed"
    EXPERT_OPINION = "expert.opinion"
    COMMENT_RECEIVED = "comment.received"
    COMMENT_DISPOSITION = "comment.disposition"
    #: The outcome of a decision.
    DECISION_PUBLISHED = "decision.published"
    EVALUATION_PUBLISHED = "evaluation.published"
    DOCUMENT_PUBLISHED = "file.attached"
    DOCUMENT_AMENDED = "file.amended"
    PROJECT_PUBLISHED = "project.published"
    PROJECT_AMENDED = "project.amended"
    PROJECT_LINKED = "project.linked"
    MILESTONE_PLANNED = "milestone.planned"
    MILESTONE_CHANGED = "milestone.changed"
    MILESTONE_REACHED = "milestone.reached"
    BUDGET_PUBLISHED = "budget.published"
    PROGRESS_REPORTED = "progress.reported"
    ACCESS_GRANTED = "access.granted"
    PROCEDURE_CHOSEN = "procedure.chosen"
    WAIVER_PUBLISHED = "waiver.published"
    NOTICE_PUBLISHED = "notice.published"
    ACT_RECORDED = "act.recorded"
    HEARING_STEP = "hearing.step"
    HEARING_REGISTERED = "hearing.registered"
    PANEL_PUBLISHED = "panel.published"
    OPINION_ADOPTED = "opinion.adopted"
    CATALOGUE_PUBLISHED = "catalogue.published"
    CATALOGUE_AMENDED = "catalogue.amended"
    EFFECT_PROMISED = "effect.promised"
    EFFECT_MEASURED = "effect.measured"
    MILESTONE_CONFIRMED = "milestone.confirmed"
    MILESTONE_LINKED = "milestone.linked"
    MILESTONE_AMENDED = "milestone.amended"
    CONTRACT_PUBLISHED = "contract.published"
    CONTRACT_MODIFIED = "contract.modified"
    VALUE_WITHHELD = "value.withheld"
    DISCLOSURE_STATED = "disclosure.stated"
    DISCLOSURE_RULE_AMENDED = "disclosure.rule"
    PROJECT_PACKAGED = "project.packaged"
    PROJECT_IDENTIFIED = "project.identified"
    RATING_PUBLISHED = "rating.published"
    FORECAST_PUBLISHED = "forecast.published"
    QUESTION_ASKED = "question.asked"
    QUESTION_ANSWERED = "question.answered"
    CHANGE_PROPOSED = "change.proposed"
    CHANGE_APPROVED = "change.approved"
    CHANGE_REFUSED = "change.refused"
    CHANGE_WITHDRAWN = "change.withdrawn"
    CHANGE_PUBLISHED = "change.published"
    CHANGE_FAILED = "change.failed"


#: What changes nothing that is published of a matter: comments are listed with their decision, not one by one.
UNLISTED = (
    EntryType.LOG_OPENED,
    EntryType.COMMENT_RECEIVED,
    EntryType.ACCESS_GRANTED,
    # What is proposed is published by the changes that it comes to.
    EntryType.CHANGE_PROPOSED,
    EntryType.CHANGE_APPROVED,
    EntryType.CHANGE_REFUSED,
    EntryType.CHANGE_WITHDRAWN,
    EntryType.CHANGE_PUBLISHED,
    EntryType.CHANGE_FAILED,
)
#: Nine entries of ten are comments. Whoever lists changes reads past none of them.
_LISTED = text(f"type NOT IN ({', '.join(repr(str(one)) for one in UNLISTED)})")


class Audience(StrEnum):
    """Who may see a disclosure."""

    PUBLIC = "public"
    #: Whoever holds the receipt.
    AUTHOR = "author"
    OFFICER = "officer"


class LedgerHead(Record, table=True):
    """The size of the tree and its frontier: the only row of the ledger that changes."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    tracked = False

    id: int = Field(default=1, primary_key=True)
    size: int = Field(default=0, ge=0)
    frontier: bytes = Field(default=b"", sa_type=LargeBinary)
    last_time: AwareDatetime | None = Field(default=None, sa_type=Instant)


class LedgerEntry(Record, table=True):
    """One leaf of the tree."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("subject", "sseq"),
        Index("ix_ledger_entry_about", "about"),
        Index("ix_ledger_entry_listed", "idx", sqlite_where=_LISTED, postgresql_where=_LISTED),
        Index("ix_ledger_entry_listed_of", "subject", "sseq", sqlite_where=_LISTED, postgresql_where=_LISTED),
    )
    tracked = False
    append_only = True

    #: The place in the tree, from 0.
    idx: int = Field(primary_key=True, ge=0, sa_type=RowNumber)
    leaf_hash: bytes = Field(sa_type=LargeBinary)
    body: str = Field(sa_type=Text)
    type: EntryType = Field(sa_type=codelist(EntryType))
    #: The matter: ``dec/2026-0041``, ``prj/P-1006``.
    subject: str = Field(max_length=60)
    #: The place among the entries on this matter, from 1, without gaps.
    sseq: int = Field(ge=1)
    #: What exactly was changed: ``comment/17``.
    about: str = Field(max_length=60)


class LedgerTile(Record, table=True):
    """A row of 256 hashes, written once, when it is full."""

    __tablename__ = "ledger_tile"
    tracked = False
    append_only = True

    level: int = Field(primary_key=True, ge=0)
    n: int = Field(primary_key=True, ge=0, sa_type=RowNumber)
    hashes: bytes = Field(sa_type=LargeBinary)
    root: bytes = Field(sa_type=LargeBinary)


class LedgerSubject(Record, table=True):
    """The latest entry on each matter. Derived from the entries."""

    __tablename__ = "ledger_subject"
    tracked = False

    subject: str = Field(primary_key=True, max_length=60)
    last_sseq: int
    last_idx: int = Field(sa_type=RowNumber)


class LedgerDisclosure(Record, table=True):
    """What is published of an entry. May be erased; never altered."""

    __tablename__ = "ledger_disclosure"
    tracked = False
    append_only = True
    erasable = True

    digest: str = Field(primary_key=True, max_length=43)
    idx: int = Field(index=True, sa_type=RowNumber)
    disclosure: str = Field(sa_type=Text)
    audience: Audience = Field(sa_type=codelist(Audience))


class Submission(Record, table=True):
    """A change under the token its sender gave it, so that sending it twice is doing it once."""

    tracked = False
    append_only = True

    #: The SHA-256 of the token.
    token_digest: str = Field(primary_key=True, min_length=64, max_length=64)
    request_digest: str = Field(min_length=64, max_length=64)
    #: What the change resulted in, as JSON.
    result: str = Field(sa_type=Text)
    recorded_at: AwareDatetime = Field(sa_type=Instant)


class Counter(Record, table=True):
    """The last number given out of a series: decisions of a year, projects."""

    tracked = False

    series: str = Field(primary_key=True, max_length=40)
    last: int = 0
