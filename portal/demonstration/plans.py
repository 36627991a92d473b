"""Plans with their sets of targets and groups of tasks."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from assignments.models import TaskGroup
from indicators import setting, standings
from indicators.assessment import Verdict
from indicators.models import Perspective, Plan, Target, TargetSet
from indicators.periods import parse
from news.models import Article
from portal.demonstration import content
from portal.demonstration.world import World

JUDGED = {Verdict.EXCEEDED, Verdict.MET, Verdict.NEARLY_MET, Verdict.MISSED}


def plan(world: World, slug: str) -> Plan:
    """The plan, made when something first belongs to it; its article may follow."""
    if slug not in world.plans:
        world.plans[slug] = _plan(world, _row(world, slug))
    return world.plans[slug]


def announce(world: World, group: str, article: Article) -> None:
    """The plans that this article announces, with their guiding perspectives."""
    for row in _table(world)["plan"]:
        if row.get("article") == group:
            announced = plan(world, row["slug"])
            announced.article = article
            announced.full_clean()
            announced.save()
            _load_perspectives(world, announced, row.get("perspectives", {"rows": []}))


def freeze_margins(world: World, *, at: datetime) -> None:
    """The margins of each plan of which a verdict is public now."""
    for each in world.plans.values():
        if each.margins_frozen_at is None:
            found = standings.standings(Target.objects.filter(plan=each), at=at)
            if any(standing.verdict in JUDGED for standing in found):
                setting.freeze_margins(each, at=at)


def _table(world: World) -> dict[str, Any]:
    return content.table("plans.toml", year=world.year)


def _row(world: World, slug: str) -> dict[str, Any]:
    rows: content.Rows = _table(world)["plan"]
    return next(row for row in rows if row["slug"] == slug)


def _plan(world: World, row: dict[str, Any]) -> Plan:
    made = Plan(
        slug=row["slug"],
        kind=row["kind"],
        name_vi=row["vi"],
        name_en=row["en"],
        period=parse(row["period"]),
        source=world.sources[row["source"]],
        **{name: Decimal(value) for name, value in row.get("margins", {}).items()},
    )
    made.full_clean()
    made.save()
    _load_sets(world, made)
    _load_groups(world, made)
    return made


def _load_sets(world: World, owner: Plan) -> None:
    for row in _table(world)["set"]:
        if row["plan"] == owner.slug:
            made = TargetSet(
                plan=owner,
                code=row["code"],
                name_vi=row["vi"],
                name_en=row["en"],
                stated_size=row["size"],
            )
            made.full_clean()
            made.save()


def _load_groups(world: World, owner: Plan) -> None:
    for groups in content.table("task-groups.toml", year=world.year)["groups"]:
        for row in groups["rows"] if groups["plan"] == owner.slug else []:
            made = TaskGroup(
                plan=owner,
                position=row["position"],
                name_vi=row["vi"],
                name_en=row["en"],
                source=world.sources[groups["source"]],
            )
            made.full_clean()
            made.save()
            world.groups[owner.slug, made.position] = made


def _load_perspectives(world: World, owner: Plan, table: dict[str, Any]) -> None:
    for position, row in enumerate(table["rows"], start=1):
        made = Perspective(
            plan=owner,
            position=position,
            text_vi=row["vi"],
            text_en=row["en"],
            source=world.sources[table["source"]],
        )
        made.full_clean()
        made.save()
