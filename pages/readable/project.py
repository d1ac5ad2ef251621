"""One project: what was promised, what is said now, and everything that was said in between."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from data.database import reading
from data.queries.departments import DepartmentName, departments
from data.queries.documents import DocumentSummary, documents_of
from data.queries.projects import ProjectView, find_project
from models.document import DisclosureClass, DocumentType
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.readable.plain import not_found
from pages.readable.project_history import history
from pages.readable.project_sentences import sentences
from pages.readable.project_timeline import milestone_rows
from pages.rendering import render
from pages.words import word

#: The parts of the page below its head, in their order; each is a template of that name, and a tab.
PARTS = ("timeline", "map", "money", "progress", "documents", "decisions", "history")


@dataclass(frozen=True, kw_only=True)
class ProjectRecord:
    """A project, with its documents and who is responsible for it."""

    view: ProjectView
    department: DepartmentName
    documents: Sequence[DocumentSummary]
    #: What was written of it, by what was asked for.
    written: dict[Hashable, str] = field(default_factory=dict)

    @property
    def photos(self) -> list[DocumentSummary]:
        """The pictures that anybody may see."""
        return [
            document
            for document in self.documents
            if document.type is DocumentType.ILLUSTRATION
            and document.disclosure is DisclosureClass.PUBLIC
            and (document.media_type or "").startswith("image/")
        ]


def project_record(session: Session, visit: Visit) -> ProjectRecord | None:
    """
    Return the project that the address asks for; nothing if there is none.

    Eleven statements, once for each state of the record.
    """
    return kept("project", visit, lambda: _read(session, visit))


def _read(session: Session, visit: Visit) -> ProjectRecord | None:
    view = find_project(session, visit.id, today=visit.today) if visit.id else None
    if view is None:
        return None
    return ProjectRecord(
        view=view,
        department=departments(session)[view.said.department_id],
        documents=documents_of(session, project_id=view.summary.id),
    )


def head_html(record: ProjectRecord, visit: Visit) -> str:
    """Return the head of the page as HTML: what everybody wants to know first."""
    return _once("project_head.html", record, visit)


def part_html(part: str, record: ProjectRecord, visit: Visit) -> str:
    """Return one part of the page as HTML."""
    return _once(f"project_{part}.html", record, visit)


def _once(template: str, record: ProjectRecord, visit: Visit) -> str:
    """Return what is written of a project, written once for each question."""
    key = (template, visit.language, tuple(sorted(visit.query.items())))
    if key not in record.written:
        record.written[key] = render(template, visit.language, **_values(record, visit))
    return record.written[key]


def read_project(visit: Visit) -> Readable:
    """Return the project as a page to read, all parts of it."""
    with reading() as session:
        record = project_record(session, visit)
    if record is None:
        return not_found(visit)
    return Readable(
        title=record.view.said.title,
        description=sentences(record.view, today=visit.today, language=visit.language)[0].text,
        language=visit.language,
        body_html=render("project.html", visit.language, parts=PARTS, **_values(record, visit)),
    )


def part_titles(language: str) -> dict[str, str]:
    """Return what each part is called, in their order."""
    return {part: word(f"project.part.{part}", language) for part in PARTS}


def _values(record: ProjectRecord, visit: Visit) -> dict[str, object]:
    return {
        "record": record,
        "view": record.view,
        "visit": visit,
        "sentences": sentences(record.view, today=visit.today, language=visit.language),
        "rows": milestone_rows(record.view.milestones, today=visit.today),
        "changes": history(record.view, language=visit.language),
    }
