"""All statements of a proposal as a table, for whoever agrees to more of them than a page shows."""

from data.feeds.csv_text import BYTE_ORDER_MARK, lines, safe
from data.queries.proposals import ProposalView
from pages.readable.proposal_words import statement_words
from pages.words import word

_HEAD = ("table_event", "table_project", "table_title", "what", "now", "after", "why")


def statements_csv(proposal: ProposalView, language: str) -> bytes:
    """Return every statement, a line for each fact that differs, as CSV that no spreadsheet calculates."""
    rows = [[word(f"proposals.{name}", language) for name in _HEAD]]
    for one in proposal.statements:
        said = statement_words(one, language)
        rows += [
            [safe(cell) for cell in (said.event, said.project, said.title, *fact, said.why)]
            for fact in said.rows or (("", "", ""),)
        ]
    return BYTE_ORDER_MARK + lines(rows)
