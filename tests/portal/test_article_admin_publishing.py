"""Publishing, correcting and withdrawing from the editor's desk."""

from typing import Any

import pytest
from django.urls import reverse

from departments.models import User
from indicators.models import Observation, TargetVersion
from news.models import Article
from tests import builders, factories
from tests.desk import desk, messages, standing
from tests.factories import GROWTH_VI, body_of

pytestmark = pytest.mark.django_db

POVERTY = "Tỷ lệ hộ nghèo giảm còn 17,66%."


def page(name: str, article: Article) -> str:
    return reverse(f"admin:news_article_{name}", args=[article.pk])


def offered(response: Any) -> set[str]:
    return {
        name.removeprefix("offers_")
        for name in ("offers_publication", "offers_correction", "offers_withdrawal")
        if response.context.get(name)
    }


def test_buttons_are_those_that_would_succeed(editor: User, chief_editor: User) -> None:
    draft = builders.draft_article(GROWTH_VI)
    empty = factories.ArticleFactory.create(body="")
    public = builders.published_article()
    changed = builders.published_article()
    Article.objects.filter(pk=changed.pk).update(lead="Mới.")
    withdrawn = builders.withdraw(builders.published_article())
    articles = (draft, empty, public, changed, withdrawn)

    by_editor = [offered(desk(editor).get(page("change", each))) for each in articles]
    by_chief = [offered(desk(chief_editor).get(page("change", each))) for each in articles]

    both = {"correction", "withdrawal"}
    assert by_editor == [{"publication"}, set(), {"correction"}, {"correction"}, set()]
    assert by_chief == [{"publication"}, set(), both, both, set()]


def test_losing_a_sentence_of_a_public_text_is_refused_by_name(editor: User) -> None:
    article = builders.published_target().article
    client = desk(editor)
    fields = standing(client.get(page("change", article)))
    changed = fields | {"body": body_of(POVERTY), "_announce": "1"}

    response = client.post(page("change", article), changed, follow=True)

    assert response.redirect_chain == [(page("publish", article), 302)]
    assert GROWTH_VI in response.context["refusal"]
    article.refresh_from_db()
    assert article.published_revision is not None
    assert article.published_revision.number == 1


def test_publish_button_saves_first_and_shows_what_becomes_public(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, POVERTY)
    version = builders.target_version(article)
    builders.figure_from(article, POVERTY, factories.IndicatorFactory.create(), "17.66")
    task = builders.task_from(article, POVERTY, title_en="Lift people out of poverty")
    client = desk(editor)
    fields = standing(client.get(page("change", article))) | {"lead": "Mới.", "_announce": "1"}

    response = client.post(page("change", article), fields, follow=True)

    assert response.redirect_chain == [(page("publish", article), 302)]
    article.refresh_from_db()
    assert (article.lead, article.status) == ("Mới.", Article.Status.DRAFT)
    text = response.content.decode()
    assert f"{version.target}: &gt; 10.5 %" in text
    assert "17.66 %" in text
    assert str(task.title_en) in text


def test_confirming_publishes_with_everything_that_rests_on_it(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, POVERTY)
    builders.target_version(article)
    builders.figure_from(article, POVERTY, factories.IndicatorFactory.create(), "17.66")
    client = desk(editor)
    form = client.get(page("publish", article)).context["form"]

    response = client.post(page("publish", article), {"version": form["version"].value()})

    assert response.headers["Location"] == page("change", article)
    article.refresh_from_db()
    assert article.is_published
    assert not TargetVersion.objects.filter(known=None).exists()
    assert not Observation.objects.filter(known=None).exists()


def test_looking_at_the_confirmation_publishes_nothing(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)

    desk(editor).get(page("publish", article))

    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_lost_sentence_holds_the_publication_up(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article)
    Article.objects.filter(pk=article.pk).update(body=body_of(POVERTY))
    client = desk(editor)

    shown = client.get(page("publish", article))
    posted = client.post(page("publish", article), {"version": article.version})

    assert GROWTH_VI in shown.context["refusal"]
    assert "csrfmiddlewaretoken" not in shown.content.decode().split("errornote")[1]
    assert posted.status_code == 200
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_publication_of_what_somebody_saved_meanwhile_asks_again(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)
    Article.objects.filter(pk=article.pk).update(version=article.version + 1)

    asked = client.post(page("publish", article), {"version": article.version})
    again = {"version": asked.context["form"]["version"].value()}
    confirmed = client.post(page("publish", article), again)

    assert "Somebody else saved this article meanwhile" in asked.content.decode()
    assert confirmed.headers["Location"] == page("change", article)


