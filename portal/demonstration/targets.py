"""What the articles promise, repeat and claim."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from indicators import setting
from indicators.assessment import Aggregation, Comparator, Form
from indicators.models import Claim, Mention, Target, TargetSet, TargetVersion
from indicators.periods import parse
from indicators.setting import Reading, Terms
from portal.demonstration import content, plans
from portal.demonstration.articles import ORIGINAL, TRANSLATION
from portal.demonstration.world import World


def load(world: World, group: str, *, at: datetime) -> int:
    """The versions and mentions that rest on the group's articles. How many versions."""
    rows = content.targets(year=world.year)
    versions = 0
    for row in rows:
        for version in row["version"]:
            if _rests_on(version, group):
                _set(world, row, version, at=at)
                versions += 1
    for row in rows:
        for mention in row.get("mention", []):
            if _rests_on(mention, group):
                _mention(world, row, mention)
    return versions


def load_claims(world: World, group: str) -> None:
    for row in content.table("claims.toml", year=world.year)["claim"]:
        if _rests_on(row, group):
            claim = Claim(
                target_set=_set_named(row["set"]),
                kind=row["kind"],
                stated_part=row["part"],
                stated_total=row["total"],
                stated_exceeded=row.get("exceeded"),
                as_of=row["as_of"],
                passage=world.passages[row["passage"], ORIGINAL],
                words=row["words_vi"],
                source=world.sources[row["source"]],
            )
            claim.full_clean()
            claim.save()


def load_adoptions(world: World) -> None:
    """Other plans that repeat a promise, as far as there are both."""
    for row in content.targets(year=world.year):
        target = world.targets.get(_key(row))
        if target is not None:
            plans_there = [world.plans.get(slug) for slug in row.get("adopted_by", [])]
            target.adopted_by.add(*[plan for plan in plans_there if plan is not None])


def _rests_on(row: dict[str, Any], group: str) -> bool:
    return str(row["passage"]).startswith(f"{group}#")


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["plan"], row["indicator"]


def _set_named(name: str) -> TargetSet:
    plan, code = name.split("/")
    return TargetSet.objects.get(plan__slug=plan, code=code)


def _set(world: World, row: dict[str, Any], said: dict[str, Any], *, at: datetime) -> None:
    passage = world.passages[said["passage"], ORIGINAL]
    reading = _reading(said)
    version = setting.set_target(
        indicator=world.indicators[row["indicator"]],
        plan=plans.plan(world, row["plan"]),
        period=parse(row["period"]),
        area=world.province,
        assigner=Target.Assigner(row["assigner"]),
        article=passage.article,
        passage=passage,
        words=said["words_vi"],
        reading=reading,
        terms=_terms(world, said),
        source=world.sources[said["source"]],
        by=world.people["editor"],
        at=at,
    )
    if _key(row) not in world.targets:
        version.target.sets.add(*[_set_named(name) for name in row.get("sets", [])])
        world.targets[_key(row)] = version.target
    world.versions.setdefault(_key(row), []).append(version)
    _translate(world, version, said, reading)


def _mention(world: World, row: dict[str, Any], said: dict[str, Any]) -> None:
    version = world.versions[_key(row)][said["version"] - 1]
    reading = _reading(said)
    setting.mention(
        version.target,
        passage=world.passages[said["passage"], ORIGINAL],
        words=said["words_vi"],
        role=Mention.Role(said["role"]),
        reading=reading,
        version=version,
        by=world.people["editor"],
    )
    _translate(world, version, said, reading)


def _translate(
    world: World, version: TargetVersion, said: dict[str, Any], reading: Reading
) -> None:
    """The same reading in the words of the translation."""
    setting.mention(
        version.target,
        passage=world.passages[said["passage"], TRANSLATION],
        words=said["words_en"],
        role=Mention.Role.TRANSLATES,
        reading=reading,
        version=version,
        by=world.people["editor"],
    )


def _reading(said: dict[str, Any]) -> Reading:
    upper = said.get("upper_value")
    return Reading(
        comparator=Comparator(said["comparator"]),
        value=Decimal(said["value"]),
        upper_value=None if upper is None else Decimal(upper),
        form=Form(said.get("form", Form.LEVEL)),
    )


def _terms(world: World, said: dict[str, Any]) -> Terms:
    baseline = said.get("baseline_period")
    return Terms(
        decimals_written=len(said["value"].partition(".")[2]),
        aggregation=Aggregation(said.get("aggregation", Aggregation.END)),
        baseline_period=parse(baseline) if baseline else None,
        baseline_value=Decimal(said["baseline_value"]) if baseline else None,
        deadline=world.day_or_none(said.get("deadline")),
        deadline_as_written=said.get("deadline_as_written_vi", ""),
        reason_vi=said.get("reason_vi", ""),
        reason_en=said.get("reason_en", ""),
    )
