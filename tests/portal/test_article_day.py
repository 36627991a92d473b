"""The day that an article's page names as that of its publication."""

from datetime import date
from typing import Any

import pytest

from indicators.periods import day_in_province
from portal.pages.article import article_page
from tests import builders
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = day_in_province(NOW)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"published_on": None, "source_name": ""}, TODAY),
        ({"published_on": None, "source_name": "Báo"}, None),
        ({"published_on": date(2025, 1, 9), "source_name": ""}, date(2025, 1, 9)),
    ],
)
def test_day_of_publication(fields: dict[str, Any], day: date | None) -> None:
    article = builders.published_article(**fields)

    page = article_page(article, at=NOW)

    assert page is not None
    assert page.published_on == day
