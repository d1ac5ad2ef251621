"""
Answering machines: the same question twice costs one reading of the record, until the record or the clock moves on.

What an answer depends on is known without making it: how far the ledger is, in which every change is, the question,
and, where states are computed, the day or the minute. That is its entity tag.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property, partial
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from anyio import Lock, to_thread
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from data.database import database, reading
from data.feeds.asked import Asked
from data.feeds.written import as_json
from data.queries.head import head_now
from models.clock import local_date
from models.exceptions import InvalidValueError, NotFoundError

#: Counts the forms that answers have had; raised when one changes, so that nobody keeps an old one.
_FORM = 2
#: How much is kept, in bytes; most answers take some 30 kB. A larger one than this is made anew each time.
_MOST = 30_000_000
_LARGEST_KEPT = 1_000_000
#: What is wrong is told by a name and a value.
_PLAIN_FACTS = 2
#: Below, compressing gains nothing.
_SMALLEST_COMPRESSED = 1_000
#: The record is public: pages of other sites may read it too. No answer depends on a cookie.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition, Content-Length",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Depends(StrEnum):
    """What an answer depends on beside the record."""

    NOTHING = ""
    #: Lateness is counted in days.
    DAY = "%Y-%m-%d"
    #: Periods close at the first instant of a civil day, which in every zone is a whole minute in UTC.
    MINUTE = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is sent."""

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def compressed(self) -> bytes:
        """The body, gzipped."""
        return gzip.compress(self.body, 6, mtime=0)


P = ParamSpec("P")
T = TypeVar("T")
Writer = Callable[[Session, Asked], Answer]


class Answers:
    """The answers that still hold. Used by the event loop alone, so it needs no lock."""

    def __init__(self, public_url: Callable[[Request], str], now: Callable[[], datetime]) -> None:
        """Begin with nothing kept."""
        self._public_url = public_url
        self._now = now
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._size = 0
        #: Held by those who wait for the same answer, while one of them has it written.
        self._writing: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    def asked(self, request: Request) -> Asked:
        """Return what a request asks for."""
        return Asked(
            site=self._public_url(request),
            path=request.url.path,
            query=dict(request.query_params),
            named=request.path_params,
            now=self._now(),
        )

    async def answer(self, request: Request, write: Writer, depends: Depends) -> Response:
        """Answer, from what is kept if it still holds."""
        if request.method == "OPTIONS":
            return preflight()
        asked = self.asked(request)
        tag = await soon(entity_tag, asked, depends)
        headers = {**OPEN_TO_ALL, "Cache-Control": "public, no-cache", "ETag": tag, "Vary": "Accept-Encoding"}
        if is_known(request, tag):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        try:
            answer = await self._held(tag, write, asked)
        except (InvalidValueError, NotFoundError) as error:
            return refusal(error)
        return _sent(request, answer, {**headers, **answer.headers})

    async def _held(self, tag: str, write: Writer, asked: Asked) -> Answer:
        if tag in self._kept:
            return self._kept[tag]
        lock = self._writing.setdefault(tag, Lock())
        async with lock:
            answer = self._kept.get(tag)
            if answer is None:
                answer = await to_thread.run_sync(_written, write, asked)
                self._keep(tag, answer)
            return answer

    def _keep(self, tag: str, answer: Answer) -> None:
        if len(answer.body) > _LARGEST_KEPT:
            return
        self._kept[tag] = answer
        self._size += len(answer.body)
        while self._size > _MOST:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.body)


async def soon(ask: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Return what is found out within microseconds with SQLite, and from another machine otherwise."""
    if database().is_sqlite:
        return ask(*args, **named)
    return await to_thread.run_sync(partial(ask, *args, **named))


def entity_tag(asked: Asked, depends: Depends) -> str:
    """Return what changes whenever the answer can have changed. Weak: it is the same for both encodings."""
    head = head_now()
    clock = asked.now if depends is Depends.MINUTE else local_date(asked.now)
    moment = format(clock, depends.value) if depends.value else ""
    question = f"{_FORM}\n{head.size}\n{head.last_time}\n{moment}\n{asked.address}"
    return f'W/"{hashlib.sha256(question.encode()).hexdigest()[:32]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether whoever asks has the answer already (RFC 9110, section 13.1.2)."""
    offered = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in offered


def preflight() -> Response:
    """Let pages of other sites ask whether something has changed."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers={**OPEN_TO_ALL, **_PREFLIGHT})


def refusal(error: InvalidValueError | NotFoundError) -> Response:
    """Say in words why there is no answer."""
    first, second = (str(fact) for fact in error.facts[:_PLAIN_FACTS])
    if isinstance(error, NotFoundError):
        said: dict[str, Any] = {"code": "not_found", "message": f"There is no {first} {second} in the record."}
        status = HTTPStatus.NOT_FOUND
    elif first == "parameter":
        said = {"code": "unknown_parameter", "message": f"This address has no parameter {second!r}."}
        status = HTTPStatus.BAD_REQUEST
    else:
        said = {"code": "invalid_value", "parameter": first, "message": f"{second!r} is no value of {first!r}."}
        # The codes that there are, where it is one of a list.
        if len(error.facts) > _PLAIN_FACTS:
            said["known"] = error.facts[_PLAIN_FACTS]
        status = HTTPStatus.BAD_REQUEST
    return Response(as_json({"error": said}), status, {**OPEN_TO_ALL, "Cache-Control": "no-store"}, "application/json")


def _written(write: Writer, asked: Asked) -> Answer:
    with reading() as session:
        return write(session, asked)


def _sent(request: Request, answer: Answer, headers: dict[str, str]) -> Response:
    body = answer.body
    if len(body) > _SMALLEST_COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = answer.compressed, "gzip"
    # Given as a header, so that nobody adds a second character set to it.
    return Response(body, headers={**headers, "Content-Type": answer.media_type})
