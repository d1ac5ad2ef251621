"""How the server is set up: the part of the environment that is about HTTP, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import HTTPConnection


@dataclass(frozen=True, kw_only=True)
class ServerSettings:
    """The settings of the server. Their names in the environment are the same, in capitals."""

    #: Only this machine can reach the server, unless it is told to listen elsewhere.
    host: str = "127.0.0.1"
    port: int = 8501
    #: Where people find the record, as in links that leave it: ``https://record.example.gov``.
    public_url: str = ""
    #: Host names people may use, with commas. Empty means any; set it where the names are known (DNS rebinding).
    allowed_hosts: frozenset[str] = frozenset()
    #: Addresses of the proxies whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed, with commas.
    trusted_proxies: tuple[str, ...] = ()
    #: Changes that one network address may ask for in a minute.
    posts_a_minute: int = 60
    #: Comments that may come from one network address in a minute: a household, an office, a library.
    comments_a_minute: int = 30
    #: Under the drawn map: tiles in the form ``https://host/{z}/{x}/{y}.png``, whose source is to be named.
    tile_url: str = ""
    tile_attribution: str = ""
    #: 审图号: the number under which the base map was approved for publication.
    tile_approval: str = ""
    #: A GeoJSON file of the area, drawn under the marks.
    outline_file: Path | None = None

    @property
    def tile_origin(self) -> str:
        """The one foreign address from which a map may load pictures."""
        scheme, _, rest = self.tile_url.partition("://")
        host = rest.partition("/")[0].replace("{s}", "*")
        return f"{scheme}://{host}" if scheme in {"http", "https"} and host else ""


def read_settings(environment: Mapping[str, str]) -> ServerSettings:
    """Return the settings that ``environment`` asks for."""
    outline = environment.get("OUTLINE_FILE", "")
    return ServerSettings(
        host=environment.get("HOST", ServerSettings.host),
        port=int(environment.get("PORT", ServerSettings.port)),
        public_url=environment.get("PUBLIC_URL", "").rstrip("/"),
        allowed_hosts=frozenset(_listed(environment.get("ALLOWED_HOSTS", ""))),
        trusted_proxies=_listed(environment.get("TRUSTED_PROXIES", "")),
        posts_a_minute=int(environment.get("POSTS_A_MINUTE", ServerSettings.posts_a_minute)),
        comments_a_minute=int(environment.get("COMMENTS_A_MINUTE", ServerSettings.comments_a_minute)),
        tile_url=environment.get("TILE_URL", ""),
        tile_attribution=environment.get("TILE_ATTRIBUTION", ""),
        tile_approval=environment.get("TILE_APPROVAL", ""),
        outline_file=Path(outline) if outline else None,
    )


@cache
def server_settings() -> ServerSettings:
    """Return the settings of this process."""
    return read_settings(os.environ)


def public_url(connection: HTTPConnection) -> str:
    """Return where people find the record: scheme and host, as the settings say, or else as it was asked for."""
    return server_settings().public_url or f"{connection.url.scheme}://{connection.url.netloc}"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
