"""
What OC4IDS has no field for, as metrics of its own kind: everything that was said beside dates and money, in order.

Each observation is one statement; its ``dimensions`` name what it is about.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.exchange.standard_terms import AMENDMENT, CONFIRMATION, DISCLOSURE, FORMER_TITLE, HELD_BACK, RATING
from data.feeds.oc4ids_metrics import metrics
from data.feeds.stated import stated
from data.feeds.written import day, instant, midnight
from data.queries.belongings import Belongings
from models.day_said import said_on
from models.disclosure_item import DisclosureItem
from models.former_title import FormerTitle
from models.milestone import Milestone
from models.milestone_amendment import descriptions
from models.rating import IndependentRating
from models.withheld_item import WithheldItem


def said_beside(
    titles: Sequence[FormerTitle],
    milestones: Sequence[Milestone],
    names: Mapping[int, str],
    more: Belongings,
    documents: Mapping[int, str],
) -> list[dict[str, Any]]:
    """
    Return what was said of names, milestones, dates that still hold, items to be published, by others, and of gaps.

    :param names: how the milestones of the project are known within it, by their numbers
    :param documents: how its documents are
    """
    return metrics(
        (FORMER_TITLE, "Former titles", [_title(place, one) for place, one in enumerate(titles, 1)]),
        (AMENDMENT, "What milestones are, said anew", list(_amendments(milestones, names, more))),
        (CONFIRMATION, "Dates confirmed unchanged", list(_confirmations(milestones, names, more))),
        (DISCLOSURE, "Items to be published", [_item(one, documents) for one in more.disclosures]),
        (RATING, "Independent ratings", [_rating(one, documents) for one in more.ratings]),
        (HELD_BACK, "What is held back", [_held_back(one) for one in more.withheld]),
    )


def _title(place: int, former: FormerTitle) -> dict[str, Any]:
    return {
        "id": f"{FORMER_TITLE}.{place}",
        "period": {"startDate": midnight(former.since), "endDate": midnight(former.until)},
        "measure": former.title,
        "dimensions": {"language": former.language},
    }


def _amendments(
    milestones: Sequence[Milestone], names: Mapping[int, str], more: Belongings
) -> Iterator[dict[str, Any]]:
    for milestone in milestones:
        amendments = more.amendments.get(milestone.id, ())
        said = descriptions(milestone.first_description, amendments)
        for before, one in zip(said, amendments, strict=False):
            dimensions = {
                "milestone": names[milestone.id],
                "before": before.title if before.title != one.title else None,
                "code": one.code,
                "critical": one.is_critical,
                "recorded": instant(one.recorded_at),
            }
            yield {
                "id": f"{AMENDMENT}.{names[milestone.id]}.{one.number}",
                "period": {"endDate": midnight(said_on(one))},
                "measure": one.title,
                "dimensions": stated(dimensions),
                "notes": one.reason,
            }


def _confirmations(
    milestones: Sequence[Milestone], names: Mapping[int, str], more: Belongings
) -> Iterator[dict[str, Any]]:
    for milestone in milestones:
        for one in more.confirmations.get(milestone.id, ()):
            # The standard keeps the last of them, as ``dateModified`` of the milestone.
            yield {
                "id": f"{CONFIRMATION}.{names[milestone.id]}.{one.number}",
                "period": {"endDate": midnight(said_on(one))},
                "measure": milestone.revisions[one.revision - 1].due_date.isoformat(),
                "dimensions": {
                    "milestone": names[milestone.id],
                    "statement": one.revision,
                    "recorded": instant(one.recorded_at),
                },
            }


def _item(item: DisclosureItem, documents: Mapping[int, str]) -> dict[str, Any]:
    """Return one statement of an item (国办发〔2017〕94号)."""
    dimensions = {
        "item": item.rule_key,
        "kind": item.kind,
        "document": documents.get(item.document_id) if item.document_id else None,
        "link": item.link,
        "ground": item.ground,
        "reviewOn": day(item.review_on),
        "recorded": instant(item.recorded_at),
    }
    period = {
        "startDate": midnight(item.formed_on) if item.formed_on else None,
        "endDate": midnight(item.published_on) if item.published_on else None,
    }
    return stated(
        {
            "id": f"{DISCLOSURE}.{item.rule_key}.{item.number}",
            "period": stated(period),
            "dimensions": stated(dimensions),
            "notes": item.reason,
        }
    )


def _rating(rating: IndependentRating, documents: Mapping[int, str]) -> dict[str, Any]:
    dimensions = {
        "body": rating.body,
        "document": documents.get(rating.document_id) if rating.document_id else None,
        "link": rating.link,
        "recorded": instant(rating.recorded_at),
    }
    return stated(
        {
            "id": f"{RATING}.{rating.number}",
            "period": {"endDate": midnight(rating.rated_on)},
            "measure": rating.letter,
            "dimensions": stated(dimensions),
            "notes": rating.statement,
        }
    )


def _held_back(item: WithheldItem) -> dict[str, Any]:
    dimensions = {
        "field": item.field,
        "holds": item.holds,
        "ground": item.ground,
        "heldBy": item.held_by,
        "until": day(item.until),
        "recorded": instant(item.recorded_at),
    }
    return stated(
        {"id": f"{HELD_BACK}.{item.field}.{item.number}", "dimensions": stated(dimensions), "notes": item.reason}
    )
