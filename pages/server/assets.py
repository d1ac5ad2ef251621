"""Scripts, styles and the map library, from this server: nothing is ever loaded from another."""

import hashlib
from importlib.metadata import distribution
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_OURS = Path(__file__).resolve().parent.parent / "assets"
#: Where packages from PyPI keep files for browsers.
_PACKAGED = {
    "leaflet": ("XStatic-Leaflet", "xstatic/pkg/leaflet/data"),
    "markercluster": ("XStatic-Leaflet-MarkerCluster", "xstatic/pkg/leaflet_markercluster/data"),
}


class _Immutable(StaticFiles):
    """Files that never change under their address."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file, to be kept for a year."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _digest(directory: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(directory.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


#: The address of our own files. It changes with their content; a script finds the files it imports beside itself.
ASSETS = f"/assets/throughline/{_digest(_OURS)}"


def packaged_assets() -> dict[str, str]:
    """Return the addresses of the map library's parts. They change with the version installed."""
    return {name: f"/assets/{name}/{distribution(package).version}" for name, (package, _) in _PACKAGED.items()}


async def icon(_: Request) -> Response:
    """Return our icon where browsers, and Streamlit, look for one."""
    return FileResponse(_OURS / "icon.svg", headers={"Cache-Control": "public, max-age=86400"})


def _routes() -> list[BaseRoute]:
    addresses = packaged_assets()
    packaged = [
        Mount(addresses[name], _Immutable(directory=str(distribution(package).locate_file(folder))))
        for name, (package, folder) in _PACKAGED.items()
    ]
    # Under the plain address too, for links from outside; there the browser asks each time whether they changed.
    return [
        Mount(ASSETS, _Immutable(directory=_OURS)),
        Mount("/assets/throughline", StaticFiles(directory=_OURS)),
        *packaged,
        Route("/favicon.png", icon),
        Route("/favicon.ico", icon),
    ]


routes = _routes()
