"""
What is said of one date, side by side: by its department, by promises like it, by the department's record, by a plan.

They may disagree, and then that is what is to be seen. Only the first is a promise; the others are computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.forecast_record import ForecastRecord, Lead, RecordDays, lead_of, record_days
from models.likelihood import Likelihood, likelihood
from models.reference_class import PastPromise, ReferenceClasses


@dataclass(frozen=True)
class Outlook:
    """One strip of dates."""

    official: date
    #: Of promises like it.
    by_class: Likelihood
    #: Of dates that the same department said as long ahead; none where it has no such record.
    by_record: RecordDays | None
    #: At the pace at which the plan was kept so far; none without a plan.
    by_plan: date | None

    @property
    def days(self) -> tuple[date, ...]:
        """Every date that is said, in order: the strip reaches from the first to the last."""
        said = [self.official, self.by_plan]
        said += [each.day for each in (self.by_class.median, self.by_class.most) if each]
        if self.by_record is not None:
            said += [self.by_record.median, self.by_record.most]
        return tuple(sorted(each for each in said if each is not None))


def outlook(
    classes: ReferenceClasses,
    records: Mapping[tuple[str, Lead], ForecastRecord],
    promise: PastPromise,
    *,
    due: date,
    by_plan: date | None = None,
) -> Outlook:
    """Return everything that is said of when a milestone will be reached, as of the day of the classes."""
    lead = lead_of(due, classes.today)
    record = records.get((promise.department, lead)) if lead else None
    return Outlook(
        official=due,
        by_class=likelihood(classes, promise, due=due),
        by_record=record_days(record, due, classes.today) if record and promise.is_open else None,
        by_plan=by_plan,
    )
