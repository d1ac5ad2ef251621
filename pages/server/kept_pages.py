"""Written pages, kept while the record stands still: many who open the same page cost one reading of it."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from time import monotonic

from starlette.requests import Request
from starlette.responses import Response

#: How old a kept page may be, in seconds, while the record changes all the time: when a thousand people comment.
#: The page that Streamlit then draws is always new.
_FRESH = 1.0
#: How many pages are kept; one takes some 20 kB.
_MOST = 500


@dataclass(frozen=True)
class WrittenPage:
    """A document and the status it is sent with."""

    body: bytes
    status: int = 200

    @cached_property
    def compressed(self) -> bytes:
        """The document, gzipped."""
        return gzip.compress(self.body, 6, mtime=0)

    @cached_property
    def etag(self) -> str:
        """What changes exactly when the document does. Weak, because it is the same for both encodings."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:32]}"'


class KeptPages:
    """The pages that still hold. Used by the event loop alone, so it needs no lock."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._pages: OrderedDict[tuple[str, ...], tuple[float, Hashable, WrittenPage]] = OrderedDict()

    def get(self, key: tuple[str, ...], state: Hashable) -> WrittenPage | None:
        """Return what was kept under ``key``, if the record is still as it was, or was so a moment ago."""
        kept_at, kept_in, page = self._pages.get(key, (0.0, None, None))
        return page if kept_in == state or monotonic() - kept_at < _FRESH else None

    def keep(self, key: tuple[str, ...], state: Hashable, page: WrittenPage) -> None:
        """Keep ``page``, written when the record was in that state, and forget the oldest beyond what fits."""
        self._pages[key] = (monotonic(), state, page)
        self._pages.move_to_end(key)
        while len(self._pages) > _MOST:
            self._pages.popitem(last=False)


def sent(request: Request, page: WrittenPage, headers: Mapping[str, str]) -> Response:
    """Return a page as the answer to a request; that it has not changed, to whoever has it already."""
    told = {**headers, "ETag": page.etag, "Vary": "Accept-Encoding, Accept-Language, Cookie"}
    if page.status == HTTPStatus.OK and request.headers.get("if-none-match") == page.etag:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=told)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(page.body, page.status, told, "text/html; charset=utf-8")
    return Response(page.compressed, page.status, {**told, "Content-Encoding": "gzip"}, "text/html; charset=utf-8")
