"""A file that is wrong says where and why, all of it at once; what is sound stands."""

import re

import pytest

from data.templates.reading import procedure, read_shelf, shelf
from models.document import DocumentType
from models.exceptions import InvalidValueError, NotFoundError
from models.procedure_faults import parts_of
from models.procedure_terms import Term
from models.stage import Stage
from tests.data.templates.example import OVERLAY, PROCEDURE, shelve


def faults(folder, *, procedure=PROCEDURE, overlay=None):
    return read_shelf(shelve(folder, procedure=procedure, overlay=overlay)).faults


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_what_we_ship_is_sound():
    assert [str(fault) for fault in shelf().faults] == []
    assert set(shelf().templates) == {
        "cn-713", "us-apa", "eu-better-regulation", "uk-gunning", "jp-apa", "de-baugb",
    }  # fmt: skip
    assert {"cn-city-planning", "cn-expropriation", "cn-land-requisition", "cn-environmental-assessment",
            "cn-regulations", "cn-quzhou", "cn-luan"} <= set(shelf().overlays)  # fmt: skip


@pytest.mark.parametrize("identifier", sorted(shelf().templates))
def test_every_number_has_an_article_and_every_thing_a_name_in_both_languages(identifier):
    template = procedure(identifier)

    for _, part in parts_of(template):
        if isinstance(part, Term):
            assert part.legal_basis
        for article in getattr(part, "legal_basis", ()):
            words = template.cite(article)
            assert words.zh
            assert words.en
            assert re.search(r"[一-鿿]", words.zh)
        title = getattr(part, "title", None)
        assert title is None or re.search(r"[一-鿿]", title.zh)


def test_the_stages_of_the_decree_are_those_of_the_record():
    keys = set(procedure("cn-713").by_key)

    assert {stage.value for stage in Stage} <= keys
    assert keys - {stage.value for stage in Stage} == {"catalogue", "hearing"}


