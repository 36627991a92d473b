"""Tasks, and who gets them."""

from datetime import date, datetime
from typing import Any

from assignments import assigning
from assignments.models import Task
from assignments.statuses import Role
from departments.models import Department
from indicators.periods import day_in_province
from portal.demonstration import content, plans
from portal.demonstration.articles import ORIGINAL
from portal.demonstration.world import World, at_clock

Step = dict[str, Any]
SHARED = {"receive", "report_done", "confirm"}
COOPERATED = "Đã phối hợp theo đề nghị của cơ quan chủ trì."


def of_article(world: World, group: str) -> content.Rows:
    return [row for row in content.tasks(year=world.year) if row["passage"].startswith(f"{group}#")]


def create(world: World, row: dict[str, Any], *, at: datetime) -> None:
    passage = world.passages[row["passage"], ORIGINAL]
    document = row.get("document")
    task = Task(
        code=row["code"],
        plan=plans.plan(world, row["plan"]),
        group=world.groups[row["plan"], row["group"]],
        title_vi=row["title_vi"],
        title_en=row["title_en"],
        mode=row.get("mode", Task.Mode.JOINT),
        visibility=(
            Task.Visibility.PUBLIC if row.get("public", True) else Task.Visibility.CONFIDENTIAL
        ),
        passage=passage,
        words=row.get("words_vi", passage.quote),
        document=world.documents[document] if document else None,
        source=world.sources[row["source"]],
        addressee_as_written=row.get("addressee_vi", ""),
        assigned_on=passage.article.decided_on or day_in_province(at),
        is_continuous=row.get("continuous", False),
        deadline=world.day_or_none(row.get("deadline")),
        deadline_as_written=row.get("deadline_as_written_vi", ""),
    )
    world.tasks[task.code] = assigning.create(task, by=world.people["coordinator"])


def load_targets_served(world: World) -> None:
    """Targets set after the task was decided are served by it too."""
    for row in content.tasks(year=world.year):
        task = world.tasks.get(row["code"])
        if task is not None:
            keys = [(row["plan"], indicator) for indicator in row.get("targets", [])]
            task.targets.add(*[world.targets[key] for key in keys if key in world.targets])


def parts(world: World, row: dict[str, Any]) -> list[tuple[str, Role, list[Step]]]:
    """Codes of the departments that take part, each with its role and its own steps."""
    if row.get("mode") == Task.Mode.EACH:
        return [(code, Role.LEAD, steps) for code, steps in row["steps"].items()]
    codes = content.circle(row["cooperating"], year=world.year)
    leading = (row["lead"], Role.LEAD, row["steps"])
    cooperating = [
        (code, Role.COOPERATING, following(world, world.departments[code], row["steps"]))
        for code in codes
        if code != row["lead"] and joins(world, world.departments[code], row["steps"])
    ]
    return [leading, *cooperating]


def joins(world: World, department: Department, steps: list[Step]) -> bool:
    """Whether there is something left to do when the department opens."""
    opened_on = department.opened_on or date.min
    return all(
        step["step"] != "report_done" or world.day(step["on"]) >= opened_on for step in steps
    )


def following(world: World, department: Department, steps: list[Step]) -> list[Step]:
    """The steps of one who cooperates: it receives, reports done and is confirmed as the lead is.

    It reports done once; what the office sends back is the lead's report.
    """
    followed: dict[str, Step] = {}
    for step in steps:
        is_shared = step["step"] in SHARED and step["step"] not in followed
        if is_shared and department.exists_on(world.day(step["on"])):
            followed[step["step"]] = {**step, "text": COOPERATED}
    return list(followed.values())


def begins_at(department: Department, *, released_at: datetime) -> datetime:
    """The assignment begins with the article, or with the department if that opens later."""
    if department.opened_on is None:
        return released_at
    return max(released_at, at_clock(department.opened_on))


def assign(world: World, row: dict[str, Any], department: Department, role: Role) -> None:
    task = world.tasks[row["code"]]
    terms = {}
    if role is Role.LEAD:
        terms = {
            "responsible_post": row.get("responsible_post", ""),
            "deliverable_vi": row["deliverable_vi"],
            "deliverable_en": row["deliverable_en"],
            "authority": row.get("authority", ""),
        }
    assignment = assigning.assign(
        task, department=department, role=role, by=world.people["coordinator"], **terms
    )
    world.assignments[task.code, department.code] = assignment
