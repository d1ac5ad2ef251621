"""What holds of every docket, overlay and instant."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.templates.calendars import calendar_of
from data.templates.reading import procedure, shelf
from models.docket import Docket, as_known_at
from models.docket_evaluation import evaluate
from models.duty_item import ItemKind, ItemState, Why
from models.outcome import OutcomeCode
from models.working_days import Calendar
from tests.models.procedure import facts
from tests.models.procedure.facts import facts_of

CHINA = calendar_of("cn")
FIRST = date(2026, 1, 5)
DATES = st.integers(0, 250).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants them bare.
FLAGS = ("technical", "stability_risk", "secret", "hearing_chosen", "market_activity", "general_concern")
ITEMS = ("window:participation", "stage:expert_review", "document:legality_review:legality_opinion")


@st.composite
def periods(draw):
    first = date.fromisoformat(draw(DATES))
    last = first + timedelta(days=draw(st.integers(0, 60)))
    turn = draw(st.integers(1, 2))
    return facts.period(first.isoformat(), last.isoformat(), reason=draw(st.sampled_from(["", "因故"])), turn=turn)


FACTS = st.one_of(
    st.builds(lambda name, up, on: facts.flag(name, up=up, on=on), st.sampled_from(FLAGS), st.booleans(), DATES),
    st.builds(lambda on, changed: facts.draft(on, name=on, changed=changed), DATES, st.booleans()),
    periods(),
    st.builds(lambda on: facts.notice("participation", on), DATES),
    st.builds(
        lambda kind, on, withheld: facts.document(kind, on, withheld=withheld),
        st.sampled_from(["draft_explanation", "legality_opinion", "adoption_statement", "risk_assessment"]),
        DATES,
        st.sampled_from(["", "第十六条"]),
    ),
    st.builds(lambda on, own: facts.opinion(on, name=on, own=own), DATES, st.booleans()),
    st.builds(facts.hearing, st.sampled_from(["notice", "held", "materials"]), DATES),
    st.builds(lambda on, answered: facts.tally(5, answered, on), DATES, st.integers(0, 5)),
    st.builds(lambda on, code: facts.outcome(on, code=code, name=on), DATES, st.sampled_from(OutcomeCode)),
    st.builds(
        lambda kind, on: facts.stage("expert_review", kind, on, on, reason="因故"),
        st.sampled_from(["baseline", "moved", "started", "finished", "skipped"]),
        DATES,
    ),
    st.builds(lambda of, on: facts.waiver(of, "因故", on, name=of + on), st.sampled_from(ITEMS), DATES),
)
DOCKETS = st.lists(FACTS, max_size=14).map(lambda told: facts.docket(*told))
OVERLAYS = st.lists(st.sampled_from(sorted(shelf().overlays)), max_size=4, unique=True).map(tuple)
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def later_removed(told: Docket, instant: datetime) -> Docket:
    return facts.docket(*(fact for fact in facts_of(told) if fact.recorded_at <= instant))


@often
@given(DOCKETS, INSTANTS, OVERLAYS)
def test_evaluation_uses_nothing_that_was_recorded_later(told, instant, overlays):
    template = procedure(facts.CN, overlays)

    assert evaluate(told, template, CHINA, instant) == evaluate(later_removed(told, instant), template, CHINA, instant)


@often
@given(DOCKETS, INSTANTS)
def test_the_same_docket_at_the_same_instant_is_the_same(told, instant):
    template = procedure(facts.CN)

    assert evaluate(told, template, CHINA, instant) == evaluate(told, template, CHINA, instant)
    assert as_known_at(as_known_at(told, instant), instant) == as_known_at(told, instant)


@often
@given(DOCKETS, INSTANTS, INSTANTS)
def test_a_waiver_never_disappears(told, one, other):
    earlier, later = sorted((one, other))
    template = procedure(facts.CN)

    before = evaluate(told, template, CHINA, earlier).waivers
    after = evaluate(told, template, CHINA, later).waivers

    assert set(before) <= set(after)
    assert set(as_known_at(told, earlier).waivers) <= set(before)


@often
@given(DOCKETS, INSTANTS, OVERLAYS)
def test_an_overlay_never_loosens(told, instant, overlays):
    plain = evaluate(told, procedure(facts.CN), CHINA, instant)
    laid = evaluate(told, procedure(facts.CN, overlays), CHINA, instant)

    asked = {item.key: item for item in laid.items}
    for item in plain.items:
        stricter = asked[item.key]
        # What is missing or overdue without the overlay is so with it; nothing stops applying.
        if item.state in (ItemState.MISSING, ItemState.OVERDUE):
            assert stricter.state in (ItemState.MISSING, ItemState.OVERDUE)
        if item.state is not ItemState.NOT_APPLICABLE and stricter.why is not Why.DROPPED:
            assert stricter.state is not ItemState.NOT_APPLICABLE
        if stricter.state is ItemState.MET:
            assert item.state is not ItemState.MISSING
        # A minimum is never shorter, a limit never later.
        if item.due and stricter.due:
            is_minimum = item.kind in (ItemKind.WINDOW, ItemKind.DURATION)
            days = (stricter.due.last_day - item.due.last_day).days
            assert days >= 0 if is_minimum else days <= 0
        # Both are cited.
        assert set(item.articles) <= set(stricter.articles)


@often
@given(DOCKETS, INSTANTS, OVERLAYS)
def test_the_order_in_which_overlays_are_laid_does_not_matter(told, instant, overlays):
    one = evaluate(told, procedure(facts.CN, overlays), CHINA, instant)
    other = evaluate(told, procedure(facts.CN, overlays[::-1]), CHINA, instant)

    assert {item.key: (item.state, item.due) for item in one.items} == {
        item.key: (item.state, item.due) for item in other.items
    }


@often
@given(DOCKETS, INSTANTS, st.sets(st.integers(0, 300), max_size=10))
def test_no_due_date_counted_forward_moves_earlier_when_holidays_are_added(told, instant, offsets):
    added = {FIRST + timedelta(days=offset): "added" for offset in offsets}
    more = Calendar("more", {**CHINA.holidays, **added}, CHINA.workdays, CHINA.known_until)

    plain = evaluate(told, procedure(facts.CN), CHINA, instant)
    later = {item.key: item for item in evaluate(told, procedure(facts.CN), more, instant).items}

    for item in plain.items:
        if item.due and (item.counts_from or item.kind is ItemKind.WINDOW):
            assert later[item.key].due.last_day >= item.due.last_day


@often
@given(DOCKETS, INSTANTS)
def test_every_state_has_what_it_needs_to_be_explained(told, instant):
    for item in evaluate(told, procedure(facts.CN), CHINA, instant).items:
        assert item.state is not ItemState.OVERDUE or item.days >= 0
        assert item.state is not ItemState.WAIVED or item.waiver
        assert item.state is not ItemState.NOT_APPLICABLE or item.why
        assert item.state is not ItemState.MET or item.evidence or item.figure is not None
        assert item.why != "no_legal_deadline" or (item.due is None and item.days is not None)
