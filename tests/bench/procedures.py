"""Where every duty stands: of one docket, of all of them from cold, and on the pages that count them."""

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

from sqlmodel import Session

from data.queries.board import board
from data.queries.department_duties import department_duties
from data.queries.duties import all_duties, docket_of, procedure_of
from data.queries.duty_dates import duty_dates
from data.templates.calendars import calendar_of
from models.clock import local_date, utc_now
from models.docket_evaluation import evaluate
from tests.bench.lines import Line, timed
from tests.bench.record import BenchRecord

#: In milliseconds: one docket, and what the queries of a page may add to a rerun.
_DOCKET, _PAGE = 5.0, 40.0
#: In seconds, for all dockets of size m.
_ALL = 5.0
_TIMES, _DOCKETS = 40, 200
_MONTH = timedelta(days=31)


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield a line for one docket, for all of them, and for each page that asks about all."""
    now = utc_now()
    until = local_date(now) + _MONTH
    with record.database.reading() as session:
        yield _one(session, record)
        began = perf_counter()
        known = all_duties(session, now)
        taken = perf_counter() - began
        name = f"all {len(known)} dockets, read and evaluated from cold"
        yield Line(name=name, ours=taken, unit="s", budget=_ALL)
        department = record.column("SELECT department_id FROM decision_present GROUP BY 1 ORDER BY count(*) DESC")[0]
        asked = {
            "board": lambda: board(session, now=now),
            "desk by procedure": lambda: department_duties(session, department, now=now),
            "calendar of a month": lambda: duty_dates(session, until=until, now=now, size=500),
        }
        for page, call in asked.items():
            times = timed([call] * _TIMES)
            yield Line(name=f"{page}, p95", ours=times.p95, unit="ms", budget=_PAGE, note=times.told)


def _one(session: Session, record: BenchRecord) -> Line:
    """Measure the engine alone: the facts are read before."""
    now = utc_now()
    identifiers = record.column("SELECT decision_id FROM decision_present ORDER BY updated_at DESC")[:_DOCKETS]
    told = [docket for one in identifiers if (docket := docket_of(session, one)) is not None]
    ruled = [(one, procedure_of(one, now)) for one in told]
    times = timed(
        [
            lambda one=one, rules=rules: evaluate(one, rules, calendar_of(rules.day_rule.calendar), now)
            for one, rules in ruled
        ]
    )
    return Line(name="one docket evaluated, p95", ours=times.p95, unit="ms", budget=_DOCKET, note=times.told)
