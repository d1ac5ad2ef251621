"""The search: how fast, and whether it finds everything that is there."""

from collections.abc import Iterator, Sequence

from data.queries.search import search
from data.samples.synthetic_picks import Picks
from data.search import KIND_BIT, Kind, Query
from tests.bench.lines import Line, timed
from tests.bench.record import BenchRecord

_BUDGET = 2.0
_SAMPLES = 40
#: Texts from which words to look for are taken.
_TEXTS = 400
_ASKED = {
    "2 Chinese characters": ("噪音", "电梯", "河水", "垃圾", "公交", "绿地", "水压", "油烟", "拥堵", "收费"),
    "4 Chinese characters": (
        "夜间施工",
        "电梯经常",
        "河水有异",
        "停车位严",
        "公交车间",
        "路灯很多",
        "油烟直排",
        "水压不够",
    ),
    "English": ("noise", "river", "pavement flood", "street lamps", "taxi", "compensation"),
    "a rare word": ("磁悬浮", "渡槽检修", "蝙蝠", "culvert", "bat roosts"),
    "a common word": ("建议", "the", "希望", "and"),
    "one Chinese character": ("我", "河"),
    "a word that nowhere is": ("龘龘", "xylophone"),
}


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield a line for each kind of word, and one for the recall."""
    for what, words in _ASKED.items():
        queries = [Query(word) for word in words] * (60 // len(words) + 1)
        times = timed([lambda query=query: _search(record, query) for query in queries])
        floor = _floor(record, queries)
        yield Line(
            name=f"search {what}, p95",
            ours=times.p95,
            unit="ms",
            floor=floor,
            # One character is no word. All that begin with it must be gathered.
            budget=None if what.startswith("one ") else _BUDGET,
            note=f"{times.told}; with the texts of 20 hits",
        )
    yield Line(name="search recall against LIKE", ours=_recall(record), unit="", budget=1.0, more_is_better=True,
               note=f"{_SAMPLES} substrings")  # fmt: skip


def _search(record: BenchRecord, query: Query) -> None:
    with record.database.reading() as session:
        search(session, query)


def _floor(record: BenchRecord, queries: Sequence[Query]) -> float:
    """Return what the index alone takes, p95, to tell the newest rows."""
    connection = record.raw()
    statement = "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT 21"
    asked = [query.for_sqlite() for query in queries]
    times = timed([lambda words=words: connection.execute(statement, (words,)).fetchall() for words in asked])
    connection.close()
    return times.p95


def _recall(record: BenchRecord) -> float:
    """Return how much of what ``LIKE`` finds among the comments the index finds too."""
    connection = record.raw()
    last = connection.execute("SELECT max(comment_id) FROM comment_text").fetchone()[0]
    picks = Picks(7)
    found = there = 0
    for _ in range(_SAMPLES):
        body = None
        while body is None:
            row = connection.execute("SELECT body FROM comment_text WHERE comment_id = ?", (picks.below(last) + 1,))
            body = _substring((row.fetchone() or ("",))[0], picks)
        like = {
            number
            for (number,) in connection.execute(
                "SELECT comment_id FROM comment_text WHERE comment_id > ? AND body LIKE ?", (last - _SPAN, f"%{body}%")
            )
        }
        low = (Kind.COMMENT << KIND_BIT) + last - _SPAN
        rows = connection.execute(
            "SELECT rowid FROM search_index WHERE search_index MATCH ? AND rowid > ? AND rowid < ?",
            (Query(body).for_sqlite(), low, (Kind.COMMENT + 1) << KIND_BIT),
        )
        indexed = {rowid & ((1 << KIND_BIT) - 1) for (rowid,) in rows}
        there += len(like)
        found += len(like & indexed)
    connection.close()
    return found / there if there else 0.0


#: So many of the newest comments are looked through.
_SPAN = 100_000


def _substring(text: str, picks: Picks) -> str | None:
    """Return a run of two to six Chinese characters of a text."""
    place, length = picks.below(max(1, len(text))), 2 + picks.below(5)
    part = text[place : place + length]
    return part if len(part) == length and all("一" <= character <= "鿿" for character in part) else None
