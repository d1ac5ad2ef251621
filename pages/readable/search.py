"""Searching everything that is published."""

import re
from dataclasses import dataclass

from sqlmodel import Session

from data.database import reading
from data.queries.paging import Page
from data.queries.search import Hit, search
from data.search import Kind, Query
from pages.highlights import excerpt, highlighted
from pages.readable import Readable, Visit
from pages.rendering import render
from pages.words import word

#: Row numbers have fewer digits. Those of some kinds are below zero.
_ROW = re.compile(r"-?[0-9]{1,17}")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was looked for, and a page of what was found."""

    typed: str
    words: list[str]
    kind: Kind | None
    page: Page[Hit]


def found_by(session: Session, visit: Visit) -> Found:
    """Return what the address looks for. Nine statements at most."""
    query = Query(visit.query.get("words", "").strip())
    kind = Kind.__members__.get(visit.query.get("kind", "").upper())
    after = visit.query.get("after", "")
    page = search(session, query, kind=kind, after=int(after) if _ROW.fullmatch(after) else None)
    return Found(typed=query.typed, words=query.words, kind=kind, page=page)


def search_html(template: str, found: Found, visit: Visit) -> str:
    """Return what was found, as HTML, with the words marked."""
    return render(
        template,
        visit.language,
        found=found,
        visit=visit,
        kinds=[kind.name for kind in sorted(Kind, reverse=True)],
        highlighted=highlighted,
        excerpt=excerpt,
    )


def read_search(visit: Visit) -> Readable:
    """Return the search as a page to read."""
    with reading() as session:
        found = found_by(session, visit)
    title = word("page.search.title", visit.language)
    return Readable(
        title=f"{found.typed} · {title}" if found.typed else title,
        description=word("page.search.description", visit.language),
        language=visit.language,
        body_html=search_html("search.html", found, visit),
    )
