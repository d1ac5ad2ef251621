"""How much one network address may send: nothing too large, and not too often."""

from collections.abc import Callable
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.allowances import Allowances, network_of
from pages.server.settings import server_settings

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
#: What a form or a machine sends, and what a file may be; the second is a little above Streamlit's ``maxUploadSize``.
_LARGEST = 1024 * 1024
_LARGEST_UPLOAD = 11 * 1024 * 1024
_UPLOADS = "/_stcore/upload_file/"


class _TooLargeError(Exception):
    """Raised if more arrives than was announced or allowed."""


class RequestLimits:
    """Refuses what is too large (413) or too frequent (429)."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = monotonic) -> None:
        """Stand before ``app``, and count seconds by ``clock``."""
        self._app = app
        self._allowances = Allowances(clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] in _READING:
            await self._app(scope, receive, send)
        elif not self._allowances.take(_network(scope), server_settings().posts_a_minute):
            refusal = PlainTextResponse("Too many requests. Try again in a minute.\n", 429, {"Retry-After": "60"})
            await refusal(scope, receive, send)
        else:
            await self._measured(scope, receive, send)

    async def _measured(self, scope: Scope, receive: Receive, send: Send) -> None:
        largest = _LARGEST_UPLOAD if scope["path"].startswith(_UPLOADS) else _LARGEST
        too_large = PlainTextResponse("This is too large.\n", 413, {"Connection": "close"})
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > largest:
            await too_large(scope, receive, send)
            return
        received = 0

        async def receive_measured() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > largest:
                raise _TooLargeError
            return message

        try:
            await self._app(scope, receive_measured, send)
        except _TooLargeError:
            await too_large(scope, receive, send)


def _network(scope: Scope) -> str:
    return network_of(scope["client"][0] if scope.get("client") else "")
