"""One project: what was promised, what is said now, how likely that is, and everything that was said in between."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import Session

from data.database import reading
from data.queries.departments import DepartmentName, departments
from data.queries.project_page import ProjectPage, find_project_page
from models.project import ProjectRevision
from pages.formats import format_promised
from pages.readable import Readable, Visit
from pages.readable.kept import kept, state_of
from pages.readable.plain import not_found
from pages.readable.project_history import history
from pages.readable.project_light import light_words, other_reasons
from pages.readable.project_likelihood import strip
from pages.readable.project_parts import PARTS
from pages.readable.project_promise import creep_words, notice_words, promise_picture
from pages.readable.project_sentences import Sentence, sentences
from pages.rendering import render
from pages.words import word

#: What the address says of days: on these depends what is read.
_DAYS = ("as_of", "since")


@dataclass(frozen=True, kw_only=True)
class ProjectRecord:
    """A project as of the day that is asked for, and who is responsible for it."""

    #: Nothing if it was not published by that day.
    page: ProjectPage | None
    #: As of the day with which it is compared; nothing if it is not, or was not published by then.
    before: ProjectPage | None
    since: date | None
    present: ProjectPage
    names: dict[str, DepartmentName]
    #: What was written of it, by what was asked for.
    written: dict[Hashable, str] = field(default_factory=dict)

    @property
    def said(self) -> ProjectRevision:
        """What was said of it by that day; now, if nothing was."""
        return (self.page or self.present).said

    @property
    def department(self) -> DepartmentName:
        """Who was responsible for it."""
        return self.names[self.said.department_id]


def project_record(session: Session, visit: Visit) -> ProjectRecord | None:
    """
    Return the project that the address asks for; nothing if there is none.

    Twelve statements, once for each state of the record, and those by which projects are evaluated where they changed.
    """
    state = state_of(visit)

    def find() -> ProjectRecord | None:
        # What is read is the same in both languages, and whatever else the address says.
        days = {name: visit.query[name] for name in _DAYS if name in visit.query}
        read = kept(
            "project read", replace(visit, language="", query=days), lambda: _read(session, visit), state=state
        )
        return None if read is None else replace(read, written={})

    return kept("project", visit, find, state=state)


def _read(session: Session, visit: Visit) -> ProjectRecord | None:
    since = _since(visit)
    days = [day for day in (visit.as_of, since) if day is not None]
    found = find_project_page(session, visit.id, now=visit.now, as_of=days) if visit.id else []
    if not found or found[0] is None:
        return None
    return ProjectRecord(
        present=found[0],
        page=found[1] if visit.as_of else found[0],
        before=found[-1] if since else None,
        since=since,
        names=departments(session),
    )


def _since(visit: Visit) -> date | None:
    """Return the earlier of two days between which somebody asks what changed."""
    try:
        day = date.fromisoformat(visit.query.get("since", ""))
    except ValueError:
        return None
    return day if day < (visit.as_of or visit.today) else None


def head_html(record: ProjectRecord, visit: Visit) -> str:
    """Return the head of the page as HTML: what everybody wants to know first."""
    page = record.page
    if page is None:
        return _once("project_before.html", record, visit, dict)
    return _once("project_head.html", record, visit, lambda: _head_values(record, page, visit.language))


def part_html(part: str, record: ProjectRecord, visit: Visit) -> str:
    """Return one part of the page as HTML."""
    page = record.page or record.present
    return _once(f"project_{part}.html", record, visit, lambda: PARTS[part](page, visit.language))


def _once(template: str, record: ProjectRecord, visit: Visit, values: Callable[[], Mapping[str, object]]) -> str:
    """Return what is written of a project, written once for each question."""
    key = (template, visit.language, tuple(sorted(visit.query.items())))
    if key not in record.written:
        page = record.page or record.present
        told = {
            "record": record,
            "page": page,
            "said": page.said,
            "visit": visit,
            "here": f"/projects/{page.id}",
            # What links to other parts of the page keep of the address.
            "days_asked": {name: visit.query[name] for name in _DAYS if name in visit.query},
        }
        record.written[key] = render(template, visit.language, **told, **values())
    return record.written[key]


def read_project(visit: Visit) -> Readable:
    """Return the project as a page to read, all parts of it."""
    with reading() as session:
        record = project_record(session, visit)
    if record is None:
        return not_found(visit)
    body = [head_html(record, visit)]
    for part in PARTS if record.page else ():
        body.append(render("project_part.html", visit.language, part=part))
        body.append(part_html(part, record, visit))
    return Readable(
        title=record.said.title,
        description=sentences(record.page or record.present, visit.language)[0].text,
        language=visit.language,
        body_html="\n".join(body),
    )


def part_titles(language: str, record: ProjectRecord | None = None) -> dict[str, str]:
    """Return what each part is called, in their order."""
    titles = {part: word(f"project.part.{part}", language) for part in PARTS}
    found = len(record.page.contradictions) if record and record.page else 0
    return titles | ({"checks": f"{titles['checks']} · {found} !"} if found else {})


def _between(record: ProjectRecord, page: ProjectPage, language: str) -> dict[str, object]:
    """Return what changed between two days."""
    if record.since is None:
        return {"changed": None, "then": None}
    then = record.before
    return {
        "changed": history(page, language, since=record.since),
        "then": None
        if then is None
        else {
            "light": light_words(then.standing.light, _titles(then), language),
            "sentence": sentences(then, language)[0].text,
        },
    }


def _titles(page: ProjectPage) -> dict[int, str]:
    return {one.promise.id: one.promise.title for one in page.milestones}


def _head_values(record: ProjectRecord, page: ProjectPage, language: str) -> dict[str, object]:
    end = page.completion
    said = format_promised(end.promise.history.latest.promised, language) if end else ""
    shown = strip(page.standing, record.department, said, language)
    told = sentences(page, language)
    return {
        # How likely the date is comes right after what it is and how it moved.
        "sentences": [*told[:2], *([Sentence(shown.sentence, "computed")] if shown else []), *told[2:]],
        "light": light_words(page.standing.light, _titles(page), language),
        "beside": other_reasons(page.standing.light, _titles(page), language),
        "rating": page.rows.ratings[-1] if page.rows.ratings else None,
        "end": end,
        "picture": promise_picture(end, on=page.on, is_past=page is not record.present, language=language)
        if end
        else None,
        "strip": shown,
        "creep": creep_words(page.standing.creep, language)
        if end and end.standing.moves and not page.standing.is_ended
        else "",
        "notice": notice_words(end.promise.history, language) if end and end.standing.notice is not None else "",
        "check_count": len(page.contradictions),
        **_between(record, page, language),
    }
