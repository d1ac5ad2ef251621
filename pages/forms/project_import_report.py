"""What became of the rows of a file: counts, reasons in words, and a table of the rows that were not taken."""

import streamlit as st

from data.exchange.report import Report, Reported
from data.feeds.csv_text import BYTE_ORDER_MARK, lines, safe
from pages.context import current_language, say
from pages.rendering import render
from pages.words import has_word, word

#: Where the session keeps the last report.
REPORT = "import_report"
_SHOWN = 50


def draw_report() -> None:
    """Draw the report of the file that was imported last, if there is one."""
    report: Report | None = st.session_state.get(REPORT)
    if report is None:
        return
    language = current_language()
    counts = {name: f"{getattr(report, name):,}" for name in ("taken", "unchanged", "rows")}
    is_proposed = report.proposal_id is not None
    st.success(say("import.proposed" if is_proposed else "import.done", number=report.proposal_id, **counts))
    st.html(render("import_report.html", language, report=report, shown=_SHOWN))
    if report.reported:
        st.download_button(
            say("import.download_report"),
            report_csv(report, language),
            file_name="reported.csv",
            mime="text/csv",
            on_click="ignore",
        )


def report_csv(report: Report, language: str) -> bytes:
    """Return the rows that were reported, as CSV that no spreadsheet calculates."""
    head = [word(f"import.report.{name}", language) for name in ("row", "column", "value", "code", "reason")]
    rows = [
        (str(one.row), safe(one.column), safe(one.value), one.reason, reason_words(one, language))
        for one in report.reported
    ]
    return BYTE_ORDER_MARK + lines([head, *rows])


def reason_words(reported: Reported, language: str) -> str:
    """Return why a row was not taken, in words."""
    key = f"import.reason.{reported.reason}"
    return word(key if has_word(key, language) else "import.reason.refused", language)
