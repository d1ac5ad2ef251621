"""What all promises are evidence of, as columns: the same as what rules make of each history."""

from datetime import date, timedelta
from random import Random

from models.evidence import EverythingSaid, Evidence
from models.forecast_record import forecast_records, forecasts
from models.likelihood import likelihood
from models.milestone_codes import RevisionKind
from models.promise_cases import as_statements, statements_of
from models.promise_history import PromiseHistory, Said
from models.reference_class import ReferenceClasses, past_promise
from tests.models.promises.said import TODAY

DEPARTMENTS, STAGES, SECTORS = ("water", "parks"), ("start", "handover", ""), ("transport", "health")
LATER = (RevisionKind.REFORECAST, RevisionKind.ACHIEVED, RevisionKind.CANCELLED, RevisionKind.PAUSED)


def invented(picks, count):
    """Return milestones: by what each is like others, what was said of it, and when that was recorded."""
    found = []
    for milestone in range(1, count + 1):
        on, due = TODAY - timedelta(days=picks.randrange(2000)), TODAY - timedelta(days=picks.randrange(-400, 1500))
        said = [Said(number=1, kind=RevisionKind.BASELINE, due_date=due, said_on=on)]
        for number in range(2, picks.randrange(2, 6)):
            on = min(on + timedelta(days=picks.randrange(300)), TODAY)
            kind = picks.choice(LATER)
            due = on if kind is RevisionKind.ACHIEVED else due + timedelta(days=picks.randrange(-40, 200))
            said.append(Said(number=number, kind=kind, due_date=due, said_on=on))
            if kind in (RevisionKind.ACHIEVED, RevisionKind.CANCELLED):
                break
        alike = {
            "department": picks.choice(DEPARTMENTS),
            "stage": picks.choice(STAGES),
            "sector": picks.choice(SECTORS),
        }
        found.append((milestone, alike, PromiseHistory(tuple(said))))
    return found


def statements_about(milestones):
    return [
        statements_of(history, [one.said_on for one in history.said], milestone=milestone, **alike)
        for milestone, alike, history in milestones
    ]


def evidence_of(milestones, today=TODAY):
    rows = statements_about(milestones)
    return Evidence(EverythingSaid(lambda: map(as_statements, rows)), lambda: DEPARTMENTS, today)


def promises_of(milestones):
    return [past_promise(history, milestone=milestone, **alike) for milestone, alike, history in milestones]


def known_on(milestones, day):
    return [(number, alike, then) for number, alike, history in milestones if (then := history.as_of(day)) is not None]


def assert_same(evidence, milestones, today):
    promises = promises_of(milestones)
    classes = ReferenceClasses(promises, today)
    said = [one for _, alike, history in milestones for one in forecasts(history, alike["department"])]
    for promise in promises:
        due = promise.first_date + timedelta(days=200)
        assert likelihood(evidence, promise, due=due) == likelihood(classes, promise, due=due)
    records = forecast_records(said, today)
    assert set(evidence.records) == set(records)
    for key, record in records.items():
        ours = evidence.records[key]
        for name in ("n", "on_time", "cancelled", "share", "bias", "best_tenth", "worst_tenth"):
            assert getattr(ours, name) == getattr(record, name)


def test_likelihoods_and_records_are_those_that_the_rules_make_of_histories():
    for seed, count in ((1, 0), (2, 3), (3, 12), (4, 80), (5, 300)):
        milestones = invented(Random(seed), count)

        evidence = evidence_of(milestones)

        assert_same(evidence, milestones, TODAY)


def test_a_past_day_knew_only_what_had_been_recorded_by_then():
    milestones = invented(Random(6), 200)
    evidence = evidence_of(milestones)

    for back in (1, 90, 700, 1900, 3000):
        day = TODAY - timedelta(days=back)
        assert_same(evidence.as_of(day), known_on(milestones, day), day)


def test_what_changed_weighs_like_everything_made_anew():
    for seed in range(6):
        picks = Random(seed)
        milestones = invented(picks, 120)
        evidence = evidence_of(milestones)
        assert_same(evidence, milestones, TODAY)
        for _ in range(12):
            places = picks.sample(range(len(milestones)), picks.randrange(1, 4))
            before = [milestones[place] for place in places]
            after = [(number, *other[1:]) for (number, *_), other in zip(before, invented(picks, 3), strict=False)]
            after += [(len(milestones) + 1, *invented(picks, 1)[0][1:])] * picks.randrange(2)

            changed = evidence.with_changed(
                map(as_statements, statements_about(before)),
                map(as_statements, statements_about(after)),
                lambda: DEPARTMENTS,
            )

            kept = [one for place, one in enumerate(milestones) if place not in places]
            milestones, evidence = [*kept, *after], changed
            assert_same(evidence, milestones, TODAY)


def test_what_comes_to_the_same_is_not_weighed_anew():
    milestones = invented(Random(7), 20)
    evidence = evidence_of(milestones)
    some = [as_statements(one) for one in statements_about(milestones[:3])]

    same = evidence.with_changed(some, [one.copy() for one in some], lambda: DEPARTMENTS)

    assert same is evidence


def test_what_was_said_earlier_elsewhere_counts_from_when_it_was_recorded_here():
    history = PromiseHistory(
        (Said(number=1, kind=RevisionKind.BASELINE, due_date=date(2025, 1, 1), said_on=date(2024, 1, 1)),)
    )
    rows = statements_of(history, [TODAY], milestone=1, department="water", stage="start", sector="transport")
    evidence = Evidence(EverythingSaid(lambda: [as_statements(rows)]), lambda: ["water"], TODAY)
    (promise,) = promises_of([(2, {"department": "water", "stage": "start", "sector": "transport"}, history)])

    assert likelihood(evidence, promise, due=TODAY).n == 1
    assert likelihood(evidence.as_of(TODAY - timedelta(days=1)), promise, due=TODAY).n == 0
