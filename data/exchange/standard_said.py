"""What metrics of OC4IDS say beside dates and money, as this record writes them: names, items, ratings, gaps."""

from collections.abc import Iterator, Mapping
from typing import Any

from data.exchange.cells import text_of
from data.exchange.standard import StandardDisclosure, StandardRating, StandardTitle, StandardWithheld, mapped
from data.exchange.standard_terms import DISCLOSURE, FORMER_TITLE, HELD_BACK, RATING
from data.exchange.standard_values import StandardReader
from models.decision import Language
from models.disclosure_item import DisclosureKind
from models.rating import RatingLetter
from models.text import one_line
from models.withheld_item import WithheldField

Observations = list[Mapping[str, Any]]


def titles_in(reader: StandardReader, observations: Observations) -> Iterator[StandardTitle]:
    """Yield the names that the project had, first to last."""
    column = f"metrics.{FORMER_TITLE}"
    for one in observations:
        period, title = mapped(one.get("period")), one_line(text_of(one.get("measure")))[:300]
        since, until = (reader.day(column, period.get(key)) for key in ("startDate", "endDate"))
        if not title or since is None or until is None or not since <= until <= reader.today:
            reader.note(column, one, "title_left_out")
            continue
        language = reader.code(Language, mapped(one.get("dimensions")).get("language"))
        yield StandardTitle(title=title, language=language, since=since, until=until)


def disclosures_in(reader: StandardReader, observations: Observations) -> Iterator[StandardDisclosure]:
    """Yield what was said of items that are to be published, first to last."""
    column = f"metrics.{DISCLOSURE}"
    for one in observations:
        dimensions, period = mapped(one.get("dimensions")), mapped(one.get("period"))
        kind = reader.code(DisclosureKind, dimensions.get("kind"))
        review_on = reader.day(column, dimensions.get("reviewOn"))
        if kind is None or (kind is DisclosureKind.WITHHELD and review_on is None):
            reader.note(column, one, "disclosure_left_out")
            continue
        yield StandardDisclosure(
            rule=text_of(dimensions.get("item")),
            kind=kind,
            formed_on=reader.day(column, period.get("startDate")),
            published_on=reader.day(column, period.get("endDate")),
            document=text_of(dimensions.get("document")),
            link=text_of(dimensions.get("link")),
            ground=text_of(dimensions.get("ground")),
            review_on=review_on,
            reason=text_of(one.get("notes")),
        )


def held_back_in(reader: StandardReader, observations: Observations) -> Iterator[StandardWithheld]:
    """Yield what was said of what is held back, and no longer is, first to last."""
    column = f"metrics.{HELD_BACK}"
    for one in observations:
        dimensions = mapped(one.get("dimensions"))
        field, holds = reader.code(WithheldField, dimensions.get("field")), dimensions.get("holds") is True
        until = reader.day(column, dimensions.get("until"))
        if field is None or (holds and until is None):
            reader.note(column, one, "withheld_left_out")
            continue
        yield StandardWithheld(
            field=field,
            holds=holds,
            ground=text_of(dimensions.get("ground")),
            held_by=text_of(dimensions.get("heldBy")),
            until=until,
            reason=text_of(one.get("notes")),
        )


def ratings_in(reader: StandardReader, observations: Observations) -> Iterator[StandardRating]:
    """Yield what somebody independent says of the project, first to last."""
    column = f"metrics.{RATING}"
    for one in observations:
        dimensions = mapped(one.get("dimensions"))
        letter, body = reader.code(RatingLetter, one.get("measure")), one_line(text_of(dimensions.get("body")))[:300]
        rated_on = reader.day(column, mapped(one.get("period")).get("endDate"))
        if letter is None or not body or rated_on is None or rated_on > reader.today:
            reader.note(column, one, "rating_left_out")
            continue
        yield StandardRating(
            body=body,
            letter=letter,
            rated_on=rated_on,
            document=text_of(dimensions.get("document")),
            link=text_of(dimensions.get("link")),
            statement=text_of(one.get("notes")),
        )
