"""
What is to be published of a project, by class, and how soon: 国办发〔2017〕94号 has eight classes.

The catalogue comes with the program, and an administrator amends it, with a reason. Where both speak of an item, what
was said last holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from models.base import Instant, Record, RowNumber, codelist
from models.document import DocumentType
from models.project import ApprovalRoute

#: The eight classes.
FIRST_CLASS, LAST_CLASS = 1, 8
#: The most working days that anything may take.
LONGEST_TERM = 250
#: A longer key could not be named by the ledger, with what surrounds it.
LONGEST_KEY = 40


@dataclass(frozen=True, kw_only=True)
class DisclosureRule:
    """An item of the catalogue, as it holds."""

    key: str
    #: The class of 国办发〔2017〕94号, from 1 to 8.
    class_number: int
    title_zh: str
    title_en: str
    #: Within how many working days after it was formed.
    days: int
    #: The type that its document usually has.
    document_type: DocumentType | None = None
    #: The only way of approval on which it is due; none where it is due on all.
    approval_route: ApprovalRoute | None = None
    #: The rule by which it is due, with its article.
    source: str = ""
    #: The number of the statement: 1 as it came with the program.
    number: int = 1
    is_retired: bool = False


class DisclosureRuleRevision(Record, table=True):
    """One statement of an administrator about an item of the catalogue."""

    __tablename__ = "disclosure_rule_revision"
    __table_args__ = (
        UniqueConstraint("key", "number"),
        CheckConstraint("length(trim(reason)) > 0", name="reason_given"),
    )
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    key: str = Field(max_length=LONGEST_KEY, schema_extra={"pattern": r"^[a-z][a-z0-9_]*$"})
    #: From 2 for what came with the program, from 1 for what is new.
    number: int = Field(ge=1)
    class_number: int = Field(ge=FIRST_CLASS, le=LAST_CLASS)
    title_zh: str = Field(min_length=1, max_length=200)
    title_en: str = Field(min_length=1, max_length=200)
    days: int = Field(ge=1, le=LONGEST_TERM)
    document_type: DocumentType | None = Field(default=None, sa_type=codelist(DocumentType))
    approval_route: ApprovalRoute | None = Field(default=None, sa_type=codelist(ApprovalRoute))
    #: The rule by which it is due, with its article.
    source: str = Field(default="", max_length=500)
    is_retired: bool = False
    reason: str = Field(max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None

    @property
    def rule(self) -> DisclosureRule:
        """The item as it holds by this statement."""
        return DisclosureRule(**{name: getattr(self, name) for name in DisclosureRule.__dataclass_fields__})


def holding_rules(
    shipped: Mapping[str, DisclosureRule], said: Iterable[DisclosureRuleRevision]
) -> dict[str, DisclosureRule]:
    """Return the catalogue as it holds, by key, in the order of its classes. Retired items are in it, too."""
    found = {**shipped, **{revision.key: revision.rule for revision in sorted(said, key=lambda one: one.number)}}
    # Within a class the order is that of the catalogue; what is new comes last.
    return dict(sorted(found.items(), key=lambda pair: pair[1].class_number))
