"""
The projects of the example, as its files tell them: one record for each, expanded into steps.

Days are whole numbers counted from today. Money is in ten thousand yuan (万元), progress in per cent. ``said`` is what
became of a milestone, statement by statement: ``on`` which day it was said, of what ``kind`` it is, and the date then
``due``; of what is paused, also the day on which it is expected to ``resume``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

#: Fen in ten thousand yuan, and basis points in a per cent.
_FEN = 1_000_000
_BASIS_POINTS = 100
#: What a statement about a milestone tells besides its days.
_SAID = ("kind", "reason_code", "reason", "document_id", "point_id", "next_steps")
_DESCRIBED = ("title", "sector", "region", "purpose", "description")


def steps_of_project(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the steps by which the record of a project came about, not yet in the order of time."""
    officer, name = f"officer@{told['department']}", told["name"]
    text = {"language": told.get("language", "zh"), "phase": told["phase"]} | {key: told[key] for key in _DESCRIBED}

    def step(day: int, clock: str, operation: str, *, called: str = "", **values: Any) -> dict[str, Any]:
        given = values if operation == "publish_project" else {"project_id": f"@{name}", **values}
        return {"at": f"{day:+d}d {clock}", "as": officer, "do": operation, "name": called, "with": given}

    published = told["published"]
    place = {"department_id": told["department"], "geometry": told["geometry"]}
    yield step(published, "09:00", "publish_project", called=name, **text, **place)
    for link in told.get("carries_out", ()):
        yield step(link["on"], "10:00", "link_project", decision_id=f"@{link['decision']}")
    if package := told.get("part_of"):
        yield step(
            package["on"], "10:30", "package_project", parent_id=f"@{package['project']}", reason=package["reason"]
        )
    for change in told.get("phases", ()):
        text |= {"phase": change["phase"]}
        yield step(change["on"], "14:30", "amend_project", **text, reason=change["reason"])
    for move in told.get("moved_to", ()):
        yield step(move["on"], "11:00", "locate_project", geometry=move["geometry"], reason=move["reason"])
    yield from _money(told, step)
    for number, milestone in enumerate(told["milestones"], 1):
        yield from _milestone(milestone, f"{name}.{number}", told, step)
    for document in told.get("documents", ()):
        values = {key: value for key, value in document.items() if key not in ("on", "name")}
        yield step(document["on"], "16:00", "publish_document", called=document.get("name", ""), **values)


def _money(told: Mapping[str, Any], step: Any) -> Iterator[dict[str, Any]]:
    for budget in told.get("budgets", ()):
        amount = {"kind": budget["kind"], "amount": budget["cost"] * _FEN, "currency": "CNY"}
        reason = budget.get("reason", "")
        yield step(
            budget["on"], "09:20", "publish_budget", **amount, approved_on=_day(budget["on"] - 3), reason=reason
        )
    for report in told.get("reports", ()):
        yield step(
            report["on"],
            "15:00",
            "report_progress",
            period_start=_day(report["since"]),
            period_end=_day(report["on"] - 1),
            physical=report["built"] * _BASIS_POINTS,
            spent=report["spent"] * _FEN,
            currency="CNY",
            body=report["body"],
        )
    for day in told.get("unchanged", ()):
        yield step(day, "15:30", "confirm_unchanged")


def _milestone(
    milestone: Mapping[str, Any], called: str, told: Mapping[str, Any], step: Any
) -> Iterator[dict[str, Any]]:
    promised = {"title": milestone["title"], "type": milestone["type"], "due_date": _day(milestone["promised"])}
    more = {key: milestone[key] for key in ("precision", "completes", "code", "is_critical") if key in milestone}
    yield step(told["published"], "09:30", "plan_milestone", called=called, **promised, **more)
    for said in milestone.get("said", ()):
        given = {key: said[key] for key in _SAID if key in said}
        if "resume" in said:
            given["resume_on"] = _day(said["resume"])
        values = {"milestone_id": f"@{called}", "due_date": _day(said["due"]), **given}
        yield {
            "at": f"{said['on']:+d}d 14:00",
            "as": f"officer@{told['department']}",
            "do": "revise_milestone",
            "with": values,
        }


def _day(day: int) -> str:
    return f"{day:+d}d"
