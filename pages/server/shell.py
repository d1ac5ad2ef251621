"""
The HTML around every page: language, title, what can be read at once, and what starts Streamlit in its place.

Streamlit's own page is in English whatever it holds, has no title before it runs, and is empty without JavaScript.
"""

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from pages.readable import Readable
from pages.rendering import LANGUAGE_TAGS
from pages.server.assets import ASSETS
from pages.server.navigation import SITE_PAGES, Place, SitePage
from pages.server.streamlit_page import stock_index, streamlit_page
from pages.words import word

_TEMPLATE = Template((Path(__file__).parent / "shell.html").read_text("utf-8"))
_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
#: Where the feed of everything is.
FEED = "/feeds/changes.atom"


def shell(readable: Readable, *, address: str, canonical: str, page: SitePage | None, notices: str = "") -> str:
    """
    Return the whole document.

    :param address: path and query of this page, to come back to after a change of language
    :param canonical: the permanent address, with scheme and host
    :param notices: what is said above every page, as HTML: that the record is an example
    :param page: which page of the menu it is; none for a page that was not found, which does not start Streamlit
    """
    streamlit = streamlit_page()
    is_found = page is not None and readable.status == 200  # noqa: PLR2004 - OK is its name.
    if streamlit is None and is_found:
        return stock_index()
    language = readable.language
    site = word("site.title", language)
    scripts = f'<script type="module" src="{ASSETS}/shell.js"></script>\n'
    values = {
        "lang": LANGUAGE_TAGS[language],
        "title": readable.title if page and page.address == "/" else f"{readable.title} · {site}",
        "description": readable.description,
        "canonical": canonical,
        "feed": FEED,
        "site": site,
        "skip": word("site.skip", language),
        "menu_label": word("site.menu", language),
        "languages_label": word("site.languages", language),
        "footer": word("site.footer", language),
    }
    return _TEMPLATE.substitute(
        {name: escape(value) for name, value in values.items()},
        assets=ASSETS,
        body=readable.body_html,
        notices=notices,
        menu=_menu(language, page),
        foot=_foot(language),
        languages=_languages(language, address),
        scripts=scripts + streamlit.scripts if streamlit and is_found else "",
        styles=streamlit.styles if streamlit and is_found else "",
    )


def _menu(language: str, current: SitePage | None) -> str:
    listed = [page for page in SITE_PAGES if page.is_public and page.is_listed]
    return "\n".join(
        f'<li><a href="{page.address}"{" aria-current=page" if page is current else ""}>'
        f"{escape(word(f'page.{page.name}.title', language))}</a></li>"
        for page in listed
    )


def _foot(language: str) -> str:
    return " · ".join(
        f'<a href="{page.address}">{escape(word(f"page.{page.name}.title", language))}</a>'
        for page in SITE_PAGES
        if page.place is Place.FOOT
    )


def _languages(language: str, address: str) -> str:
    return " ".join(
        f'<a href="/language/{code}?next={quote(address, safe="/")}" lang="{LANGUAGE_TAGS[code]}">{name}</a>'
        for code, name in _LANGUAGE_NAMES.items()
        if code != language
    )
