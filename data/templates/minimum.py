"""Until when a comment period must run at least: by the procedure that was chosen, or by what is usual."""

from datetime import datetime
from typing import Protocol

from data.templates.calendars import calendar_of
from data.templates.reading import procedure
from models.comment_period import usual_end
from models.procedure import ProcessTemplate
from models.procedure_choice import in_zone
from models.windows import shortest


class Choice(Protocol):
    """By which procedure a decision runs, as it was chosen."""

    @property
    def template(self) -> str: ...
    @property
    def overlays(self) -> list[str]: ...
    @property
    def flags(self) -> list[str]: ...
    @property
    def zone(self) -> str: ...


def template_chosen(choice: Choice) -> ProcessTemplate:
    """Return the procedure that was chosen."""
    return in_zone(procedure(choice.template, tuple(choice.overlays)), choice.zone)


def least_until(choice: Choice | None, stage: str, opens_at: datetime, zone: str) -> datetime | None:
    """
    Return until when a period must run at least, exclusive; none where the procedure sets no minimum.

    :param stage: in which stage of the procedure; the first that takes comments, where it is empty
    """
    if choice is None:
        return usual_end(opens_at, zone)
    template = template_chosen(choice)
    window = template.by_key.get(stage or template.first_window or "")
    if window is None:
        return None
    calendar = calendar_of(template.day_rule.calendar)
    found = shortest(template, calendar, frozenset(choice.flags), window, opens_at, zone)
    return found.instant if found else None
