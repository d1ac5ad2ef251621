"""
Signing in and out, by an ordinary form: a page of Streamlit has only a websocket, over which no cookie can be set.

The answer to a wrong password and to an unknown address is the same. Foreign pages cannot post here: see ``origins``.
"""

from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models.exceptions import TooManyAttemptsError
from pages.server.accounts import SESSION_COOKIE
from pages.server.allowances import network_of
from pages.server.local_address import local_address
from pages.server.navigation import SIGN_IN

#: Longer input is not looked at: hashing it would cost more than it is worth.
_LONGEST = 500


async def sign_in(request: Request) -> Response:
    """Open a session for an e-mail address and its password."""
    from data.accounts import close_session, open_session  # noqa: PLC0415 - as in ``accounts``.

    async with request.form(max_files=0, max_fields=5, max_part_size=4096) as form:
        email, password, destination = (str(form.get(name, "")) for name in ("email", "password", "next"))
    destination = local_address(destination)
    if len(email) > _LONGEST or len(password) > _LONGEST:
        return _refused(destination, "failed=1")
    try:
        token = await to_thread.run_sync(open_session, email, password, _address_of(request))
    except TooManyAttemptsError as error:
        return _refused(destination, f"wait={int(error.args[0])}")
    if token is None:
        return _refused(destination, "failed=1")
    if before := request.cookies.get(SESSION_COOKIE):
        # Whoever was signed in in this browser no longer is; nobody else could end that session.
        await to_thread.run_sync(partial(close_session, before, everywhere=False))
    response = _go(destination)
    # A cookie of the session: it ends with the browser, if the record does not end it before.
    response.set_cookie(
        SESSION_COOKIE, token, path="/", httponly=True, samesite="lax", secure=request.url.scheme == "https"
    )
    return response


async def sign_out(request: Request) -> Response:
    """End the session, or all sessions of the account when ``everywhere`` is asked for."""
    from data.accounts import close_session  # noqa: PLC0415 - as in ``accounts``.

    async with request.form(max_files=0, max_fields=5, max_part_size=4096) as form:
        everywhere = bool(form.get("everywhere"))
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        await to_thread.run_sync(close_session, token, everywhere)
    response = _go("/")
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return response


def _refused(destination: str, why: str) -> Response:
    return _go(f"/{SIGN_IN}?{why}&next={quote(destination, safe='')}")


def _go(address: str) -> Response:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})


def _address_of(request: Request) -> str:
    return network_of(request.client.host) if request.client else ""


routes = [
    Route("/session/sign-in", sign_in, methods=["POST"]),
    Route("/session/sign-out", sign_out, methods=["POST"]),
]
