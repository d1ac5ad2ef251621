"""The names that a project had before the one it has now: whoever knows it by one of them must recognise it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from models.day_said import said_on
from models.decision import Language
from models.project import ProjectRevision


@dataclass(frozen=True, kw_only=True)
class FormerTitle:
    """A name that a project had."""

    title: str
    language: Language
    #: From which day it was the name, and from which day another one was.
    since: date
    until: date


def former_titles(revisions: Sequence[ProjectRevision]) -> list[FormerTitle]:
    """
    Return the names that a project had before the present one, first to last.

    :param revisions: everything said of it, in the order of their numbers
    """
    named = [next(some) for _, some in groupby(revisions, key=lambda said: said.title)]
    return [
        FormerTitle(title=one.title, language=one.language, since=said_on(one), until=said_on(after))
        for one, after in pairwise(named)
    ]
