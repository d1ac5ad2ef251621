"""
What is read, as HTML: the templates of ``pages/templates``, one environment for each language.

The same template serves the page that the server sends first and the page that Streamlit then draws, so the two cannot
disagree. Whatever a template is given is text and is escaped; nothing in a template is marked as safe but what another
template rendered.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from models.clock import local_date
from models.promised_day import PromisedDay
from pages import formats
from pages.words import word

_TEMPLATES = Path(__file__).parent / "templates"
_CALL = ("name", "lparen", "string", "rparen")
_DATE = re.compile(r"(\d{4}-\d\d(?:-\d\d)?|\d{4} Q[1-4]|\d{4}年第[1-4]季度)", re.ASCII)
#: As HTML names the languages of the record.
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def render(template: str, language: str, **values: object) -> str:
    """Return the HTML of a template, in that language, for those values."""
    return environment(language).get_template(template).render(**values)


class _WordsPutIn(Extension):
    """
    Puts in words whose key stands in a template, ``t("site.save")``, once, when the template is read.

    Those are most calls of a page: the rows of a table ask for the same few words again and again.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, with words in the place of such calls."""
        tokens, place = list(stream), 0
        while place < len(tokens):
            name, *call = tokens[place : place + len(_CALL)]
            if name.value == "t" and tuple(one.type for one in (name, *call)) == _CALL:
                yield Token(name.lineno, "string", word(call[1].value, str(self.environment.globals["language"])))
                place += len(_CALL)
            else:
                yield name
                place += 1


@cache
def environment(language: str) -> Environment:
    """Return where the templates of a language are found, and what they can call."""
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        # Nothing else is read anew while the server runs either.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_WordsPutIn],
    )
    found.globals.update(
        t=partial(_word, language),
        code=partial(_code, language),
        language=language,
        days=lambda number: formats.format_days(number, language),
        left=lambda closes_at, now: formats.format_left(closes_at, now, language),
        address=_address,
    )
    found.filters.update(
        day=formats.format_day,
        promised=lambda promised: formats.format_promised(promised, language),
        as_exactly=lambda day, precision: formats.format_promised(PromisedDay(day, precision), language),
        long_day=lambda day: formats.format_long_day(day, language),
        instant=lambda instant, zone=None: formats.format_instant(instant, zone, language),
        closing=lambda instant, zone=None: formats.format_closing(instant, zone, language),
        local_day=local_date,
        number=formats.format_number,
        percent=formats.format_percent,
        money=lambda amount, currency: formats.format_money(amount, currency, language),
        size=formats.format_size,
        utc=formats.utc_text,
        paragraphs=_paragraphs,
        whole_dates=_whole_dates,
        tag=lambda code: LANGUAGE_TAGS[str(code)],
    )
    return found


def _word(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


def _code(language: str, subject: str, value: object) -> str:
    """Return the words for a code: ``code("stance", comment.stance)``. They stand in ``codes.toml``."""
    return word(f"codes.{subject}.{value}", language)


def _address(path: str, query: Mapping[str, object] | None = None, **more: object) -> str:
    """Return a local address with what is asked for; what is empty is not asked for."""
    asked = {key: value for key, value in {**(query or {}), **more}.items() if value not in (None, "")}
    return f"{path}?{urlencode(asked)}" if asked else path


def _whole_dates(text: str) -> Markup:
    """Return a text in which no line is broken within a date."""
    pieces = _DATE.split(text)
    return Markup("").join(
        Markup('<span class="date">{}</span>').format(one) if place % 2 else escape(one)
        for place, one in enumerate(pieces)
    )


def _paragraphs(text: str) -> Markup:
    """Return a text as paragraphs: empty lines part them, line ends stay."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    lines = (Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts)
    return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in lines)
