"""
Streamlit's own scripts, compressed: 1.1 MB instead of 2.7 MB before the first page stands.

Streamlit sends them as they are, because it would compress them anew for everybody. Here each file is compressed once.
"""

import gzip
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIX = "/static/"
_FILES = (Path(st.__file__).parent / "static" / "static").resolve()
_KINDS = frozenset({".js", ".css", ".svg", ".wasm"})


@dataclass(frozen=True)
class CompressedFile:
    """A file as it is sent."""

    content: bytes
    media_type: str


@lru_cache(maxsize=1000)
def compressed(name: str) -> CompressedFile | None:
    """Return the file of that name, compressed; nothing for what is not there or is compressed by nature."""
    path = (_FILES / name).resolve()
    if not path.is_relative_to(_FILES) or path.suffix not in _KINDS or not path.is_file():
        return None
    return CompressedFile(
        gzip.compress(path.read_bytes(), 6, mtime=0), mimetypes.guess_type(name)[0] or "application/octet-stream"
    )


class StaticCompression:
    """Answers for ``/static/`` when gzip is accepted."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        file = await _file_for(scope) if scope["type"] == "http" else None
        if file is None:
            await self._app(scope, receive, send)
            return
        headers = {
            # The names contain a digest of the content.
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Encoding": "gzip",
            "Vary": "Accept-Encoding",
        }
        await Response(file.content, headers=headers, media_type=file.media_type)(scope, receive, send)


async def _file_for(scope: Scope) -> CompressedFile | None:
    path: str = scope["path"]
    if not path.startswith(_PREFIX) or scope["method"] not in {"GET", "HEAD"}:
        return None
    if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
        return None
    return await to_thread.run_sync(compressed, path.removeprefix(_PREFIX))
