"""The catalogue of what is to be published of projects as a table, which an authority edits and sends back."""

from collections.abc import Iterable

from sqlmodel import Session

from data.exchange.disclosure_catalogue import COLUMNS
from data.feeds import csv_text
from data.feeds.answers import Answer
from data.feeds.asked import Asked, demand_known
from data.feeds.files import disposition
from data.queries.disclosure_catalogue import disclosure_catalogue
from models.disclosure_rule import DisclosureRule


def disclosure_table(session: Session, asked: Asked) -> Answer:
    """
    Return every item as it holds.

    :raises InvalidValueError: if the address asks for anything else
    """
    demand_known(asked.query)
    return Answer(
        body=disclosure_csv(disclosure_catalogue(session).rules.values()),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition("disclosure_catalogue.csv")},
    )


def disclosure_csv(rules: Iterable[DisclosureRule]) -> bytes:
    """Return items as CSV."""
    return csv_text.BYTE_ORDER_MARK + csv_text.lines([COLUMNS, *map(_cells, rules)])


def _cells(rule: DisclosureRule) -> list[object]:
    return [
        rule.key,
        rule.class_number,
        csv_text.safe(rule.title_zh),
        csv_text.safe(rule.title_en),
        rule.days,
        rule.document_type or "",
        rule.approval_route or "",
        csv_text.safe(rule.source),
        "yes" if rule.is_retired else "",
        rule.number,
    ]
