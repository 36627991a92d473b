"""Sentences beside a target: what differs stands open, what only says the same is folded."""

from decimal import Decimal

import pytest
from django.test import Client

from departments.access import Role
from indicators import setting
from indicators.assessment import Comparator, Form
from indicators.models import Mention, TargetVersion
from indicators.setting import Reading, Terms
from tests.builders import (
    passage_of,
    person,
    published_article,
    published_target,
)
from tests.factories import SourceFactory, TargetSetFactory
from tests.visiting import address

pytestmark = pytest.mark.django_db

AGAIN = "Tỉnh vẫn giữ mục tiêu tăng trưởng trên 10,5%."


def said_again(version: TargetVersion, *, comparator: Comparator) -> None:
    article = published_article(AGAIN)
    setting.mention(
        version.target, passage=passage_of(article, AGAIN), words=AGAIN,
        role=Mention.Role.REPEATS, reading=Reading(comparator, version.value),
        by=person(Role.EDITOR),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "echoes"),
    [(Comparator.GT, [False, True]), (Comparator.EQ, [False, False])],
)
def test_only_a_sentence_that_says_the_same_is_an_echo(
    client: Client, comparator: Comparator, echoes: list[bool]
) -> None:
    version = published_target()
    said_again(version, comparator=comparator)

    response = client.get(address("vi", "indicators:target", version.target_id))

    assert [reading.echoes for reading in response.context["page"].readings] == echoes
    assert AGAIN in response.content.decode()


def test_claim_leads_to_its_place_on_the_page_of_the_plan(client: Client) -> None:
    version = published_target()
    article = published_article(AGAIN)
    targets = TargetSetFactory.create(plan=version.target.plan)
    targets.claims.create(
        stated_part=1, stated_total=2, as_of=version.in_force_from,
        passage=passage_of(article, AGAIN), words=AGAIN, source=SourceFactory.create(),
    )  # fmt: skip

    card = client.get(article.get_absolute_url()).context["page"].targets[0]

    place = card.url.partition("#")[2]
    assert place
    assert f'id="{place}"' in client.get(targets.plan.get_absolute_url()).content.decode()


def test_level_and_change_that_disagree_are_told_apart(client: Client) -> None:
    version = published_target(
        value="17.66",
        comparator=Comparator.EQ,
        terms=Terms(decimals_written=2, baseline_value=Decimal("21.62")),
    )
    article = published_article(AGAIN)
    setting.mention(
        version.target, passage=passage_of(article, AGAIN), words=AGAIN,
        role=Mention.Role.REPEATS,
        reading=Reading(Comparator.EQ, Decimal(-4), form=Form.CHANGE_POINTS),
        by=person(Role.EDITOR),
    )  # fmt: skip

    page = client.get(address("en", "indicators:target", version.target_id)).context["page"]

    assert "From 21.62% the change would lead to 17.62%, not to 17.66%" in page.readings_note
