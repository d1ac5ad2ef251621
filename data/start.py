"""
Starting: before anything is read, the record has its tables, and a new embedded one is filled with the example.

The example is of a day, and begins anew each day. A record in earnest is never made anew, whoever asks.
"""

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from data.database import Database, database
from data.queries.record import count_entries, example_day
from data.samples.example import replay_example
from data.schema import drop_everything, is_current, migrate, open_record
from data.settings import record_settings
from data.writer import Writer, writer
from models.clock import local_date, utc_now
from models.exceptions import FutureEventError, RuleError

Progress = Callable[[int, int], None]
#: Of so many steps one is told.
_TOLD_EVERY = 100


def show_progress(done: int, total: int) -> None:
    """Tell whoever started the server why it does not answer yet."""
    if done % _TOLD_EVERY == 0 or done == total:
        sys.stderr.write(f"{done} of {total} steps of the example made\n")
        sys.stderr.flush()


def start(*, now: datetime | None = None, progress: Progress = show_progress) -> None:
    """
    Make the record ready to be read and changed.

    With the embedded file, a new record becomes the example of today, and so does the example of an earlier day.
    Processes that start at once wait for each other, so that only one of them fills it.
    """
    kept_in, now = database(), now or utc_now()
    with _alone(kept_in):
        _bring_up_to_date(kept_in)
        if record_settings().is_embedded and _begins_anew(kept_in, local_date(now)):
            _make_example(kept_in, local_date(now), now, progress)
        open_record(writer())


def fill_with_example(
    day: date | None = None, *, now: datetime | None = None, progress: Progress = show_progress
) -> date:
    """
    Fill an empty record with the example of a day, and return the day. An example that is there is made anew.

    :raises RuleError: if something was recorded in earnest
    :raises FutureEventError: if the day is still to come
    """
    kept_in, now = database(), now or utc_now()
    day = day or local_date(now)
    if day > local_date(now):
        raise FutureEventError(day)
    with _alone(kept_in):
        _bring_up_to_date(kept_in)
        with kept_in.reading() as session:
            if example_day(session) is None and count_entries(session) > 1:
                raise RuleError("example", "the record is not empty")
        _make_example(kept_in, day, now, progress)
    return day


def clear_example() -> None:
    """
    Remove the example, and leave an empty record in earnest, which is not filled again.

    :raises RuleError: if something was recorded in earnest
    """
    kept_in = database()
    with _alone(kept_in):
        _bring_up_to_date(kept_in)
        with kept_in.reading() as session:
            if example_day(session) is None and count_entries(session) > 0:
                raise RuleError("example", "the record is not an example")
        _make_anew(kept_in, lambda _, hand: open_record(hand))


def _bring_up_to_date(kept_in: Database) -> None:
    if not is_current(kept_in):
        migrate(kept_in)


def _begins_anew(kept_in: Database, today: date) -> bool:
    with kept_in.reading() as session:
        return count_entries(session) == 0 or example_day(session) not in (None, today)


def _make_example(kept_in: Database, day: date, now: datetime, progress: Progress) -> None:
    def fill(place: Database, hand: Writer) -> None:
        open_record(hand, example_day=day)
        replay_example(place, hand, today=day, now=now, progress=progress)

    _make_anew(kept_in, fill)


def _make_anew(kept_in: Database, fill: Callable[[Database, Writer], None]) -> None:
    """
    Have the record be what ``fill`` makes, and nothing else.

    A file is made aside, and takes the place of the record at once: an attempt that was interrupted leaves nothing.
    A server is filled in place. An attempt that was interrupted there leaves an example, which can be made anew.
    """
    place = Database(f"sqlite:///{kept_in.url.database}.making") if kept_in.is_sqlite else kept_in
    place.dispose()
    drop_everything(place)
    migrate(place)
    hand = Writer(place)
    try:
        fill(place, hand)
    finally:
        hand.close()
    if kept_in.is_sqlite:
        _take_over(place, kept_in)
        drop_everything(place)


def _take_over(made: Database, kept_in: Database) -> None:
    """
    Have one file hold what the other holds, in one transaction.

    The file itself stays: whoever has it open sees the record before or after, and never a file without its log.
    https://sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use
    """
    with (
        closing(made.writing_engine.raw_connection()) as source,
        closing(kept_in.writing_engine.raw_connection()) as target,
    ):
        source.driver_connection.backup(target.driver_connection)  # type: ignore[union-attr]  # It is connected.
    # Whoever closes a file last empties its log, in which pages of the earlier record would stay.
    kept_in.dispose()


@contextmanager
def _alone(kept_in: Database) -> Iterator[None]:
    """Wait for other processes that start on the same file. A server's own lock makes migrations wait there."""
    if not kept_in.is_sqlite:
        yield
        return
    with Path(f"{kept_in.url.database}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
