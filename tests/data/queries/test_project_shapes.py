"""Lines and areas of projects: read again when one is said to lie elsewhere, and at no other change."""

from datetime import timedelta

from data.database import reading
from data.operations.project_places import LocateProject, locate_project
from data.operations.projects import AmendProject, amend_project
from data.queries.project_shapes import project_shapes
from data.writer import change
from models.clock import local_date
from models.decision import Language
from models.project import Phase
from tests.conftest import NOW, OFFICER

LINE = {"type": "LineString", "coordinates": [[119.4, 30.1], [119.6, 30.3]]}
LONGER = {"type": "LineString", "coordinates": [[119.4, 30.1], [119.6, 30.3], [119.8, 30.4]]}
POINT = {"type": "Point", "coordinates": [119.5, 30.2]}


def locate(project, geometry, *, days):
    command = LocateProject(project_id=project, geometry=geometry, reason="改线。")
    change(locate_project, command, OFFICER, now=NOW + timedelta(days=days))


def shapes(day=None):
    with reading() as session:
        return dict(project_shapes(session, day))


def test_a_shape_is_the_one_that_was_said_last(city):
    locate(city.project, LINE, days=1)
    before = shapes()

    locate(city.project, LONGER, days=2)

    assert (before, shapes()) == ({city.project: LINE}, {city.project: LONGER})
    locate(city.project, POINT, days=3)
    assert shapes() == {}


def test_a_past_day_has_the_shapes_that_were_said_by_then(city):
    locate(city.project, LINE, days=1)
    locate(city.project, POINT, days=3)

    assert shapes(local_date(NOW + timedelta(days=2))) == {city.project: LINE}
    assert shapes() == {}


def test_shapes_are_read_again_only_when_a_place_was_said(small_city, statements):
    locate(small_city.project, LINE, days=1)
    before = shapes()
    text = AmendProject(
        project_id=small_city.project,
        language=Language.CHINESE,
        title="第三水厂",
        phase=Phase.IMPLEMENTATION,
        region="江南",
        reason="改名。",
    )
    change(amend_project, text, OFFICER, now=NOW + timedelta(days=2))
    statements.clear()

    after = shapes()

    assert after == before == {small_city.project: LINE}
    assert len(statements) == 1
