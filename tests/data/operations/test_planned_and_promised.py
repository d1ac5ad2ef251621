"""The catalogue of a year, what became of the opinions of experts, and the effects that a decision promises."""

from datetime import timedelta

import pytest

from data.database import reading
from data.operations.catalogue import (
    AmendCatalogueEntry,
    PublishCatalogueEntry,
    amend_catalogue_entry,
    publish_catalogue_entry,
)
from data.operations.effects import MeasureEffect, PromiseEffect, measure_effect, promise_effect
from data.operations.experts import AdoptOpinion, PublishPanel, adopt_opinion, publish_panel
from data.operations.opinions import PublishOpinion, publish_opinion
from data.operations.outcomes import PublishOutcome, publish_outcome
from data.operations.periods import ClosePeriod, close_period
from data.queries.catalogue_entries import catalogue, entries_of
from data.queries.proceedings import adoptions_of, effects_of
from data.writer import change
from models.catalogue import CatalogueState
from models.clock import local_date
from models.decision import Language
from models.effect import reached
from models.exceptions import ConflictError, InvalidValueError, NotFoundError, OrderError, ReasonMissingError
from models.ledger import EntryType, LedgerEntry
from models.opinion import AdoptionCode, ExpertPanel, OpinionStance, SelectionMethod
from models.outcome import OutcomeCode
from tests.conftest import NOW, PLANNER
from tests.data.operations.keeping import ledger, refused, rows

TODAY = local_date(NOW)
ENTRY = {"department_id": "water", "language": Language.CHINESE, "title": "节约用水办法"}


def do(operation, command, now=NOW):
    return change(operation, command, PLANNER, now=now)


def test_an_entry_of_the_catalogue_becomes_a_decision_and_both_records_tell(city):
    entry = int(do(publish_catalogue_entry, PublishCatalogueEntry(**ENTRY)).key)

    started = AmendCatalogueEntry(
        **ENTRY, entry_id=entry, state=CatalogueState.STARTED, decision_id=city.decision, reason="启动", seen=1
    )
    do(amend_catalogue_entry, started)

    with reading() as session:
        (found,) = entries_of(session, city.decision)
        (of_year,) = catalogue(session, year=2026)
    assert of_year == found
    assert [one.state for one in found.revisions] == [CatalogueState.PLANNED, CatalogueState.STARTED]
    told = [one.subject for one in rows(LedgerEntry, LedgerEntry.idx) if one.type is EntryType.CATALOGUE_AMENDED]
    assert told == ["cat/2026-1", f"dec/{city.decision}"]


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"reason": " "}, ReasonMissingError),
        ({"reason": "改", "seen": 2}, ConflictError),
        ({"reason": "改", "state": CatalogueState.STARTED}, InvalidValueError),
        ({"reason": "改", "decision_id": "2026-0001"}, InvalidValueError),
        ({"reason": "改", "state": CatalogueState.STARTED, "decision_id": "2026-9999"}, NotFoundError),
        ({"reason": "改", "entry_id": 99}, NotFoundError),
    ],
)
def test_an_entry_changes_with_a_reason_and_names_a_decision_only_when_one_has_started(small_city, more, error):
    entry = int(do(publish_catalogue_entry, PublishCatalogueEntry(**ENTRY)).key)

    with refused(error):
        do(amend_catalogue_entry, AmendCatalogueEntry(**{**ENTRY, "entry_id": entry} | more))


