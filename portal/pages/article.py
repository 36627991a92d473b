"""An article's page: its text with the sentences marked, and the account of what rests on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assignments.models import Assignment, Task
from indicators.models import Claim, Mention, Observation, Target, TargetVersion
from indicators.periods import day_in_province
from indicators.standings import Standing, standings
from news.marks import mark
from news.models import Article, Language, Revision
from portal import wording
from portal.pages.tasks import class_of_leads, leads_of, some_of
from portal.resting import Resting, marks, resting


@dataclass(frozen=True, kw_only=True)
class NoteCard:
    """One thing that a sentence sets, reports, claims or assigns."""

    number: int
    id: str
    name: str
    url: str
    note: str
    verdict: str
    time_class: str
    illustrative: bool
    place_url: str


@dataclass(frozen=True, kw_only=True)
class RevisionLink:
    number: int
    url: str
    on: date
    note: str


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    title: str
    title_html: SafeString
    lead: SafeString
    body: SafeString
    lang: str
    notice: str
    byline: str
    byline_post: str
    agency: str
    event_on: date | None
    published_on: date | None
    entered_afterwards: bool
    illustrative: bool
    category: str
    category_url: str
    source_name: str
    source_url: str
    revision: int
    revisions: Sequence[RevisionLink]
    withdrawn_on: date | None
    withdrawn_reason: str
    targets: Sequence[NoteCard]
    figures: Sequence[NoteCard]
    tasks: Sequence[NoteCard]
    current: bool
    article_url: str


def article_page(
    article: Article, *, at: datetime, revision: Revision | None = None
) -> ArticlePage | None:
    """The public text, or an earlier revision of it. None for what was never published."""
    shown = revision or article.published_revision
    if shown is None:
        return None
    places = resting(article, shown.text, at=at)
    marked = mark(shown.title, shown.lead, shown.body, marks(article, shown.text, places, at=at))
    cards = note_cards(places, at=at)
    language = get_language() or "vi"
    return ArticlePage(
        title=shown.title,
        title_html=mark_safe(marked.title_html),  # noqa: S308 # marks escapes every text
        lead=mark_safe(marked.lead_html),  # noqa: S308 # marks escapes every text
        body=mark_safe(marked.body_html),  # noqa: S308 # sanitised at publication, then marked
        lang=article.language,
        notice=_notice(article, language),
        byline=article.byline,
        byline_post=article.byline_post,
        agency=article.agency_prefix,
        event_on=article.event_on,
        published_on=article.published_on or _published_here_on(article),
        entered_afterwards=article.entered_afterwards,
        illustrative=article.is_illustrative,
        category=article.category.name,
        category_url=article.category.get_absolute_url(),
        source_name=article.source_name,
        source_url=article.source_url,
        revision=shown.number,
        revisions=_revisions(article),
        withdrawn_on=localdate(article.withdrawn_at) if article.withdrawn_at else None,
        withdrawn_reason=article.withdrawal_reason,
        targets=[card for kind, card in cards if kind in {"target", "claim"}],
        figures=[card for kind, card in cards if kind == "figure"],
        tasks=[card for kind, card in cards if kind == "task"],
        current=shown.pk == article.published_revision_id,
        article_url=article.get_absolute_url(),
    )


def note_cards(places: Sequence[Resting], *, at: datetime) -> list[tuple[str, NoteCard]]:
    """The cards beside the text, with the present state of each. Eight queries or fewer."""
    today = day_in_province(at)
    stood = _standings(places, at=at)
    leads = _leads(places)
    return [(place.kind, _card(place, stood, leads, today)) for place in places]


def _standings(places: Sequence[Resting], *, at: datetime) -> dict[int, Standing]:
    keys = {
        place.record.target_id
        for place in places
        if isinstance(place.record, TargetVersion | Mention)
    }
    if not keys:
        return {}
    return {each.target.pk: each for each in standings(Target.objects.filter(pk__in=keys), at=at)}


def _leads(places: Sequence[Resting]) -> dict[int, list[Assignment]]:
    keys = {place.record.pk for place in places if isinstance(place.record, Task)}
    if not keys:
        return {}
    tasks = Task.objects.filter(pk__in=keys).prefetch_related("assignments__department")
    return {task.pk: leads_of(task) for task in tasks}


def _card(
    place: Resting,
    stood: dict[int, Standing],
    leads: dict[int, list[Assignment]],
    today: date,
) -> NoteCard:
    record = place.record
    name, url, note, verdict, time_class, illustrative = "", "", "", "", "", False
    match record:
        case TargetVersion() | Mention():
            indicator = record.target.indicator
            name, url = indicator.name, record.target.get_absolute_url()
            note = _promise(record)
            if record.target_id in stood:
                verdict = stood[record.target_id].verdict
                illustrative = stood[record.target_id].is_illustrative
        case Observation():
            name, url = record.indicator.name, record.indicator.get_absolute_url()
            note = _("%(period)s: %(value)s, %(status)s") % {
                "period": wording.period(record.period),
                "value": wording.result(record, record.indicator.unit),
                "status": str(record.get_status_display()).lower(),
            }
            illustrative = record.source.is_illustrative
        case Claim():
            plan = record.target_set.plan
            name, url = record.target_set.name, f"{plan.get_absolute_url()}#claims"
            note = _("A claim, counted again on the plan's page.")
        case Task():
            name, url = record.title, record.get_absolute_url()
            responsible = leads.get(record.pk, [])
            named = some_of([each.department.name for each in responsible])
            note = named or _("Addressee: general")
            time_class = class_of_leads(responsible, on=today)
            illustrative = record.source.is_illustrative
    return NoteCard(
        number=place.number,
        id=f"n{place.number}",
        name=name,
        url=url,
        note=note,
        verdict=verdict,
        time_class=time_class,
        illustrative=illustrative,
        place_url=f"#{place.anchor}",
    )


def _promise(record: TargetVersion | Mention) -> str:
    said = wording.promise(record, record.target.indicator.unit)
    period = wording.period(record.target.period)
    words = {"promise": said, "period": period}
    if isinstance(record, Mention) and record.role != Mention.Role.TRANSLATES:
        return _("%(role)s the target: %(promise)s, %(period)s") % {
            **words, "role": str(record.get_role_display()).capitalize(),
        }  # fmt: skip
    return _("%(promise)s, %(period)s") % words


def _revisions(article: Article) -> list[RevisionLink]:
    """All versions, oldest first, when there is more than one."""
    revisions = list(article.revisions.defer("text", "body", "lead").order_by("number"))
    if len(revisions) < 2:
        return []
    for revision in revisions:
        revision.article = article
    return [
        RevisionLink(
            number=revision.number,
            url=revision.get_absolute_url(),
            on=localdate(revision.published_at),
            note=revision.note,
        )
        for revision in revisions
    ]


def _notice(article: Article, language: str) -> str:
    if article.language == language:
        return ""
    name = Language(article.language).label
    return _("Shown in %(language)s: there is no translation.") % {"language": name}


def _published_here_on(article: Article) -> date | None:
    """The day of a text taken from elsewhere is its source's, known or not."""
    if article.source_name or article.entered_afterwards or article.published_at is None:
        return None
    return day_in_province(article.published_at)
