"""How much one network address may send: nothing too large, and not too often."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.settings import server_settings

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
#: What a form or a machine sends, and what a file may be; the second is a little above Streamlit's ``maxUploadSize``.
_LARGEST = 1024 * 1024
_LARGEST_UPLOAD = 11 * 1024 * 1024
_UPLOADS = "/_stcore/upload_file/"
#: How many addresses are remembered.
_MOST = 10_000


class _TooLargeError(Exception):
    """Raised if more arrives than was announced or allowed."""


class RequestLimits:
    """Refuses what is too large (413) or too frequent (429)."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = monotonic) -> None:
        """Stand before ``app``, and count seconds by ``clock``."""
        self._app = app
        self._clock = clock
        self._allowances: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] in _READING:
            await self._app(scope, receive, send)
        elif not self._may_send(_network(scope)):
            refusal = PlainTextResponse("Too many requests. Try again in a minute.\n", 429, {"Retry-After": "60"})
            await refusal(scope, receive, send)
        else:
            await self._measured(scope, receive, send)

    def _may_send(self, network: str) -> bool:
        """Take one from the allowance of ``network``, which fills up again within a minute."""
        most = server_settings().posts_a_minute
        now = self._clock()
        left, counted_at = self._allowances.pop(network, (float(most), now))
        left = min(float(most), left + (now - counted_at) * most / 60)
        self._allowances[network] = (left - 1 if left >= 1 else left, now)
        while len(self._allowances) > _MOST:
            self._allowances.popitem(last=False)
        return left >= 1

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
    """Return the address, or of IPv6 the network of 64 bits that one household has."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else host
