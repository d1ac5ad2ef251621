"""Contracts as they were signed, what was changed of them, and what is held back of a project."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col

from data.database import database, reading
from data.operations.contracts import ModifyContract, PublishContract, modify_contract, publish_contract
from data.operations.milestone_duties import ConfirmMilestone, confirm_milestone
from data.operations.withheld import WithholdField, withhold_field
from data.present import rebuild
from data.queries.project_record import contracts_of, withheld_of
from models.clock import local_date
from models.contract import Contract, ContractModification, ContractNature, ProcurementMethod
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotFoundError,
    OrderError,
    ReasonMissingError,
)
from models.ledger import EntryType
from models.present import ProjectPresent
from models.withheld_item import WithheldField, WithheldItem
from tests.conftest import NOW
from tests.data.operations.keeping import disclosures, do, ledger, refuse_others, refused, rows

TODAY = local_date(NOW)
YESTERDAY = TODAY - timedelta(days=1)


def contract(city, **more):
    said = {
        "project_id": city.project,
        "nature": ContractNature.CONSTRUCTION,
        "title": "土建一标",
        "supplier": "第一建设公司",
        "method": ProcurementMethod.OPEN,
        "bidders": 7,
        "amount": 50_000_000_00,
        "currency": "CNY",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=365),
        "signed_on": YESTERDAY,
    }
    return PublishContract(**{**said, **more})


def modification(number, **more):
    said = {
        "contract_id": number,
        "description": "增加一段管线。",
        "rationale": "地质与勘察不符。",
        "amount": 52_000_000_00,
        "currency": "CNY",
        "signed_on": TODAY,
        "seen": 0,
    }
    return ModifyContract(**{**said, **more})


def test_a_contract_stays_as_signed_beside_what_was_changed_of_it(city):
    number = int(do(publish_contract, contract(city)).key)
    later = TODAY + timedelta(days=400)

    do(modify_contract, modification(number))
    do(modify_contract, modification(number, amount=None, currency=None, ends_on=later, seen=1))

    with reading() as session:
        (found,) = contracts_of(session, city.project)
    assert (found.signed.amount, found.amount, found.currency) == (50_000_000_00, 52_000_000_00, "CNY")
    assert (found.signed.ends_on, found.ends_on) == (TODAY + timedelta(days=365), later)
    assert [one.number for one in found.modifications] == [1, 2]
    type_, subject, about, facts = ledger()
    assert (type_, subject) == (EntryType.CONTRACT_MODIFIED, f"prj/{city.project}")
    assert (about, facts["ends_on"]) == (f"contract/{number}/2", str(later))
    assert disclosures() == 2


def test_what_is_not_stated_of_a_contract_is_neither_nothing_nor_zero(city):
    do(publish_contract, contract(city, bidders=None, method=None, amount=None, currency=None))
    do(publish_contract, contract(city, bidders=0, amount=0))

    said = [(one.number, one.bidders, one.amount) for one in rows(Contract, col(Contract.number))]
    assert said == [(1, None, None), (2, 0, 0)]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"title": " "}, InvalidValueError),
        ({"supplier": ""}, InvalidValueError),
        ({"amount": 1, "currency": None}, InvalidValueError),
        ({"amount": -1}, InvalidValueError),
        ({"currency": "元"}, InvalidValueError),
        ({"bidders": -1}, InvalidValueError),
        ({"signed_on": TODAY + timedelta(days=1)}, FutureEventError),
        ({"ends_on": YESTERDAY}, OrderError),
        ({"document_id": 999_999}, NotFoundError),
        ({"project_id": "P-9999"}, NotFoundError),
    ],
)
def test_what_is_no_contract_is_refused(small_city, more, error):
    with refused(error):
        do(publish_contract, contract(small_city, **more))


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"rationale": " \n"}, ReasonMissingError),
        ({"description": ""}, InvalidValueError),
        ({"currency": "EUR"}, InvalidValueError),
        ({"currency": None}, InvalidValueError),
        ({"signed_on": YESTERDAY - timedelta(days=1)}, OrderError),
        ({"seen": 1}, ConflictError),
        ({"contract_id": 999_999}, NotFoundError),
    ],
)
def test_a_change_of_a_contract_says_why_and_follows_it(small_city, more, error):
    number = int(do(publish_contract, contract(small_city)).key)

    with refused(error):
        do(modify_contract, replace(modification(number), **more))
    assert rows(ContractModification) == []


def test_nobody_else_speaks_of_contracts_or_holds_anything_back(small_city):
    number = int(do(publish_contract, contract(small_city)).key)

    refuse_others(publish_contract, contract(small_city))
    refuse_others(modify_contract, modification(number))
    refuse_others(withhold_field, withheld(small_city))


def withheld(city, **more):
    said = {
        "project_id": city.project,
        "field": WithheldField.CONTRACT_VALUE,
        "ground": "政府信息公开条例第十五条",
        "held_by": "水务局",
        "until": TODAY + timedelta(days=180),
    }
    return WithholdField(**{**said, **more})


def test_what_is_held_back_has_a_ground_and_a_day_until_it_is_no_longer(city):
    do(withhold_field, withheld(city))
    with refused(ReasonMissingError):
        do(withhold_field, withheld(city, holds=False))
    do(withhold_field, withheld(city, holds=False, reason="第三方同意公开。", seen=1))

    with reading() as session:
        found = withheld_of(session, city.project)[WithheldField.CONTRACT_VALUE]
    assert [(one.number, one.holds) for one in found] == [(1, True), (2, False)]
    type_, _, about, facts = ledger()
    assert (type_, about) == (EntryType.VALUE_WITHHELD, "withheld/contract_value/2")
    assert (facts["field"], facts["holds"], facts["reason"]) == ("contract_value", False, "第三方同意公开。")


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"ground": " "}, InvalidValueError),
        ({"until": None}, InvalidValueError),
        ({"until": YESTERDAY}, OrderError),
        ({"holds": False, "reason": "公开。"}, InvalidValueError),
    ],
)
def test_nothing_is_held_back_without_a_ground_nor_given_free_that_was_not_held(small_city, more, error):
    with refused(error):
        do(withhold_field, withheld(small_city, **more))
    assert rows(WithheldItem) == []


def test_the_second_of_two_who_speak_of_what_is_held_back_is_told(small_city):
    do(withhold_field, withheld(small_city))

    with refused(ConflictError):
        do(withhold_field, withheld(small_city, reason="改", seen=0))


def test_what_lists_show_of_a_project_is_the_same_when_it_is_made_anew(city):
    number = int(do(publish_contract, contract(city)).key)
    do(modify_contract, modification(number), now=NOW + timedelta(hours=1))
    do(confirm_milestone, ConfirmMilestone(milestone_id=city.milestone), now=NOW + timedelta(hours=2))
    do(withhold_field, withheld(city), now=NOW + timedelta(hours=3))
    before = rows(ProjectPresent)

    with database().rebuilding() as session:
        rebuild(session)

    assert rows(ProjectPresent) == before
    assert before[0].updated_at == NOW + timedelta(hours=3)
