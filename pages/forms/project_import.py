"""A file of projects: looked at, its columns named, its questions answered, and taken."""

import logging
from dataclasses import replace

import streamlit as st

from data.accounts import SignedIn
from data.exchange.mapping import ColumnMapping, from_json, to_json
from data.exchange.previews import Preview, preview
from data.exchange.projects import import_projects
from data.exchange.proposed_import import ProposedFile
from data.exchange.sources import OC4IDS
from models.exceptions import RecordError, UnreadableFileError
from pages.components.plain_words import drawn_as_text
from pages.context import current_language, say
from pages.explanations import explain
from pages.forms.project_import_columns import choose_columns
from pages.forms.project_import_questions import answer_questions
from pages.forms.project_import_report import REPORT, draw_report
from pages.forms.timing import needs_second_person
from pages.rendering import render
from pages.words import has_word

_LOG = logging.getLogger(__name__)
#: The mapping of this session, as JSON; the file it is used for; and what that file would come to with it.
_MAPPING, _FILE, _PREVIEW = "import_mapping", "import_file", "import_preview"
_TYPES = ["csv", "tsv", "txt", "xlsx", "geojson", "json"]


def import_a_file(account: SignedIn) -> None:
    """Draw everything from choosing a file to the report of what became of its rows."""
    columns = st.columns(2)
    with columns[0]:
        file = st.file_uploader(say("import.file"), type=_TYPES, key="import_upload")
    with columns[1]:
        saved = st.file_uploader(say("import.saved_mapping"), type=["json"], key="import_saved")
    if file is not None:
        _begin(file.file_id, saved.getvalue() if saved else b"")
        found = _look(file.getvalue(), file.name)
        if found is not None:
            _decide(found, file.getvalue(), file.name, account)
    draw_report()


def explain_file(error: RecordError) -> str:
    """Return why a file cannot be read, as a sentence."""
    reason, detail = (*map(str, error.facts), "", "")[:2]
    key = f"import.file_fault.{reason}"
    if isinstance(error, UnreadableFileError) and has_word(key, current_language()):
        return say(key, detail=drawn_as_text(detail))
    return drawn_as_text(explain(error, current_language()))


def _begin(file_id: str, saved: bytes) -> None:
    """Begin with another file: with a mapping that was uploaded, or with the one of the file before."""
    beginning = (file_id, saved)
    if st.session_state.get(_FILE) == beginning:
        return
    st.session_state[_FILE] = beginning
    st.session_state.pop(_PREVIEW, None)
    st.session_state.pop(REPORT, None)
    if saved:
        try:
            st.session_state[_MAPPING] = to_json(from_json(saved))
        except UnreadableFileError as error:
            st.error(explain_file(error))


def _look(content: bytes, name: str) -> Preview | None:
    """Return what the file would come to with the mapping of this session; guessed anew where that does not fit."""
    kept: Preview | None = st.session_state.get(_PREVIEW)
    if kept is not None:
        return kept
    said = st.session_state.get(_MAPPING)
    with st.spinner(say("import.looking")):
        try:
            found = preview(content, name, from_json(said) if said else None)
        except UnreadableFileError as error:
            if not said or error.facts[0] != "missing_column":
                st.error(explain_file(error))
                return None
            st.info(say("import.guessed_anew", columns=drawn_as_text(str(error.facts[1]))))
            st.session_state.pop(_MAPPING)
            return _look(content, name)
        except Exception:  # noqa: BLE001 - whatever it was, it is logged, and said in words.
            _LOG.exception("A file could not be looked at.")
            st.error(say("errors.failed"))
            return None
    _keep(found)
    return found


def _keep(found: Preview) -> None:
    st.session_state[_PREVIEW] = found
    st.session_state[_MAPPING] = to_json(found.mapping)


def _use(mapping: ColumnMapping) -> None:
    st.session_state[_MAPPING] = to_json(mapping)
    st.session_state.pop(_PREVIEW, None)
    st.rerun()


def _decide(found: Preview, content: bytes, name: str, account: SignedIn) -> None:
    st.html(render("import_preview.html", current_language(), found=found))
    answered = answer_questions(found)
    if answered is not None:
        _use(replace(found.mapping, **answered))
    changed = choose_columns(found)
    if changed is not None:
        _use(changed)
    st.download_button(
        say("import.download_mapping"),
        to_json(found.mapping),
        file_name="mapping.json",
        mime="application/json",
        on_click="ignore",
    )
    needs_two = needs_second_person()
    if needs_two and found.form == OC4IDS:
        st.error(say("import.needs_two"))
        return
    key = "import.send" if needs_two else "import.start"
    label = say(key, count=found.rows, rows=f"{found.rows:,}", sound=f"{found.sound:,}")
    if st.button(label, type="primary", disabled=found.rows == 0):
        _take(found, content, name, account)


def _take(found: Preview, content: bytes, name: str, account: SignedIn) -> None:
    shown = st.progress(0.0, say("import.taking"))
    step = max(1, found.rows // 100)

    def progress(done: int, total: int) -> None:
        if done % step == 0 or done == total:
            shown.progress(
                min(1.0, done / max(1, total)), say("import.progress", done=f"{done:,}", total=f"{total:,}")
            )

    try:
        report = import_projects(
            content, name, found.mapping, actor=account.actor, progress=progress, described=_described
        )
    except RecordError as error:
        st.error(explain_file(error))
        return
    except Exception:  # noqa: BLE001 - whatever it was, it is logged, and said in words.
        # Whatever it was: what was taken is taken, and the file can be sent again.
        _LOG.exception("An import failed.")
        st.error(say("import.interrupted"))
        return
    finally:
        shown.empty()
    st.session_state[REPORT] = report


def _described(file: ProposedFile) -> str:
    """Return what the second person is told of a file, in the language of whoever sends it."""
    counts = {name: f"{getattr(file, name):,}" for name in ("rows", "projects", "revisions", "unchanged")}
    return say("import.note", file=file.name, digest=file.digest, **counts)
