"""A server of our own on a free port with the example record, and a browser that asks nobody else for anything."""

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
#: Without the last four, Chromium asks its maker's hosts at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60
# A page that is slow on a busy machine is slow, not wrong.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    """Mark what needs a browser."""
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def served(url, folder):
    """Fill a record with the example, and serve it."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "HOST": "127.0.0.1"}
    subprocess.run(
        [sys.executable, "-m", "data", "example"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)
    assert "Traceback" not in (folder / "server.log").read_text()


def wait_for(address):
    ends_at = time.monotonic() + PATIENCE
    while time.monotonic() < ends_at:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def chromium():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address_of_record(tmp_path_factory):
    """Where the record on SQLite is."""
    return f"sqlite:///{tmp_path_factory.mktemp('browser_record')}/record.db"


@pytest.fixture(scope="session")
def address(tmp_path_factory, address_of_record):
    """The example on SQLite."""
    with served(address_of_record, tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="session")
def address_on_postgresql(tmp_path_factory, postgresql):
    """The example on PostgreSQL."""
    folder = tmp_path_factory.mktemp("browser_postgresql")
    with served(postgresql.format("postgres"), folder) as found:
        yield found


@pytest.fixture
def open_browser(chromium):
    """Open a page of a fresh visitor. In the end, no other host was asked for anything, and no script has failed."""
    contexts, foreign, faults = [], [], []

    def visit(*, width=1360, language="zh-CN", javascript=True, dark=False):
        context = chromium.new_context(
            viewport={"width": width, "height": 900 if width > 600 else 844},
            locale=language,
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(15_000)
        page = context.new_page()
        local = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
        page.on("request", lambda asked: None if asked.url.startswith(local) else foreign.append(asked.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        contexts.append(context)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert foreign == []
    assert faults == []
