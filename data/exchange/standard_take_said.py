"""Taking into the record what OC4IDS tells of names, items to be published, and what is held back."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter

from data.exchange.said_before import revisions
from data.exchange.standard import StandardProject
from data.operations.disclosure_items import StateDisclosure, state_disclosure
from data.operations.projects import AmendProject, amend_project
from data.operations.withheld import WithholdField, withhold_field
from data.unit_of_work import UnitOfWork
from models.disclosure_item import DisclosureItem, DisclosureKind
from models.project import ProjectRevision
from models.withheld_item import WithheldField, WithheldItem

_field, _rule = attrgetter("field"), attrgetter("rule")


def keep_titles(project_id: str, told: StandardProject, title: str, reason: str, uow: UnitOfWork) -> None:
    """
    Call a project by the names that it had, one after the other, from where the record stops.

    :param title: what it is called now
    """
    said = revisions(ProjectRevision, project_id, uow)
    had = [name for name, _ in groupby(one.title for one in said)]
    names = [*(one.title for one in told.titles), title]
    if not told.titles or had != names[: len(had)]:
        # Somebody called it something else here since: what the record says holds.
        return
    latest = said[-1]
    for place in range(len(had), len(names)):
        language = told.titles[place].language if place < len(told.titles) else None
        amend_project(
            AmendProject(
                project_id=project_id,
                language=language or latest.language,
                title=names[place],
                description=latest.description,
                purpose=latest.purpose,
                phase=latest.phase,
                sector=latest.sector,
                region=latest.region,
                data_date=told.titles[place - 1].until,
                reason=reason,
            ),
            uow,
        )


def keep_withheld(project_id: str, told: StandardProject, reason: str, uow: UnitOfWork) -> None:
    """Say what is held back, and what no longer is, of each from where the record stops."""
    had: dict[WithheldField, list[bool]] = defaultdict(list)
    for one in revisions(WithheldItem, project_id, uow):
        had[one.field].append(one.holds)
    for field, some in groupby(sorted(told.withheld, key=_field), key=_field):
        said = list(some)
        if had[field] != [one.holds for one in said[: len(had[field])]]:
            continue
        for place, one in enumerate(said[len(had[field]) :], len(had[field])):
            why = one.reason or (reason if place else "")
            withhold_field(WithholdField(project_id=project_id, is_as_told=True, **{**vars(one), "reason": why}), uow)


def keep_disclosures(
    project_id: str, told: StandardProject, documents: Mapping[str, int], reason: str, uow: UnitOfWork
) -> None:
    """Say where items to be published stand, of each from where the record stops."""
    had: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for item in revisions(DisclosureItem, project_id, uow):
        had[item.rule_key].append((item.kind, item.formed_on, item.published_on))
    for rule, some in groupby(sorted(told.disclosures, key=_rule), key=_rule):
        said, known = list(some), had[rule]
        if known != [(one.kind, one.formed_on, one.published_on) for one in said[: len(known)]]:
            continue
        before = said[len(known) - 1].kind if known else None
        for one in said[len(known) :]:
            settled = before is not None and before is not DisclosureKind.FORMED
            values = {**vars(one), "reason": one.reason or (reason if settled else "")}
            values["document_id"] = documents.get(values.pop("document"))
            state_disclosure(StateDisclosure(project_id=project_id, is_as_told=True, **values), uow)
            before = one.kind
