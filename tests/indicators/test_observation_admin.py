"""The statistician's figures in the admin: one at a time, never edited in place."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from departments.access import Role
from departments.models import Membership, User
from indicators.models import ImportBatch, Indicator, Observation, Source
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

LIST = "/admin/indicators/observation/"
ADD = f"{LIST}add/"
ClientOf = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def growth(province: object) -> Indicator:
    return factories.IndicatorFactory.create(
        code="grdp", name_vi="Tăng trưởng kinh tế Điện Biên", name_en="GRDP growth"
    )


@pytest.fixture
def source(db: None) -> Source:
    return factories.SourceFactory.create()


def page_of(figure: Observation) -> str:
    return f"{LIST}{figure.pk}/change/"


def said(indicator: Indicator | None = None, **fields: Any) -> dict[str, Any]:
    """What a person types into the form; without an indicator the form of a change."""
    typed: dict[str, Any] = {
        "value": "7.34", "upper_value": "", "form": "level", "status": "estimate",
        "as_of": "31/12/2025", "released_at_0": "", "released_at_1": "", "note": "",
    }  # fmt: skip
    if indicator is not None:
        area, source = factories.AreaFactory.create(), factories.SourceFactory.create()
        typed |= {
            "indicator": indicator.pk, "period": "2025", "area": area.pk, "source": source.pk,
        }  # fmt: skip
    return {**typed, **fields}


def form_errors(answer: Any) -> list[str]:
    form = answer.context["adminform"].form
    return [error for errors in form.errors.values() for error in errors]


def notices(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


# Adding


def test_figure_is_added_through_recording(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    answer = client_of(statistician).post(ADD, said(growth), follow=True)

    assert answer.status_code == 200
    figure = Observation.objects.get()
    assert (figure.value, figure.as_of) == (Decimal("7.34"), date(2025, 12, 31))
    assert figure.known.upper is None
    assert (figure.batch.door, figure.batch.recorded_by) == ("form", statistician)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "15.292"}, "can be read in two ways"),
        ({"value": "15,292"}, "can be read in two ways"),
        ({"value": "7 %"}, "is not a number"),
        ({"value": ""}, "required"),
        ({"upper_value": "7.1"}, "The upper value is below the lower one"),
        ({"as_of": "13/13/2025"}, "valid date"),
        ({"as_of": "12/31/2025"}, "valid date"),
        ({"period": "2025-13"}, "is not a period"),
        ({"status": "final"}, "valid choice"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_the_form(
    client_of: ClientOf,
    statistician: User,
    growth: Indicator,
    typed: dict[str, str],
    sentence: str,
) -> None:
    answer = client_of(statistician).post(ADD, said(growth, **typed))

    assert answer.status_code == 200
    [error] = form_errors(answer)
    assert sentence in error
    assert not Observation.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_day_comes_first_in_both_languages(
    client_of: ClientOf, statistician: User, growth: Indicator, settings: Any, language: str
) -> None:
    settings.LANGUAGE_CODE = language
    client = client_of(statistician)

    client.post(ADD, said(growth, as_of="01/02/2025"))
    figure = Observation.objects.get()
    page = client.get(page_of(figure)).content.decode()

    assert figure.as_of == date(2025, 2, 1)
    assert "01/02/2025" in page


def test_same_figure_again_is_said_to_be_on_record(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    client.post(ADD, said(growth))

    answer = client.post(ADD, said(growth, value="7,34"), follow=True)

    assert "on record already" in notices(answer)[-1]
    assert Observation.objects.count() == 1


def test_adding_over_a_figure_says_what_it_replaces(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    client.post(ADD, said(growth))

    answer = client.post(ADD, said(growth, value="7.51"), follow=True)

    assert "It replaces 7.34\xa0%" in " ".join(notices(answer))


# Changing


def test_change_is_a_row_of_its_own(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    client.post(ADD, said(growth))
    old = Observation.objects.get()

    answer = client.post(page_of(old), said(value="7.51", seen=old.pk), follow=True)

    first, second = Observation.objects.order_by("pk")
    assert (first.pk, first.value) == (old.pk, Decimal("7.34"))
    assert (second.value, second.known.upper) == (Decimal("7.51"), None)
    assert first.known.upper == second.known.lower
    assert answer.redirect_chain[-1][0] == page_of(second)
    history = [entry["number"] for entry in answer.context["history"]]
    assert history == ["7.51\xa0%", "7.34\xa0%"]


def test_form_without_a_change_records_nothing(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    client.post(ADD, said(growth))
    old = Observation.objects.get()

    answer = client.post(page_of(old), said(seen=old.pk), follow=True)

    assert "nothing was recorded" in notices(answer)[-1]
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("value", ["15.292", "1234.567", "8500", "-0.5", "0.001"])
def test_stored_number_can_be_sent_back_as_it_is_shown(
    client_of: ClientOf, statistician: User, growth: Indicator, value: str
) -> None:
    client = client_of(statistician)
    figure = builders.figure(growth, value, at=timezone.now())
    form = client.get(page_of(figure)).context["adminform"].form
    shown = form["value"].value()

    answer = client.post(
        page_of(figure), said(value=shown, status="official", seen=figure.pk), follow=True
    )

    assert "nothing was recorded" in notices(answer)[-1]


def test_second_of_two_who_change_a_figure_is_told(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    client.post(ADD, said(growth))
    old = Observation.objects.get()
    client.post(page_of(old), said(value="8", seen=old.pk))
    current = Observation.objects.get(known__endswith=None)

    answers = [
        client.post(page_of(old), said(value="9", seen=old.pk)),
        client.post(page_of(current), said(value="9", seen=old.pk)),
    ]

    assert answers[0].status_code == 403
    assert "meanwhile" in form_errors(answers[1])[0]
    assert not Observation.objects.filter(value=9).exists()


def test_figure_ahead_of_its_release_is_corrected_for_that_time(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    release = timezone.now() + timedelta(days=9)
    figure = builders.figure(growth, "7", at=timezone.now(), released_at=release)
    client = client_of(statistician)
    form = client.get(page_of(figure)).context["adminform"].form
    local = timezone.localtime(form.initial["released_at"])

    client.post(page_of(figure), said(
        value="8", seen=figure.pk, released_at_0=local.strftime("%d/%m/%Y"),
        released_at_1=local.strftime("%H:%M:%S.%f"),
    ))  # fmt: skip

    [current] = Observation.objects.known_on(release)
    assert (current.value, current.known.lower) == (8, release)


def test_replaced_and_waiting_figures_can_only_be_looked_at(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    builders.figure(growth, "7")
    builders.figure(growth, "8", at=NOW + timedelta(days=1))
    article = builders.draft_article(GROWTH_VI)
    builders.figure_from(article, GROWTH_VI, growth, "10.5", words="10,5%", period="2024")
    client = client_of(statistician)

    for figure in Observation.objects.exclude(value=8):
        page = client.get(page_of(figure))
        assert page.status_code == 200
        assert not page.context["has_change_permission"]
        assert client.post(page_of(figure), said(value="9", seen=figure.pk)).status_code == 403


def test_nothing_is_deleted(client_of: ClientOf, statistician: User, growth: Indicator) -> None:
    figure = builders.figure(growth, "7")
    client = client_of(statistician)

    assert client.post(f"{LIST}{figure.pk}/delete/", {"post": "yes"}).status_code == 403
    assert b"delete_selected" not in client.get(LIST).content


# Who may


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_look_and_who_may_add(
    client_of: ClientOf, growth: Indicator, role: Role | None
) -> None:
    figure = builders.figure(growth, "7")
    client = client_of(builders.person(*([role] if role else [])))

    looks = client.get(page_of(figure)).status_code == 200
    adds = client.get(ADD).status_code == 200

    viewers = {Role.STATISTICIAN, Role.EDITOR, Role.CHIEF_EDITOR, Role.AUDITOR}
    assert looks == (role in viewers)
    assert adds == (role == Role.STATISTICIAN)


def test_statistician_of_a_department_changes_only_its_figures(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    own = factories.IndicatorFactory.create()
    factories.ResponsibilityFactory.create(indicator=own, department=department_a)
    figures = [builders.figure(each, "7", at=timezone.now()) for each in (own, growth)]
    user = builders.person(Role.STATISTICIAN, department=department_a)
    client = client_of(user)

    codes = [client.post(page_of(f), said(value="8", seen=f.pk)).status_code for f in figures]
    added = client.post(ADD, said(growth, period="2024"))

    assert codes == [302, 403]
    assert "not responsible" in form_errors(added)[0]


def test_confidential_figure_of_others_is_not_there(
    client_of: ClientOf, department_a: Any, department_b: Any
) -> None:
    secret = factories.IndicatorFactory.create(is_public=False, name_en="Secret")
    figure = builders.figure(secret, "7")
    factories.ResponsibilityFactory.create(
        indicator=secret, department=department_a, starts_on=date(2020, 1, 1)
    )
    insider = client_of(builders.person(Role.STATISTICIAN, department=department_a))
    outsider = client_of(builders.person(Role.STATISTICIAN, department=department_b))
    Membership.objects.update(starts_on=date(2020, 1, 1))

    assert b"Secret" in insider.get(LIST).content
    assert insider.get(page_of(figure)).status_code == 200
    assert b"Secret" not in outsider.get(LIST).content
    assert outsider.get(page_of(figure)).status_code == 404


# The list


@pytest.mark.parametrize("words", ["tang truong", "TĂNG TRƯỞNG", "dien bien", "grdp", "thong ke"])
def test_search_without_diacritics(
    client_of: ClientOf, statistician: User, growth: Indicator, words: str
) -> None:
    builders.figure(growth, "7")

    page = client_of(statistician).get(LIST, {"q": words})

    assert page.context["cl"].result_count == 1


def test_state_filter_sorts_every_figure_into_one_state(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    at = timezone.now()
    builders.figure(growth, "1", at=at - timedelta(days=9))
    builders.figure(growth, "2", at=at - timedelta(days=8))
    builders.figure(growth, "3", at=at - timedelta(days=7), released_at=at + timedelta(days=9))
    builders.figure(growth, "4", at=at - timedelta(days=6), released_at=at + timedelta(days=9))
    article = builders.draft_article(GROWTH_VI)
    builders.figure_from(article, GROWTH_VI, growth, "5", words="10,5%", period="2024")
    client = client_of(statistician)

    found = {
        state: sorted(
            int(f.value)
            for f in client.get(LIST, {"state": state} if state else {}).context["cl"].queryset
        )
        for state in ("current", "ahead", "waiting", "replaced", "all", "")
    }

    assert found == {
        "current": [2], "ahead": [4], "waiting": [5], "replaced": [1, 3],
        "all": [1, 2, 3, 4, 5], "": [2, 4, 5],
    }  # fmt: skip


@pytest.mark.parametrize("path", [LIST, f"{LIST}?state=all&q=tang&status__exact=official"])
def test_queries_of_the_list_do_not_grow(
    client_of: ClientOf, statistician: User, growth: Indicator, path: str
) -> None:
    client = client_of(statistician)
    client.get(path)
    counts = []
    for period in ("2021", "2022", "2023"):
        source = factories.SourceFactory.create(code=f"source-{period}")
        builders.figure(growth, "1", period=period, source=source, as_of=date(2023, 12, 31))
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_queries_of_a_figure_do_not_grow_with_its_history(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    counts = []
    for value in range(1, 5):
        figure = builders.figure(growth, str(value), at=NOW + timedelta(days=value))
        client.get(page_of(figure))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(figure))
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_batches_can_only_be_looked_at(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    batch = builders.figure(growth, "7").batch
    client = client_of(statistician)
    address = "/admin/indicators/importbatch/"

    page = client.get(address)
    codes = [
        client.get(f"{address}{batch.pk}/change/").status_code,
        client.post(f"{address}{batch.pk}/change/", {"note": "x"}).status_code,
        client.get(f"{address}add/").status_code,
        client.post(f"{address}{batch.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert f"batch__id__exact={batch.pk}&amp;state=all" in page.content.decode()
    assert codes == [200, 403, 403, 403]
    assert ImportBatch.objects.get().note == ""
