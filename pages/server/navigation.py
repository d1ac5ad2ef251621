"""The pages of the site, in one list: addresses, who sees them in the menu, and in which order."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import streamlit as st

from models.actor import Role
from pages.words import word

_PAGES = Path(__file__).resolve().parent.parent


class Place(StrEnum):
    """Where a page stands in the menu."""

    #: For everybody.
    MENU = "menu"
    #: For everybody, at the foot of each page: what is read seldom, or from the pages it belongs to.
    FOOT = "foot"
    #: For everybody, opened from another page: it needs to be told about what.
    BY_LINK = "by_link"
    #: For those who sign in.
    WORK = "work"
    #: For those who sign in, opened from another page.
    WORK_BY_LINK = "work_by_link"


@dataclass(frozen=True, kw_only=True)
class SitePage:
    """A page: ``pages/<name>.py``, found at ``/<name>``, and named by the word ``page.<name>.title``."""

    name: str
    place: Place = Place.MENU
    #: Who is shown a page for work. Each page checks again, and so does each operation.
    roles: frozenset[Role] = frozenset(Role)

    @property
    def address(self) -> str:
        """Its path. The first page is the site itself."""
        return "/" if self.name == FIRST else f"/{self.name}"

    @property
    def is_public(self) -> bool:
        """Whether it is read without an account."""
        return self.place in {Place.MENU, Place.FOOT, Place.BY_LINK}

    @property
    def is_listed(self) -> bool:
        """Whether it is in the menu."""
        return self.place in {Place.MENU, Place.WORK}


class SignedIn(Protocol):
    """Whoever is signed in, as far as the menu is concerned."""

    @property
    def role(self) -> Role:
        """The part they play."""


FIRST = "now"
SIGN_IN = "sign_in"
SITE_PAGES = (
    SitePage(name=FIRST),
    SitePage(name="decisions"),
    SitePage(name="projects"),
    SitePage(name="map"),
    SitePage(name="search"),
    SitePage(name="receipt"),
    SitePage(name="accountability"),
    SitePage(name="deadlines"),
    SitePage(name="about"),
    SitePage(name="decision", place=Place.BY_LINK),
    SitePage(name="project", place=Place.BY_LINK),
    SitePage(name="comment", place=Place.BY_LINK),
    SitePage(name="catalogue", place=Place.FOOT),
    SitePage(name="disclosure_catalogue", place=Place.FOOT),
    SitePage(name="hearing", place=Place.BY_LINK),
    SitePage(name="question", place=Place.BY_LINK),
    SitePage(name=SIGN_IN),
    SitePage(name="desk", place=Place.WORK),
    SitePage(name="publish_decision", place=Place.WORK, roles=frozenset({Role.PLANNER})),
    SitePage(name="work_on_decision", place=Place.WORK_BY_LINK),
    SitePage(name="keep_catalogue", place=Place.WORK_BY_LINK, roles=frozenset({Role.PLANNER})),
    SitePage(name="publish_project", place=Place.WORK, roles=frozenset({Role.OFFICER})),
    SitePage(name="work_on_project", place=Place.WORK_BY_LINK),
    SitePage(name="update_milestones", place=Place.WORK, roles=frozenset({Role.OFFICER})),
    SitePage(name="update_projects", place=Place.WORK, roles=frozenset({Role.OFFICER})),
    SitePage(name="proposals", place=Place.WORK_BY_LINK, roles=frozenset({Role.OFFICER, Role.PLANNER, Role.APPROVER})),
    SitePage(name="import_projects", place=Place.WORK, roles=frozenset({Role.OFFICER})),
    SitePage(name="administration", place=Place.WORK, roles=frozenset({Role.ADMINISTRATOR})),
)


def pages_for(account: SignedIn | None) -> list[SitePage]:
    """Return the pages that ``account``, or somebody without one, can open."""
    return [page for page in SITE_PAGES if page.is_public or (account is not None and account.role in page.roles)]


def navigation(*, language: str, account: SignedIn | None) -> st.Page:
    """Draw the menu, and return the page that is asked for."""
    sections: dict[str, list[st.Page]] = {}
    theirs = pages_for(account)
    for page in SITE_PAGES:
        # Whoever comes to a page for others by its address is told so there, which Streamlit would not do.
        is_listed = page in theirs and page.is_listed and not (page.name == SIGN_IN and account is not None)
        section = "" if page.is_public or page not in theirs else word("site.work", language)
        sections.setdefault(section, []).append(_streamlit_page(page, language=language, is_listed=is_listed))
    return st.navigation(sections, position="top")


def _streamlit_page(page: SitePage, *, language: str, is_listed: bool) -> st.Page:
    return st.Page(
        _PAGES / f"{page.name}.py",
        title=word(f"page.{page.name}.title", language),
        url_path=page.name,
        default=page.name == FIRST,
        visibility="visible" if is_listed else "hidden",
    )
