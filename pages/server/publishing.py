"""The clock of the server: what was scheduled is published when its instant comes, by whichever process is first."""

import logging
from datetime import datetime
from threading import Event, Thread

from data.publication import publish_due
from models.clock import utc_now

_LOG = logging.getLogger(__name__)
#: Seconds. Nobody who schedules something waits longer for what was scheduled meanwhile for the next minute.
_LONGEST_WAIT = 15.0
_SHORTEST_WAIT = 0.2


def start_publishing() -> Event:
    """Begin to publish what is due, at once and from now on; return what stops it when it is set."""
    stop = Event()
    Thread(target=_publish_until, args=(stop,), name="publishing", daemon=True).start()
    return stop


def wait_for(next_at: datetime | None, now: datetime) -> float:
    """Return how many seconds to wait for what comes next."""
    left = _LONGEST_WAIT if next_at is None else (next_at - now).total_seconds()
    return min(max(left, _SHORTEST_WAIT), _LONGEST_WAIT)


def _publish_until(stop: Event) -> None:
    wait = 0.0
    while not stop.wait(wait):
        wait = _LONGEST_WAIT
        try:
            done = publish_due()
        except Exception:  # noqa: BLE001 - a record that cannot be reached now is asked again.
            _LOG.exception("What is due could not be published.")
            continue
        for number in (*done.published, *done.failed):
            _LOG.info("Proposal %d was settled at its instant.", number)
        # What could not even be tried is not tried without a pause.
        wait = _LONGEST_WAIT if done.left else wait_for(done.next_at, utc_now())
