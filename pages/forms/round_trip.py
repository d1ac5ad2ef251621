"""A spreadsheet that goes out and comes back: what it would change is shown, row by row, before anything is sent."""

import logging
import secrets
from collections.abc import Callable

import streamlit as st

from data.accounts import SignedIn
from data.exchange.round_trip import Reading, RoundTripReport
from data.exchange.round_trip_apply import keep_updates, look_at_updates
from data.exchange.round_trip_read import read_file
from data.feeds.update_sheets import milestones_csv, workbook
from data.queries.open_milestones import every_open_milestone
from data.queries.reported_projects import reported_projects
from models.exceptions import RecordError, UnreadableFileError
from pages.components.plain_words import drawn_as_text
from pages.context import current_language, reading, say
from pages.explanations import explain
from pages.forms.filling import Filling, begin, forget_form
from pages.forms.timing import draw_timing, instant_of, needs_second_person, note_of, said_of_proposal
from pages.readable.round_trip_words import fault_words
from pages.rendering import render
from pages.words import has_word

_LOG = logging.getLogger(__name__)
#: The file that was looked at: its number, what was read, what it comes to, and the token under which it is sent.
_FILE, _READ, _SEEN, _TOKEN = "updates_file", "updates_read", "updates_seen", "updates_token"
#: What became of the file that was sent last.
_DONE = "updates_done"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_round_trip(account: SignedIn) -> None:
    """Draw the files to take away, the field to send one back, and what it comes to."""
    _draw_downloads(account.department_id or "")
    done: RoundTripReport | None = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(_said_of(done))
    st.subheader(say("updates.send_back"))
    turn = st.session_state.setdefault("updates_turn", 0)
    file = st.file_uploader(say("updates.file"), type=["xlsx", "csv", "txt"], key=f"updates_upload_{turn}")
    if file is None:
        if done is not None:
            _draw(done)
        return
    if st.session_state.get(_FILE) != file.file_id and not _look(file.file_id, file.getvalue(), file.name, account):
        return
    report: RoundTripReport = st.session_state[_SEEN]
    _draw(report)
    if report.changes and not report.faults:
        _draw_publish(report, account)


def _said_of(done: RoundTripReport) -> str:
    if done.proposal_id is not None:
        return said_of_proposal(done.proposal_id)
    key = "updates.sent_before" if done.was_sent_before else "updates.kept"
    return say(key, count=len(done.changes), changes=f"{len(done.changes):,}")


def _draw_publish(report: RoundTripReport, account: SignedIn) -> None:
    """Draw the choice of when, and the button that publishes all of it, or sends all of it to a second person."""
    form, needs_two = begin("updates"), needs_second_person()
    with st.expander(say("proposals.later" if needs_two else "proposals.later_only")):
        draw_timing(form, needs_two=needs_two)
    if needs_two:
        st.caption(say("proposals.needs_two"))
    key = "proposals.send_file" if needs_two else "updates.publish"
    label = say(key, count=len(report.changes), changes=f"{len(report.changes):,}")
    if st.button(label, type="primary", key="updates_publish"):
        _publish(account, form)


def _draw_downloads(department_id: str) -> None:
    language = current_language()

    def as_workbook() -> bytes:
        with reading() as session:
            milestones = every_open_milestone(session, department_id)
            return workbook(milestones, reported_projects(session, department_id), language)

    def as_csv() -> bytes:
        with reading() as session:
            return milestones_csv(every_open_milestone(session, department_id), language)

    with st.container(horizontal=True):
        _download(say("updates.download_workbook"), as_workbook, f"{department_id}.xlsx", _SHEET_TYPE)
        _download(say("updates.download_csv"), as_csv, f"{department_id}.csv", "text/csv")
    st.html(render("updates_help.html", language))


def _download(label: str, write: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(label, write, file_name=name, mime=kind, on_click="ignore", key=f"updates_{name}")


def _look(file_id: str, content: bytes, name: str, account: SignedIn) -> bool:
    """Find out what a file comes to, and keep that for the session."""
    with st.spinner(say("updates.looking")):
        try:
            read = read_file(content, name)
            report = look_at_updates(read, account.actor)
        except RecordError as error:
            st.error(explain_file(error))
            return False
        except Exception:  # noqa: BLE001 - whatever it was, it is logged, and said in words.
            _LOG.exception("A spreadsheet could not be looked at.")
            st.error(say("errors.failed"))
            return False
    found = {_FILE: file_id, _READ: read, _SEEN: report, _TOKEN: secrets.token_urlsafe(24)}
    st.session_state.update(found)
    return True


def explain_file(error: RecordError) -> str:
    """Return why a file cannot be read, as a sentence."""
    reason, detail = (*map(str, error.facts), "", "")[:2]
    for key in (f"updates.file_fault.{reason}", f"import.file_fault.{reason}"):
        if isinstance(error, UnreadableFileError) and has_word(key, current_language()):
            return say(key, detail=drawn_as_text(detail))
    return drawn_as_text(explain(error, current_language()))


def _publish(account: SignedIn, form: Filling) -> None:
    read: Reading = st.session_state[_READ]
    token, publish_at = st.session_state[_TOKEN], instant_of(form)
    try:
        report = keep_updates(read, account.actor, token=token, publish_at=publish_at, note=note_of(form))
    except RecordError as error:
        st.error(drawn_as_text(explain(error, current_language())))
        return
    except Exception:  # noqa: BLE001 - whatever it was, it is logged, and said in words.
        _LOG.exception("A spreadsheet could not be kept.")
        st.error(say("errors.failed"))
        return
    if report.is_kept or report.proposal_id is not None:
        forget_form(form)
        st.session_state[_DONE] = report
        st.session_state["updates_turn"] += 1
    else:
        st.session_state[_SEEN] = report
    st.rerun()


def _draw(report: RoundTripReport) -> None:
    language = current_language()
    faults = [(fault, fault_words(fault, language)) for fault in report.faults]
    st.html(render("updates_preview.html", language, report=report, faults=faults))
