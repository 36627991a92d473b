"""The editor's desk: what an article promises, reports and assigns is saved with its text."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from assignments.models import Task
from departments.models import User
from indicators.assessment import Comparator
from indicators.models import Claim, Mention, Observation, Target, TargetVersion
from news.models import Article, Passage
from portal.admin.sentences import Sentence
from tests import builders, factories
from tests.desk import desk, errors, messages, row, standing
from tests.factories import GROWTH_EN, GROWTH_VI, body_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:news_article_add")
POVERTY = "Tỷ lệ hộ nghèo giảm còn 17,66%."
PLANS = "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025."


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def key_of(words: str) -> str:
    return Sentence(words, occurrence=0, start=0).key


def target_row(number: int = 0, **fields: Any) -> dict[str, Any]:
    plan = factories.PlanFactory.create()
    return row(
        "targets", number,
        **{
            "words": GROWTH_VI, "indicator": fields.pop("indicator", None)
            or factories.IndicatorFactory.create(),
            "plan": plan, "period": "2025", "area": factories.AreaFactory.create(),
            "assigner": "peoples_committee", "comparator": "gt", "value": "10,5",
            "form": "level", "source": factories.SourceFactory.create(), "aggregation": "end",
        } | fields,
    )  # fmt: skip


def test_target_is_saved_with_the_new_article_that_sets_it(editor: User) -> None:
    client = desk(editor)
    category = factories.CategoryFactory.create()
    fields = standing(client.get(ADD)) | {
        "title": "Kế hoạch năm 2025", "language": "vi", "body": body_of(GROWTH_VI, POVERTY),
        "category": category.pk, "event_on": "10/01/2025",
    }  # fmt: skip

    response = client.post(ADD, fields | target_row(), follow=True)

    assert errors_of(response) == {}
    [version] = TargetVersion.objects.all()
    assert version.passage.quote == GROWTH_VI
    assert (version.value, version.comparator) == (Decimal("10.5"), Comparator.GT)
    assert version.decimals_written == 1
    assert version.in_force_from == date(2025, 1, 10)
    assert version.known is None
    assert version.article.created_by == editor
    assert version.article.slug == "ke-hoach-nam-2025"


def errors_of(response: Any) -> dict[str, list[str]]:
    return errors(response) if response.context and "adminform" in response.context else {}


def test_row_without_a_sentence_asks_for_one_and_keeps_what_was_typed(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, POVERTY)
    client = desk(editor)
    typed = standing(client.get(change(article))) | target_row(words="", deadline="31/12/2025")

    response = client.post(change(article), typed)

    assert errors(response) == {
        "targets-0-sentence": ["Pick the sentence of the text that says so."]
    }
    [rows] = [each for each in response.context["inline_admin_formsets"]
              if each.formset.prefix == "targets"]  # fmt: skip
    form = rows.formset.forms[0]
    assert form["value"].value() == "10,5"
    assert form["deadline"].value() == "31/12/2025"
    assert POVERTY in [label for _key, label in form.fields["sentence"].choices]
    assert not TargetVersion.objects.exists()


def test_picked_sentence_gives_the_words(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, POVERTY)
    client = desk(editor)
    picked = target_row(words="", sentence=key_of(POVERTY), value="17,66")

    client.post(change(article), standing(client.get(change(article))) | picked)

    assert TargetVersion.objects.get().words == POVERTY


def test_sentence_typed_in_the_same_save_can_be_picked(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)
    typed = standing(client.get(change(article))) | {"body": body_of(GROWTH_VI, POVERTY)}
    picked = target_row(words="", sentence=key_of(POVERTY), value="17,66")

    client.post(change(article), typed | picked)

    assert TargetVersion.objects.get().passage.quote == POVERTY


@pytest.mark.parametrize(
    ("language", "sentence", "written", "sign"),
    [("vi", GROWTH_VI, "10,5", "10.5"), ("en", GROWTH_EN, "10.5", "10,5")],
)
def test_numbers_are_read_as_the_article_writes_them(
    editor: User, language: str, sentence: str, written: str, sign: str
) -> None:
    article = builders.draft_article(language=language)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    refused = client.post(change(article), fields | target_row(words=sentence, value=sign))
    client.post(change(article), fields | target_row(words=sentence, value=written))

    assert errors(refused) == {
        "targets-0-value": [
            f"“{sign}” is written in the other convention. Here it must be {written}."
        ]
    }
    assert TargetVersion.objects.get().value == Decimal("10.5")


def test_stored_number_keeps_its_value_when_the_language_changes(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    version = builders.target_version(article, value="15292")
    client = desk(editor)
    fields = standing(client.get(change(article)))
    assert fields["targets-0-value"] == "15.292"

    response = client.post(change(article), fields | {"language": "en", "targets-0-reason_vi": "x"})

    assert errors_of(response) == {}
    version.refresh_from_db()
    assert version.value == Decimal(15292)


def test_draft_target_is_edited_in_place(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    version = builders.target_version(article)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    client.post(change(article), fields | {"targets-0-value": "11,25"})

    version.refresh_from_db()
    assert (version.value, version.decimals_written) == (Decimal("11.25"), 2)
    assert Target.objects.get() == version.target


def test_draft_target_moves_to_another_period(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    client.post(change(article), fields | {"targets-0-period": "2025-H1"})

    assert Target.objects.get().period.code == "2025-H1"


def test_task_and_set_follow_a_draft_target_to_another_period(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    target = builders.target_version(article).target
    task = factories.TaskFactory.create()
    task.targets.add(target)
    target_set = factories.TargetSetFactory.create()
    target_set.targets.add(target)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    client.post(change(article), fields | {"targets-0-period": "2025-H1"})

    moved = Target.objects.get()
    assert moved.period.code == "2025-H1"
    assert (list(task.targets.all()), list(target_set.targets.all())) == ([moved], [moved])


def test_task_that_is_changed_with_its_moving_target_keeps_it(editor: User) -> None:
    article = builders.draft_article(f"{GROWTH_VI} {PLANS}")
    target = builders.target_version(article).target
    task = factories.TaskFactory.create(
        passage=builders.passage_of(article, PLANS), words=PLANS, document=None
    )
    task.targets.add(target)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    client.post(
        change(article), fields | {"targets-0-period": "2025-H1", "tasks-0-title_en": "Plans"}
    )

    task.refresh_from_db()
    assert task.title_en == "Plans"
    assert [each.period.code for each in task.targets.all()] == ["2025-H1"]


def test_draft_target_is_removed_with_its_sentence(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    client.post(change(article), fields | {"targets-0-DELETE": "on"})

    assert not Target.objects.exists()
    assert not Passage.objects.exists()


def test_words_that_are_not_of_the_sentence_come_back_at_their_field(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, POVERTY)
    client = desk(editor)
    fields = standing(client.get(change(article))) | {"title": "Tựa mới"}
    wrong = target_row(words="trên 11,5%", sentence=key_of(GROWTH_VI))

    response = client.post(change(article), fields | wrong)

    assert errors(response) == {
        "targets-0-words": [f"Copy the words exactly from the sentence: “{GROWTH_VI}”."]
    }
    article.refresh_from_db()
    assert article.title != "Tựa mới"
    assert response.context["adminform"].form["title"].value() == "Tựa mới"


def test_one_target_twice_is_refused_at_the_second_row(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)
    indicator = factories.IndicatorFactory.create()
    fields = standing(client.get(change(article)))
    rows = target_row(0, indicator=indicator) | target_row(1, indicator=indicator)

    response = client.post(change(article), fields | rows)

    assert list(errors(response)) == ["targets-1-__all__"]


def test_target_of_another_plan_is_refused_at_the_plan(editor: User) -> None:
    other = factories.PlanFactory.create(slug="movement", kind="movement")
    version = builders.published_target(plan=other)
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    response = client.post(change(article), fields | target_row(indicator=version.target.indicator))

    assert list(errors(response)) == ["targets-0-plan"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"value": ""}, "value"),
        ({"upper_value": "11"}, "upper_value"),
        ({"period": "2025-13"}, "period"),
        ({"indicator": ""}, "indicator"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(
    editor: User, fields: dict[str, str], name: str
) -> None:
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)
    typed = standing(client.get(change(article))) | target_row()
    typed |= {f"targets-0-{field}": value for field, value in fields.items()}

    response = client.post(change(article), typed)

    assert list(errors(response)) == [f"targets-0-{name}"]


def test_figure_waits_with_its_article_and_can_be_mended(editor: User) -> None:
    article = builders.draft_article(POVERTY)
    client = desk(editor)
    figure = row(
        "figures", 0, words="17,66%", indicator=factories.IndicatorFactory.create(),
        period="2025", area=factories.AreaFactory.create(), value="17,66", form="level",
        as_of="31/12/2025", status="estimate", source=factories.SourceFactory.create(),
    )  # fmt: skip

    client.post(change(article), standing(client.get(change(article))) | figure)
    fields = standing(client.get(change(article)))
    client.post(change(article), fields | {"figures-0-value": "17,78"})

    [observation] = Observation.objects.all()
    assert (observation.value, observation.known) == (Decimal("17.78"), None)
    assert (observation.passage.quote, observation.words) == (POVERTY, "17,66%")


def test_task_is_numbered_and_named_after_its_words(editor: User) -> None:
    article = builders.draft_article(PLANS)
    client = desk(editor)
    target = builders.target_version(builders.draft_article(GROWTH_VI)).target
    task = row(
        "tasks", 0, words=PLANS, plan=factories.PlanFactory.create(), mode="each",
        source=factories.SourceFactory.create(), deadline="31/03/2025", targets=[target],
    )  # fmt: skip

    client.post(change(article), standing(client.get(change(article))) | task)

    saved = Task.objects.get()
    assert (saved.code, saved.title_vi, saved.deadline) == ("2025-001", PLANS, date(2025, 3, 31))
    assert list(saved.targets.all()) == [target]


def test_task_of_an_english_article_asks_for_its_vietnamese_title(editor: User) -> None:
    sentence = factories.SENTENCES["en"][2]
    article = builders.draft_article(language="en")
    client = desk(editor)
    task = row(
        "tasks", 0, words=sentence, plan=factories.PlanFactory.create(), mode="joint",
        source=factories.SourceFactory.create(),
    )  # fmt: skip

    response = client.post(change(article), standing(client.get(change(article))) | task)

    assert errors(response) == {"tasks-0-title_vi": ["Say in Vietnamese what is to be done."]}


def test_second_saver_of_a_task_sees_both_titles(editor: User) -> None:
    article = builders.draft_article(PLANS)
    task = builders.task_from(article, PLANS)
    client = desk(editor)
    fields = standing(client.get(change(article)))
    Task.objects.filter(pk=task.pk).update(version=2, title_vi="Của người khác")

    refused = client.post(change(article), fields | {"tasks-0-title_vi": "Của tôi"})
    task.refresh_from_db()
    kept = task.title_vi
    client.post(change(article), standing(refused) | {"tasks-0-title_vi": "Của cả hai"})

    assert list(errors(refused)) == ["tasks-0-title_vi", "tasks-0-__all__"]
    assert "Của người khác" in errors(refused)["tasks-0-title_vi"][0]
    assert kept == "Của người khác"
    task.refresh_from_db()
    assert task.title_vi == "Của cả hai"


def test_confidential_task_is_not_shown_to_an_editor(editor: User, coordinator: User) -> None:
    article = builders.draft_article(PLANS)
    builders.task_from(article, PLANS, title_vi="Nhiệm vụ mật", visibility="confidential")
    client = desk(editor)

    page = client.get(change(article)).content.decode()

    assert "Nhiệm vụ mật" not in page


def test_claim_and_mention_rest_on_their_sentences(editor: User) -> None:
    sentence = "Có 16/26 chỉ tiêu đạt và vượt, trong đó 8 chỉ tiêu vượt."
    article = builders.draft_article(sentence, GROWTH_VI)
    version = builders.published_target()
    client = desk(editor)
    claim = row(
        "claims", 0, words="16/26 chỉ tiêu đạt và vượt", kind="met_or_exceeded",
        target_set=factories.TargetSetFactory.create(), stated_part=16, stated_total=26,
        stated_exceeded=8, as_of="31/12/2024", source=factories.SourceFactory.create(),
    )  # fmt: skip
    mention = row(
        "mentions", 0, words="trên 10,5%", target=version.target, role="repeats",
        comparator="eq", value="10,5", form="level",
    )  # fmt: skip

    client.post(change(article), standing(client.get(change(article))) | claim | mention)

    assert Claim.objects.get().passage.quote == sentence
    assert Mention.objects.get().passage.quote == GROWTH_VI


def test_translated_sentence_leads_back_to_the_one_that_set_the_target(editor: User) -> None:
    version = builders.published_target()
    group = version.article.translation_group
    article = builders.draft_article(language="en", translation_group=group)
    client = desk(editor)
    mention = row(
        "mentions", 0, words=GROWTH_EN, target=version.target, role="translates",
        comparator="gt", value="10.5", form="level",
    )  # fmt: skip

    client.post(change(article), standing(client.get(change(article))) | mention)

    saved = Mention.objects.get()
    assert saved.target_version == version
    assert saved.passage.translation_of == version.passage


def test_mention_that_translates_nothing_is_refused(editor: User) -> None:
    version = builders.published_target()
    article = builders.draft_article(language="en")
    client = desk(editor)
    mention = row(
        "mentions", 0, words=GROWTH_EN, target=version.target, role="translates",
        comparator="gt", value="10.5", form="level",
    )  # fmt: skip

    response = client.post(change(article), standing(client.get(change(article))) | mention)

    assert list(errors(response)) == ["mentions-0-role"]


def test_draft_figure_is_taken_out_again(editor: User) -> None:
    article = builders.draft_article(POVERTY)
    builders.figure_from(article, POVERTY, factories.IndicatorFactory.create(), "17.66")
    client = desk(editor)
    fields = standing(client.get(change(article)))

    client.post(change(article), fields | {"figures-0-DELETE": "on"})

    assert not Observation.objects.exists()


def test_claim_of_more_than_the_whole_is_refused_in_words(editor: User) -> None:
    sentence = "Có 27/26 chỉ tiêu đạt và vượt."
    article = builders.draft_article(sentence)
    client = desk(editor)
    claim = row(
        "claims", 0, words=sentence, kind="met_or_exceeded", stated_part=27, stated_total=26,
        target_set=factories.TargetSetFactory.create(), as_of="31/12/2024",
        source=factories.SourceFactory.create(),
    )  # fmt: skip

    response = client.post(change(article), standing(client.get(change(article))) | claim)

    assert errors(response) == {
        "claims-0-__all__": ["Those exceeded are among those met or exceeded, and these among all."]
    }


def test_rewritten_sentence_is_kept_and_named(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article)
    client = desk(editor)
    fields = standing(client.get(change(article)))

    response = client.post(change(article), fields | {"body": body_of(POVERTY)}, follow=True)

    assert GROWTH_VI in messages(response)[0]
    page = client.get(change(article))
    [rows] = [each for each in page.context["inline_admin_formsets"]
              if each.formset.prefix == "targets"]  # fmt: skip
    labels = [str(label) for _key, label in rows.formset.forms[0].fields["sentence"].choices]
    assert labels[1] == f"No longer in the text: {GROWTH_VI}"


def test_statistician_reads_an_article_and_changes_nothing(statistician: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article)
    client = desk(statistician)

    page = client.get(change(article))

    assert page.status_code == 200
    assert client.post(change(article), {"title": "x"}).status_code == 403


def test_officer_has_no_desk(officer_a: User) -> None:
    article = builders.draft_article(GROWTH_VI)

    response = desk(officer_a).get(change(article))

    assert response.status_code == 403
