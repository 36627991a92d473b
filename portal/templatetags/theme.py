"""The portal's marks and parts as typed tags. Library name: `theme`.

Every app's templates may load it; it is the one way to draw a verdict, a number or a bar.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.context import Context
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assignments.statuses import TimeClass
from indicators.assessment import Verdict
from indicators.periods import Period, label
from portal import drawing, wording
from portal.navigation import section_of

register = template.Library()


@register.filter
def sign(value: str) -> str:
    """CSS class and name of the glyph of a verdict or a time class."""
    return wording.glyph_of(str(value))


@register.filter
def verdict_word(value: str) -> str:
    return capfirst(str(Verdict(value).label)) if value else ""


@register.filter
def clock_word(value: str) -> str:
    return capfirst(str(TimeClass(value).label)) if value else ""


@register.simple_tag
def glyph(name: str) -> SafeString:
    """A sign of the sprite; it is silent, so a word must stand beside it."""
    return format_html(
        '<svg class="glyph" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("portal/img/glyphs.svg"),
        name,
    )


@register.simple_tag
def verdict(value: str, note: str = "") -> SafeString:
    """Sign and word; `note` qualifies it in small letters ("by estimate")."""
    if not value:
        return SafeString("")
    return _signed_word("verdict", value, verdict_word(value), note)


@register.simple_tag
def clock(value: str, note: str = "") -> SafeString:
    """The time class of a task or an assignment: sign and word."""
    if not value:
        return SafeString("")
    return _signed_word("clock", value, clock_word(value), note)


def _signed_word(kind: str, value: str, word: str, note: str) -> SafeString:
    name = wording.glyph_of(value)
    return format_html(
        '<span class="{} {}">{}<span>{}{}</span></span>',
        kind,
        name,
        glyph(name),
        word,
        format_html(" <small>{}</small>", note) if note else "",
    )


@register.simple_block_tag
def ruling(content: str, value: str, note: str = "") -> SafeString:
    """The verdict as a block, once a page, around the sentences that give its reason."""
    name = wording.glyph_of(value)
    return format_html(
        '<div class="ruling {}"><p class="word">{} <span>{}</span></p>{}{}</div>',
        name,
        glyph(name),
        verdict_word(value),
        format_html("<p>{}</p>", note) if note else "",
        content,
    )


@register.simple_tag
def number(value: Decimal | str | None, decimals: int | str | None = None) -> SafeString:
    """A number in the reader's convention; a dash where there is none."""
    if not isinstance(value, (Decimal, int)):
        return SafeString("–")
    return format_html(
        '<span class="num">{}</span>', wording.number(Decimal(value), decimals=_places(decimals))
    )


@register.filter
def figure(value: Decimal, decimals: int | str | None = None) -> str:
    """The bare number as text, for labels of drawings."""
    return wording.number(value, decimals=_places(decimals))


@register.simple_tag
def amount(
    value: Decimal | str | None,
    unit: wording.Unit | str | None = None,
    decimals: int | str | None = None,
    upper: Decimal | str | None = None,
) -> SafeString:
    """A number with its unit, or a range; % stands against it, other units never part from it."""
    if not isinstance(value, (Decimal, int)):
        return SafeString("–")
    text = wording.number(Decimal(value), decimals=_places(decimals))
    if isinstance(upper, (Decimal, int)):
        text += "–" + wording.number(Decimal(upper), decimals=_places(decimals))
    return _with_unit(text, wording.symbol(unit))


@register.simple_tag
def difference(
    value: Decimal | str | None,
    unit: wording.Unit | str | None = None,
    decimals: int | str | None = None,
) -> SafeString:
    """A signed difference; points of two percentages, places of two ranks."""
    if not isinstance(value, (Decimal, int)):
        return SafeString("–")
    text = wording.signed(Decimal(value), decimals=_places(decimals))
    return _with_unit(text, wording.symbol_of_difference(unit))


def _with_unit(text: str, unit: str) -> SafeString:
    before, figure, after = wording.with_unit(text, unit)
    return format_html(
        '{}<span class="num">{}</span>{}',
        format_html('<span class="unit">{}</span>' + wording.NBSP, before) if before else "",
        figure,
        format_html(wording.NBSP + '<span class="unit">{}</span>', _breakable(after))
        if after
        else "",
    )


