"""Importing a text, such as a statute in Markdown, as the next version of a decision's draft."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from data.database import reading
from data.exchange.promises import IMPORTED
from data.exchange.report import Report, Tally
from data.exchange.sources import content_of
from data.operations.drafts import PublishDraft, publish_draft
from data.queries.decision_view import clauses_of_version, draft_versions
from data.writer import writer
from models.actor import Actor
from models.clauses import split_into_clauses
from models.clock import utc_now
from models.decision import Language
from models.exceptions import RecordError
from models.text import cleaned

#: The longest name of a file that the reason of a version tells.
_LONGEST_NAME = 200


def import_draft(
    content: bytes | Path,
    file_name: str = "",
    *,
    decision_id: str,
    actor: Actor,
    reason: str = "",
    now: datetime | None = None,
) -> Report:
    """
    Publish a text as the next version of a draft, divided into clauses. Its rows are the clauses.

    A version that says what the last one says is not published again: then all its clauses are unchanged.

    :param reason: what differs from the version before, and why; the name of the file where nothing is said
    :raises UnreadableFileError: if it cannot be read as text
    :raises NotFoundError: if there is no such decision
    """
    found = content_of(content, file_name)
    text = cleaned(found.whole())
    clauses = [(clause.label, clause.heading[:500], clause.text) for clause in split_into_clauses(text)]
    with reading() as session:
        number, before = _latest(session, decision_id)
    tally = Tally(found.name, rows=len(clauses))
    if clauses != before:
        command = PublishDraft(
            decision_id=decision_id,
            language=_language(text),
            text=text,
            reason=reason or f"{IMPORTED}{found.name[:_LONGEST_NAME]}",
            seen=number,
        )
        try:
            writer().submit(publish_draft, command, actor, now=now or utc_now()).result()
        except RecordError as error:
            for row in range(1, len(clauses) + 1):
                tally.refuse(row, error)
            return tally.finished()
    for clause in clauses:
        tally.take(unchanged=clause in before)
    return tally.finished()


def _latest(session: Session, decision_id: str) -> tuple[int, list[tuple[str, str, str]]]:
    versions = draft_versions(session, decision_id)
    if not versions:
        return 0, []
    clauses = clauses_of_version(session, versions[-1].id)
    return versions[-1].number, [(clause.label, clause.heading, clause.body) for clause in clauses]


def _language(text: str) -> Language:
    return Language.CHINESE if any("\u3400" <= character <= "\u9fff" for character in text) else Language.ENGLISH
