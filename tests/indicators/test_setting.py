"""Targets are set by sentences, corrected in a chain, and removed while nobody has seen them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from departments.access import Role
from departments.models import User
from indicators import setting
from indicators.assessment import Aggregation, Comparator, Form
from indicators.models import Mention, Target, TargetVersion
from indicators.periods import parse
from indicators.setting import NotCurrent, PublishedAlready, Reading, Terms
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW, TODAY

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SECOND = "Mục tiêu được nhắc lại: GRDP tăng trên 10,5%."


def test_target_of_a_draft_waits_for_its_article() -> None:
    version = builders.target_version(builders.draft_article(GROWTH_VI))

    version.refresh_from_db()
    assert version.known is None
    assert not Target.objects.known_on(NOW).exists()


def test_target_of_a_public_article_is_known_at_once() -> None:
    article = builders.published_article(GROWTH_VI)

    version = builders.target_version(article, at=NOW + HOUR)

    assert (version.known.lower, version.known.upper) == (NOW + HOUR, None)


def test_target_of_an_article_that_is_published_ahead_is_known_from_then() -> None:
    article = builders.published_article(GROWTH_VI, at=NOW + HOUR)

    version = builders.target_version(article, at=NOW)

    assert version.known.lower == NOW + HOUR


def test_target_keeps_all_that_was_read() -> None:
    document = factories.DocumentFactory.create()
    terms = Terms(
        decimals_written=1,
        tolerance=Decimal("0.2"),
        aggregation=Aggregation.MEAN,
        baseline_period=parse("2024"),
        baseline_value=Decimal("21.62"),
        deadline=date(2025, 12, 30),
        deadline_as_written="trước ngày 31/12/2025",
        reason_vi="Nghị quyết mới.",
    )
    article = builders.draft_article(GROWTH_VI)

    made = setting.set_target(
        indicator=factories.IndicatorFactory.create(),
        plan=factories.PlanFactory.create(),
        period=parse("2025"),
        area=factories.AreaFactory.create(),
        assigner=Target.Assigner.PEOPLES_COUNCIL,
        article=article,
        passage=builders.passage_of(article, GROWTH_VI),
        words="trên 10,5%",
        reading=Reading(Comparator.RANGE, Decimal(-4), Decimal(-3), Form.CHANGE_POINTS),
        terms=terms,
        document=document,
        source=factories.SourceFactory.create(),
        by=builders.person(Role.EDITOR),
        at=NOW,
    )

    version = TargetVersion.objects.get(pk=made.pk)
    assert Terms(**{name: getattr(version, name) for name in vars(terms)}) == terms
    assert (version.comparator, version.value, version.upper_value, version.form) == (
        "range",
        Decimal(-4),
        Decimal(-3),
        "change_points",
    )
    assert (version.words, version.document) == ("trên 10,5%", document)
    assert version.target.assigner == Target.Assigner.PEOPLES_COUNCIL


@pytest.mark.parametrize(
    ("article", "in_force_from"),
    [
        ({"event_on": date(2025, 1, 10), "published_on": date(2025, 1, 11)}, date(2025, 1, 10)),
        ({"event_on": None, "published_on": date(2025, 1, 11)}, date(2025, 1, 11)),
        ({"event_on": None, "published_on": None}, TODAY),
    ],
)
def test_target_is_in_force_from_the_day_of_the_decision(
    article: dict[str, date | None], in_force_from: date
) -> None:
    version = builders.target_version(builders.draft_article(GROWTH_VI, **article))

    assert version.in_force_from == in_force_from


def test_second_article_adds_a_version_to_the_same_target() -> None:
    first = builders.published_target()

    second = builders.published_target(
        SECOND, indicator=first.target.indicator, in_force_from=date(2025, 7, 8)
    )

    assert second.target == first.target
    assert list(first.target.versions.all()) == [first, second]


@pytest.mark.parametrize(
    ("terms", "field", "words"),
    [
        ({"words": "trên 0,5%"}, "words", "Copy the words exactly"),
        ({"words": "0,5%"}, "words", "Copy the words exactly"),
        ({"value": None}, "__all__", "Give the number"),
        (
            {"reading": Reading(Comparator.EQ, Decimal(1), Decimal(2))},
            "__all__",
            "Only a range has an upper value",
        ),
        (
            {"reading": Reading(Comparator.RANGE, Decimal(2), Decimal(1))},
            "__all__",
            "not below the lower one",
        ),
        ({"terms": Terms(tolerance=Decimal(-1))}, "__all__", "cannot be negative"),
        ({"value": "1.1234567"}, "value", "no more than 6 decimal places"),
        ({"terms": Terms(decimals_written=7)}, "decimals_written", "less than or equal to 6"),
    ],
)
def test_target_that_cannot_be_is_refused_in_words(
    terms: dict[str, Any], field: str, words: str
) -> None:
    article = builders.draft_article(GROWTH_VI)

    with pytest.raises(ValidationError) as caught:
        builders.target_version(article, **terms)

    assert words in caught.value.message_dict[field][0]
    assert not TargetVersion.objects.exists()
    assert not Target.objects.exists()


def test_sentence_of_another_article_is_refused() -> None:
    other = builders.passage_of(builders.draft_article(GROWTH_VI), GROWTH_VI)
    version = builders.target_version(builders.draft_article(GROWTH_VI))

    with pytest.raises(ValidationError, match="must stand in the same article"):
        setting.edit_draft(version, by=version.recorded_by, passage=other)


def test_withdrawn_article_sets_no_targets() -> None:
    article = builders.withdraw(builders.published_article(GROWTH_VI))

    with pytest.raises(ValidationError, match="sets no targets any more"):
        builders.target_version(article)


def test_draft_sets_a_target_once() -> None:
    article = builders.draft_article(GROWTH_VI, SECOND)
    first = builders.target_version(article)

    with pytest.raises(ValidationError, match="Record a further sentence as a mention"):
        builders.target_version(article, SECOND, indicator=first.target.indicator)


def test_second_public_version_in_force_from_one_day_is_refused_in_words() -> None:
    article = builders.published_article(GROWTH_VI, SECOND)
    first = builders.target_version(article)

    with pytest.raises(ValidationError, match="Correct that one instead"):
        builders.target_version(article, SECOND, indicator=first.target.indicator)


def test_correction_follows_in_the_chain_and_the_wrong_one_stays(statistician: User) -> None:
    wrong = builders.published_target(value="105")

    right = setting.correct(
        wrong, by=statistician, at=NOW + HOUR, value=Decimal("10.5"), reason_vi="Thiếu dấu phẩy."
    )

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (wrong.value, wrong.known.lower, wrong.known.upper) == (Decimal(105), NOW, NOW + HOUR)
    assert (right.value, right.known.lower, right.known.upper) == (
        Decimal("10.5"),
        NOW + HOUR,
        None,
    )
    assert (right.passage, right.words, right.article) == (
        wrong.passage,
        wrong.words,
        wrong.article,
    )
    assert (right.recorded_by, right.reason_vi) == (statistician, "Thiếu dấu phẩy.")
    assert right.in_force_from == wrong.in_force_from


def test_correction_may_move_to_another_sentence_and_document(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, SECOND)
    wrong = builders.target_version(article)
    builders.publish(article)
    document = factories.DocumentFactory.create()

    right = setting.correct(
        wrong,
        by=editor,
        at=NOW + HOUR,
        passage=builders.passage_of(article, SECOND),
        words="trên 10,5%",
        document_id=document.pk,
    )

    assert (right.passage.quote, right.words, right.document) == (SECOND, "trên 10,5%", document)


def test_correction_of_a_target_that_is_known_only_later_is_known_then(editor: User) -> None:
    version = builders.published_target(at=NOW + HOUR)

    right = setting.correct(version, by=editor, at=NOW, value=Decimal(8))

    assert [row.value for row in TargetVersion.objects.known_on(NOW)] == []
    assert list(TargetVersion.objects.known_on(NOW + HOUR)) == [right]


def test_second_of_two_correctors_is_told(editor: User) -> None:
    wrong = builders.published_target()
    stale = TargetVersion.objects.get(pk=wrong.pk)
    setting.correct(wrong, by=editor, at=NOW + HOUR, value=Decimal(10))

    with pytest.raises(NotCurrent, match="replaced meanwhile"):
        setting.correct(stale, by=editor, at=NOW + HOUR, value=Decimal(9))

    assert TargetVersion.objects.count() == 2


def test_draft_is_edited_not_corrected(editor: User) -> None:
    version = builders.target_version(builders.draft_article(GROWTH_VI))

    with pytest.raises(NotCurrent, match="not public yet"):
        setting.correct(version, by=editor, at=NOW, value=Decimal(10))

    edited = setting.edit_draft(version, by=editor, value=Decimal(10), comparator=Comparator.EQ)
    edited.refresh_from_db()
    assert (edited.value, edited.comparator, edited.known) == (Decimal(10), "eq", None)


@pytest.mark.parametrize("name", ["known", "target", "recorded_by", "id", "nonsense"])
def test_what_is_not_of_the_reading_is_not_changed_by_name(name: str, editor: User) -> None:
    draft = builders.target_version(builders.draft_article(GROWTH_VI))
    public = builders.published_target()

    with pytest.raises(TypeError, match=name):
        setting.edit_draft(draft, by=editor, **{name: None})
    with pytest.raises(TypeError, match=name):
        setting.correct(public, by=editor, at=NOW + HOUR, **{name: None})


def test_wrong_correction_leaves_the_chain_as_it_was(editor: User) -> None:
    version = builders.published_target()

    with pytest.raises(ValidationError, match="Copy the words exactly"):
        setting.correct(version, by=editor, at=NOW + HOUR, words="trên 0,5%")
    with pytest.raises(ValidationError, match="Give the number"):
        setting.correct(version, by=editor, at=NOW + HOUR, value=None)

    [row] = TargetVersion.objects.all()
    assert row.known.upper is None


def test_public_target_is_neither_edited_nor_removed(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    stale = builders.target_version(article)
    builders.publish(article)

    with pytest.raises(PublishedAlready):
        setting.edit_draft(stale, by=editor, value=Decimal(8))
    with pytest.raises(PublishedAlready):
        setting.remove_draft(stale, by=editor)

    stale.refresh_from_db()
    assert stale.value == Decimal("10.5")


def test_removed_draft_takes_its_target_along(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    version = builders.target_version(article)
    factories.TargetSetFactory.create().targets.add(version.target)
    say_again(version, article, editor)

    setting.remove_draft(version, by=editor)

    assert not Target.objects.exists()
    assert not Mention.objects.exists()


def test_removed_draft_leaves_a_target_that_another_article_sets(editor: User) -> None:
    public = builders.published_target()
    draft = builders.target_version(
        builders.draft_article(SECOND), SECOND, indicator=public.target.indicator
    )

    setting.remove_draft(draft, by=editor)

    assert list(public.target.versions.all()) == [public]


def test_removed_draft_leaves_what_another_article_says_of_it(editor: User) -> None:
    version = builders.target_version(builders.draft_article(GROWTH_VI))
    mention = say_again(version, builders.published_article(GROWTH_VI), editor)

    setting.remove_draft(version, by=editor)

    mention.refresh_from_db()
    assert mention.target_version is None


def test_mention_keeps_the_reading_as_written(editor: User) -> None:
    version = builders.published_target()
    article = builders.published_article("GRDP tăng 10,5%.")

    mention = setting.mention(
        version.target,
        passage=builders.passage_of(article, "GRDP tăng 10,5%."),
        words="10,5%",
        role=Mention.Role.REPEATS,
        reading=Reading(Comparator.EQ, Decimal("10.5")),
        by=editor,
        version=version,
    )

    mention.refresh_from_db()
    assert (mention.comparator, mention.value, mention.role) == ("eq", Decimal("10.5"), "repeats")
    assert mention.target_version == version


def test_mention_with_words_of_another_sentence_is_refused(editor: User) -> None:
    version = builders.published_target()

    with pytest.raises(ValidationError, match="Copy the words exactly"):
        setting.mention(
            version.target,
            passage=version.passage,
            words="8,5%",
            role=Mention.Role.REPEATS,
            reading=Reading(Comparator.EQ, Decimal("8.5")),
            by=editor,
        )


def say_again(version: TargetVersion, article: Any, by: User) -> Mention:
    return setting.mention(
        version.target,
        passage=builders.passage_of(article, GROWTH_VI),
        words="trên 10,5%",
        role=Mention.Role.REPEATS,
        reading=Reading(Comparator.GT, Decimal("10.5")),
        by=by,
        version=version,
    )