@pytest.mark.real_data
def test_every_number_of_the_decree_stands_in_its_text(real_data):
    folder = real_data / "cn-law-versions"
    texts = {
        "713": (folder / "重大行政决策程序暂行条例(2019-04-20).md").read_text("utf-8"),
        "711": (folder / "政府信息公开条例(2019-04-03).md").read_text("utf-8"),
    }
    units = {"day": "日", "working_day": "个工作日"}
    numerals = "零一二三四五六七八九十"

    def article(law, number):
        tens, ones = divmod(number, 10)
        written = (numerals[tens] if tens > 1 else "") + ("十" if tens else "") + (numerals[ones] if ones else "")
        return texts[law].partition(f"\n第{written}条 ")[2].partition("\n第")[0]

    checked = 0
    for _, part in parts_of(procedure("cn-713")):
        if isinstance(part, Term):
            law, _, number = part.legal_basis[0].partition(" ")
            assert f"{part.n}{units[part.unit]}" in article(law, int(number)), part
            checked += 1
    assert checked == 4


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ("    is_window: true", "    is_windy: true", "stages[1].is_windy", "extra_forbidden"),
        ('version: "1"', "version: 1", "version", "string_type"),
        ("type: illustration", "type: horoscope", "stages[1].documents[0].type", "enum"),
        ("{n: 5, unit", "{n: -5, unit", "stages[1].min_duration[0].n", "greater_than_equal"),
        ("{n: 5, unit", "{n: 0, unit", "stages[1].min_duration[0].n", "greater_than_equal"),
        ("{n: 5, unit", "{n: five, unit", "stages[1].min_duration[0].n", "int_parsing"),
        ("unit: month", "unit: moon", "obligations[0].within[0].unit", "enum"),
        ("{n: 5, unit: working_day, legal_basis: [tides 3]}", "{n: 5, unit: working_day}",
         "stages[1].min_duration[0].legal_basis", "missing"),
        ("{n: 5, unit: working_day, legal_basis: [tides 3]}", "{n: 5, unit: working_day, legal_basis: []}",
         "stages[1].min_duration[0].legal_basis", "too_short"),
        ("[tides 9]", "[waves 9]", "day_rule.legal_basis[0]", "unknown_source"),
        ("applies_if: [spring_tide]", "applies_if: [neap_tide]", "stages[1].min_duration[1].applies_if[0]",
         "unknown_flag"),
        ("    after: [bells]", "    after: [belles]", "stages[1].after[0]", "unknown_stage"),
        ("    after: [bells]", "    after: [verdict]", "stages[1].after", "cycle"),
        ("do: document:adoption_statement", "do: document:poem", "obligations[0].do", "unknown_document"),
        ("do: document:adoption_statement", "do: miracle", "obligations[0].do", "unknown_happening"),
        ("after: period_closed\n", "after: period_closed:moon\n", "obligations[0].after", "unknown_period"),
        ("stage:murmurs:finished, act", "stage:murmurs:over, act", "stages[2].gate_in[0]", "unknown_happening"),
        ("act:gate_inspected]", "act:gate_painted]", "stages[2].gate_in[1]", "unknown_act"),
        ("figure: act:gate_inspected", "figure: luck", "stages[2].requirements[0].figure", "unknown_figure"),
        ("        at_most: 7/2\n", "", "stages[2].requirements[0]", "no_bound"),
        ("at_most: 7/2", "at_most: 7/0", "stages[2].requirements[0].at_most", "fraction_parsing"),
        ("zone: Europe/Paris", "zone: Europe/Ys", "day_rule.zone", "unknown_zone"),
        ("calendar: none", "calendar: ys", "day_rule.calendar", "unknown_calendar"),
        ("key: murmurs", "key: bells", "stages[0]", "double"),
        ("title: {zh: 鸣钟, en: Bells}", "title: {zh: 鸣钟}", "stages[0].title.en", "missing"),
        ("    after: period_closed\n    within", "    within", "obligations[0].within", "value_error"),
        ("    after: period_closed\n", "    after: period_closed\n    before: decided\n", "obligations[0].before",
         "value_error"),
        ("id: ys-tides", "id: ys-waves", "id", "other_name"),
        ("    done_by: act:bells_rung\n", "    done_by: act:bells_rung\n    done_by: decided\n", "stages[0].done_by",
         "double"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_line(tmp_path, old, new, field, code):
    assert old in PROCEDURE
    text = PROCEDURE.replace(old, new, 1)

    found = faults(tmp_path, procedure=text)

    fault = next(one for one in found if one.code == code)
    assert (fault.file, fault.field) == ("ys-tides.yaml", field)
    assert fault.detail
    nearest = line_of(text, new.splitlines()[0]) if new.strip() else line_of(text, "- key: depth")
    assert abs(fault.line - nearest) <= 1, str(fault)
    assert str(fault).startswith(f"ys-tides.yaml:{fault.line}: {field}: ")


def test_a_circle_of_stages_is_told_as_one(tmp_path):
    text = PROCEDURE.replace("    done_by: act:bells_rung", "    after: [verdict]\n    done_by: act:bells_rung")

    found = [one for one in faults(tmp_path, procedure=text) if one.code == "cycle"]

    assert found[0].detail == "bells after verdict after murmurs after bells"
    assert len(found) == 3


def test_every_fault_is_told_at_once(tmp_path):
    text = PROCEDURE.replace("n: 5", "n: -5").replace("is_window", "is_windy").replace("unit: month", "unit: moon")

    assert len(faults(tmp_path, procedure=text)) == 3


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("id: [unclosed\nversion: 1", 2, "unreadable"),
        ("", 1, "empty"),
        ("- a\n- b", 1, "model_type"),
        ("just words", 1, "model_type"),
        ("a: &x 1\nb: *x", 2, "alias"),
        ("id: !!python/object/apply:os.system [ls]", 1, "tag"),
        ("version: 2026-01-01", 1, "tag"),
        (b"id: \xff\xfe", 1, "not_utf8"),
        (b"#" * 1_000_001, 1, "too_large"),
    ],
)
def test_what_is_no_template_at_all_is_refused(tmp_path, text, line, code):
    (fault, *_) = faults(tmp_path, procedure=text)

    assert (fault.line, fault.code) == (line, code)


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ("{n: 8, unit: working_day", "{n: 4, unit: working_day", "tighten[0].min_duration[0].n", "loosens"),
        # Five working days are seven days, as weeks go.
        ("{n: 8, unit: working_day", "{n: 6, unit: day", "tighten[0].min_duration[0].n", "loosens"),
        ("{n: 10, unit: day", "{n: 60, unit: day", "obligations[0].within[0].n", "loosens"),
        ("{n: 10, unit: day", "{n: 2, unit: month", "obligations[0].within[0].n", "loosens"),
        ("after: period_closed", "after: decided", "obligations[0].after", "changes"),
        ("do: document:adoption_statement", "do: document:interpretation", "obligations[0].do", "changes"),
        ("    after: period_closed", "    after: period_closed\n    applies_if: [spring_tide]",
         "obligations[0].applies_if", "changes"),
        ("stage: murmurs", "stage: whispers", "tighten[0].stage", "unknown_stage"),
        ("    min_duration:", "    required: false\n    min_duration:", "tighten[0].required", "literal_error"),
        ("    min_duration:", "    after: [verdict]\n    min_duration:", "tighten[0].after", "cycle"),
        ("    min_duration:", "    unless: [spring_tide]\n    min_duration:", "tighten[0].unless", "extra_forbidden"),
        ("extends: ys-tides", "extends: ys-waves", "extends", "unknown_template"),
        ("  harbour:", "  tides:", "sources.tides", "double"),
    ],
)  # fmt: skip
def test_an_overlay_that_loosens_or_does_not_fit_is_refused(tmp_path, old, new, field, code):
    assert old in OVERLAY

    found = faults(tmp_path, overlay=OVERLAY.replace(old, new, 1))

    assert (field, code) in [(fault.field, fault.code) for fault in found]
    assert {fault.file for fault in found} == {"ys-harbour.yaml"}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ("    documents:\n      - {type: illustration, before: 'period_opened:murmurs', required: false}\n",
         "required"),
        ("    documents:\n      - {type: illustration, before: 'period_opened:murmurs', may_be_withheld: true}\n",
         "may_be_withheld"),
    ],
)  # fmt: skip
def test_an_overlay_makes_no_document_optional_or_secret(tmp_path, more, field):
    text = OVERLAY.replace("  - stage: murmurs\n", "  - stage: murmurs\n" + more)

    (fault,) = faults(tmp_path, overlay=text)

    assert (fault.field, fault.code) == (f"tighten[0].documents[0].{field}", "loosens")


