"""What is not public shows on no page: not by a name, a count, a link, a card or an anchor."""

from datetime import timedelta

import pytest
from django.test import Client

from assignments.models import Assignment, Task
from assignments.statuses import Role as Part
from departments.access import Role
from departments.models import Department
from indicators import setting
from indicators.assessment import Comparator
from indicators.models import Mention, Plan
from indicators.setting import Reading
from news.models import Article
from tests.builders import (
    assignment,
    draft_article,
    figure,
    figure_from,
    passage_of,
    person,
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
    NOW,
    IndicatorFactory,
    PerspectiveFactory,
    PlanFactory,
    SourceFactory,
    TargetSetFactory,
    TaskFactory,
)
from tests.visiting import address, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

REPORTED = "GRDP năm 2025 tăng 7,34%."
EARLIER = NOW - timedelta(days=30)


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def plan_url(plan: Plan) -> str:
    return address("vi", "indicators:plan", plan.slug)


def translation_of(article: Article, *sentences: str) -> Article:
    return draft_article(*sentences, language="en", translation_group=article.translation_group)


def test_perspective_of_a_draft_waits_with_it(client: Client) -> None:
    plan = PlanFactory.create()
    draft = draft_article(GROWTH_VI)
    PerspectiveFactory.create(plan=plan, passage=passage_of(draft, GROWTH_VI), text_vi="Bí mật.")
    PerspectiveFactory.create(plan=plan, text_vi="Công khai.")

    before = client.get(plan_url(plan)).context["page"]
    publish(draft)
    after = client.get(plan_url(plan)).context["page"]

    assert (before.perspectives, before.perspectives_url) == (["Công khai."], "")
    assert set(after.perspectives) == {"Bí mật.", "Công khai."}
    assert after.perspectives_url.startswith(f"/vi/news/{draft.slug}/#passage-")


def test_perspective_goes_with_its_withdrawn_article(client: Client) -> None:
    plan = PlanFactory.create()
    article = published_article(GROWTH_VI, at=EARLIER)
    PerspectiveFactory.create(plan=plan, passage=passage_of(article, GROWTH_VI))
    withdraw(article)

    assert client.get(plan_url(plan)).context["page"].perspectives == []


def test_figure_of_a_withdrawn_article_is_gone_from_target_and_indicator(client: Client) -> None:
    target = published_target(at=EARLIER).target
    article = draft_article(REPORTED)
    figure_from(article, REPORTED, target.indicator, "7.34", at=EARLIER)
    publish(article, at=EARLIER)
    withdraw(article)

    pages = [
        text_of(client, address("vi", "indicators:target", target.pk)),
        text_of(client, address("vi", "indicators:indicator", target.indicator.code)),
    ]

    assert ["7,34" in page for page in pages] == [False, False]
    assert [article.slug in page for page in pages] == [False, False]


def test_figure_restored_by_a_withdrawal_stands_once(client: Client) -> None:
    target = published_target(at=EARLIER).target
    figure(target.indicator, "7", at=EARLIER)
    article = draft_article(REPORTED)
    figure_from(article, REPORTED, target.indicator, "7.34", at=EARLIER)
    publish(article, at=EARLIER + timedelta(days=1))
    withdraw(article)

    of_target = client.get(address("vi", "indicators:target", target.pk)).context["page"]
    url = address("vi", "indicators:indicator", target.indicator.code)
    of_indicator = client.get(url).context["page"]

    assert [(int(row.value), row.superseded) for row in of_target.figures] == [(7, False)]
    assert [(int(row.value), row.superseded) for row in of_indicator.figures] == [(7, False)]


def test_plan_that_is_not_public_is_not_named_beside_its_targets(client: Client) -> None:
    plan = PlanFactory.create(name_vi="Kế hoạch kín", article=draft_article())
    target = published_target(plan=plan, at=EARLIER).target

    pages = [
        text_of(client, address("vi", "indicators:target", target.pk)),
        text_of(client, address("vi", "indicators:indicator", target.indicator.code)),
    ]

    assert ["Kế hoạch kín" in page or plan.slug in page for page in pages] == [False, False]


def test_claim_on_a_plan_that_is_not_public_has_no_card(client: Client) -> None:
    plan = PlanFactory.create(article=draft_article())
    article = published_article(GROWTH_VI, at=EARLIER)
    targets = TargetSetFactory.create(plan=plan, name_vi="Bộ chỉ tiêu kín")
    targets.claims.create(
        stated_part=1, stated_total=2, as_of=NOW.date(), passage=passage_of(article, GROWTH_VI),
        words=GROWTH_VI, source=SourceFactory.create(),
    )  # fmt: skip

    assert "Bộ chỉ tiêu kín" not in text_of(client, article.get_absolute_url())


