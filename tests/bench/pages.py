"""Pages and routes, as the real server answers them over HTTP."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from time import perf_counter

from tests.bench.lines import Line, Times
from tests.bench.record import BenchRecord
from tests.bench.server import Server, serving

_PAGE, _RATE, _START = 10.0, 1_000.0, 5.0
_ALONE, _CLIENTS, _SECONDS = 200, 10, 4.0
_NUMBER = re.compile(r"\b[A-Z]+-[\d-]+")


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield lines for each address; one that is not there is said to be missing."""
    decision = record.column(
        "SELECT decision_id FROM comment_tally GROUP BY decision_id ORDER BY sum(count) DESC LIMIT 1"
    )[0]
    project = record.column("SELECT project_id FROM project_present ORDER BY updated_at DESC LIMIT 1")[0]
    with serving(["app.py"], "/", DATABASE_URL=record.url) as server:
        yield Line(name="start-up to first page", ours=server.started_in, unit="s", budget=_START)
        for path in (
            "/",
            "/decisions",
            f"/decisions/{decision}",
            "/projects",
            f"/projects/{project}",
            "/api/v1/projects",
            "/api/v1/decisions",
            f"/api/v1/decisions/{decision}",
        ):
            yield from asyncio.run(page_lines(server, path))
        yield from asyncio.run(_map(server, "/map/projects"))
        yield Line(name="memory of the server after that", ours=server.memory(), unit="MB")


async def page_lines(server: Server, path: str) -> list[Line]:
    """Return how an address is answered: again, anew, to many at once, and to whoever has the answer already."""
    client = await Client.open(server.port)
    status, headers, body = await client.get(path)
    if status != 200:
        return [Line(name=f"GET {shown(path)}", ours=0, unit="", note=f"left out: answers {status}")]
    again, told = await _times(server, client, [path] * _ALONE)
    note = f"{told}, {len(body) / 1000:.0f} kB"
    lines = [Line(name=f"GET {shown(path)}, p95", ours=again.p95, unit="ms", budget=_PAGE, note=note)]
    if not path.startswith("/api/"):
        # A question of its own each time, so that nothing that was kept is measured. The interface refuses it.
        more = "&" if "?" in path else "?"
        anew, told = await _times(server, client, [f"{path}{more}nothing={number}" for number in range(_ALONE)])
        lines.append(Line(name=f"GET {shown(path)} made anew, p95", ours=anew.p95, unit="ms", budget=_PAGE, note=told))
    rate = await _rate(server, path, {})
    lines.append(
        Line(name=f"GET {shown(path)}, {_CLIENTS} clients", ours=rate, unit="/s", budget=_RATE, more_is_better=True)
    )
    if "etag" in headers:
        lines.append(await _unchanged(server, path, headers["etag"]))
    return lines


async def _times(server: Server, client: "Client", paths: Sequence[str]) -> tuple[Times, str]:
    """Return how long each address takes to answer, and that in words, with what the server worked for each."""
    taken, before = [], server.worked()
    for path in paths:
        began = perf_counter()
        await client.get(path)
        taken.append((perf_counter() - began) * 1000)
    times = Times(taken)
    return times, f"p50 {times.p50:.2f}, processor {(server.worked() - before) / len(paths):.2f}"


async def _unchanged(server: Server, path: str, etag: str) -> Line:
    client = await Client.open(server.port)
    taken = []
    for _ in range(_ALONE):
        began = perf_counter()
        status, *_ = await client.get(path, {"If-None-Match": etag})
        taken.append((perf_counter() - began) * 1000)
    return Line(
        name=f"GET {shown(path)} unchanged, p95",
        ours=Times(taken).p95,
        unit="ms",
        budget=_PAGE,
        note=f"answers {status}",
    )


async def _map(server: Server, path: str) -> list[Line]:
    client = await Client.open(server.port)
    began = perf_counter()
    status, headers, body = await client.get(path)
    first = (perf_counter() - began) * 1000
    lines = [
        Line(
            name=f"GET {path}, first",
            ours=first,
            unit="ms",
            note=f"answers {status}, {len(body) / 1000:.0f} kB; judged in a browser, where the first mark is seen",
        )
    ]
    if "etag" in headers:
        lines.append(await _unchanged(server, path, headers["etag"]))
    return lines


async def _rate(server: Server, path: str, headers: dict[str, str]) -> float:
    """Return how many answers a second many clients get together."""
    ends, count = perf_counter() + _SECONDS, 0

    async def ask() -> None:
        nonlocal count
        client = await Client.open(server.port)
        while perf_counter() < ends:
            await client.get(path, headers)
            count += 1

    await asyncio.gather(*(ask() for _ in range(_CLIENTS)))
    return count / _SECONDS


def shown(path: str) -> str:
    """Return an address without the numbers of matters in it."""
    return _NUMBER.sub("<id>", path)


class Client:
    """A connection that is kept. It understands as much of HTTP/1.1 as our server speaks."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take over a connection."""
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Client":
        """Open a connection."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**24))

    async def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body."""
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: zh", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(head[0].split(" ")[1])
        found = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        if found.get("transfer-encoding") == "chunked":
            return status, found, await self._chunks()
        length = 0 if status in (204, 304) else int(found.get("content-length", 0))
        return status, found, await self._reader.readexactly(length)

    async def _chunks(self) -> bytes:
        parts = []
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            parts.append((await self._reader.readexactly(size + 2))[:-2])
        await self._reader.readexactly(2)
        return b"".join(parts)
