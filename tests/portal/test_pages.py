"""The composed pages: each works in both languages, and refuses what it must refuse."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from assignments.models import Task
from assignments.statuses import Status
from departments.models import Department
from indicators.assessment import Comparator, FigureStatus
from indicators.models import TargetVersion
from tests.builders import (
    assignment_in,
    draft_article,
    figure,
    figure_from,
    publish,
    published_article,
    published_target,
    target_version,
    task_from,
    withdraw,
)
from tests.factories import (
    GROWTH_EN,
    GROWTH_VI,
    DocumentFactory,
    IndicatorFactory,
    PlanFactory,
    TargetSetFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db

LOWERED_VI = "Chỉ tiêu tăng trưởng được điều chỉnh còn 8,5%."
BOTH = pytest.mark.parametrize("language", ["vi", "en"])


def address(language: str, name: str, *args: object) -> str:
    with override(language):
        return reverse(name, args=args)


@pytest.fixture
def growth() -> TargetVersion:
    """Over 10.5, then 8.5; the year brought 7.34."""
    first = published_target(at=timezone.now() - timedelta(days=300))
    lowered = draft_article(LOWERED_VI)
    target_version(
        lowered,
        LOWERED_VI,
        value="8.5",
        comparator=Comparator.EQ,
        indicator=first.target.indicator,
        plan=first.target.plan,
        in_force_from=date(2025, 11, 5),
    )
    publish(lowered, at=timezone.now() - timedelta(days=200))
    figure(first.target.indicator, "7.34", status=FigureStatus.ESTIMATE, at=timezone.now())
    return first


@BOTH
def test_front_page_without_anything(client: Client, language: str) -> None:
    response = client.get(f"/{language}/")

    assert response.status_code == 200


def test_bare_address_leads_to_a_language(client: Client) -> None:
    response = client.get("/")

    assert response.headers["Location"] in {"/vi/", "/en/"}


@BOTH
def test_front_page_counts_the_current_plan(
    client: Client, growth: TargetVersion, language: str
) -> None:
    page = client.get(f"/{language}/").context["page"]

    assert (page.kept, page.total, sum(page.counts.values())) == (0, 1, 1)
    assert page.follow.first_promised == growth.value


@BOTH
def test_target_page_shows_both_promises_and_both_verdicts(
    client: Client, growth: TargetVersion, language: str
) -> None:
    response = client.get(address(language, "indicators:target", growth.target_id))

    page = response.context["page"]
    assert [version.verdict for version in page.versions] == ["missed", "missed"]
    assert [each.difference for each in page.sums] == [Decimal("-3.16"), Decimal("-1.16")]
    assert [version.in_force for version in page.versions] == [False, True]


@BOTH
def test_target_page_links_to_its_sentence(
    client: Client, growth: TargetVersion, language: str
) -> None:
    page = client.get(address(language, "indicators:target", growth.target_id)).content.decode()

    link = f"{growth.article.get_absolute_url()}#version-{growth.pk}"
    assert link in page
    assert link.startswith("/vi/news/")
    article = client.get(link.partition("#")[0]).content.decode()
    assert f'id="version-{growth.pk}"' in article


def test_target_page_of_a_draft_is_absent(client: Client) -> None:
    version = target_version(draft_article(GROWTH_VI))

    response = client.get(address("vi", "indicators:target", version.target_id))

    assert response.status_code == 404


def test_target_page_of_a_confidential_indicator_is_absent(client: Client) -> None:
    version = published_target(indicator=IndicatorFactory.create(is_public=False))

    response = client.get(address("vi", "indicators:target", version.target_id))

    assert response.status_code == 404


def test_target_page_quotes_the_translation(client: Client, growth: TargetVersion) -> None:
    english = published_article(
        GROWTH_EN, language="en", translation_group=growth.article.translation_group
    )
    passage = english.passages.create(quote=GROWTH_EN, translation_of=growth.passage)

    page = client.get(address("en", "indicators:target", growth.target_id)).context["page"]

    assert page.readings[0].article_url == f"{english.get_absolute_url()}#passage-{passage.pk}"
    assert page.readings[0].sentence == GROWTH_EN


@BOTH
def test_article_page_lists_what_rests_on_it(client: Client, language: str) -> None:
    reports = "Năm 2025 tỉnh đạt 7,34% tăng trưởng."
    assigns = "Sở Tài chính xây dựng kịch bản tăng trưởng."
    article = draft_article(GROWTH_VI, reports, assigns)
    version = target_version(article, GROWTH_VI)
    figure_from(article, reports, version.target.indicator, "7.34", at=timezone.now())
    task = task_from(article, assigns)
    publish(article, at=timezone.now())

    response = client.get(address(language, "news:article", article.slug))

    page = response.context["page"]
    assert [card.url for card in page.targets] == [version.target.get_absolute_url()]
    assert [card.name for card in page.figures] == [version.target.indicator.name]
    assert [card.url for card in page.tasks] == [task.get_absolute_url()]
    assert (page.notice == "") is (language == "vi")


def test_article_page_hides_a_confidential_task(client: Client) -> None:
    article = draft_article(GROWTH_VI)
    task_from(article, GROWTH_VI, visibility=Task.Visibility.CONFIDENTIAL)
    publish(article, at=timezone.now())

    page = client.get(article.get_absolute_url()).context["page"]

    assert list(page.tasks) == []


def test_article_in_the_other_language_goes_to_its_translation(client: Client) -> None:
    article = published_article()
    english = published_article(language="en", translation_group=article.translation_group)

    response = client.get(address("en", "news:article", article.slug))

    assert response.headers["Location"] == english.get_absolute_url()


def test_draft_article_is_absent(client: Client) -> None:
    article = draft_article()

    assert client.get(address("vi", "news:article", article.slug)).status_code == 404


def test_withdrawn_article_says_why_and_nothing_else(client: Client) -> None:
    version = published_target()
    withdraw(version.article, reason="Số liệu sai.")

    response = client.get(version.article.get_absolute_url())

    page = response.content.decode()
    assert response.status_code == 410
    assert "Số liệu sai." in page
    assert GROWTH_VI not in page
    assert client.get(address("vi", "indicators:target", version.target_id)).status_code == 404


def test_corrected_article_keeps_its_earlier_wording(client: Client) -> None:
    article = published_article(GROWTH_VI)
    article.title = "Tiêu đề đã sửa"
    article.save()
    publish(article, at=timezone.now(), note="Sửa tiêu đề.")

    earlier = client.get(address("vi", "news:revision", article.slug, 1))
    present = client.get(article.get_absolute_url())

    assert earlier.context["page"].current is False
    assert present.context["page"].title == "Tiêu đề đã sửa"
    assert client.get(address("vi", "news:revision", article.slug, 3)).status_code == 404


@BOTH
def test_plan_page_partitions_its_targets(
    client: Client, growth: TargetVersion, language: str
) -> None:
    plan = growth.target.plan
    published_target("Chỉ tiêu mật.", indicator=IndicatorFactory.create(is_public=False), plan=plan)

    page = client.get(address(language, "indicators:plan", plan.slug)).context["page"]

    assert sum(page.counts.values()) == sum(len(group.rows) for group in page.groups) == 1
    assert page.confidential == 1


@pytest.mark.parametrize(("verdict", "rows"), [("missed", 1), ("met", 0), ("nonsense", 1)])
def test_plan_page_narrowed_to_a_verdict(
    client: Client, growth: TargetVersion, verdict: str, rows: int
) -> None:
    url = address("vi", "indicators:plan", growth.target.plan.slug)

    page = client.get(url, {"verdict": verdict}).context["page"]

    assert sum(len(group.rows) for group in page.groups) == rows


def test_plan_announced_by_a_draft_is_absent(client: Client) -> None:
    plan = PlanFactory.create(article=draft_article())

    assert client.get(address("vi", "indicators:plan", plan.slug)).status_code == 404


@BOTH
def test_plan_page_counts_a_claim_again(
    client: Client, growth: TargetVersion, language: str
) -> None:
    sentence = "Có 21 trên 26 chỉ tiêu đạt và vượt kế hoạch."
    article = published_article(sentence)
    targets = TargetSetFactory.create(plan=growth.target.plan)
    targets.targets.add(growth.target)
    targets.claims.create(
        stated_part=21,
        stated_total=26,
        as_of=date(2026, 1, 31),
        passage=article.passages.create(quote=sentence),
        words="21 trên 26 chỉ tiêu đạt và vượt",
        source=growth.source,
    )

    page = client.get(address(language, "indicators:plan", growth.target.plan.slug))

    [claim] = page.context["page"].claims
    assert (claim.recounted[0], claim.verdicts) == ("0", ["missed"])


@BOTH
@pytest.mark.parametrize("state", ["", "overdue", "nonsense"])
def test_department_page_partitions_its_tasks(
    client: Client, department_a: Department, language: str, state: str
) -> None:
    assignment_in(
        Status.IN_PROGRESS, task=task_from(published_article(GROWTH_VI), GROWTH_VI),
        department=department_a, deadline=date(2025, 12, 1),
    )  # fmt: skip
    url = address(language, "departments:department", department_a.slug)

    page = client.get(url, {"state": state}).context["page"]

    assert sum(page.counts.values()) == len(page.tasks) == 1


@pytest.mark.parametrize(
    "url",
    ["/vi/targets/1/", "/vi/plans/x/", "/vi/departments/x/", "/vi/news/x/"],
)
def test_absent_page(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["/", "/vi/", "/vi/targets/1/", "/vi/plans/x/", "/vi/departments/x/", "/vi/news/x/"],
)
def test_wrong_method(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as context:
        assert client.get(url).status_code == 200
    return len(context)


def test_pages_ask_the_database_as_often_for_three_as_for_one(
    client: Client, growth: TargetVersion, department_a: Department
) -> None:
    plan = growth.target.plan
    sentences = [f"Chỉ tiêu thứ {number} đạt trên {number},5%." for number in range(3)]
    article = draft_article(*sentences)
    urls = [
        "/vi/",
        address("vi", "indicators:plan", plan.slug),
        address("vi", "departments:department", department_a.slug),
        address("vi", "news:article", article.slug),
    ]

    def add(sentence: str) -> None:
        version = target_version(article, sentence, plan=plan)
        version.target.indicator.responsibilities.create(department=department_a)
        figure(version.target.indicator, "1", at=timezone.now())
        task = task_from(article, sentence, plan=plan)
        assignment_in(
            Status.COMPLETED, task=task, department=department_a, deadline=date(2025, 12, 1)
        )

    add(sentences[0])
    publish(article, at=timezone.now())
    once = [queries(client, url) for url in urls]
    for sentence in sentences[1:]:
        add(sentence)
    publish(article, at=timezone.now())
    thrice = [queries(client, url) for url in urls]

    assert thrice[:3] == once[:3]
    assert thrice[3] - once[3] in {0, 1}


def test_pages_hold_nothing_inline(client: Client, growth: TargetVersion) -> None:
    page = client.get(address("vi", "indicators:target", growth.target_id)).content.decode()

    assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", page) == []


def test_document_page_lists_the_public_tasks_it_assigns(client: Client) -> None:
    document = DocumentFactory.create()
    public = TaskFactory.create(document=document)
    TaskFactory.create(document=document, visibility=Task.Visibility.CONFIDENTIAL)

    page = client.get(document.get_absolute_url()).context["page"]

    assert [task.url for task in page.tasks] == [public.get_absolute_url()]


def test_document_behind_a_confidential_task_is_absent(client: Client) -> None:
    document = DocumentFactory.create()
    TaskFactory.create(document=document, visibility=Task.Visibility.CONFIDENTIAL)

    assert client.get(document.get_absolute_url()).status_code == 404
