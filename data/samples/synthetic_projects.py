"""Projects of a synthetic record: written many at a time, with the entries that the operations would make of each."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col

from data.samples.synthetic_picks import Picks
from data.samples.synthetic_plan import MILESTONES_EACH, Plan
from data.samples.synthetic_project_words import MILESTONES, MOVED_BECAUSE, SECTORS, project_title
from data.samples.synthetic_promises import Statement, baselines_of, project_picks, published_at
from data.samples.synthetic_words import DEPARTMENTS, in_language
from data.search import Kind, number_of
from data.unit_of_work import Entry, Findable, UnitOfWork
from models.base import Record
from models.clock import local_date
from models.decision import Language
from models.geometry import point_of, sound_geometry
from models.ledger import Audience, Counter, EntryType
from models.milestone import Milestone, MilestoneRevision, MilestoneType, Precision, ReasonCode, RevisionKind
from models.money import BudgetKind, BudgetVersion
from models.project import LocationRevision, Phase, Project, ProjectRevision, project_subject

#: Rows to be written, by their tables.
_Rows = dict[type[Any], list[dict[str, Any]]]

#: The first number given to a project.
_FIRST = 1001
_TYPES = (
    MilestoneType.PREPROCUREMENT, MilestoneType.APPROVAL, MilestoneType.DELIVERY, MilestoneType.DELIVERY,
    MilestoneType.DELIVERY, MilestoneType.DELIVERY,
)  # fmt: skip
_PHASES = (Phase.PREPARATION, Phase.IMPLEMENTATION, Phase.IMPLEMENTATION, Phase.COMPLETION)
#: Where the city lies, in degrees, and how far it reaches.
_LONGITUDE, _LATITUDE, _REACH = 119.2, 29.9, 0.6


def project_id(project: int) -> str:
    """Return the identifier of a project."""
    return f"P-{_FIRST + project}"


def publish_projects(plan: Plan, projects: Iterable[int], uow: UnitOfWork) -> None:
    """Publish projects with their places, budgets and promises."""
    rows: _Rows = {
        kind: [] for kind in (Project, ProjectRevision, LocationRevision, BudgetVersion, Milestone, MilestoneRevision)
    }
    last = None
    for project in projects:
        _publish(plan, project, rows, uow)
        last = project
    if last is None:
        return
    for kind, some in rows.items():
        uow.session.execute(insert(Record.metadata.tables[str(kind.__tablename__)]), some)
    given = _FIRST + last
    if uow.session.get(Counter, "project") is None:
        uow.keep(Counter(series="project", last=given))
    else:
        uow.session.execute(update(Counter).where(col(Counter.series) == "project").values(last=given))


def _publish(plan: Plan, project: int, rows: _Rows, uow: UnitOfWork) -> None:
    picks, at = project_picks(plan, project), plan.at(published_at(plan, project))
    language = picks.language()
    rows[Project].append({"id": project_id(project), "recorded_at": at})
    # In this order: what is picked follows from what was picked before.
    _say(project, picks, language, at, rows, uow)
    _locate(project, picks, at, rows, uow)
    _estimate(project, picks, at, rows, uow)
    _promise(project, baselines_of(plan, project), language, at, rows, uow)


def _say(project: int, picks: Picks, language: Language, at: datetime, rows: _Rows, uow: UnitOfWork) -> None:
    identifier = project_id(project)
    title, region = project_title(picks, language, project + 1)
    said = {
        "number": 1,
        "department_id": _department(project),
        "language": language,
        "title": title,
        "description": _description(title, language),
        "purpose": title,
        "phase": _PHASES[picks.below(len(_PHASES))],
        "sector": SECTORS[picks.below(len(SECTORS))],
        "region": region,
        "reason": "",
    }
    rows[ProjectRevision].append({"project_id": identifier, "recorded_at": at} | said)
    uow.findable.append(Findable(Kind.PROJECT, number_of(identifier), f"{title}\n{said['description']}"))
    pub = {"department": said["department_id"], "title": title, "phase": str(said["phase"])}
    pub |= {"sector": str(said["sector"]), "region": region, "reason": ""}
    public = tuple((Audience.PUBLIC, name, said[name]) for name in ("description", "purpose"))
    about = f"project/{identifier}/1"
    uow.entries.append(_entry(EntryType.PROJECT_PUBLISHED, project, about, at, pub, public))


def _locate(project: int, picks: Picks, at: datetime, rows: _Rows, uow: UnitOfWork) -> None:
    geometry = sound_geometry(_geometry(picks))
    longitude, latitude = point_of(geometry)
    place = {"number": 1, "geometry": geometry, "longitude": longitude, "latitude": latitude, "reason": ""}
    rows[LocationRevision].append({"project_id": project_id(project), "recorded_at": at} | place)
    pub: dict[str, Any] = {"longitude_e6": round(longitude * 1_000_000), "latitude_e6": round(latitude * 1_000_000)}
    pub |= {"form": geometry["type"], "reason": ""}
    uow.entries.append(_entry(EntryType.PROJECT_PUBLISHED, project, "location/1", at, pub))


def _estimate(project: int, picks: Picks, at: datetime, rows: _Rows, uow: UnitOfWork) -> None:
    approved_on = local_date(at) - timedelta(days=3)
    money = {"kind": BudgetKind.ESTIMATE, "amount": (1 + picks.below(50_000)) * 1_000_000, "currency": "CNY"}
    money |= {"number": 1, "approved_on": approved_on, "reason": ""}
    rows[BudgetVersion].append({"project_id": project_id(project), "recorded_at": at} | money)
    pub = {key: money[key] for key in ("amount", "currency", "reason")}
    pub |= {"kind": str(money["kind"]), "approved_on": str(approved_on)}
    uow.entries.append(_entry(EntryType.BUDGET_PUBLISHED, project, "budget/1", at, pub))


def _promise(
    project: int, baselines: Iterable[date], language: Language, at: datetime, rows: _Rows, uow: UnitOfWork
) -> None:
    for place, due in enumerate(baselines):
        milestone = milestone_id(project, place)
        name, type_ = in_language(MILESTONES[place], language), _TYPES[place]
        promised = {"id": milestone, "project_id": project_id(project), "title": name, "type": type_}
        promised["completes"] = place == MILESTONES_EACH - 1
        rows[Milestone].append(promised)
        rows[MilestoneRevision].append(
            _revision(milestone, 1, RevisionKind.BASELINE, due, at, reason_code=None, reason="")
        )
        uow.findable.append(Findable(Kind.MILESTONE, milestone, name))
        pub = {"title": name, "type": str(type_), "due_date": str(due)}
        uow.entries.append(_entry(EntryType.MILESTONE_PLANNED, project, f"milestone/{milestone}/1", at, pub))


def revise_milestones(plan: Plan, statements: Iterable[tuple[int, Statement]], uow: UnitOfWork) -> None:
    """Say what becomes of milestones."""
    rows = []
    for project, said in statements:
        language = project_picks(plan, project).language()
        milestone, at = milestone_id(project, said.milestone), plan.at(said.at)
        code, reason = _reason(said, language)
        rows.append(_revision(milestone, said.number, said.kind, said.due, at, reason_code=code, reason=reason))
        pub = {
            "title": in_language(MILESTONES[said.milestone], language),
            "kind": str(said.kind),
            "due_date": str(said.due),
            "before": str(said.before),
            "reason_code": str(code) if code else None,
            "reason": reason,
        }
        is_reached = said.kind is RevisionKind.ACHIEVED
        uow.entries.append(
            _entry(
                EntryType.MILESTONE_REACHED if is_reached else EntryType.MILESTONE_CHANGED,
                project,
                f"milestone/{milestone}/{said.number}",
                at,
                pub,
            )
        )
    if rows:
        uow.session.execute(insert(Record.metadata.tables["milestone_revision"]), rows)


def milestone_id(project: int, place: int) -> int:
    """Return the number of a milestone: they are planned project by project."""
    return project * MILESTONES_EACH + place + 1


def _reason(said: Statement, language: Language) -> tuple[ReasonCode | None, str]:
    if said.kind is RevisionKind.ACHIEVED:
        return None, ""
    if said.kind is RevisionKind.CORRECTION:
        return ReasonCode.DATA_CORRECTION, in_language(("更正录入错误。", "A typing error was corrected."), language)
    code, *words = MOVED_BECAUSE[said.because]
    return ReasonCode(code), in_language(words, language)


def _revision(milestone: int, number: int, kind: RevisionKind, due: Any, at: datetime, **why: Any) -> dict[str, Any]:
    said = {"milestone_id": milestone, "number": number, "kind": kind, "due_date": due, "recorded_at": at}
    return said | {"precision": Precision.DAY} | why


def _entry(
    type_: EntryType,
    project: int,
    about: str,
    at: datetime,
    pub: dict[str, Any],
    disclosed: tuple[tuple[Audience, str, Any], ...] = (),
) -> Entry:
    subject, actor = project_subject(project_id(project)), {"role": "officer", "org": _department(project)}
    return Entry(type=type_, subject=subject, about=about, time=at, actor=actor, pub=pub, disclosed=disclosed)


def _department(project: int) -> str:
    return DEPARTMENTS[project % len(DEPARTMENTS)][0]


def _description(title: str, language: Language) -> str:
    if language is Language.CHINESE:
        return f"{title}列入本市重大项目计划，建设内容包括主体工程、配套设施和周边道路，建成后由属地单位负责运行。"
    return (
        f"{title} is on the city's list of major projects. It covers the main works, ancillary works and access roads."
    )


def _geometry(picks: Picks) -> dict[str, Any]:
    def near(centre: float) -> float:
        return centre + _REACH * (picks.below(1_000_000) / 500_000 - 1)

    x, y, form = near(_LONGITUDE), near(_LATITUDE), picks.below(10)
    if form < 7:  # noqa: PLR2004 - seven of ten are points, two lines, one an area.
        return {"type": "Point", "coordinates": [x, y]}
    if form < 9:  # noqa: PLR2004 - as above.
        return {"type": "LineString", "coordinates": [[x + step * 0.004, y + (step % 3) * 0.003] for step in range(8)]}
    ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.008], [x, y + 0.008], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}
