"""The synthetic record on which everything is measured: made once for each size, and used again."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

import pysqlite3.dbapi2
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from data.database import Database
from data.search import TABLES
from models.base import Record
from models.clock import utc_now

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / ".throughline"
_SEED = 1
_FRESH = timedelta(days=7)


@dataclass(frozen=True)
class BenchRecord:
    """A synthetic record of one size."""

    size: str

    @property
    def path(self) -> Path:
        """Where it is kept. Git ignores the folder."""
        return _FOLDER / f"bench-{self.size}.db"

    @property
    def url(self) -> str:
        """Its address."""
        return f"sqlite:///{self.path}"

    @cached_property
    def database(self) -> Database:
        """Its database."""
        return Database(self.url)

    def raw(self) -> pysqlite3.dbapi2.Connection:
        """
        Open it without anything of ours between: the floor.

        With the library that the record uses: two SQLite libraries in one process would drop each other's locks.
        """
        connection = pysqlite3.dbapi2.connect(str(self.path), check_same_thread=False)
        for pragma in ("mmap_size = 1073741824", "cache_size = -16000", "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def column(self, statement: str) -> list:
        """Return the first column of what a statement finds."""
        with self.database.reading() as session:
            return [row[0] for row in session.execute(text(statement))]

    @property
    def _form(self) -> Path:
        """Where it is noted what form its tables had when it was made."""
        return self.path.with_suffix(".form")

    def make(self) -> None:
        """Make it, unless it is there. One that was interrupted is gone on with, one of an older form made anew."""
        _FOLDER.mkdir(exist_ok=True)
        if self.path.exists() and not self._is_sound():
            self.database.dispose()
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        self._form.write_text(_form(), "ascii")
        command = [sys.executable, "-m", "data", "synthesize", "--size", self.size, "--seed", str(_SEED)]
        subprocess.run(command, check=True, cwd=_ROOT, env=os.environ | {"DATABASE_URL": self.url})

    def _is_sound(self) -> bool:
        if not self._form.exists() or self._form.read_text("ascii") != _form():
            return False
        first = self.column("SELECT body FROM ledger_entry WHERE idx = 0")
        ends = json.loads(first[0])["pub"]["synthetic"]["until"] if first else utc_now().isoformat()
        # In an old one no comment period is open any more.
        return utc_now() - datetime.fromisoformat(ends) < _FRESH


def _form() -> str:
    """Return a digest of the tables. Until a version is released, their migration is amended and keeps its number."""
    tables = Record.metadata.sorted_tables
    told = [str(CreateTable(table).compile(dialect=sqlite.dialect())) for table in tables]
    told += [str(CreateIndex(index)) for table in tables for index in sorted(table.indexes, key=str)]
    return hashlib.sha256("\n".join([*told, *TABLES["sqlite"]]).encode()).hexdigest()


def entries_of(record: BenchRecord) -> int:
    """Return how many entries its ledger has."""
    return record.column("SELECT size FROM ledger_head")[0]