def test_correction_needs_its_note_and_becomes_a_revision(editor: User) -> None:
    article = builders.published_article(GROWTH_VI)
    client = desk(editor)
    fields = standing(client.get(page("change", article)))
    client.post(page("change", article), fields | {"lead": "Mới."})
    version = Article.objects.get(pk=article.pk).version

    without = client.post(page("publish", article), {"version": version, "note": ""})
    with_note = {"version": version, "note": "Sửa sapo."}
    client.post(page("publish", article), with_note)

    assert without.context["form"].errors == {"note": ["This field is required."]}
    revision = article.revisions.get(number=2)
    assert (revision.lead, revision.note) == ("Mới.", "Sửa sapo.")


def test_public_target_is_shown_and_not_edited(editor: User) -> None:
    article = builders.published_article(GROWTH_VI)
    version = builders.target_version(article)
    client = desk(editor)

    response = client.get(page("change", article))

    prefixes = [each.formset.prefix for each in response.context["inline_admin_formsets"]]
    assert prefixes[0] == "public-targets"
    assert "targets-0-value" not in standing(response)
    correct = reverse("admin:indicators_target_correct", args=[version.target_id, version.pk])
    assert correct in response.content.decode()


def test_row_on_a_public_article_takes_only_sentences_that_readers_see(editor: User) -> None:
    article = builders.published_article(GROWTH_VI)
    Article.objects.filter(pk=article.pk).update(body=body_of(GROWTH_VI, POVERTY))
    client = desk(editor)

    sentences = [each.words for each in client.get(page("change", article)).context["sentences"]]

    assert GROWTH_VI in sentences
    assert POVERTY not in sentences


def test_withdrawal_needs_a_reason_and_takes_targets_back(chief_editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    version = builders.target_version(article)
    builders.publish(article)
    client = desk(chief_editor)
    form = client.get(page("withdraw", article)).context["form"]
    current = form["version"].value()

    without = client.post(page("withdraw", article), {"version": current, "reason": " "})
    client.post(page("withdraw", article), {"version": current, "reason": "Nhầm số liệu."})

    assert without.context["form"].errors == {"reason": ["This field is required."]}
    article.refresh_from_db()
    assert (article.status, article.withdrawal_reason) == ("withdrawn", "Nhầm số liệu.")
    version.refresh_from_db()
    assert version.known.upper is not None


def test_editor_may_not_withdraw(editor: User) -> None:
    article = builders.published_article()

    response = desk(editor).post(page("withdraw", article), {"version": 2, "reason": "x"})

    assert response.status_code == 403
    article.refresh_from_db()
    assert article.is_published


@pytest.mark.parametrize("name", ["publish", "withdraw"])
def test_doors_are_closed_to_others(name: str, statistician: User, officer_a: User) -> None:
    article = builders.published_article()

    answers = [desk(user).post(page(name, article), {}) for user in (statistician, officer_a)]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_status_is_not_taken_from_the_form(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)
    fields = standing(client.get(page("change", article)))

    client.post(page("change", article), fields | {"status": "published"})

    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_second_saver_sees_both_texts(editor: User, chief_editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    first, second = desk(editor), desk(chief_editor)
    opened = standing(first.get(page("change", article)))
    first.post(page("change", article), opened | {"lead": "Của người thứ nhất."})

    refused = second.post(page("change", article), opened | {"lead": "Của người thứ hai."})
    article.refresh_from_db()
    kept = article.lead
    meant = standing(refused) | {"lead": "Của cả hai."}
    second.post(page("change", article), meant)

    form = refused.context["adminform"].form
    assert "Của người thứ nhất." in form.errors["lead"][0]
    assert form["lead"].value() == "Của người thứ hai."
    assert kept == "Của người thứ nhất."
    article.refresh_from_db()
    assert article.lead == "Của cả hai."


def test_second_saver_of_rows_is_told(editor: User, chief_editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    version = builders.target_version(article)
    first, second = desk(editor), desk(chief_editor)
    opened = standing(first.get(page("change", article)))
    first.post(page("change", article), opened | {"targets-0-value": "9,5"})

    refused = second.post(page("change", article), opened | {"targets-0-value": "8,5"})

    assert "__all__" in refused.context["adminform"].form.errors
    version.refresh_from_db()
    assert str(version.value) == "9.500000"


def test_messages_say_what_happened(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    client = desk(editor)

    response = client.post(page("publish", article), {"version": article.version}, follow=True)

    assert messages(response) == ["Published. Readers see it now."]
