"""The rules on projects that nobody here made up: what they find, and what they must not find."""

import csv
import json
from collections import Counter
from datetime import date, datetime

import pytest

from models.light_facts import LightFacts
from models.light_reasons import Light
from models.lights import light
from models.milestone_codes import RevisionKind
from models.money import BudgetKind
from models.project_coincidences import EARTH, Extent, PlaceFact, TextFact, copied_reports, misplaced, words_key
from models.project_contradictions import ProjectFacts, project_contradictions
from models.project_facts import Amount, BudgetFact, MilestoneFact
from models.promise_history import PromiseHistory, Said
from tests.models.promises.said import TODAY, is_working

pytestmark = pytest.mark.real_data

#: When the file of Melbourne Water was published, and its gates in the order in which they are passed.
MELBOURNE_SAID = date(2024, 10, 28)
MELBOURNE_GATES = ("BNI", "PBC", "BCA", "Stage1", "Stage2", "Stage3")


def read(text, day_first="%d/%m/%Y"):
    for form in ("%Y-%m-%d %H:%M:%S", f"{day_first} %I:%M:%S %p", day_first):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - civil dates; the file names no zone.
        except ValueError:
            continue
    return None


def gates(row, **how):
    """Return the gates of a project as they stood in the file: what was past was reached."""
    found = []
    for place, name in enumerate(MELBOURNE_GATES, 1):
        due = read(row[name], **how)
        if due is None:
            continue
        said = [Said(number=1, kind=RevisionKind.BASELINE, due_date=due, said_on=min(due, MELBOURNE_SAID))]
        if due <= MELBOURNE_SAID:
            said.append(Said(number=2, kind=RevisionKind.ACHIEVED, due_date=due, said_on=due))
        found.append(
            MilestoneFact(
                id=place,
                history=PromiseHistory(tuple(said)),
                depends_on=tuple(one.id for one in found[-1:]),
                completes=name == "Stage3",
            )
        )
    return tuple(found)


@pytest.fixture
def melbourne(real_data):
    path = real_data / "melbourne-capital-delivery" / "Capital_Delivery_Project_deidentified.csv"
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def new_york(real_data):
    return json.loads((real_data / "nyc-capital-projects" / "projects.geojson").read_text("utf-8"))["features"]


def test_every_gate_in_melbourne_follows_the_one_before_it(melbourne):
    found = [project_contradictions(ProjectFacts(project=row["ID"], milestones=gates(row))) for row in melbourne]

    assert len(found) == 445
    assert not any(found)


def test_had_the_days_and_months_of_melbourne_been_read_the_wrong_way_round_it_would_show(melbourne):
    found = [
        row["ID"]
        for row in melbourne
        if project_contradictions(ProjectFacts(project=row["ID"], milestones=gates(row, day_first="%m/%d/%Y")))
    ]

    assert len(found) == 11


def test_two_years_after_its_only_publication_nothing_in_melbourne_is_green(melbourne):
    found = Counter(light(LightFacts(milestones=gates(row)), TODAY, is_working).light for row in melbourne)

    assert set(found) == {Light.STALE, Light.DONE}
    assert found.total() == 445


def test_in_new_york_1118_projects_cost_more_than_was_first_approved(new_york):
    def budget(number, kind, thousands):
        return BudgetFact(
            id=number,
            kind=kind,
            amount=Amount(thousands * 100_000, "USD"),
            approved_on=date(2020, 1, number),
            said_on=date(2020, 1, number),
        )

    found = Counter(
        one.kind
        for feature in new_york
        for one in project_contradictions(
            ProjectFacts(
                project=feature["properties"]["project_id"],
                budgets=(
                    budget(1, BudgetKind.APPROVED_ESTIMATE, feature["properties"]["original_budget"]),
                    budget(2, BudgetKind.BUDGET, feature["properties"]["combined_total"]),
                ),
            )
        )
    )

    assert dict(found) == {"over_estimate": 1118}


def test_in_new_york_many_projects_are_described_in_the_same_words(new_york):
    texts = [
        TextFact(
            id=number,
            project=feature["properties"]["project_id"],
            period_end=date(2021, 1, 1),
            words=words_key(feature["properties"]["scope_summary"] or ""),
        )
        for number, feature in enumerate(new_york)
    ]

    found = list(copied_reports(texts))

    assert 0 < len(found) < len(texts)
    assert all(one.sources[0].value != one.sources[1].value for one in found)


def test_every_station_in_india_lies_there_and_every_swap_of_one_is_found(real_data):
    india = Extent(68, 6, 98, 37)
    stations = json.loads((real_data / "india-rail-stations" / "stations.json").read_text("utf-8"))["features"]
    points = [one["geometry"]["coordinates"] for one in stations if one["geometry"]]

    right = [PlaceFact(project=str(place), longitude=x, latitude=y) for place, (x, y) in enumerate(points)]
    swapped = [PlaceFact(project=str(place), longitude=y, latitude=x) for place, (x, y) in enumerate(points)]

    assert list(misplaced(right, india)) == list(misplaced(right, EARTH)) == []
    assert Counter(one.kind for one in misplaced(swapped, india)) == {"coordinates_swapped": len(points)}
