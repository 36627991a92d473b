import re
from pathlib import Path

from django.conf import settings

from assignments.statuses import diagram


def test_document_draws_the_table() -> None:
    document = Path(settings.BASE_DIR / "docs" / "workflow.md").read_text(encoding="utf-8")

    drawn = re.findall(r"```mermaid\n(.*?)```", document, flags=re.DOTALL)

    assert drawn == [diagram()]
