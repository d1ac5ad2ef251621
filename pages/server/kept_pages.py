"""Written pages, kept for a moment: many who open the same page at once cost one reading of the record."""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

#: How old a kept page may be, in seconds. The page that Streamlit then draws is always new.
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
    """The pages written within the last second. Used by the event loop alone, so it needs no lock."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._pages: OrderedDict[tuple[str, ...], tuple[float, WrittenPage]] = OrderedDict()

    def get(self, key: tuple[str, ...]) -> WrittenPage | None:
        """Return what was kept under ``key`` a moment ago."""
        kept_at, page = self._pages.get(key, (0.0, None))
        return page if monotonic() - kept_at < _FRESH else None

    def keep(self, key: tuple[str, ...], page: WrittenPage) -> None:
        """Keep ``page``, and forget the oldest beyond what fits."""
        self._pages[key] = (monotonic(), page)
        self._pages.move_to_end(key)
        while len(self._pages) > _MOST:
            self._pages.popitem(last=False)
