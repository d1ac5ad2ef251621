"""
Sending many changes to the writer: a few wait, so that it is never idle, and never so many that others wait long.

Whoever comments while a file is imported waits for what was sent before: seconds, if hundreds of rows were.
"""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from data.exchange.report import Tally
from data.unit_of_work import Kept
from data.writer import Operation, Writer
from models.actor import Actor
from models.exceptions import RecordError, WriterBusyError

Progress = Callable[[int, int], None]


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


class Intake:
    """Rows on their way into the record."""

    def __init__(self, writer: Writer, actor: Actor, now: datetime, tally: Tally, *, in_flight: int) -> None:
        """
        Send on behalf of an actor; all changes bear the same instant.

        :param in_flight: how many rows may wait at once
        """
        self._in_flight = in_flight
        self._writer = writer
        self._actor = actor
        self._now = now
        self._tally = tally
        self._waiting: deque[tuple[int, bool | None, Future[Kept]]] = deque()

    def send(
        self,
        row: int,
        operation: Operation[Any],
        command: Any,
        *,
        token: str = "",
        unchanged: bool | None = None,
        actor: Actor | None = None,
    ) -> None:
        """
        Have a row taken.

        :param token: under which it is taken once only
        :param actor: on whose behalf, where it is another than that of the other rows
        :param unchanged: whether it is known to have been taken before; else the number of statements made tells
        """
        while len(self._waiting) >= self._in_flight:
            self._settle()
        while True:
            try:
                answer = self._writer.submit(operation, command, actor or self._actor, token=token, now=self._now)
                break
            except WriterBusyError:
                if not self._waiting:
                    raise
                self._settle()
        self._waiting.append((row, unchanged, answer))

    def finish(self) -> None:
        """Wait for all that were sent."""
        while self._waiting:
            self._settle()

    def _settle(self) -> None:
        row, unchanged, answer = self._waiting.popleft()
        try:
            kept = answer.result()
        except (RecordError, IntegrityError) as error:
            self._tally.refuse(row, error)
        else:
            self._tally.take(unchanged=kept.number == 0 if unchanged is None else unchanged)