@pytest.mark.parametrize(("bound", "faulty"), [("at_most: 4", True), ("at_most: 3", False), ("at_most: 7/2", False)])
def test_an_overlay_widens_no_bound(tmp_path, bound, faulty):
    requirement = (
        "  - stage: verdict\n    requirements:\n      - {key: depth, title: {zh: 水深, en: Depth}, "
        f"figure: act:gate_inspected, {bound}, by: decided, legal_basis: [harbour 4]}}\n"
    )

    found = faults(tmp_path, overlay=OVERLAY.replace("obligations:\n", requirement + "obligations:\n"))

    assert [fault.code for fault in found] == (["loosens"] if faulty else [])


def test_a_sound_file_stands_beside_a_wrong_one(tmp_path):
    found = read_shelf(shelve(tmp_path, overlay=OVERLAY.replace("n: 8", "n: 1")))

    assert set(found.templates) == {"ys-tides"}
    assert found.overlays == {}


def test_what_is_not_on_the_shelf_is_not_found():
    with pytest.raises(NotFoundError):
        procedure("xx-none")
    with pytest.raises(NotFoundError):
        procedure("cn-713", ("cn-nowhere",))
    with pytest.raises(InvalidValueError):
        procedure("us-apa", ("cn-luan",))


def test_the_documents_of_a_procedure_are_those_of_the_record():
    known = {kind.value for kind in DocumentType}

    for template in shelf().templates.values():
        assert {document.type.value for stage in template.stages for document in stage.documents} <= known
