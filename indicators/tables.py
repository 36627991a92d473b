from typing import Final

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

NUMBERS: Final = {"th": {"class": "n"}, "td": {"class": "n"}}


class IndicatorTable(tables.Table):  # type: ignore[misc] # untyped library
    """Rows are `pages.IndicatorRow`."""

    name = tables.Column(
        verbose_name=_("Indicator"), accessor="indicator__name", order_by="name_key",
        linkify=lambda record: record.indicator.get_absolute_url(),
    )  # fmt: skip
    group = tables.Column(
        verbose_name=_("Group"), accessor="indicator__get_group_display",
        order_by=("group_key", "name_key"),
    )  # fmt: skip
    unit = tables.Column(
        verbose_name=_("Unit"), accessor="indicator__unit__symbol",
        order_by=("unit_key", "name_key"),
    )  # fmt: skip
    figure = tables.TemplateColumn(
        verbose_name=_("Latest figure"), template_name="indicators/cells/figure.html",
        orderable=False, attrs=NUMBERS,
    )  # fmt: skip
    period = tables.TemplateColumn(
        verbose_name=_("Period and status"), template_name="indicators/cells/period.html",
        accessor="period_key", order_by=("period_key", "name_key"),
    )  # fmt: skip
    lead = tables.Column(
        verbose_name=_("Followed by"), linkify=True, order_by=("lead_key", "name_key"),
        default="–",
    )  # fmt: skip

    caption = _("Indicators with their latest figures for the province")
    caption_away = True

    class Meta:
        empty_text = _("No indicator matches.")


class TargetTable(tables.Table):  # type: ignore[misc] # untyped library
    """Rows are `pages.TargetRow`."""

    name = tables.TemplateColumn(
        verbose_name=_("Indicator"), template_name="indicators/cells/target.html",
        accessor="name_key", order_by="name_key",
    )  # fmt: skip
    plan = tables.Column(verbose_name=_("Plan"), linkify=True, order_by=("plan_key", "name_key"))
    promised = tables.TemplateColumn(
        verbose_name=_("Promised"), template_name="indicators/cells/promised.html",
        linkify=lambda record: record.get_absolute_url(), orderable=False, attrs=NUMBERS,
    )  # fmt: skip
    result = tables.TemplateColumn(
        verbose_name=_("Result"), template_name="indicators/cells/result.html",
        orderable=False, attrs=NUMBERS,
    )  # fmt: skip
    difference = tables.TemplateColumn(
        verbose_name=_("Difference"), template_name="indicators/cells/difference.html",
        accessor="difference_key", order_by=("difference_key", "name_key"), attrs=NUMBERS,
    )  # fmt: skip
    verdict = tables.TemplateColumn(
        verbose_name=_("Verdict"), template_name="indicators/cells/verdict.html",
        accessor="verdict_key", order_by=("verdict_key", "name_key"),
    )  # fmt: skip

    caption = _("Struck through: what was promised at first.")

    class Meta:
        empty_text = _("No target matches.")
