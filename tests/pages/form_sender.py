"""A browser that sends forms to our routes, without a network between. It keeps cookies, and follows nothing."""

import asyncio
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.datastructures import Headers

from pages.server import sign_in


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: Headers


class FormSender:
    """Somebody at an address, on a site that is reached by that scheme."""

    def __init__(self, *, scheme="https", host="203.0.113.7"):
        self._app = Starlette(routes=sign_in.routes)
        self._scheme, self._host = scheme, host
        self.cookies = {}

    def post(self, path, **fields):
        """Send a form, and return the answer."""
        return asyncio.run(self._post(path, urlencode(fields).encode()))

    async def _post(self, path, body):
        headers = {"host": "record.example", "content-type": "application/x-www-form-urlencoded"}
        headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http",
            "method": "POST",
            "scheme": self._scheme,
            "path": path,
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": (self._host, 50_000),
            "server": ("record.example", 443),
        }
        sent = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            sent.append(message)

        await self._app(scope, receive, send)
        answer = Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]))
        for name, morsel in SimpleCookie(answer.headers.get("set-cookie", "")).items():
            self.cookies[name] = morsel.value
        return answer
