"""The addresses of people: each page of the menu, and the permanent address of each decision and project."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from anyio import to_thread
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from data.feeds.answers import soon
from models.clock import utc_now
from pages.readable import Renderer, Visit
from pages.readable.example import example_notice
from pages.readable.kept import state_of
from pages.readable.plain import introduced, not_found
from pages.readable.present_only import present_notice
from pages.server.accounts import is_signed_in
from pages.server.kept_pages import KeptPages, WrittenPage, sent
from pages.server.language import language_of
from pages.server.navigation import SIGN_IN, SITE_PAGES, SitePage
from pages.server.settings import public_url
from pages.server.shell import shell

#: Streamlit has no addresses below another, so its page about one thing is not the permanent address of that thing.
_PERMANENT = {"decision": "/decisions/{id}", "project": "/projects/{id}"}


class _Elsewhere(Convertor[str]):
    """A path that Streamlit does not answer in earnest: what is not here is nowhere."""

    regex = "(?!(?:_stcore|static|media|component|app/static|auth|oauth2callback)(?:/|$)).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("elsewhere", _Elsewhere())


def public_pages(renderers: Mapping[str, Renderer]) -> list[BaseRoute]:
    """Return the routes of the pages of the site; last comes what is not found, so they are the last routes."""
    kept = KeptPages()
    routes: list[BaseRoute] = []
    for page in SITE_PAGES:
        renderer = renderers.get(page.name) or introduced(page.name)
        answer = partial(_answer, page=page, renderer=renderer, kept=kept)
        routes.append(Route(page.address, answer))
        if page.name in _PERMANENT:
            routes.append(Route(_PERMANENT[page.name], answer))
    return [*routes, Route("/{path:elsewhere}", nothing_here)]


async def nothing_here(request: Request) -> Response:
    """Say that there is no such page. Streamlit would send an empty one, as if it had been found."""
    readable = not_found(Visit(language=language_of(request), now=utc_now()))
    document = shell(readable, address="/", canonical=public_url(request) + request.url.path, page=None)
    return _respond(request, WrittenPage(document.encode(), readable.status))


async def _answer(request: Request, *, page: SitePage, renderer: Renderer, kept: KeptPages) -> Response:
    if not page.is_public and not await to_thread.run_sync(is_signed_in, request):
        return RedirectResponse(f"/{SIGN_IN}?next={quote(_asked(request), safe='')}", HTTPStatus.SEE_OTHER)
    about = request.path_params.get("id") or request.query_params.get("id")
    visit = Visit(language=language_of(request), now=utc_now(), id=about, query=dict(request.query_params))
    key = (page.name, visit.language, public_url(request), _asked(request))
    state = await soon(state_of, visit)
    written = kept.get(key, state)
    if written is None:
        written = await to_thread.run_sync(partial(_write, request, page=page, renderer=renderer, visit=visit))
        if written.status == HTTPStatus.OK:
            kept.keep(key, state, written)
    return _respond(request, written)


def _write(request: Request, *, page: SitePage, renderer: Renderer, visit: Visit) -> WrittenPage:
    readable = renderer(visit)
    permanent = _PERMANENT.get(page.name, page.address).replace("{id}", quote(visit.id or "", safe=""))
    document = shell(
        readable,
        address=_asked(request),
        canonical=public_url(request) + permanent,
        page=page,
        notices=example_notice(visit.language) + present_notice(page.name, visit),
    )
    written = WrittenPage(document.encode(), readable.status)
    # Here, in a thread, rather than when it is sent.
    _ = written.compressed, written.etag
    return written


def _asked(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _respond(request: Request, written: WrittenPage) -> Response:
    return sent(request, written, {"Cache-Control": "private, no-cache"})
