"""
The catalogue of what is to be published of a project, as it comes with the program.

国务院办公厅关于推进重大建设项目批准和实施领域政府信息公开的意见 (国办发〔2017〕94号) names the eight classes, and the
times: 20 working days after information was formed or changed, 7 for decisions on permits and penalties. The lists of
what belongs to each class follow the standard catalogue. Where an authority's own differs, an administrator amends it.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from models.disclosure_rule import DisclosureRule
from models.document import DocumentType
from models.project import ApprovalRoute

#: What all of it rests on, as it comes with the program.
SOURCE = "国办发〔2017〕94号"
_FILE = Path(__file__).parent / "disclosure_classes.csv"


@cache
def shipped_rules() -> Mapping[str, DisclosureRule]:
    """Return the items by key, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rules = [_rule(row) for row in csv.DictReader(file)]
    return MappingProxyType({rule.key: rule for rule in rules})


def _rule(row: Mapping[str, str]) -> DisclosureRule:
    return DisclosureRule(
        key=row["key"],
        class_number=int(row["class_number"]),
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        days=int(row["days"]),
        document_type=DocumentType(row["document_type"]) if row["document_type"] else None,
        approval_route=ApprovalRoute(row["approval_route"]) if row["approval_route"] else None,
        source=SOURCE,
    )
