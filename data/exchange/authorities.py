"""The departments that a file of OC4IDS names, and their codes in this record."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from data.database import reading
from data.exchange.cells import text_of
from data.exchange.sources import STANDARD, Source
from data.exchange.standard import mapped
from data.operations.departments import PublishDepartment, publish_department
from data.queries.departments import departments
from data.writer import change
from models.actor import OPERATOR
from models.decision import Language
from models.text import one_line

#: Who publishes what names nobody.
NOBODY = "imported"
_LONGEST_CODE, _LONGEST_NAME = 40, 200


def authority_code(told: Mapping[str, Any]) -> str:
    """Return the code of the department that publishes a project, such as this record has codes."""
    authority = mapped(told.get("publicAuthority"))
    name = text_of(authority.get("id")) or text_of(authority.get("name"))
    code = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return code[:_LONGEST_CODE].strip("-") or NOBODY


def publish_authorities(source: Source) -> None:
    """Publish the departments that a file names and the record does not have; the command line alone may do that."""
    with reading() as session:
        known = set(departments(session))
    named: dict[str, dict[str, str]] = {}
    for code, language, name in _named(source):
        if code not in known:
            named.setdefault(code, {}).setdefault(language, name)
    for code, names in named.items():
        some = next(iter(names.values()))
        name_zh, name_en = (names.get(language, some) for language in (Language.CHINESE, Language.ENGLISH))
        change(publish_department, PublishDepartment(id=code, name_zh=name_zh, name_en=name_en), OPERATOR)


def _named(source: Source) -> Iterator[tuple[str, str, str]]:
    for row in source.rows():
        told = mapped(row.cells.get(STANDARD))
        code = authority_code(told)
        name = one_line(text_of(mapped(told.get("publicAuthority")).get("name"))) or code
        yield code, text_of(told.get("language")), name[:_LONGEST_NAME]
