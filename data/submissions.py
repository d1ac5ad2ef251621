"""Changes under the tokens their senders gave them, so that sending one twice is making it once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from pydantic import TypeAdapter
from pydantic_core import to_json
from sqlalchemy import insert
from sqlmodel import Session, col, select

from data.unit_of_work import Kept
from models.actor import Actor
from models.exceptions import TokenReusedError
from models.ledger import Submission


class Sent(Protocol):
    """A change that was sent, as far as its token is concerned."""

    @property
    def operation(self) -> Any: ...
    @property
    def command(self) -> Any: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def token(self) -> str: ...
    @property
    def now(self) -> datetime: ...


class Submissions:
    """What was sent under the tokens of a batch, before it and in it: asked once, and kept once."""

    def __init__(self, session: Session, batch: Sequence[Sent]) -> None:
        """Ask what is known of the tokens."""
        self._session = session
        self._new: list[dict[str, Any]] = []
        asked = {_digest_of(sent.token.encode()) for sent in batch if sent.token}
        columns = select(Submission.token_digest, Submission.request_digest, Submission.result)
        found = session.exec(columns.where(col(Submission.token_digest).in_(asked))).all() if asked else ()
        self._known = {token: (request, result) for token, request, result in found}

    def before(self, sent: Sent) -> Kept | None:
        """
        Return what came of the same change when it was sent before; nothing if it was not.

        :raises TokenReusedError: if the token came with other content
        """
        known = self._known.get(_digest_of(sent.token.encode())) if sent.token else None
        if known is None:
            return None
        request, result = known
        if request != _request_digest(sent):
            raise TokenReusedError
        return Kept(**json.loads(result))

    def note(self, sent: Sent, kept: Kept) -> None:
        """Remember what came of a change."""
        if not sent.token:
            return
        token, request, result = _digest_of(sent.token.encode()), _request_digest(sent), json.dumps(asdict(kept))
        self._known[token] = (request, result)
        row = {"token_digest": token, "request_digest": request, "result": result, "recorded_at": sent.now}
        self._new.append(row)

    def keep(self) -> None:
        """Keep what is remembered."""
        if self._new:
            self._session.execute(insert(Submission), self._new)


def _digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _request_digest(sent: Sent) -> str:
    # First what a command says of itself, since passwords are left out; then JSON, since few files are text.
    said = _serializer_of(type(sent.command)).dump_python(sent.command)  # type: ignore[arg-type]  # A class is hashable.
    content = to_json(said, bytes_mode="base64")
    who = f"{sent.operation.__name__}\n{sent.actor.role}\n{sent.actor.account_id}\n"
    return _digest_of(who.encode() + content)


@cache
def _serializer_of(command: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(command)
