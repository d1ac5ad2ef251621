"""Starting the server, set up to answer fast."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from data.database import reading
from data.queries.board import board
from data.queries.coincidences import copied_words
from data.queries.standings import all_standings
from data.start import start
from models.clock import utc_now
from pages.server.closed_addresses import ClosedAddresses
from pages.server.compression import StaticCompression
from pages.server.language import choose_language
from pages.server.origins import Origins
from pages.server.publishing import start_publishing
from pages.server.request_limits import RequestLimits
from pages.server.security_headers import SecurityHeaders
from pages.server.settings import server_settings
from pages.words import word

_LOG = logging.getLogger(__name__)
#: Bytes; as ``maxMessageSize`` in ``.streamlit/config.toml``.
_LARGEST_MESSAGE = 20 * 1024 * 1024


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare the record, and the process once everything is imported."""
    # Who read what is nobody's business. Streamlit gives this log a voice, whatever uvicorn was told.
    logging.getLogger("uvicorn.access").disabled = True
    start()
    # What is imported stays. The collector need not look through it again: 48 ms less for each run of a page.
    gc.collect()
    gc.freeze()
    # For thousands of decisions, seconds of work: done before a visitor asks, yet while the server answers already.
    Thread(target=warm, name="warming", daemon=True).start()
    stop = start_publishing()
    try:
        yield
    finally:
        stop.set()


def warm() -> None:
    """
    Evaluate every project and every duty once, so that whoever asks for one first does not wait for all.

    Projects come first: their list is among the first pages that are opened, and the board needs them as well.
    """
    try:
        with reading() as session:
            all_standings(session, utc_now())
            copied_words(session)
            board(session, now=utc_now())
        # These stay too, and would be looked through after every run of a page.
        gc.freeze()
    except Exception:  # noqa: BLE001 - nobody asked for it: whoever does ask is told what is wrong.
        _LOG.exception("What is due could not be evaluated beforehand.")


def middleware() -> list[Middleware]:
    """Return what stands before every address, the outermost first."""
    before = [
        Middleware(SecurityHeaders),
        Middleware(ClosedAddresses),
        Middleware(Origins),
        Middleware(RequestLimits),
        Middleware(StaticCompression),
    ]
    proxies = server_settings().trusted_proxies
    # Anybody can write X-Forwarded-For. It is believed from the proxies that are named, and from nobody else.
    return [Middleware(ProxyHeadersMiddleware, trusted_hosts=list(proxies)), *before] if proxies else before


def apologize(error: Exception) -> bool:
    """Log what went wrong in a page, and say so in words for the public."""
    _LOG.error("A page failed.", exc_info=error)
    language = choose_language(
        chosen=st.context.cookies.get("throughline_language"), accepted=st.context.headers.get("Accept-Language")
    )
    st.error(word("site.page_failed", language))
    return True


def serve(app: st.App) -> None:
    """Serve ``app`` until stopped."""
    settings = server_settings()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=_LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        # Who believes which proxy is settled in ``middleware``, however the server is started.
        proxy_headers=False,
        server_header=False,
        access_log=False,
    )
