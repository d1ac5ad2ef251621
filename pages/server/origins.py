"""
Who may ask for a change: pages of this site alone.

Streamlit checks the origin of websockets too, but it first asks a host on the internet for its own address, and
everybody waits meanwhile.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from pages.server.settings import server_settings

_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Origins:
    """Refuses what a page elsewhere asks for, and names of this host that nobody gave it."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or websocket."""
        if scope["type"] == "lifespan" or _is_welcome(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Before the handshake is accepted, this is an answer 403.
            await WebSocketClose()(scope, receive, send)
        else:
            await PlainTextResponse("This request came from another site.\n", 403)(scope, receive, send)


def _is_welcome(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    allowed = server_settings().allowed_hosts
    if allowed and host.rsplit(":", 1)[0] not in allowed:
        return False
    if scope["type"] == "http" and scope["method"] in _READING:
        return True
    # Programs send no origin, and no cookie of somebody else's either.
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
