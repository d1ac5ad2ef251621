"""How duties, and what they wait for, are called: by the procedure where it has a name, by our words elsewhere."""

from collections.abc import Sequence

from models.docket_view import Evidence
from models.duty_item import Item, ItemKind
from models.procedure import ProcessTemplate
from models.procedure_terms import Words
from pages.formats import format_days
from pages.words import has_word, word

#: On which part of a decision what shows that something happened is read.
_PARTS = {
    "draft": "draft",
    "period": "record",
    "answers": "comments",
    "opinion": "opinions",
    "document": "documents",
    "outcome": "result",
    "evaluation": "result",
}


class DutyWords:
    """The words of one procedure in one language."""

    def __init__(self, template: ProcessTemplate, language: str) -> None:
        """Speak of ``template`` in ``language``."""
        self._template = template
        self._language = language

    def said(self, words: Words) -> str:
        """Return the words in the language."""
        return words.zh if self._language == "zh" else words.en

    def name(self, item: Item) -> str:
        """Return what a duty is called."""
        if item.kind is ItemKind.GATE:
            return self.happening(item.key.split(":", 2)[2])
        if item.title is not None:
            return self.said(item.title)
        return self._document(item.stage or "", item.key.rpartition(":")[2])

    def stage(self, key: str) -> str:
        """Return what a stage is called."""
        found = self._template.by_key.get(key)
        return self.said(found.title) if found else key

    def of(self, key: str) -> str:
        """Return what the duty with a key is called, as a waiver names it: it may be of another procedure by now."""
        kind, _, rest = key.partition(":")
        stage, _, name = rest.partition(":")
        if kind == "obligation":
            found = next((one.title for one in self._template.obligations if one.key == rest), None)
            return self.said(found) if found else rest
        kind_words = f"duties.kind.{kind}"
        said = word(kind_words, self._language) if has_word(kind_words, self._language) else kind
        what = self._document(stage, name) if kind == "document" else ""
        return " · ".join(part for part in (self.stage(stage), said, what) if part)

    def happening(self, name: str) -> str:
        """Return what has happened when a happening has."""
        kind, _, of = name.partition(":")
        first, _, rest = of.partition(":")
        if kind == "stage":
            said = self.stage(first)
            return word(f"duties.happening.stage_{rest}", self._language, stage=said) if rest else said
        if kind == "document":
            return self._document_type(first, rest)
        if kind == "act":
            acts = self._template.acts
            return self.said(acts[first]) if first in acts else first
        if kind == "publicity":
            shown = (one for stage in self._template.stages for one in stage.publicity if one.key == first)
            found = next(shown, None)
            return self.said(found.title) if found else first
        key = f"duties.happening.{kind}" + (f".{first}" if kind == "hearing" else "")
        return word(key, self._language) if has_word(key, self._language) else name

    def cite(self, articles: Sequence[str]) -> str:
        """Return articles as they are cited, those of one law together."""
        by_source: dict[str, list[str]] = {}
        for article in articles:
            source, _, provision = article.partition(" ")
            by_source.setdefault(source, []).append(provision)
        return word("duties.semicolon", self._language).join(
            self._cited(source, [one for one in provisions if one]) for source, provisions in by_source.items()
        )

    def why(self, item: Item) -> str:
        """Return why a duty stands where it does, where there is more to say than its state; else nothing."""
        if item.why is None:
            return ""
        days = format_days(item.days or 0, self._language)
        channels = word("duties.comma", self._language).join(self._channel(code) for code in item.channels_missing)
        return word(f"duties.why.{item.why}", self._language, days=days, channels=channels)

    def _channel(self, code: str) -> str:
        key = f"duties.channel.{code}"
        return word(key, self._language) if has_word(key, self._language) else code

    def _cited(self, source: str, provisions: list[str]) -> str:
        found = self._template.sources[source]
        if not provisions:
            return self.said(found.title)
        first = self.said(self._template.cite(f"{source} {provisions[0]}"))
        more = [self.said(found.provision).format(provision) for provision in provisions[1:]]
        return word("duties.comma", self._language).join([first, *more])

    def _document(self, stage: str, name: str) -> str:
        documents = self._template.by_key[stage].documents if stage in self._template.by_key else ()
        found = next((one for one in documents if one.name == name), None)
        if found is not None and found.title is not None:
            return self.said(found.title)
        return word(f"codes.document_type.{found.type if found else 'other'}", self._language)

    def _document_type(self, kind: str, key: str) -> str:
        documents = (one for stage in self._template.stages for one in stage.documents)
        found = next((one for one in documents if one.type.value == kind and (not key or one.key == key)), None)
        if found is not None and found.title is not None and key:
            return self.said(found.title)
        code = f"codes.document_type.{kind}"
        return word(code, self._language) if has_word(code, self._language) else kind


def part_of(evidence: Evidence) -> str:
    """Return the part of a decision on which what is evidence is read."""
    return _PARTS.get(evidence.kind, "record")


def stage_of(template: ProcessTemplate, item: Item, anchor: str | None) -> str | None:
    """
    Return the stage beside which a duty is shown: its own, or that which its time is counted from.

    :param anchor: the happening from which, or back from which, its time is counted
    """
    if item.stage is not None or not anchor:
        return item.stage
    kind, _, of = anchor.partition(":")
    first = of.partition(":")[0]
    if kind == "stage":
        return first
    if kind in ("period_opened", "period_closed", "answers_begun", "answers_complete", "analysis_complete"):
        return first or template.first_window
    return next((stage.key for stage in template.stages if anchor in (stage.done_by, stage.begun_by)), None)
