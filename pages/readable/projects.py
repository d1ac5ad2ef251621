"""The portfolio: all projects of a filter, as a list, a map, a table or a timeline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from sqlmodel import Session

from data.database import reading
from data.queries.beside_others import all_beside_others, beside_others
from data.queries.coincidences import Found
from data.queries.departments import DepartmentName, departments
from data.queries.paging import Page
from data.queries.portfolio import (
    Totals,
    portfolio,
    portfolio_ids,
    portfolio_regions,
    portfolio_totals,
    without_state,
)
from data.queries.project_gaps import milestone_titles, withheld_projects
from data.queries.standing import Standing
from data.queries.standings import all_standings, standings_on
from models.project import Phase, Sector
from models.withheld_item import WithheldField
from pages.portfolio_address import PORTFOLIO, PortfolioAsked, View, portfolio_asked
from pages.readable import Readable, Visit
from pages.readable.kept import kept
from pages.readable.portfolio_figures import LATE_BY, lamps, late_by_words, lateness, sectors, sums
from pages.readable.portfolio_timeline import axis_of, dumbbells
from pages.readable.project_light import LightWords, light_words
from pages.rendering import render
from pages.words import word

#: What the form offers; an address may ask for any other.
DUE_WITHIN = (30, 60, 180)
KILOMETRES = (1, 2, 5, 10, 25, 50)
SORTS = ("", "late", "due", "light", "name", "cost")
#: Money that can be held back, and its amount.
_MONEY = {"cost": WithheldField.BUDGET, "spent": WithheldField.SPENT}


@dataclass(frozen=True, kw_only=True)
class ProjectList:
    """A page of the portfolio, with what it comes to and what it can be narrowed to."""

    visit: Visit
    asked: PortfolioAsked
    page: Page[Standing]
    totals: Totals
    #: The same whatever the light, to count how many there are of each.
    of_each: Totals
    departments: Mapping[str, DepartmentName]
    regions: Sequence[str]
    #: What milestones are called that lights speak of.
    titles: Mapping[int, str]
    #: Of which projects something is held back.
    withheld: Mapping[WithheldField, frozenset[str]]
    #: The projects of the filter without an amount because it is held back, by the name of the amount.
    gaps: Mapping[str, frozenset[str]]
    #: What of the page does not fit beside other projects.
    beside: Found

    @property
    def query(self) -> dict[str, str]:
        """What is asked for, as it stands in the address of this page."""
        return self.asked.query

    @property
    def filters(self) -> Mapping[str, str]:
        """What the projects are narrowed to: the same for every view, the map and the open data."""
        return self.asked.filters

    @property
    def late_by(self) -> dict[int, str]:
        """By how many days at least projects can be asked to be late, in words: those asked for now among them."""
        asked = self.asked.wanted.late_by
        offered = sorted({*LATE_BY, *(() if asked is None else (asked,))})
        return {days: late_by_words(days, self.visit.language) for days in offered}

    @cached_property
    def lights(self) -> dict[str, LightWords]:
        """The lights of the page in words, by project."""
        language = self.visit.language
        return {one.project_id: light_words(one.light, self.titles, language) for one in self.page.rows}

    @cached_property
    def head(self) -> str:
        """What stands above the projects, as HTML: views, filters, lights."""
        return self._render(
            "project_controls.html",
            views=list(View),
            sectors=list(Sector),
            phases=list(Phase),
            sorts=SORTS,
            due_within=DUE_WITHIN,
            kilometres=KILOMETRES,
            lamps=lamps(self.of_each.lights, self.asked.wanted.light),
        )

    @cached_property
    def results(self) -> str:
        """The projects of this page, as HTML."""
        match self.asked.view:
            case View.TABLE:
                return self._render("project_table.html")
            case View.TIMELINE:
                axis = axis_of(self.page.rows, self.visit.as_of or self.visit.today)
                return self._render("projects_timeline.html", axis=axis, dumbbells=dumbbells(self.page.rows, axis))
            case View.MAP:
                return self._render("map_list.html")
            case _:
                return self._render("project_cards.html")

    @cached_property
    def foot(self) -> str:
        """What the projects come to, and how they are taken away, as HTML."""
        language, wanted, totals = self.visit.language, self.asked.wanted, self.totals
        return self._render(
            "project_figures.html",
            cost=sums(totals.cost, totals.without_cost, self.gaps["cost"], language),
            spent=sums(totals.spent, totals.without_spent, self.gaps["spent"], language),
            lateness=lateness(totals, wanted.late_by, language),
            sectors=sectors(totals.sectors, wanted.sector, language),
        )

    def _render(self, template: str, **values: object) -> str:
        on = self.visit.as_of or self.visit.today
        return render(
            template,
            self.visit.language,
            found=self,
            asked=self.asked,
            visit=self.visit,
            today=on,
            path=PORTFOLIO,
            **values,
        )


def project_list(session: Session, visit: Visit, *, view: View = View.LIST) -> ProjectList:
    """
    Return the projects that the address asks for. At most twelve statements, once for each state of the record.

    :param view: how they are shown, if the address does not say
    """
    return kept("projects", visit, lambda: _read(session, visit, view), view)


def _read(session: Session, visit: Visit, view: View) -> ProjectList:
    asked = portfolio_asked(visit.query, visit.today, view=view)
    wanted, now = asked.wanted, visit.now
    page = portfolio(session, wanted, now=now, sort=asked.sort, is_reversed=asked.is_reversed, after=asked.after)
    totals, whatever = portfolio_totals(session, wanted, now=now), without_state(wanted)
    withheld = withheld_projects(session, wanted.as_of)
    return ProjectList(
        visit=visit,
        asked=asked,
        page=page,
        totals=totals,
        of_each=totals if whatever == wanted else portfolio_totals(session, whatever, now=now),
        departments=departments(session),
        regions=portfolio_regions(session, now=now),
        titles=_titles(session, page.rows),
        withheld=withheld,
        gaps=_gaps(session, visit, asked, withheld),
        beside=_beside(session, visit, asked, page.rows),
    )


def _titles(session: Session, rows: Sequence[Standing]) -> dict[int, str]:
    known = {one.completion.id: one.completion.title for one in rows if one.completion}
    reasons = (reason for one in rows for reason in one.light.reasons if reason.light is one.light.light)
    spoken_of = {reason.milestone for reason in reasons if reason.milestone}
    return known | milestone_titles(session, spoken_of - known.keys())


def _gaps(
    session: Session, visit: Visit, asked: PortfolioAsked, withheld: Mapping[WithheldField, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Return which projects of the filter have no amount because it is held back."""
    if not any(withheld[field] for field in _MONEY.values()):
        return dict.fromkeys(_MONEY, frozenset())
    day, now = asked.wanted.as_of, visit.now
    standings = standings_on(session, day, now=now) if day else all_standings(session, now)
    shown = frozenset(portfolio_ids(session, asked.wanted, now=now))
    return {
        amount: frozenset(one for one in shown & withheld[field] if getattr(standings[one], amount) is None)
        for amount, field in _MONEY.items()
    }


def _beside(session: Session, visit: Visit, asked: PortfolioAsked, rows: Sequence[Standing]) -> Found:
    known, day = all_standings(session, visit.now), asked.wanted.as_of
    if day is None:
        return all_beside_others(session, known)
    return beside_others(session, known, {one.project_id: one for one in rows}, day)


def read_projects(visit: Visit) -> Readable:
    """Return the portfolio as a page to read."""
    with reading() as session:
        found = project_list(session, visit)
    return readable_portfolio(found, "projects")


def readable_portfolio(found: ProjectList, page: str) -> Readable:
    """Return a page of the portfolio, by the name of the page that is asked for."""
    language = found.visit.language
    title, description = (word(f"page.{page}.{part}", language) for part in ("title", "description"))
    body = render(
        "projects.html",
        language,
        title=title,
        description=description,
        # Each is what a template rendered.
        parts=[Markup(part) for part in (found.head, found.results, found.foot)],  # noqa: S704 - see above.
        is_map=found.asked.view is View.MAP,
    )
    return Readable(title=title, description=description, language=language, body_html=body)
