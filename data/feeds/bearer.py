"""
Systems that say who they are by a token in the header ``Authorization`` (RFC 6750), and what is told to those refused.

No cookie is ever looked at, so that no page elsewhere can have a browser act.
"""

from datetime import datetime
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

from data.tokens import who_holds
from models.actor import Actor


class RefusedError(Exception):
    """Raised if a request is not one: a status, a reason code, and what it is about."""

    @property
    def answer(self) -> JSONResponse:
        """What is sent. It is for nobody else, and kept nowhere."""
        status, code, about = self.args
        headers = {"Cache-Control": "no-store"}
        if status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = 'Bearer realm="updates"'
        return JSONResponse({"error": code, "about": about}, status, headers)


def holder(headers: Headers, now: datetime) -> tuple[Actor, str]:
    """
    Return who acts, and the token.

    :raises RefusedError: if there is no token, or it is no longer taken
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "token_missing", "Authorization: Bearer …")
    actor = who_holds(token.strip(), now)
    if actor is None:
        raise RefusedError(HTTPStatus.UNAUTHORIZED, "token_not_taken", "")
    return actor, token.strip()
