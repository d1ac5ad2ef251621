"""What is said of a project: fields for it, for a project that is published and for one that is amended."""

from dataclasses import asdict, dataclass

import streamlit as st

from data.operations.projects import AmendProject, amend_project
from data.queries.project_view import ProjectView
from models.decision import Language
from models.project import Phase, ProjectRevision, Sector
from pages.context import say
from pages.forms.conflict import Statement
from pages.forms.fields import code_field, line_field, reason_field, text_field
from pages.forms.filling import Filling, begin, send
from pages.forms.project_now import said_now
from pages.forms.timing import publish_button


@dataclass(frozen=True, kw_only=True)
class TypedText:
    """What was typed of a project."""

    language: Language
    title: str
    description: str
    purpose: str
    phase: Phase
    sector: Sector
    region: str


def text_fields(form: Filling, said: ProjectRevision | None = None) -> TypedText:
    """Draw fields for what is said of a project, filled with what is said now; return what is in them."""
    title = line_field(form, "title", say("work_project.title"), value=said.title if said else "")
    language = code_field(
        form,
        "language",
        say("work_project.language"),
        Language,
        subject="language",
        value=said.language if said else None,
    )
    purpose = text_field(
        form, "purpose", say("work_project.purpose"), value=said.purpose if said else "", most=5000, height=100
    )
    description = text_field(
        form,
        "description",
        say("work_project.description"),
        value=said.description if said else "",
        most=20_000,
        height=180,
    )
    phase, sector, region = st.columns(3)
    with phase:
        chosen_phase = code_field(
            form,
            "phase",
            say("work_project.phase"),
            Phase,
            subject="phase",
            value=said.phase if said else Phase.PREPARATION,
        )
    with sector:
        chosen_sector = code_field(
            form,
            "sector",
            say("work_project.sector"),
            Sector,
            subject="sector",
            value=said.sector if said else Sector.OTHER,
        )
    with region:
        named = line_field(form, "region", say("work_project.region"), value=said.region if said else "", most=100)
    return TypedText(
        language=language,
        title=title,
        description=description,
        purpose=purpose,
        phase=chosen_phase,
        sector=chosen_sector,
        region=named,
    )


def amend_text(view: ProjectView) -> None:
    """Draw a form for saying something else of a project."""
    form = begin(f"text_{view.summary.id}", _statement(view))
    with st.form(form.key("form"), enter_to_submit=False):
        typed = text_fields(form, view.said)
        reason = reason_field(form, label=say("work_project.reason"))
        is_sent = publish_button(form)
    if is_sent:
        command = AmendProject(project_id=view.summary.id, reason=reason, seen=form.number, **asdict(typed))
        send(
            form,
            amend_project,
            command,
            done=say("work_project.done.text"),
            latest=lambda: said_now(view.summary.id, _statement),
            yours=_words(typed),
        )


def _statement(view: ProjectView) -> Statement:
    said = view.said
    return Statement(number=said.number, words=_words(said), reason=said.reason)


def _words(said: ProjectRevision | TypedText) -> dict[str, str]:
    return {
        say("work_project.title"): said.title,
        say("work_project.purpose"): said.purpose,
        say("work_project.description"): said.description,
        say("work_project.phase"): say(f"codes.phase.{said.phase}"),
        say("work_project.sector"): say(f"codes.sector.{said.sector}"),
        say("work_project.region"): said.region,
    }
