"""The real server, started as people start it, on a port of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import perf_counter, sleep

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    port: int
    pid: int
    #: From the start of the process to the first page, in seconds.
    started_in: float

    def memory(self) -> float:
        """Return the memory of its process that is not shared with files, in MB."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def worked(self) -> float:
        """Return for how long processors have worked for it, in milliseconds: the same however busy they are."""
        told = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return 1000 * (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: Sequence[str], first_page: str, **environment: str) -> Iterator[Server]:
    """Start a server, wait for its first page, and stop it in the end."""
    port = _free_port()
    command = [part.format(port=port) for part in command]
    told = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "POSTS_A_MINUTE": "100000"} | environment
    began = perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], cwd=_ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        while not _answers(port, first_page):
            if process.poll() is not None or perf_counter() - began > _PATIENCE:
                process.kill()
                raise RuntimeError((process.communicate()[1] or b"").decode()[-2000:])
            sleep(0.02)
        yield Server(port, process.pid, perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
