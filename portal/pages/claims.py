"""Claims counted again: what the sentence says, what we hold, and why they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from indicators.assessment import Recount, RecountOutcome, count, recount
from indicators.models import Claim, Plan
from indicators.standings import Standing
from news.citing import Citation, citations
from portal import wording
from portal.anchors import anchor_of


@dataclass(frozen=True, kw_only=True)
class ClaimBox:
    title: str
    sentence: str
    words: str
    lang: str
    says: str
    article_url: str
    verdicts: Sequence[str]
    stated: str
    recounted: str
    finding: str


def claim_boxes(plan: Plan, stood: Iterable[Standing], *, at: datetime) -> list[ClaimBox]:
    """The plan's claims against the verdicts of their sets. Illustrative targets count nowhere."""
    claims = list(
        Claim.objects.released(at)
        .filter(target_set__plan=plan)
        .select_related("target_set", "passage__article__published_revision")
        .prefetch_related("target_set__targets")
    )
    sentences = citations([claim.passage for claim in claims], language=get_language() or "vi")
    by_target = {each.target.pk: each for each in stood}
    boxes = []
    for claim in claims:
        held = [
            by_target[target.pk]
            for target in claim.target_set.targets.all()
            if target.pk in by_target and not by_target[target.pk].is_illustrative
        ]
        counted = recount(
            claim.stated_part,
            claim.stated_total,
            claim.stated_exceeded,
            count(each.verdict for each in held),
        )
        boxes.append(_box(claim, held, counted, sentences[claim.passage_id]))
    return boxes


def _box(claim: Claim, held: Iterable[Standing], counted: Recount, citation: Citation) -> ClaimBox:
    article = citation.quoted.article
    told = [str(part) for part in (article.source_name, article.byline) if part]
    return ClaimBox(
        title=_("“%(stated)s”") % {"stated": stated(claim)},
        sentence=citation.quoted.quote,
        words=claim.words if claim.words in citation.quoted.quote else "",
        lang=citation.language,
        says=", ".join([*told, wording.day(claim.as_of)]),
        article_url=citation.url(anchor_of(claim)),
        verdicts=[each.verdict for each in held],
        stated=_of(claim.stated_part, claim.stated_total),
        recounted=_of(counted.counts.met_or_exceeded, counted.counts.with_class),
        finding=finding(counted),
    )


def _of(part: int, total: int) -> str:
    return _("%(part)s of %(total)s") % {"part": part, "total": total}


def stated(claim: Claim) -> str:
    words = {
        "part": claim.stated_part,
        "total": claim.stated_total,
        "exceeded": claim.stated_exceeded,
    }
    if claim.stated_exceeded is None:
        return _("%(part)s of %(total)s met or exceeded") % words
    return _("%(part)s of %(total)s met or exceeded, %(exceeded)s of them exceeded") % words


def finding(counted: Recount) -> str:
    """What can and what cannot be computed again, in sentences."""
    held = counted.held
    numbers = {
        "held": held,
        "total": counted.stated_total,
        "kept": counted.counts.met_or_exceeded,
        "exceeded": counted.counts.exceeded,
        "missing": counted.missing,
    }
    if counted.outcome is RecountOutcome.AGREES:
        return _("Counted again, all %(total)s targets give the same numbers.") % numbers
    if counted.outcome is RecountOutcome.DISAGREES:
        return (
            _("Counted again, %(kept)s of %(total)s targets are met or exceeded: not the same.")
            % numbers
        )
    sentences = [
        ngettext(
            "Of the %(total)s targets we hold %(held)s with a verdict of its own: "
            "%(kept)s met or exceeded, %(exceeded)s of them exceeded.",
            "Of the %(total)s targets we hold %(held)s with verdicts of their own: "
            "%(kept)s met or exceeded, %(exceeded)s of them exceeded.",
            held,
        )
        % numbers,
        _(
            "The other %(missing)s are not published with a number or have no figure, so the claim "
            "cannot be computed."
        )
        % numbers,
    ]
    if not counted.is_possible:
        sentences.append(_("What we hold contradicts the claim already."))
    elif held:
        sentences.append(_("What we hold does not contradict it."))
    return " ".join(sentences)
