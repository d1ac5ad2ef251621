"""Documents of OC4IDS: held back, not yet due, or to be found elsewhere; and what else of a project is held back."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from data.exchange.cells import text_of
from data.exchange.standard import StandardDocument, StandardWithheld, listed
from data.exchange.standard_terms import (
    DOCUMENT_FIELDS,
    DOCUMENT_TYPES,
    WITHHELD,
    held_by,
    not_yet_due,
    withheld_until,
)
from data.exchange.standard_values import StandardReader
from models.document import DisclosureClass, DocumentType
from models.text import one_line
from models.withheld_item import WithheldField

_TYPES = {code: kind for kind, code in DOCUMENT_TYPES.items()} | {kind.value: kind for kind in DocumentType}


def documents_in(reader: StandardReader, told: Mapping[str, Any]) -> Iterator[StandardDocument]:
    """Yield the documents of a project, each as it can be had."""
    for one in listed(told.get("documents")):
        name = text_of(one.get("id"))
        if not name or name.startswith(WITHHELD):
            continue
        details = text_of(one.get("accessDetails"))
        withheld, until = withheld_until(details), not_yet_due(details)
        said = StandardDocument(
            name=name,
            type=_TYPES.get(text_of(one.get("documentType")), DocumentType.OTHER),
            title=one_line(text_of(one.get("title")) or name)[:300],
            alt=one_line(text_of(one.get("description")))[:500],
            **_access(one, withheld, until),
        )
        if not_kept := sorted(one.keys() - DOCUMENT_FIELDS):
            reader.note("documents", ", ".join(not_kept), "field_left_out")
        yield said


def withheld_in(reader: StandardReader, told: Mapping[str, Any]) -> Iterator[StandardWithheld]:
    """Yield what is held back of a project, and is not to be told yet."""
    for one in listed(told.get("documents")):
        name = text_of(one.get("id"))
        if not name.startswith(WITHHELD):
            continue
        field, found = (
            reader.code(WithheldField, name.removeprefix(WITHHELD)),
            withheld_until(text_of(one.get("accessDetails"))),
        )
        if field is None or found is None or date.fromisoformat(found[1]) < reader.today:
            reader.note("documents", one, "withheld_left_out")
            continue
        ground, by = held_by(found[0])
        yield StandardWithheld(field=field, ground=ground, held_by=by, until=date.fromisoformat(found[1]))


def _access(one: Mapping[str, Any], withheld: tuple[str, str] | None, until: str | None) -> Mapping[str, Any]:
    if withheld and not one.get("url"):
        review_on = date.fromisoformat(withheld[1])
        return {"disclosure": DisclosureClass.WITHHELD, "ground": withheld[0], "review_on": review_on}
    if until and not one.get("url"):
        return {"disclosure": DisclosureClass.NOT_YET_DUE, "review_on": date.fromisoformat(until)}
    told = {key: text_of(value) for key, value in one.items() if key in DOCUMENT_FIELDS and isinstance(value, str)}
    return {"disclosure": DisclosureClass.PUBLIC, "told": {**told, "id": text_of(one.get("id"))}}
