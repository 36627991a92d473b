"""A document's page: what it is, and the targets and tasks that it decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from assignments.models import Task
from indicators.models import Source, Target, TargetVersion
from indicators.periods import day_in_province
from indicators.standings import standings
from news.models import Document, Language
from portal.pages.rows import TargetRow, target_rows
from portal.pages.tasks import ServingTask, serving_tasks


@dataclass(frozen=True, kw_only=True)
class DocumentPage:
    title: str
    lang: str
    kind: str
    symbol: str
    issuer: str
    issued_on: date | None
    signer: str
    link: str
    targets: Sequence[TargetRow]
    tasks: Sequence[ServingTask]
    on: date


def document_page(document: Document, *, at: datetime) -> DocumentPage | None:
    """None when something rests on the document, and none of it is public."""
    today = day_in_province(at)
    versions = TargetVersion.objects.released(at).filter(document=document)
    targets = Target.objects.filter(pk__in=versions.order_by().values("target"))
    rows = target_rows(standings(targets.released(at), at=at), on=today)
    tasks = serving_tasks(Task.objects.released(at).filter(document=document), on=today)
    if not rows and not tasks and is_behind_something(document):
        return None
    is_translated = get_language() == Language.VI or bool(document.title_en)
    return DocumentPage(
        title=document.title,
        lang="" if is_translated else Language.VI.value,
        kind=document.get_kind_display(),
        symbol=document.number_symbol,
        issuer=document.issuer,
        issued_on=document.issued_on,
        signer=document.signer,
        link=document.link,
        targets=rows,
        tasks=tasks,
        on=today,
    )


def is_behind_something(document: Document) -> bool:
    """Whether a task or a target rests on it, public or not, and no source names it. Queries."""
    if Source.objects.filter(document=document).exists():
        return False
    return (
        Task.objects.filter(document=document).exists()
        or TargetVersion.objects.filter(document=document).exists()
    )
