"""
Importing comments that came in elsewhere: over another site, by e-mail, or typed from paper.

They are entered under their channel, on a decision, with the instant at which they came. An instant of the file that
lies outside the comment period is reported, never bent; whoever imports may say instead when they were handed over.
Each has a client token of its own, so that an import that was interrupted goes on where it stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from sqlmodel import Session, col, select

from data.database import reading
from data.exchange.comment_rows import CommentColumns, CommentRow, Period, guess_columns, read_comments
from data.exchange.intake import Intake, Progress, silent
from data.exchange.open_file import open_source
from data.exchange.report import Report, Tally
from data.exchange.sources import counted
from data.operations.comments import EnterComment, enter_comment
from data.queries.decision_view import periods_of
from data.writer import MOST_IN_A_BATCH, writer
from models.actor import Actor
from models.clock import utc_now
from models.comment import Channel, Stance
from models.decision import Language
from models.exceptions import NotFoundError, UnreadableFileError
from models.ledger import Submission

_CHUNK = 400


@dataclass(frozen=True, kw_only=True)
class CommentSource:
    """How comments came in, as whoever imports them says."""

    decision_id: str
    #: The web, unless they came in another way: a list of comments mostly comes from another site.
    channel: Channel = Channel.WEB
    #: When they were handed over, in place of what the file says.
    received_at: datetime | None = None
    #: The list of which the identifiers are, where several lists are imported for one decision.
    scheme: str = ""
    #: The language of all of them; else of each as its letters show.
    language: Language | None = None


def import_comments(
    content: bytes | Path,
    file_name: str = "",
    columns: CommentColumns | None = None,
    *,
    came: CommentSource,
    actor: Actor,
    now: datetime | None = None,
    progress: Progress = silent,
) -> Report:
    """
    Enter the comments of a file on a decision, and report every row that is not taken.

    :param columns: which column means what; guessed if not given
    :raises UnreadableFileError: if it cannot be read at all, ``missing_column`` if no column holds the words
    :raises NotFoundError: if there is no such decision, or no comments were ever asked for
    """
    source = open_source(content, file_name)
    columns = columns or guess_columns(source)
    if not columns.text or not set(columns.named()) <= set(source.columns):
        raise UnreadableFileError("missing_column", columns.text or "text")
    period = _period(came.decision_id)
    tally = Tally(source.name, rows=sum(1 for _ in counted(source.rows())))
    intake = Intake(writer(), actor, now or utc_now(), tally, in_flight=MOST_IN_A_BATCH)
    rows = read_comments(source, columns, period, came.received_at)
    done = 0
    while some := list(islice(rows, _CHUNK)):
        tokens = {row.number: _token(came, row) for row in some}
        with reading() as session:
            entered = _entered(session, list(tokens.values()))
        for row in some:
            tally.notes += row.notes
            if row.fault is not None:
                tally.report(row.fault)
            else:
                token = tokens[row.number]
                intake.send(row.number, enter_comment, _command(came, row), token=token, unchanged=token in entered)
        done += len(some)
        progress(done, tally.rows)
    intake.finish()
    return tally.finished()


def _period(decision_id: str) -> Period:
    with reading() as session:
        found = periods_of(session, decision_id)
    if not found:
        raise NotFoundError("period", decision_id)
    period, latest = found[-1]
    return Period(opens_at=latest.opens_at, closes_at=latest.closes_at, zone=period.zone)


def _token(came: CommentSource, row: CommentRow) -> str:
    return f"import\n{came.decision_id}\n{came.scheme}\n{row.identity}"


def _entered(session: Session, tokens: Sequence[str]) -> set[str]:
    """Return those tokens under which a comment was entered before."""
    by_digest = {sha256(token.encode()).hexdigest(): token for token in tokens}
    found = session.exec(select(Submission.token_digest).where(col(Submission.token_digest).in_(by_digest)))
    return {by_digest[digest] for digest in found}


def _command(came: CommentSource, row: CommentRow) -> EnterComment:
    return EnterComment(
        decision_id=came.decision_id,
        stance=Stance.NEUTRAL,
        body=row.body,
        language=came.language or row.language,
        name=row.name,
        contact=row.contact,
        channel=came.channel,
        received_at=row.received_at,
    )
