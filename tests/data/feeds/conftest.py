"""A machine that asks, without a network between."""

import asyncio
import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers

from data.feeds.routes import feed_routes
from tests.conftest import NOW

SITE = "https://record.example"
LATER = NOW + timedelta(hours=2)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Headers
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


class Machine:
    """Sends requests to the routes alone."""

    def __init__(self, now):
        self.now = now
        self.app = Starlette(routes=feed_routes(lambda _: SITE, lambda: self.now))

    def get(self, address, *, method="GET", **headers):
        return asyncio.run(self._ask(address, method, headers))

    async def _ask(self, address, method, headers):
        parts = urlsplit(address)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "headers": [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()],
            "server": ("localhost", 80),
            "client": ("127.0.0.1", 1),
        }
        sent = []

        async def receive():
            await asyncio.sleep(3600)

        async def send(message):
            sent.append(message)

        await self.app(scope, receive, send)
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Reply(sent[0]["status"], Headers(raw=sent[0]["headers"]), body)


@pytest.fixture
def machine():
    """Somebody's program, two hours after the city was made."""
    return Machine(LATER)
