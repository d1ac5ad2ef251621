"""Reruns of the pages that Streamlit draws, over its websocket, beside those of a page that holds nothing."""

import asyncio
import random
from collections.abc import Iterator
from time import perf_counter

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.lines import Line, Times
from tests.bench.record import BenchRecord
from tests.bench.server import Server, serving

#: Whoever waits longer for a page has left, in seconds.
_PATIENCE = 30
_ALONE, _SESSIONS, _THINK, _SECONDS = 60, 50, 3.0, 20.0
_RERUN, _RATIO, _MANY, _MEMORY = 40.0, 3.0, 60.0, 250.0
_BARE = ["-m", "uvicorn", "tests.bench.bare_app:app", "--port", "{port}", "--loop", "uvloop", "--log-level", "error"]


def measure(record: BenchRecord) -> Iterator[Line]:
    """Yield a line for each page at one session, and for many sessions at once."""
    decision = record.column(
        "SELECT decision_id FROM comment_tally GROUP BY decision_id ORDER BY sum(count) DESC LIMIT 1"
    )[0]
    project = record.column("SELECT project_id FROM project_present ORDER BY updated_at DESC LIMIT 1")[0]
    with serving(_BARE, "/_stcore/health") as bare:
        floor = asyncio.run(_alone(bare, "", ""))
    with serving(["app.py"], "/healthz", DATABASE_URL=record.url) as server:
        pages = {
            "now": ("", ""),
            "decisions": ("decisions", ""),
            "one decision": ("decision", f"id={decision}"),
            "projects": ("projects", ""),
            "one project": ("project", f"id={project}"),
        }
        for name, (page, query) in pages.items():
            times = asyncio.run(_alone(server, page, query))
            yield Line(name=f"rerun {name}, p95", ours=times.p95, unit="ms", floor=floor.p95, budget=_RERUN,
                       most_ratio=_RATIO, note=f"p50 {times.p50:.1f}, bare {floor.p50:.1f}")  # fmt: skip
        before = server.memory()
        times, memory = asyncio.run(_many(server, list(pages.values())))
        yield Line(name=f"rerun, {_SESSIONS} sessions, p95", ours=times.p95, unit="ms", budget=_MANY,
                   note=f"p50 {times.p50:.1f}, {len(times.taken)} reruns in {_SECONDS:.0f} s")  # fmt: skip
        yield Line(name=f"memory with {_SESSIONS} sessions", ours=memory, unit="MB", budget=_MEMORY,
                   note=f"{before:.0f} before")  # fmt: skip


class Session:
    """A browser's side of a page, as far as it matters: it asks for runs, and waits for their end."""

    def __init__(self, socket: websockets.ClientConnection, page: str, query: str) -> None:
        """Talk over a connection about one page."""
        self._socket, self._page, self._query = socket, page, query

    async def run(self) -> float:
        """Have the page run, and return how long that took, in milliseconds."""
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        asked.rerun_script.context_info.locale = "zh-CN"
        asked.rerun_script.context_info.timezone = "Asia/Shanghai"
        began = perf_counter()
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            async for raw in self._socket:
                if isinstance(raw, bytes):
                    said = ForwardMsg()
                    said.ParseFromString(raw)
                    if said.WhichOneof("type") == "script_finished":
                        return (perf_counter() - began) * 1000
        raise ConnectionError("the server hung up")


def _connect(server: Server) -> websockets.connect:
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    return websockets.connect(
        address, subprotocols=["streamlit"], max_size=None, ping_interval=None, compression=None,
        additional_headers={"Accept-Language": "zh-CN"},
    )  # fmt: skip


async def _alone(server: Server, page: str, query: str) -> Times:
    async with _connect(server) as socket:
        session = Session(socket, page, query)
        for _ in range(3):
            await session.run()
        return Times([await session.run() for _ in range(_ALONE)])


async def _many(server: Server, pages: list[tuple[str, str]]) -> tuple[Times, float]:
    """Have many look at pages, thinking for some seconds between; return also how much memory the server had."""
    taken: list[float] = []
    memory = 0.0
    ends = perf_counter() + _SECONDS

    async def look(number: int) -> None:
        await asyncio.sleep(_THINK * number / _SESSIONS)
        async with _connect(server) as socket:
            session = Session(socket, *pages[number % len(pages)])
            await session.run()
            while perf_counter() < ends:
                await asyncio.sleep(random.expovariate(1 / _THINK))
                taken.append(await session.run())

    async def watch() -> None:
        nonlocal memory
        while perf_counter() < ends:
            await asyncio.sleep(1)
            memory = max(memory, server.memory())

    await asyncio.gather(watch(), *(look(number) for number in range(_SESSIONS)))
    return Times(taken), memory
