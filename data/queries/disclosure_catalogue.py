"""The catalogue of what is to be published of projects: every item as it holds, and everything that was said of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from data.templates.disclosure_classes import shipped_rules
from models.clock import end_of_day
from models.disclosure_rule import DisclosureRule, DisclosureRuleRevision, holding_rules


@dataclass(frozen=True, kw_only=True)
class DisclosureCatalogue:
    """The items by key, in the order of the classes; retired ones are in it, too."""

    rules: Mapping[str, DisclosureRule]
    #: What comes with the program, as it came.
    shipped: Mapping[str, DisclosureRule]
    #: What administrators said of each item, first to last.
    said: Mapping[str, Sequence[DisclosureRuleRevision]]


def disclosure_catalogue(session: Session, *, as_of: date | None = None) -> DisclosureCatalogue:
    """
    Return the catalogue. One statement.

    :param as_of: as it held at the end of a past day
    """
    statement = select(DisclosureRuleRevision).order_by(col(DisclosureRuleRevision.id))
    if as_of is not None:
        statement = statement.where(DisclosureRuleRevision.recorded_at < end_of_day(as_of))
    found = session.exec(statement).all()
    said: dict[str, list[DisclosureRuleRevision]] = defaultdict(list)
    for revision in found:
        said[revision.key].append(revision)
    shipped = shipped_rules()
    return DisclosureCatalogue(rules=holding_rules(shipped, found), shipped=shipped, said=dict(said))
