"""The parts of a project's page below its head: what the template of each is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from data.queries.documents import photo_pairs
from data.queries.project_page import ProjectPage
from models.delay_causes import delay_causes
from models.disclosure_item import Disclosure, DisclosureState
from models.geometry import drawn
from models.milestone_codes import ReasonCode
from pages.readable.project_checks import checks
from pages.readable.project_history import history
from pages.readable.project_money import money
from pages.readable.project_progress import progress_picture
from pages.readable.project_timeline import milestone_rows

_Values = Callable[[ProjectPage, str], Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class DisclosedClass:
    """What is to be disclosed of one class, and how much of it is, is not, and is late."""

    number: int
    items: Sequence[Disclosure]
    applicable: int
    published: int
    due: int
    overdue: int


def _timeline_values(page: ProjectPage, language: str) -> dict[str, object]:
    causes = delay_causes(one.promise.history for one in page.milestones)
    return {
        "rows": milestone_rows(page, language),
        "causes": causes,
        "most": max((abs(cause.days) for cause in causes), default=0) or 1,
        "public_input": ReasonCode.PUBLIC_INPUT,
    }


def _money_values(page: ProjectPage, language: str) -> dict[str, object]:
    return {"money": money(page, language), "withheld": page.withheld, "contracts": page.contracts}


def _progress_values(page: ProjectPage, language: str) -> dict[str, object]:
    pairs = photo_pairs(page.photos)
    paired = {photo.id for pair in pairs.values() for photo in (pair[0], pair[-1])}
    return {
        "progress": progress_picture(page, language),
        "pairs": [(pair[0], pair[-1]) for pair in pairs.values()],
        "photos": [photo for photo in page.photos if photo.id not in paired],
        "withheld": page.withheld,
    }


def _documents_values(page: ProjectPage, _language: str) -> dict[str, object]:
    items = sorted(page.disclosures.items, key=lambda item: item.rule.class_number)
    classes = groupby(items, key=lambda item: item.rule.class_number)
    return {
        "documents": page.documents,
        "classes": [_disclosed(number, list(group)) for number, group in classes],
        "completeness": page.disclosures.completeness,
        "withheld": page.withheld,
        "addresses": {one.id: one.address for one in page.documents},
    }


def _disclosed(number: int, items: Sequence[Disclosure]) -> DisclosedClass:
    states = [item.state for item in items]
    return DisclosedClass(
        number=number,
        items=items,
        applicable=len(states) - states.count(DisclosureState.NOT_APPLICABLE),
        published=states.count(DisclosureState.PUBLISHED),
        due=states.count(DisclosureState.DUE),
        overdue=states.count(DisclosureState.OVERDUE),
    )


def _decisions_values(page: ProjectPage, _language: str) -> dict[str, object]:
    moved = [
        (one, said, page.points.get(said.point_id or 0))
        for one in page.milestones
        for said in one.revisions
        if said.reason_code is ReasonCode.PUBLIC_INPUT
    ]
    return {"decisions": page.rows.decisions, "moved": moved}


def _map_values(page: ProjectPage, _language: str) -> dict[str, object]:
    locations = page.rows.locations
    rough = drawn(locations[-1].geometry) if locations else None
    return {"locations": locations, "rough": rough if rough and rough.tolerance else None, "withheld": page.withheld}


def _checks_values(page: ProjectPage, language: str) -> dict[str, object]:
    return {"checks": checks(page, language)}


def _history_values(page: ProjectPage, language: str) -> dict[str, object]:
    return {"changes": history(page, language)}


#: The parts of the page below its head, in their order; each is a template of that name, and a tab.
PARTS: dict[str, _Values] = {
    "timeline": _timeline_values,
    "money": _money_values,
    "progress": _progress_values,
    "documents": _documents_values,
    "decisions": _decisions_values,
    "checks": _checks_values,
    "map": _map_values,
    "history": _history_values,
}
