"""The procedure of a decision: chosen, waived in part with a reason, displayed, and done."""

from datetime import timedelta

import pytest

from data.operations.acts import RecordAct, record_act
from data.operations.documents import PublishDocument, publish_document
from data.operations.notices import PublishNotice, publish_notice
from data.operations.periods import OpenPeriod, open_period
from data.operations.procedures import ChooseProcedure, PublishWaiver, choose_procedure, publish_waiver
from data.writer import change
from models.clock import local_date
from models.document import DisclosureClass, DocumentType
from models.exceptions import (
    ConflictError,
    FutureEventError,
    InvalidValueError,
    NotFoundError,
    OrderError,
    ReasonMissingError,
)
from models.ledger import EntryType
from models.notice import Notice, NoticeChannel
from models.procedure_act import Conclusion, ProcedureAct
from models.procedure_choice import ProcedureRevision
from models.waiver import Waiver
from tests.conftest import NOW, PLANNER
from tests.data.operations.keeping import disclosures, ledger, refused, rows

TODAY = local_date(NOW)
TOMORROW = TODAY + timedelta(days=1)


def do(operation, command, now=NOW):
    return change(operation, command, PLANNER, now=now)


def choice(city, **more):
    return ChooseProcedure(**{"decision_id": city.decision, "template": "cn-713"} | more)


def test_a_choice_is_kept_beside_the_one_before(city):
    do(choose_procedure, choice(city, overlays=("cn-luan",), flags=("urgent", "technical", "urgent")))

    kept = do(choose_procedure, choice(city, flags=("technical",), reason="不再紧急", seen=1))

    first, second = rows(ProcedureRevision, ProcedureRevision.number)
    assert (first.overlays, first.flags, first.reason) == (["cn-luan"], ["technical", "urgent"], "")
    assert (second.overlays, second.flags, second.reason, kept.number) == ([], ["technical"], "不再紧急", 2)
    entry_type, subject, about, pub = ledger()
    assert (entry_type, subject, about) == (EntryType.PROCEDURE_CHOSEN, f"dec/{city.decision}", "procedure/2")
    assert pub["flags"] == ["technical"]
    assert pub["version"] == "2019-09-01"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"template": "cn-714"}, NotFoundError),
        ({"overlays": ("cn-nowhere",)}, NotFoundError),
        ({"template": "us-apa", "overlays": ("cn-luan",)}, InvalidValueError),
        ({"flags": ("lazy",)}, InvalidValueError),
        ({"zone": "Asia/Nowhere"}, InvalidValueError),
    ],
)
def test_a_choice_of_what_there_is_not_is_refused(small_city, more, error):
    with refused(error):
        do(choose_procedure, choice(small_city, **more))


def test_a_choice_changes_with_a_reason_and_by_whoever_saw_the_last_one(small_city):
    do(choose_procedure, choice(small_city))

    with refused(ReasonMissingError):
        do(choose_procedure, choice(small_city, seen=1, reason="  "))
    with refused(ConflictError):
        do(choose_procedure, choice(small_city, seen=0, reason="改"))


def test_a_waiver_names_a_duty_of_the_procedure_and_says_why(city):
    waiver = PublishWaiver(
        decision_id=city.decision, of="publicity:participation:draft_notice", reason="断电", ground=""
    )

    kept = do(publish_waiver, waiver)

    (row,) = rows(Waiver)
    assert (row.of, row.reason, kept.number) == (waiver.of, "断电", 1)
    assert ledger()[0] is EntryType.WAIVER_PUBLISHED
    assert ledger()[3] == {"of": waiver.of, "reason": "断电", "ground": ""}


@pytest.mark.parametrize(
    ("of", "reason", "error"),
    [
        ("window:participation", " ", ReasonMissingError),
        ("window:comment", "紧急", NotFoundError),
        ("window:drafting", "紧急", NotFoundError),
        ("everything", "紧急", NotFoundError),
        ("", "紧急", NotFoundError),
        ("obligation:adoption", "紧急", NotFoundError),
    ],
)
def test_a_waiver_without_a_reason_or_of_no_duty_is_refused(small_city, of, reason, error):
    with refused(error):
        do(publish_waiver, PublishWaiver(decision_id=small_city.decision, of=of, reason=reason))