def _breakable(unit: str) -> SafeString:
    """Long units ("million đồng/person/year") may part after a stroke on narrow screens."""
    return format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in unit.split("/")))


def _places(decimals: int | str | None) -> int | None:
    return int(decimals) if decimals not in (None, "") else None


@register.filter
def comparator_words(comparator: str) -> str:
    return wording.comparator_words(comparator) if comparator else ""


@register.filter
def comparator_sign(comparator: str) -> str:
    return wording.comparator_sign(comparator) if comparator else ""


@register.simple_tag
def stated(
    comparator: str,
    value: Decimal | str | None,
    unit: wording.Unit | str | None = None,
    decimals: int | str | None = None,
    *,
    upper: Decimal | str | None = None,
    form: str = "",
    signs: bool = False,
) -> SafeString:
    """A promise as it was made: "over 10.5%", "down by 4 points"; with `signs` "> 10.5%"."""
    word = comparator_sign(comparator) if signs else comparator_words(comparator)
    own = wording.symbol_in_form(form, unit)
    said = amount(value, own, decimals, upper)
    if isinstance(value, (Decimal, int)) and form in wording.CHANGES:
        size = abs(Decimal(value))
        far = abs(upper) if isinstance(upper, Decimal) else None
        said = amount(size, own, decimals, far)
        word = " ".join(part for part in (wording.change_words(Decimal(value)), word) if part)
    if not word:
        return said
    return format_html('<span class="unit">{}</span>' + wording.NBSP + "{}", word, said)


@register.simple_tag
def illustrative(made_up: bool = True) -> SafeString:
    """The mark of what is made up for the demonstration; the footer explains it."""
    if not made_up:
        return SafeString("")
    return format_html(
        '<span class="illustrative">{}{}</span>', glyph("illustrative"), _("illustrative")
    )


@register.simple_tag
def evidence(url: str, label: str, lang: str = "") -> SafeString:
    """A link to a sentence or a source, with the petal; nothing without an address."""
    if not url:
        return SafeString("")
    return format_html(
        '<span class="evidence">{}<a href="{}"{}>{}</a></span>',
        glyph("evidence"),
        url,
        format_html(' hreflang="{0}"', lang) if lang else "",
        label,
    )


@register.simple_tag
def day(moment: date | datetime | str | None, short: bool = False) -> SafeString:
    if not isinstance(moment, date):
        return SafeString(_("date unknown"))
    return format_html(
        '<time datetime="{}">{}</time>',
        wording.local_day(moment).isoformat(),
        wording.day(moment, short=short),
    )


@register.simple_tag
def stamp(moment: date | datetime | str | None, kind: str = "figures") -> SafeString:
    """The as-of date of a block. Kinds: figures, tasks, text."""
    if not isinstance(moment, date):
        return SafeString("")
    return format_html('<p class="stamp">{} {}</p>', wording.known_on(kind), day(moment))


@register.simple_tag
def period(value: Period) -> str:
    return label(value, wording.language())


@register.simple_tag
def in_language(record: object, field: str) -> SafeString:
    """A bilingual column; words in the other language carry their `lang`."""
    text, code = wording.field_in_language(record, field)
    if code == wording.language():
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', code, text)


@register.simple_block_tag
def quote(content: str, sentence: str, words: str = "", lang: str = "") -> SafeString:
    """The exact sentence with the words that count marked, around its caption."""
    before, marked, after = wording.split_at(sentence, words)
    return format_html(
        '<figure class="quote"><blockquote{}><p>“{}{}{}”</p></blockquote>'
        "<figcaption>{}</figcaption></figure>",
        format_html(' lang="{}"', lang) if lang else "",
        before,
        format_html("<b>{}</b>", marked) if marked else "",
        after,
        content,
    )


@register.simple_tag
def crumbs(*labels_and_urls: str) -> SafeString:
    """Where the page stands: label, address, label, address …; without an address plain text."""
    pairs = zip(labels_and_urls[::2], labels_and_urls[1::2], strict=True)
    return format_html(
        '<nav aria-label="{}"><ol class="crumbs">{}</ol></nav>',
        _("You are here"),
        format_html_join(
            "",
            "<li>{}</li>",
            (
                (format_html('<a href="{}">{}</a>', url, label) if url else label,)
                for label, url in pairs
                if label
            ),
        ),
    )


