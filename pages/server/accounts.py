"""Who is signed in, as far as HTTP knows: the session's token is in a cookie that no script can read."""

from starlette.requests import HTTPConnection

SESSION_COOKIE = "throughline_session"


def is_signed_in(connection: HTTPConnection) -> bool:
    """Return whether the request belongs to a session that is still open. Queries the record."""
    from data.accounts import who_is  # noqa: PLC0415 - reads the settings of the record, which the shell does not need.

    token = connection.cookies.get(SESSION_COOKIE)
    return token is not None and who_is(token) is not None
