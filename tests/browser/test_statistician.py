"""A statistician looks at what a file would do, and records it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, expect

from departments.models import Area, User
from indicators.models import Observation
from tests.browser.conftest import SignIn
from tests.factories import IndicatorFactory, SourceFactory

FILE = """indicator,period,source,value,status,as of
grdp,2024,so,6.5,official,31/12/2024
grdp,2025,so,7.34,estimate,31/12/2025
"""


def test_file_is_looked_at_and_recorded(
    sign_in: SignIn, statistician: User, province: Area, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    IndicatorFactory.create(code="grdp", name_en="GRDP growth")
    SourceFactory.create(code="so")
    page = sign_in(statistician)

    page.goto("/admin/indicators/observation/")
    page.get_by_role("link", name="Import").click()
    page.locator("[name=import_file]").set_input_files(
        FilePayload(name="figures.csv", mimeType="text/csv", buffer=FILE.encode())
    )
    page.locator("[name=convention][value=en]").check()
    page.get_by_role("button", name="Look at the figures").click()
    new = page.get_by_role("table", name="New figures")
    expect(new.get_by_role("row")).to_have_count(3)
    expect(new).to_contain_text("7.34")
    assert not Observation.objects.exists()
    page.get_by_role("button", name="Record these figures").click()

    expect(page.locator(".messagelist .success")).to_contain_text("2")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)
    recorded = Observation.objects.order_by("period_end").values_list("value", flat=True)
    assert list(recorded) == [Decimal("6.5"), Decimal("7.34")]
