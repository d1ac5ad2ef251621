"""
The division of a draft's text into clauses.

Three kinds of text are known, tried in this order: Chinese articles (第三条), headings (Markdown ``##`` or numbers
such as ``1.``, ``2.3``, ``Article 5``, ``Section 4``), and, where there is neither, paragraphs.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_CHINESE_NUMBER = "[零〇○一二三四五六七八九十百千两0-9０-９]+"
_ARTICLE = re.compile(rf"^[\s　]*(第{_CHINESE_NUMBER}条(?:之{_CHINESE_NUMBER})?)[\s　：:]*(.*)$")
_PART = re.compile(rf"^[\s　]*#*[\s　]*(第{_CHINESE_NUMBER}[编章节])[\s　]*(.*)$")
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_NUMBERED = re.compile(
    r"^\s*((?:Article|Section|Clause|Art\.|Sec\.|§)\s*\d+[a-z]?|\d+(?:\.\d+)*[.)、]?)\s+(\S.*)$", re.IGNORECASE
)
_SPACES = re.compile(r"[\s　]+")
_MARKER = re.compile(r"<!--.*?-->", re.DOTALL)
_FEWEST_HEADINGS = 2


@dataclass(frozen=True)
class ClauseText:
    """One clause as it stands in a text: its own label, the heading above or in it, and its words."""

    label: str
    heading: str
    text: str


def split_into_clauses(text: str) -> list[ClauseText]:
    """
    Return the clauses of a draft, in order; an empty list for an empty text.

    Every character that is not white space, a heading mark or a comment mark is in some clause or heading.
    """
    lines = _MARKER.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    if sum(1 for line in lines if _ARTICLE.match(_plain(line))) >= 1:
        return [clause for clause in _by_article(lines) if clause.text or clause.label]
    if sum(1 for line in lines if _HEADING.match(line) or _NUMBERED.match(line)) >= _FEWEST_HEADINGS:
        return [clause for clause in _by_heading(lines) if clause.text or clause.heading]
    return _by_paragraph(lines)


def _plain(line: str) -> str:
    """Return the line without emphasis and heading marks, which people put around article numbers."""
    return re.sub(r"^[\s　]*(?:#{1,6}\s*)?\**", "", line).replace("**", "")


def _by_article(lines: list[str]) -> Iterator[ClauseText]:
    label, heading, body, next_heading = "", "", list[str](), ""
    for line in lines:
        article = _ARTICLE.match(_plain(line))
        part = None if article else _PART.match(line)
        if article:
            yield _clause(label, heading, body)
            label, heading, body = unicodedata.normalize("NFKC", article[1]), next_heading, [article[2]]
        elif part:
            title = _SPACES.sub("", part[2])
            next_heading = f"{part[1]} {title}".strip()
        else:
            body.append(re.sub(r"^#{1,6}\s+", "", line))
    yield _clause(label, heading, body)


def _by_heading(lines: list[str]) -> Iterator[ClauseText]:
    label, heading, body = "", "", list[str]()
    for line in lines:
        marked = _HEADING.match(line)
        numbered = _NUMBERED.match(marked[2] if marked else line)
        if marked or numbered:
            yield _clause(label, heading, body)
            label = numbered[1].rstrip(".)、") if numbered else ""
            title = numbered[2] if numbered else (marked[2] if marked else "")
            heading, body = (title, []) if marked else ("", [title])
        else:
            body.append(line)
    yield _clause(label, heading, body)


def _by_paragraph(lines: list[str]) -> list[ClauseText]:
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    return [ClauseText("", "", paragraph.strip()) for paragraph in paragraphs if paragraph.strip()]


def _clause(label: str, heading: str, body: list[str]) -> ClauseText:
    text = "\n".join(line.strip(" \t　") for line in body)
    return ClauseText(label, heading, re.sub(r"\n{3,}", "\n\n", text).strip())
