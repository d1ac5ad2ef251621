"""In which language somebody reads: what was chosen, else what the browser asks for."""

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pages.rendering import LANGUAGE_TAGS
from pages.server.local_address import local_address

LANGUAGE_COOKIE = "throughline_language"
#: For whoever asks for neither. The record is published in China first.
DEFAULT_LANGUAGE = "zh"
_YEAR = 365 * 24 * 3600


def choose_language(*, chosen: str | None, accepted: str | None) -> str:
    """Return the language for a cookie's value and an ``Accept-Language`` header or browser locale."""
    if chosen in LANGUAGE_TAGS:
        return chosen
    wishes = [_wish(part) for part in (accepted or "").split(",")]
    for _, code in sorted(wishes, key=lambda wish: -wish[0]):
        if code in LANGUAGE_TAGS:
            return code
    return DEFAULT_LANGUAGE


def language_of(connection: HTTPConnection) -> str:
    """Return the language of whoever asks."""
    return choose_language(
        chosen=connection.cookies.get(LANGUAGE_COOKIE), accepted=connection.headers.get("accept-language")
    )


async def choose(request: Request) -> Response:
    """Remember the language for a year, and go back to where the choice was made."""
    response = RedirectResponse(local_address(request.query_params.get("next")), 303)
    language = request.path_params["language"]
    if language in LANGUAGE_TAGS:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=_YEAR, samesite="lax", secure=request.url.scheme == "https"
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _wish(part: str) -> tuple[float, str]:
    tag, _, weight = part.partition(";q=")
    try:
        return float(weight or 1), tag.strip().partition("-")[0].lower()
    except ValueError:
        return 0.0, ""


routes = [Route("/language/{language}", choose)]