def shown(city, **more):
    usual = {
        "decision_id": city.decision,
        "of": "draft_notice",
        "channel": NoticeChannel.WEBSITE,
        "link": "https://www.city.example/1",
        "from_on": TODAY,
        "confirmed_by": "办公室",
    }
    return PublishNotice(**usual | more)


def test_a_display_is_kept_with_who_confirms_it(city):
    do(publish_notice, shown(city))

    kept = do(publish_notice, shown(city, of="participation", channel=NoticeChannel.POSTED, link="", evidence="照片"))

    assert [row.of for row in rows(Notice, Notice.number)] == ["draft_notice", "participation"]
    assert kept.number == 2
    assert ledger()[0] is EntryType.NOTICE_PUBLISHED
    assert ledger()[3]["channel"] == "posted"
    assert disclosures() == 2


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"of": "drafting"}, NotFoundError),
        ({"from_on": TOMORROW}, FutureEventError),
        ({"to_on": TODAY - timedelta(days=1)}, OrderError),
        ({"link": "javascript:alert(1)"}, InvalidValueError),
        ({"link": ""}, InvalidValueError),
        ({"confirmed_by": " "}, InvalidValueError),
    ],
)
def test_a_display_that_nothing_shows_is_refused(small_city, more, error):
    with refused(error):
        do(publish_notice, shown(small_city, **more))


def done(city, **more):
    usual = {"decision_id": city.decision, "act": "legality_reviewed", "held_on": TODAY, "by_whom": "司法局"}
    return RecordAct(**usual | more)


def test_an_act_is_kept_with_its_conclusion_and_dissent(city):
    document = PublishDocument(
        decision_id=city.decision,
        type=DocumentType.LEGALITY_OPINION,
        title="意见书",
        disclosure=DisclosureClass.WITHHELD,
        ground="第十六条",
        review_on=TOMORROW,
    )
    number = int(do(publish_document, document).key)

    do(
        record_act,
        done(
            city,
            began_on=TODAY - timedelta(days=9),
            conclusion=Conclusion.PASSED,
            dissent="一人反对",
            document_id=number,
        ),
    )

    (row,) = rows(ProcedureAct)
    assert (row.conclusion, row.dissent, row.document_id) == (Conclusion.PASSED, "一人反对", number)
    assert ledger()[0] is EntryType.ACT_RECORDED
    assert ledger()[3]["began_on"] == str(TODAY - timedelta(days=9))


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"act": "lunch"}, NotFoundError),
        ({"act": "plain_summary"}, NotFoundError),
        ({"held_on": TOMORROW}, FutureEventError),
        ({"began_on": TOMORROW}, OrderError),
        ({"document_id": 99}, NotFoundError),
        ({"by_whom": ""}, InvalidValueError),
        ({"amount": -1}, InvalidValueError),
    ],
)
def test_an_act_that_nobody_knows_or_did_is_refused(small_city, more, error):
    with refused(error):
        do(record_act, done(small_city, **more))


def test_an_act_is_known_by_the_procedure_that_names_it(small_city):
    do(choose_procedure, choice(small_city, template="us-apa"))

    do(record_act, done(small_city, act="plain_summary", amount=97))

    assert rows(ProcedureAct)[0].amount == 97


def test_comments_are_taken_only_in_a_stage_that_takes_them(small_city):
    after = NOW + timedelta(days=60)
    last_day = local_date(after) + timedelta(days=40)

    with refused(NotFoundError):
        do(open_period, OpenPeriod(decision_id=small_city.decision, last_day=last_day, stage="drafting"), now=after)

    do(open_period, OpenPeriod(decision_id=small_city.decision, last_day=last_day, stage="participation"), now=after)
    assert ledger()[3]["stage"] == "participation"