def test_mention_of_a_target_that_nobody_knows_has_no_card(client: Client) -> None:
    version = target_version(draft_article(GROWTH_VI))
    article = published_article(REPORTED, at=EARLIER)
    setting.mention(
        version.target, passage=passage_of(article, REPORTED), words=REPORTED,
        role=Mention.Role.REPEATS, reading=Reading(Comparator.EQ, version.value),
        by=person(Role.EDITOR),
    )  # fmt: skip

    page = client.get(article.get_absolute_url()).context["page"]

    assert page.targets == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_sentence_of_a_confidential_task_is_not_marked(client: Client, language: str) -> None:
    article = draft_article(GROWTH_VI, REPORTED)
    task_from(article, REPORTED, visibility=Task.Visibility.CONFIDENTIAL)
    target_version(article, indicator=IndicatorFactory.create(is_public=False))
    publish(article, at=EARLIER)
    twin = translation_of(article, GROWTH_EN)
    passage = passage_of(twin, GROWTH_EN)
    passage.translation_of = passage_of(article, GROWTH_VI)
    passage.save()
    publish(twin, at=EARLIER)

    text = text_of(client, address(language, "news:article", article.slug))
    if language == "en":
        text = text_of(client, twin.get_absolute_url())

    assert "<mark" not in text
    assert 'id="passage-' not in text


def test_sentence_of_a_perspective_is_marked_in_article_and_translation(client: Client) -> None:
    article = published_article(GROWTH_VI, at=EARLIER)
    twin = published_article(
        GROWTH_EN, language="en", translation_group=article.translation_group, at=EARLIER
    )
    original, translated = passage_of(article, GROWTH_VI), passage_of(twin, GROWTH_EN)
    translated.translation_of = original
    translated.save()
    PerspectiveFactory.create(passage=original)

    assert f'id="passage-{original.pk}"' in text_of(client, article.get_absolute_url())
    assert f'id="passage-{translated.pk}"' in text_of(client, twin.get_absolute_url())


def test_replaced_figure_leads_to_an_anchor_of_its_article(client: Client) -> None:
    indicator = IndicatorFactory.create()
    article = draft_article(REPORTED)
    reported = figure_from(article, REPORTED, indicator, "7.34", at=EARLIER)
    publish(article, at=EARLIER)
    figure(indicator, "7.4", source=reported.source, at=NOW)

    page = client.get(address("vi", "indicators:indicator", indicator.code)).context["page"]

    [replaced] = [row for row in page.figures if row.superseded]
    path, _hash, anchor = replaced.sentence_url.partition("#")
    assert f'id="{anchor}"' in text_of(client, path)


def test_department_counts_the_confidential_tasks_that_it_leads(
    client: Client, department_a: Department, department_b: Department
) -> None:
    task = TaskFactory.create(visibility=Task.Visibility.CONFIDENTIAL)
    assignment(task, department=department_a, role=Part.LEAD)
    assignment(task, department=department_b, role=Part.COOPERATING)

    counted = [
        client.get(address("vi", "departments:department", slug)).context["page"].tasks_confidential
        for slug in (department_a.slug, department_b.slug)
    ]

    assert Assignment.objects.count() == 2
    assert counted == [1, 0]


def test_plan_page_asks_as_often_for_three_perspectives_as_for_one(client: Client) -> None:
    plan = PlanFactory.create()
    sentences = [f"Quan điểm thứ {number} là làm thật." for number in range(3)]
    article = published_article(*sentences, at=EARLIER)

    PerspectiveFactory.create(plan=plan, passage=passage_of(article, sentences[0]))
    once = queries_of(client, plan_url(plan))
    for sentence in sentences[1:]:
        PerspectiveFactory.create(plan=plan, passage=passage_of(article, sentence))

    assert queries_of(client, plan_url(plan)) == once


HOSTILE = '<script>alert("1")</script>'


def test_what_people_type_is_never_markup(client: Client, department_a: Department) -> None:
    Department.objects.filter(pk=department_a.pk).update(name_vi=HOSTILE)
    indicator = IndicatorFactory.create(name_vi=HOSTILE, definition_vi=HOSTILE)
    indicator.responsibilities.create(department=department_a)
    plan = PlanFactory.create(name_vi=HOSTILE)
    article = draft_article(
        GROWTH_VI, title=f"Tin {HOSTILE}", lead=HOSTILE, byline=HOSTILE, slug="tin"
    )
    version = target_version(article, indicator=indicator, plan=plan)
    task_from(article, GROWTH_VI, title_vi=HOSTILE, plan=plan)
    publish(article, at=EARLIER, note=HOSTILE)
    urls = [
        "/vi/",
        article.get_absolute_url(),
        address("vi", "news:revision", article.slug, 1),
        plan_url(plan),
        address("vi", "indicators:target", version.target_id),
        address("vi", "indicators:indicator", indicator.code),
        address("vi", "departments:department", department_a.slug),
    ]

    pages = [text_of(client, url) for url in urls]

    assert ["<script>" in page for page in pages] == [False] * len(urls)
    assert ["&lt;script&gt;" in page for page in pages] == [True] * len(urls)
