"""What the installed Streamlit needs in a page that is to start it. Its files have new names in each version."""

import logging
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

_LOG = logging.getLogger(__name__)
_SCRIPT = re.compile(r'<script type="module" crossorigin src="\./(static/js/[\w.-]+\.js)"></script>')
_PRELOAD = re.compile(r'<link rel="modulepreload" crossorigin href="\./(static/js/[\w.-]+\.js)">')
_STYLE = re.compile(r'<link rel="stylesheet" crossorigin href="\./(static/css/[\w.-]+\.css)">')
_ROOT = '<div id="root"></div>'


@dataclass(frozen=True)
class StreamlitPage:
    """The tags that start Streamlit, with addresses from the root, so that they hold below ``/decisions/`` too."""

    scripts: str
    styles: str


def read_streamlit_page(index: str) -> StreamlitPage | None:
    """Return the tags found in Streamlit's own ``index.html``; nothing if it is not built as we know it."""
    scripts, styles = _SCRIPT.findall(index), _STYLE.findall(index)
    if len(scripts) != 1 or len(styles) != 1 or index.count(_ROOT) != 1:
        return None
    preloads = [f'<link rel="modulepreload" crossorigin href="/{name}">' for name in _PRELOAD.findall(index)]
    return StreamlitPage(
        scripts="\n".join([f'<script type="module" crossorigin src="/{scripts[0]}"></script>', *preloads]),
        # At the end of the body, where it does not hold up what can be read already.
        styles=f'<link rel="stylesheet" crossorigin href="/{styles[0]}">',
    )


@cache
def stock_index() -> str:
    """Return Streamlit's own ``index.html``."""
    return (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")


@cache
def streamlit_page() -> StreamlitPage | None:
    """Return the tags of the installed version. Without them its own page is served, in English and empty at first."""
    page = read_streamlit_page(stock_index())
    if page is None:
        _LOG.warning("Streamlit %s builds its page in a way unknown to us: serving its own.", st.__version__)
    return page