def test_what_became_of_an_opinion_is_said_with_a_reason_and_said_again_beside_it(city):
    opinion = PublishOpinion(
        decision_id=city.decision,
        name="甲",
        affiliation="乙",
        selection=SelectionMethod.DRAWN,
        conflict_statement="无",
        is_from_own_department=True,
        stance=OpinionStance.FOR,
        body="好",
        language=Language.CHINESE,
        signed_on=TODAY,
    )
    do(publish_opinion, opinion)
    assert ledger()[3]["own_department"] is True
    adopted = {"decision_id": city.decision, "opinion": 1}

    do(adopt_opinion, AdoptOpinion(**adopted, code=AdoptionCode.NOT_ADOPTED, reason="太贵"))
    do(adopt_opinion, AdoptOpinion(**adopted, code=AdoptionCode.ADOPTED, reason="有了钱", seen=1))

    with reading() as session:
        found = adoptions_of(session, city.decision)
    assert [(one.code, one.reason) for one in found[1]] == [
        (AdoptionCode.NOT_ADOPTED, "太贵"),
        (AdoptionCode.ADOPTED, "有了钱"),
    ]
    with refused(ReasonMissingError):
        do(adopt_opinion, AdoptOpinion(**adopted, code=AdoptionCode.ADOPTED, reason=""))
    with refused(ConflictError):
        do(adopt_opinion, AdoptOpinion(**adopted, code=AdoptionCode.ADOPTED, reason="再改", seen=1))
    with refused(NotFoundError):
        do(adopt_opinion, AdoptOpinion(decision_id=city.decision, opinion=2, code=AdoptionCode.ADOPTED, reason="好"))


def test_how_experts_are_selected_is_said(small_city):
    panel = PublishPanel(
        decision_id=small_city.decision, selection=SelectionMethod.DRAWN, experts=5, statement="从库中抽取"
    )

    do(publish_panel, panel)

    assert rows(ExpertPanel)[0].experts == 5
    with refused(InvalidValueError):
        do(
            publish_panel,
            PublishPanel(decision_id=small_city.decision, selection=SelectionMethod.DRAWN, experts=0, statement="无"),
        )


def decide(city):
    do(close_period, ClosePeriod(decision_id=city.decision, reason="够了"), now=NOW + timedelta(hours=1))
    outcome = PublishOutcome(
        decision_id=city.decision, code=OutcomeCode.ADOPTED, reason="好", decided_by="会议", decided_on=TODAY
    )
    do(publish_outcome, outcome, now=NOW + timedelta(hours=2))


def test_an_effect_is_promised_with_a_target_and_measured_after_the_decision(city):
    promise = PromiseEffect(
        decision_id=city.decision, indicator="人均用水", unit="升", baseline="150", target="120.50", by_on=TODAY
    )
    do(promise_effect, promise)
    decide(city)

    do(
        measure_effect,
        MeasureEffect(decision_id=city.decision, effect=1, measured_on=TODAY, value="118", source="水表"),
        now=NOW + timedelta(hours=3),
    )

    with reading() as session:
        (found,) = effects_of(session, city.decision)
    assert (found.effect.target, found.measurements[0].value, found.is_reached) == ("120.50", "118", True)
    assert ledger()[0] is EntryType.EFFECT_MEASURED


@pytest.mark.parametrize("target", ["much", "1e9", "１２", "1,000", "", "0.1234567"])
def test_a_target_that_is_no_decimal_number_is_refused(small_city, target):
    with refused(InvalidValueError):
        do(
            promise_effect,
            PromiseEffect(decision_id=small_city.decision, indicator="用水", unit="升", target=target, by_on=TODAY),
        )


def test_nothing_is_promised_for_a_day_that_has_passed_nor_measured_that_was_not_promised(small_city):
    with refused(OrderError):
        do(
            promise_effect,
            PromiseEffect(
                decision_id=small_city.decision,
                indicator="用水",
                unit="升",
                target="1",
                by_on=TODAY - timedelta(days=1),
            ),
        )
    decide(small_city)
    with refused(NotFoundError):
        do(
            measure_effect,
            MeasureEffect(decision_id=small_city.decision, effect=1, measured_on=TODAY, value="1", source="表"),
            now=NOW + timedelta(hours=3),
        )


def test_whether_a_value_is_enough_depends_on_where_it_began():
    assert reached(baseline="10", target="5", value="4.9") is True
    assert reached(baseline="10", target="5", value="5.1") is False
    assert reached(baseline="1", target="5", value="5.0") is True
    assert reached(baseline=None, target="5", value="9") is None
