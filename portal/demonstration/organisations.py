"""Areas, and departments with what they were formed from."""

from typing import Any

from departments.models import Area, Department, DepartmentName, Succession
from portal.demonstration import content
from portal.demonstration.world import World

KINDS = {
    Area.Kind.COMMUNE: ("Xã {}", "{} Commune"),
    Area.Kind.WARD: ("Phường {}", "{} Ward"),
    Area.Kind.TOWNSHIP: ("Thị trấn {}", "{} Township"),
}


def load(world: World) -> str:
    _load_areas(world)
    _load_departments(world)
    return f"{len(world.departments)} departments, {len(world.areas)} areas"


def _load_areas(world: World) -> None:
    areas = content.table("areas.toml", year=world.year)
    day = areas["reorganised_on"]
    row = areas["province"]
    province = Area(code=row["code"], kind=Area.Kind.PROVINCE, name_vi=row["vi"], name_en=row["en"])
    province.full_clean()
    province.save()
    world.areas[province.code] = province
    for row in areas["old"]["rows"]:
        world.areas[row["code"]] = _area(row, parent=province, ends_on=day)
    for row in areas["new"]["rows"]:
        area = _area(row, parent=province, starts_on=day)
        area.predecessors.set([world.areas[code] for code in row["from"]])
        world.areas[area.code] = area


def _area(row: dict[str, Any], **fields: Any) -> Area:
    vietnamese, english = KINDS[Area.Kind(row["kind"])]
    area = Area(
        code=row["code"],
        kind=row["kind"],
        name_vi=vietnamese.format(row["name"]),
        name_en=english.format(row["name"]),
        **fields,
    )
    area.full_clean()
    area.save()
    return area


def _load_departments(world: World) -> None:
    departments = content.table("departments.toml", year=world.year)
    for row in departments["department"]:
        department = Department(
            code=row["code"],
            slug=row["slug"],
            kind=row["kind"],
            name_vi=row["vi"],
            name_en=row["en"],
            opened_on=row.get("opened_on"),
            closed_on=row.get("closed_on"),
        )
        department.full_clean()
        department.save()
        world.departments[department.code] = department
        for name in row.get("names", []):
            _name(department, name)
    succession = departments["succession"]
    for row in succession["rows"]:
        step = Succession(
            predecessor=world.departments[row["from"]],
            successor=world.departments[row["to"]],
            field_vi=row["vi"],
            field_en=row["en"],
            effective_on=succession["effective_on"],
        )
        step.full_clean()
        step.save()


def _name(department: Department, row: dict[str, Any]) -> None:
    name = DepartmentName(
        department=department,
        name_vi=row["vi"],
        name_en=row["en"],
        starts_on=row.get("starts_on"),
        ends_on=row.get("ends_on"),
    )
    name.full_clean()
    name.save()
