"""A folder for the kept files, pages in English, and one indicator."""

from pathlib import Path
from typing import Any

import pytest

from indicators.models import Indicator
from tests import factories


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where uploads lie."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "imports"


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def growth(province: object) -> Indicator:
    factories.SourceFactory.create(code="so")
    return factories.IndicatorFactory.create(code="grdp", name_en="GRDP growth")
