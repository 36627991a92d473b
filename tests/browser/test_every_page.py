"""Pages that everybody can use: axe-core's rules on a phone, nothing wider than the window."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from departments.models import Department, User
from indicators.assessment import Comparator, FigureStatus
from indicators.periods import day_in_province
from tests import builders
from tests.browser.conftest import DESK, PHONE, Open, SignIn
from tests.factories import GROWTH_VI, IndicatorFactory, TaskFactory, TaskGroupFactory
from tests.visiting import BOTH, address

POVERTY = "Tỷ lệ hộ nghèo giảm còn 17,66%."
WITHOUT_PRELOAD = {"resultTypes": ["violations"], "preload": False}
"""axe would fetch the style sheets anew, and look for what they import beside the page."""
LONG_VI = "Tỷ lệ thôn, bản, tổ dân phố có đường giao thông được cứng hóa đến trung tâm"
LONG_EN = "Share of villages, hamlets and residential groups with a paved road to their centre"


@pytest.fixture
def addresses(officer_a: User, coordinator: User, department_a: Department) -> dict[str, Any]:
    """The pages, by the name and the arguments of their address, with something on each."""
    at = timezone.now()
    roads = IndicatorFactory.create(name_vi=LONG_VI, name_en=LONG_EN)
    article = builders.draft_article(GROWTH_VI, POVERTY)
    version = builders.target_version(article, indicator=roads, at=at)
    poverty = IndicatorFactory.create(direction="lower")
    builders.target_version(
        article, POVERTY, value="17.66", comparator=Comparator.LTE, indicator=poverty, at=at
    )
    plan = version.target.plan
    group = TaskGroupFactory.create(plan=plan)
    assigned = builders.task_from(article, POVERTY, group=group, deadline=plan.period.end)
    builders.publish(article, at=at - timedelta(days=30))
    builders.figure(roads, "7.34", status=FigureStatus.ESTIMATE, at=at)
    builders.figure(poverty, "17.2", at=at)
    open_task = TaskFactory.create(
        title_vi=LONG_VI, title_en="", deadline=day_in_province(at) + timedelta(days=3)
    )
    for task in (assigned, open_task):
        builders.assignment(task, department=department_a, by=coordinator)
    return {
        "portal:home": [],
        "indicators:plan": [plan.slug],
        "indicators:target": [version.target_id],
        "news:article": [article.slug],
        "departments:department": [department_a.slug],
        "indicators:indicator": [roads.code],
        "assignments:tasks": [],
        "assignments:workspace": [],
    }


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def broken_rules(page: Page) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:200]}"
        for rule in Axe().run(page, options=WITHOUT_PRELOAD).response["violations"]
        for node in rule["nodes"]
    ]


@BOTH
def test_pages_fit_and_keep_the_rules(
    sign_in: SignIn, officer_a: User, addresses: dict[str, Any], language: str
) -> None:
    page = sign_in(officer_a, width=PHONE)
    wide: list[tuple[str, int]] = []
    broken: dict[str, list[str]] = {}

    for name, arguments in addresses.items():
        page.set_viewport_size({"width": PHONE, "height": 800})
        answer = page.goto(address(language, name, *arguments))
        assert answer is not None
        assert answer.status == 200, name
        broken[name] = broken_rules(page)
        for width in (PHONE, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            if too_wide(page):
                wide.append((name, width))

    assert wide == []
    assert {name: found for name, found in broken.items() if found} == {}


def test_broken_rule_and_wide_page_are_seen(open_window: Open) -> None:
    page = open_window(width=PHONE).page
    page.goto("/en/")

    before = too_wide(page), broken_rules(page)
    main = page.locator("main")
    main.evaluate("main => { main.style.width = '900px' }")
    main.evaluate("main => main.append(new Image())")
    after = too_wide(page), [rule.partition(":")[0] for rule in broken_rules(page)]

    assert before == (False, [])
    assert after == (True, ["image-alt"])
