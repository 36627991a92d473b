"""Units, documents, sources, categories and indicators."""

from datetime import date
from decimal import Decimal
from typing import Any

from indicators.models import Indicator, Responsibility, SeriesBreak, Source, UnitOfMeasure
from news.models import Category, Document
from portal.demonstration import content
from portal.demonstration.world import World

DEPARTMENTS_REORGANISED_ON = date(2025, 3, 1)


def load(world: World) -> str:
    for row in content.table("units.toml", year=world.year)["rows"]:
        world.units[row["code"]] = _unit(row)
    for row in content.table("documents.toml", year=world.year)["document"]:
        world.documents[row["code"]] = _document(row)
    for row in content.table("sources.toml", year=world.year)["source"]:
        world.sources[row["code"]] = _source(row)
    categories = content.table("categories.toml", year=world.year)["category"]
    for position, row in enumerate(categories, start=1):
        world.categories[row["slug"]] = _category(row, position)
    for code, row in content.table("indicators.toml", year=world.year).items():
        world.indicators[code] = _indicator(world, code, row)
    return f"{len(world.indicators)} indicators, {len(world.sources)} sources"


def _unit(row: dict[str, Any]) -> UnitOfMeasure:
    unit = UnitOfMeasure(
        code=row["code"],
        kind=row["kind"],
        symbol_vi=row["vi"],
        symbol_en=row["en"],
        scale=Decimal(row.get("scale", 1)),
    )
    unit.full_clean()
    unit.save()
    return unit


def _document(row: dict[str, Any]) -> Document:
    document = Document(
        kind=row["kind"],
        number_symbol=row["number_symbol"],
        title_vi=row["vi"],
        title_en=row["en"],
        issuer=row["issuer"],
        issued_on=row.get("issued_on"),
    )
    document.full_clean()
    document.save()
    return document


def _source(row: dict[str, Any]) -> Source:
    source = Source(
        code=row["code"],
        kind=row["kind"],
        name_vi=row["vi"],
        name_en=row["en"],
        note_vi=row.get("note_vi", ""),
        note_en=row.get("note_en", ""),
        link=row.get("link", ""),
    )
    source.full_clean()
    source.save()
    return source


def _category(row: dict[str, Any], position: int) -> Category:
    category = Category(slug=row["slug"], name_vi=row["vi"], name_en=row["en"], position=position)
    category.full_clean()
    category.save()
    return category


def _indicator(world: World, code: str, row: dict[str, Any]) -> Indicator:
    indicator = Indicator(
        code=code,
        name_vi=row["vi"],
        name_en=row["en"],
        aliases=row["aliases"],
        group=row["group"],
        unit=world.units[row["unit"]],
        direction=row["direction"],
        measure=row["measure"],
        decimals=row["decimals"],
        price_basis=row.get("price_basis", ""),
        publication_lag_days=row["lag"],
        is_public=row.get("public", True),
    )
    indicator.full_clean()
    indicator.save()
    for broken in row.get("breaks", []):
        entry = SeriesBreak(
            indicator=indicator,
            breaks_on=broken["on"],
            reason_vi=broken["vi"],
            reason_en=broken["en"],
        )
        entry.full_clean()
        entry.save()
    handed_over_on = DEPARTMENTS_REORGANISED_ON if "before" in row else None
    if "before" in row:
        _responsibility(world, indicator, row["before"], ends_on=handed_over_on)
    _responsibility(world, indicator, row["lead"], starts_on=handed_over_on)
    return indicator


def _responsibility(world: World, indicator: Indicator, department: str, **days: Any) -> None:
    responsibility = Responsibility(
        indicator=indicator, department=world.departments[department], **days
    )
    responsibility.full_clean()
    responsibility.save()
