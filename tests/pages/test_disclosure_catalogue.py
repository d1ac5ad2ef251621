"""The catalogue of disclosure: everybody reads it with every change, and an administrator keeps it."""

import pytest

from data.database import reading
from data.feeds.disclosure_catalogue import disclosure_csv
from data.operations.disclosure_rules import AmendDisclosureRule, amend_disclosure_rule
from data.queries.disclosure_catalogue import disclosure_catalogue
from data.writer import change
from models.actor import OPERATOR, Role
from models.clock import utc_now
from pages.readable import Visit
from pages.readable.disclosure_catalogue import read_disclosure_catalogue
from tests.pages.office import Office, quick_passwords
from tests.pages.officer import messages, press, said
from tests.pages.promises import HOSTILE, statements


@pytest.fixture
def office(sqlite_record, monkeypatch):
    quick_passwords(monkeypatch)
    return Office()


def rules():
    with reading() as session:
        return disclosure_catalogue(session).rules


def page_of(language="zh", **query):
    return read_disclosure_catalogue(Visit(language=language, now=utc_now(), query=query)).body_html


def amend(**more):
    command = {"key": "contracts", "class_number": 3, "title_zh": "合同", "title_en": "Contracts", "days": 7}
    change(amend_disclosure_rule, AmendDisclosureRule(**command | {"reason": "省里规定。"} | more), OPERATOR)


def tab(office, **query):
    return office.open("administration", role=Role.ADMINISTRATOR, tab="disclosure", **query)


def field(page, name):
    boxes = (*page.text_input, *page.text_area, *page.checkbox, *page.selectbox, *page.number_input)
    return next(box for box in boxes if (box.key or "").endswith(f"_{name}"))


def test_everybody_reads_every_class_and_item_with_its_time_and_its_source(sqlite_record):
    html = page_of()

    assert all(rule.title_zh in html for rule in rules().values())
    assert "国办发〔2017〕94号" in html
    assert 'href="/disclosure_catalogue.csv"' in html


@pytest.mark.parametrize(("language", "words"), [("zh", "“20”改为“7”"), ("en", "“20” became “7”")])
def test_every_change_is_dated_and_public_with_what_it_changed_and_why(sqlite_record, language, words):
    amend()

    html = page_of(language)

    assert words in html
    assert "省里规定。" in html


def test_a_past_day_shows_what_held_then(sqlite_record):
    amend(title_zh="合同新名")

    html = page_of(as_of="2020-01-01")

    assert "合同新名" not in html
    assert "2020-01-01" in html


def test_what_administrators_write_stays_text(sqlite_record):
    amend(title_zh=HOSTILE[:200], title_en=HOSTILE[:200], source=HOSTILE, reason=HOSTILE)

    assert "<img" not in page_of() + page_of("en")


def test_the_page_takes_one_statement_whatever_is_on_it(sqlite_record):
    for number in range(5):
        amend(days=number + 1)

    with statements() as made:
        page_of()

    # The catalogue, and how far the record is.
    assert len(made) <= 2


def test_an_administrator_amends_an_item(office):
    page = tab(office, rule="contracts")
    field(page, "days").set_value(7)
    field(page, "source").set_value("省政府令第1号")
    field(page, "reason").set_value("许可类决定按七日公开。")

    press(page, "disclosure.keep.amend")

    assert messages(page) == ([], [said("disclosure.keep.done")])
    holding = rules()["contracts"]
    assert (holding.days, holding.source, holding.number, holding.is_retired) == (7, "省政府令第1号", 2, False)
    assert holding.class_number == 3


def test_an_administrator_adds_an_item_and_retires_it(office):
    page = tab(office)
    field(page, "key").set_value("bonds")
    field(page, "title_zh").set_value("专项债券")
    field(page, "title_en").set_value("Bonds")
    field(page, "reason").set_value("新增。")
    press(page, "disclosure.keep.add")
    added = rules()["bonds"]
    page.query_params["rule"] = "bonds"
    page.run()

    field(page, "retired").check()
    field(page, "reason").set_value("并入他项。")
    press(page, "disclosure.keep.amend")

    assert (added.class_number, added.days, added.number) == (1, 20, 1)
    assert rules()["bonds"].is_retired


@pytest.mark.parametrize(
    ("values", "words"), [({"reason": ""}, "errors.reason_missing"), ({"key": "No Key", "reason": "新增。"}, None)]
)
def test_what_is_refused_is_explained_and_stays_typed(office, values, words):
    page = tab(office)
    for name, value in ({"key": "bonds", "title_zh": "债", "title_en": "Bonds"} | values).items():
        field(page, name).set_value(value)

    press(page, "disclosure.keep.add")

    assert messages(page)[0]
    assert words is None or messages(page)[0] == [said(words)]
    assert field(page, "title_zh").value == "债"
    assert "bonds" not in rules()


def test_a_table_that_comes_back_is_shown_before_it_is_published_as_one_change(office):
    holding = rules()
    contracts = holding["contracts"]
    shorter = type(contracts)(**vars(contracts) | {"days": 7})
    page = tab(office)

    page.file_uploader[0].upload("catalogue.csv", disclosure_csv([shorter]), "text/csv").run()
    shown = "".join(one.proto.body for one in page.get("html"))
    box = next(one for one in page.text_area if one.key.startswith("draft_rules_table"))
    box.set_value("省里规定。")
    label = said("disclosure.keep.publish", count=1)
    next(button for button in page.button if button.label == label).click().run()

    assert "“20”改为“7”" in shown
    assert rules()["contracts"].days == 7


def test_only_an_administrator_keeps_it(office):
    page = office.open("administration", role=Role.OFFICER, tab="disclosure")

    assert said("site.not_yours") in [one.value for one in page.title]
