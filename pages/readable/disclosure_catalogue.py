"""What is to be published of every project, class by class: how soon, by which rule, and what was changed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from data.database import reading
from data.queries.disclosure_catalogue import disclosure_catalogue
from models.disclosure_rule import DisclosureRule, DisclosureRuleRevision
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.readable.rule_words import rule_difference, rule_title
from pages.rendering import render
from pages.words import word


@dataclass(frozen=True, kw_only=True)
class ListedRule:
    """An item, and what was said of it since it came with the program: each with what it changed."""

    rule: DisclosureRule
    title: str
    statements: Sequence[tuple[DisclosureRuleRevision, str]]


def disclosure_html(visit: Visit) -> str:
    """Return the page as HTML."""
    return kept("disclosure_catalogue", visit, lambda: _written(visit))


def _written(visit: Visit) -> str:
    with reading() as session:
        found = disclosure_catalogue(session, as_of=visit.as_of)
    language = visit.language
    listed = [
        ListedRule(
            rule=rule,
            title=rule_title(rule, language),
            statements=_statements(found.shipped.get(key), found.said.get(key, ()), language),
        )
        for key, rule in found.rules.items()
    ]
    return render(
        "disclosure_catalogue.html",
        language,
        title=word("page.disclosure_catalogue.title", language),
        description=word("page.disclosure_catalogue.description", language),
        classes=[(number, list(group)) for number, group in groupby(listed, key=lambda one: one.rule.class_number)],
        visit=visit,
    )


def _statements(
    shipped: DisclosureRule | None, said: Sequence[DisclosureRuleRevision], language: str
) -> list[tuple[DisclosureRuleRevision, str]]:
    """Return each statement with what it changed, the newest first."""
    before = [shipped, *(one.rule for one in said)]
    told = [(one, rule_difference(old, one.rule, language)) for old, one in zip(before, said, strict=False)]
    return told[::-1]


def read_disclosure_catalogue(visit: Visit) -> Readable:
    """Return the page to read."""
    return Readable(
        title=word("page.disclosure_catalogue.title", visit.language),
        description=word("page.disclosure_catalogue.description", visit.language),
        language=visit.language,
        body_html=disclosure_html(visit),
    )
