"""What was built and spent of a project against its plan, as a picture."""

from data.queries.project_page import ProjectPage
from models.money import WHOLE
from pages.components.drawing import data_address
from pages.components.progress_chart import Series, progress_chart
from pages.components.promise_chart import NARROW, WIDE
from pages.readable.project_promise import Picture
from pages.words import word


def progress_picture(page: ProjectPage, language: str) -> Picture | None:
    """Return the chart of what was built and spent against the plan; none with fewer than two such reports."""
    reports = page.rows.reports
    cost = page.promises.budgets[-1].amount if page.promises.budgets else None
    built = [(one.period_end, one.physical) for one in reports if one.physical is not None]
    planned = [(one.period_end, one.planned_physical) for one in reports if one.planned_physical is not None]
    spent = [
        (one.period_end, one.spent * WHOLE // cost.units)
        for one in reports
        if one.spent is not None and cost and cost.units and one.currency == cost.currency
    ]
    lines = (
        ("reached", "--g", "", "built", built),
        ("promised", "--i", "6 4", "planned", planned),
        ("ring", "--w", "2 3", "spent_share", spent),
    )
    series = [
        Series(mark, color, dash, word(f"project.{key}", language), points)
        for mark, color, dash, key, points in lines
        if points
    ]
    if len(built) < 2:  # noqa: PLR2004 - one point is no line.
        return None
    wide, narrow = (data_address(progress_chart(series, width=width)) for width in (WIDE, NARROW))
    return Picture(wide=wide, narrow=narrow, alt=word("project.progress_alt", language))
