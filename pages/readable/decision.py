"""One decision: where it stands and what happens next, then one part after another."""

from dataclasses import replace

from sqlmodel import Session

from data.database import reading
from pages.readable import Readable, Visit
from pages.readable.decision_head import DecisionHead, decision_head, head_html
from pages.readable.decision_parts import PARTS, part_html, part_labels
from pages.readable.plain import not_found
from pages.rendering import render
from pages.words import word

_LONGEST_DESCRIPTION = 200


def read_decision(visit: Visit) -> Readable:
    """Return a decision as a page to read: all its parts, the one that is asked for first."""
    with reading() as session:
        head = decision_head(session, visit)
        if head is None:
            return not_found(visit)
        parts = _parts_to_read(session, head, visit)
    said = head.view.said
    contents = render("decision_contents.html", visit.language, labels=part_labels(head, visit.language))
    return Readable(
        title=said.title,
        description=said.summary[:_LONGEST_DESCRIPTION] or word("page.decision.description", visit.language),
        language=visit.language,
        body_html="\n".join((head_html(head, visit), contents, *parts)),
    )


def _parts_to_read(session: Session, head: DecisionHead, visit: Visit) -> list[str]:
    """Return all parts. What else the address asks for is asked of the part that it names."""
    asked = visit.query.get("tab", PARTS[0])
    elsewhere = replace(visit, query={})
    order = sorted(PARTS, key=lambda part: part != asked)
    return [part_html(part, session, head, visit if part == asked else elsewhere, on_tab=False) for part in order]
