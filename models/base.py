"""The base class of every table, and the column types that SQLModel lacks."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import ConfigDict, ValidationError
from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from models.exceptions import InvalidValueError

# Migrations address constraints by name.
# https://alembic.sqlalchemy.org/en/latest/naming.html
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

#: Row numbers. SQLite numbers rows by itself only where the type is exactly INTEGER.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")


def codelist(codes: type[StrEnum]) -> Any:
    """Return a column type that stores a code by its published value, and refuses other values."""
    return Enum(
        codes,
        name=codes.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda codes: [code.value for code in codes],
    )


class Instant(TypeDecorator[datetime]):
    """A point in time. SQLite forgets time zones, so store UTC and say so on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that what was stored is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class _Values:
    """What Pydantic fills in when it checks the values of a row."""

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")


# A registry of our own, not SQLModel's global one: when Streamlit reloads an edited module, its
# tables are then defined afresh, not twice. https://github.com/streamlit/streamlit/issues/11232
class Record(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMING_CONVENTION))):
    """A row of the record."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]  # SQLModel narrows the type it inherits

    #: Whether rows are part of the public record, so that no change to them is kept without a ledger entry.
    tracked: ClassVar[bool] = True
    #: Whether rows, once written, are refused any UPDATE or DELETE by the database.
    append_only: ClassVar[bool] = False
    #: Whether rows, though never altered, may be erased: the words of a person, one day.
    erasable: ClassVar[bool] = False

    @classmethod
    def row(cls, **values: Any) -> dict[str, Any]:
        """
        Return the values of a row that is written without an object: checked as an object is, in a tenth of the time.

        :raises InvalidValueError: if they cannot be values of this row
        """
        checked = _Values()
        try:
            cls.__pydantic_validator__.validate_python(values, self_instance=checked)
        except ValidationError as error:
            raise InvalidValueError.from_validation(cls.__name__, error) from error
        # What the database is to number has no value yet.
        return {name: value for name, value in vars(checked).items() if name != "id" or value is not None}

    # SQLModel skips validation for tables. https://github.com/fastapi/sqlmodel/issues/52
    def __init__(self, **values: Any) -> None:
        if values:
            try:
                values = dict(type(self).model_validate(values))
            except ValidationError as error:
                raise InvalidValueError.from_validation(type(self).__name__, error) from error
        super().__init__(**values)
