"""The headers by which a browser is told what a page of ours may do. Streamlit sends none of them."""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Streamlit writes its styles into the page as it runs, so styles cannot be refused; scripts come from files alone.
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'{sockets}; worker-src 'self' blob:; frame-src 'self'; "
    "frame-ancestors 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
)
_HOST = re.compile(rb"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:]+\](?::\d{1,5})?")
_YEAR = 365 * 24 * 3600


def page_policy(host: bytes) -> str:
    """Return the policy of a page at ``host``, whose websocket older browsers do not count as ``'self'``."""
    name = host.decode() if _HOST.fullmatch(host) else ""
    return _POLICY.format(sockets=f" ws://{name} wss://{name}" if name else "")


class SecurityHeaders:
    """Adds the headers to each answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _add_headers(headers: MutableHeaders, scope: Scope) -> None:
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    headers.setdefault("content-security-policy", page_policy(host))
    headers.setdefault("x-content-type-options", "nosniff")
    headers.setdefault("x-frame-options", "SAMEORIGIN")
    headers.setdefault("referrer-policy", "strict-origin-when-cross-origin")
    headers.setdefault("permissions-policy", "camera=(), microphone=(), payment=(), geolocation=(self)")
    headers.setdefault("cross-origin-opener-policy", "same-origin")
    if scope["scheme"] == "https":
        headers.setdefault("strict-transport-security", f"max-age={_YEAR}")