@register.inclusion_tag("portal/components/bullet.html")
def bullet(
    value: str,
    result: Decimal | str | None,
    promised: Decimal | str | None,
    baseline: Decimal | str | None = None,
) -> dict[str, Any]:
    """The bar of a result against the upright of its promise."""
    width = drawing.bar_width(
        result if isinstance(result, Decimal) else None,
        promised=promised if isinstance(promised, Decimal) else None,
        baseline=baseline if isinstance(baseline, Decimal) else None,
    )
    share = None if width is None else wording.number(width / drawing.GOAL_AT * 100, decimals=1)
    return {"sign": wording.glyph_of(value), "width": width, "share": share}


@register.inclusion_tag("portal/components/scoreboard.html")
def scoreboard(counts: Mapping[str, int], url: str = "", chosen: str = "") -> dict[str, Any]:
    """The seven classes in their order, zero included; `url` leads to the list, filtered."""
    cells = [(value, counts.get(value, 0)) for value in Verdict.values]
    return {
        "cells": cells,
        "total": sum(count for _value, count in cells),
        "url": url,
        "chosen": chosen,
    }


@register.inclusion_tag("portal/components/verdict_filter.html")
def verdict_filter(counts: Mapping[str, int], url: str, chosen: str = "") -> dict[str, Any]:
    """Links that narrow a list to one verdict, each with its count."""
    return scoreboard(counts, url, chosen)


@register.inclusion_tag("portal/components/clock_filter.html")
def clock_filter(counts: Mapping[str, int], url: str, chosen: str = "") -> dict[str, Any]:
    """Links that narrow a list to one time class, each with its count."""
    cells = [(value, counts.get(value, 0)) for value in TimeClass.values]
    return {"cells": cells, "total": sum(n for _v, n in cells), "url": url, "chosen": chosen}


@register.inclusion_tag("portal/components/clock_keys.html")
def clock_keys(counts: Mapping[str, int]) -> dict[str, Any]:
    """The time classes with their counts: key and sum of a tally."""
    return {"cells": [(value, counts.get(value, 0)) for value in TimeClass.values]}


@register.inclusion_tag("portal/components/marks.html")
def marks(values: Sequence[str]) -> dict[str, Any]:
    """One sign per task, worst first, with the counts in words for who cannot see them."""
    ordered = [value for value in TimeClass.values for _one in range(list(values).count(value))]
    counts = [(values.count(value), value) for value in TimeClass.values if value in values]
    return {"marks": ordered, "counts": counts}


@register.inclusion_tag("portal/components/ledger.html")
def ledger(rows: Sequence[object]) -> dict[str, Any]:
    """Up to ten targets with bars; the attributes of a row are listed in the part."""
    return {"rows": rows}


@register.inclusion_tag("portal/components/chart.html")
def chart(series: Any) -> dict[str, Any]:
    """A series with its promises; `portal/components/chart.html` lists what `series` holds."""
    return {
        "series": series,
        "drawings": [drawing.draw(series.points, series.goals, f) for f in drawing.FRAMES],
    }


@register.inclusion_tag("portal/components/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """The fields of a form with label, help and errors tied to their inputs."""
    return {"form": form}


@register.inclusion_tag("portal/components/sieve.html")
def sieve(form: BaseForm, url: str = "") -> dict[str, Any]:
    """A form of filters, sent by address; `url` is the list without them."""
    return {"form": form, "url": url}


@register.simple_tag(takes_context=True)
def section(context: Context) -> str:
    """The part of the site that the page belongs to, by the name of its address."""
    match = getattr(context.get("request"), "resolver_match", None)
    return section_of(getattr(match, "url_name", None) or "")


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> dict[str, str]:
    """The other language: code, own name, and the address of this page in it."""
    code, name = ("en", "English") if wording.language() == "vi" else ("vi", "Tiếng Việt")
    given = context.get("other_language_url")
    request = context.get("request")
    path = request.get_full_path() if request else f"/{wording.language()}/"
    url = given or translate_url(path, code)
    if url == path and path.startswith(f"/{wording.language()}/"):
        url = f"/{code}/" + path[4:]
    return {"code": code, "name": name, "url": iri_to_uri(url)}
