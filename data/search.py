"""
The index of the search: Chinese by pairs of characters, other scripts by words, in one table and one query.

Chinese has no spaces. Every run of its characters is indexed as overlapping pairs (bigrams) with the last character
by itself, so that whatever has two characters or more is found exactly where it stands, without a dictionary.
SQLite keeps the index in FTS5, without the texts; PostgreSQL as a ``tsvector`` of our own tokens under GIN.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from operator import add

from sqlalchemy import text
from sqlmodel import Session

from data.unit_of_work import Findable


class Kind(IntEnum):
    """What was found. Later kinds are shown before earlier ones; their numbers stand in the index and never change."""

    QUESTION = -2
    HEARING = -1
    CATALOGUE = 0
    COMMENT = 1
    MILESTONE = 2
    CLAUSE = 3
    PROJECT = 4
    DECISION = 5


#: Below this bit of a row's number stands the number of the thing, above it its kind.
KIND_BIT = 48
#: More decisions than any year has.
_A_YEARS_NUMBERS = 10_000_000
_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
#: A longer word is cut: nobody types it, and PostgreSQL refuses lexemes of more than 2 kB.
_LONGEST_WORD = 60
#: Words of so few letters are looked for as they are: half of all words begin with them.
_WHOLE = 2
#: What of a query is looked at. Whoever pastes a page is looking for its beginning.
_LONGEST_QUERY = 100
_MOST_TOKENS = 24
#: PostgreSQL keeps at most 1 MB of a text's tokens.
_MOST_LEXEMES = 40_000

_FTS5 = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5("
    "tokens, content='', contentless_delete=1, detail=full, tokenize=\"unicode61 remove_diacritics 0\", "
    # Without them, whoever looks for the beginning of a common word waits until all words with it are gathered.
    "prefix='3 4 5 6 7 8 9 10 11 12')"
)
TABLES = {
    "sqlite": (_FTS5,),
    "postgresql": (
        "CREATE TABLE IF NOT EXISTS search_index (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS ix_search_index_tokens ON search_index USING gin (tokens)",
    ),
}


def number_of(identifier: str) -> int:
    """Return the number under which a decision (``2026-0041``) or a project (``P-1006``) is found."""
    series, _, number = identifier.partition("-")
    return (int(series) if series.isdigit() else 0) * _A_YEARS_NUMBERS + int(number)


def decision_of(number: int) -> str:
    """Return the identifier of the decision that is found under that number."""
    return f"{number // _A_YEARS_NUMBERS}-{number % _A_YEARS_NUMBERS:04}"


def project_of(number: int) -> str:
    """Return the identifier of the project that is found under that number."""
    return f"P-{number:04}"


def tokens_of(words: str) -> list[list[str]]:
    """Return the tokens of a text, run by run: pairs of Chinese characters, or one lower-case word."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return [_tokens_of_run(run) for run in _RUN.findall(folded)]


def _tokens_of_run(run: str) -> list[str]:
    if run.isascii() or not _IS_CJK.match(run):
        return [run[:_LONGEST_WORD]]
    return [*map(add, run, run[1:]), run[-1]]


@dataclass(frozen=True)
class Query:
    """What somebody looks for."""

    typed: str

    @cached_property
    def words(self) -> list[str]:
        """The runs that must all be there, folded: to compare with, and to highlight."""
        folded = unicodedata.normalize("NFKC", self.typed[:_LONGEST_QUERY]).casefold()
        return _RUN.findall(folded)[:_MOST_TOKENS]

    def for_sqlite(self) -> str:
        """Return the FTS5 query: a phrase for each Chinese run, a prefix for each word."""
        phrases = []
        for run in self.words:
            if not _IS_CJK.match(run):
                phrases.append(f'"{run[:_LONGEST_WORD]}"' + "*" * (len(run) > _WHOLE))
            elif len(run) == 1:
                phrases.append(f'"{run}"*')
            else:
                phrases.append('"' + " ".join(_tokens_of_run(run)[:-1]) + '"')
        return " AND ".join(phrases)

    def for_postgresql(self) -> str:
        """Return the ``tsquery``."""
        phrases = []
        for run in self.words:
            if not _IS_CJK.match(run):
                phrases.append(f"'{run[:_LONGEST_WORD]}'" + ":*" * (len(run) > _WHOLE))
            elif len(run) == 1:
                phrases.append(f"'{run}':*")
            else:
                phrases.append("(" + " <-> ".join(f"'{token}'" for token in _tokens_of_run(run)[:-1]) + ")")
        return " & ".join(phrases)


def index(session: Session, found: Sequence[Findable]) -> None:
    """Have texts found, each in place of what was found of the same thing before."""
    if not found:
        return
    latest = {(item.kind << KIND_BIT) | item.number: item.text for item in found}
    dialect = session.get_bind().dialect.name
    # Comments are never amended, so nothing is there to be replaced.
    replaced = [{"rowid": rowid} for rowid in latest if rowid >> KIND_BIT != Kind.COMMENT]
    if replaced:
        session.execute(text("DELETE FROM search_index WHERE rowid = :rowid"), replaced)
    rows = [{"rowid": rowid, "tokens": _written(words, dialect)} for rowid, words in latest.items()]
    value = ":tokens" if dialect == "sqlite" else "CAST(:tokens AS tsvector)"
    session.execute(text(f"INSERT INTO search_index (rowid, tokens) VALUES (:rowid, {value})"), rows)  # noqa: S608


def _written(words: str, dialect: str) -> str:
    runs = tokens_of(words)
    if dialect == "sqlite":
        # No phrase reaches over the border of two runs: a run of Chinese ends with its last character by itself.
        return " ".join(" ".join(run) for run in runs)
    place, lexemes = 0, []
    for run in runs:
        for token in run:
            place += 1
            lexemes.append(f"'{token}':{min(place, 16383)}")
        place += 1
    return " ".join(lexemes[:_MOST_LEXEMES])
