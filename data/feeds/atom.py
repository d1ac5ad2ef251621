"""
Changes of the record as an Atom feed (RFC 4287), in pages (RFC 5005, section 3).

An entry's identifier is a tag URI (RFC 4151) with the place of the change in the ledger: the same for ever.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from data.feeds.change_words import summary_of, title_of
from data.feeds.written import instant
from data.queries.changes import Change
from data.queries.departments import DepartmentName
from data.words import in_both

_ATOM = "http://www.w3.org/2005/Atom"
#: What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PAGES = {"dec": "decisions", "prj": "projects"}

register_namespace("", _ATOM)


def as_atom(
    changes: Sequence[Change],
    *,
    names: Mapping[str, DepartmentName],
    site: str,
    address: str,
    next_address: str | None,
    updated: datetime,
) -> bytes:
    """
    Return a feed of changes.

    :param updated: when the last change was made, for a feed that has none
    """
    feed = Element(f"{{{_ATOM}}}feed")
    _text(feed, "id", address)
    _text(feed, "title", f"{in_both('feeds.title')}: {in_both('feeds.changes')}")
    _text(feed, "updated", instant(changes[0].at if changes else updated) or "")
    _link(feed, "self", address, "application/atom+xml")
    _link(feed, "alternate", f"{site}/", "text/html")
    if next_address:
        _link(feed, "next", next_address, "application/atom+xml")
    _text(SubElement(feed, f"{{{_ATOM}}}author"), "name", in_both("feeds.title"))
    for change in changes:
        _entry(feed, change, names, site)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def entry_id(index: int, site: str) -> str:
    """Return the identifier of a change, as feed readers remember it."""
    return f"tag:{urlsplit(site).hostname or 'localhost'},2026:ledger/{index}"


def _entry(feed: Element, change: Change, names: Mapping[str, DepartmentName], site: str) -> None:
    entry = SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", entry_id(change.index, site))
    _text(entry, "title", title_of(change))
    _text(entry, "updated", instant(change.at) or "")
    _text(entry, "published", instant(change.at) or "")
    kind, identifier = change.matter
    _link(entry, "alternate", f"{site}/{_PAGES[kind]}/{identifier}" if kind in _PAGES else f"{site}/", "text/html")
    SubElement(entry, f"{{{_ATOM}}}category", term=change.type)
    named = names.get(change.department_id or "")
    if named:
        _text(SubElement(entry, f"{{{_ATOM}}}author"), "name", f"{named.name_zh} · {named.name_en}")
    summary = summary_of(change)
    if summary:
        _text(entry, "summary", summary)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_XML.sub("\ufffd", text)


def _link(parent: Element, relation: str, address: str, media_type: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=address, type=media_type)
