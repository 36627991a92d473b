from typing import Any

import django_tables2 as tables
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

ROWS = 25


def arrange(table: Any, request: HttpRequest) -> None:
    """Order and page as the address says; nonsense shows the first page, beyond the end the last.

    How many rows a page has is not for the address to say.
    """
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS)
    table.page = table.paginator.get_page(request.GET.get(table.prefixed_page_field))


class DepartmentTable(tables.Table):  # type: ignore[misc] # untyped library
    """Rows are `pages.DepartmentRow`."""

    name = tables.Column(
        verbose_name=_("Department"), accessor="department__name", order_by="name_key",
        linkify=lambda record: record.department.get_absolute_url(),
    )  # fmt: skip
    kind = tables.Column(
        verbose_name=_("Kind"), accessor="department__get_kind_display",
        order_by=("kind_key", "name_key"),
    )  # fmt: skip
    parent = tables.Column(
        verbose_name=_("Belongs to"), accessor="department__parent", linkify=True,
        order_by=("parent_key", "name_key"), default="–",
    )  # fmt: skip
    opened_on = tables.TemplateColumn(
        verbose_name=_("Exists since"), template_name="departments/cells/opened_on.html",
        accessor="opened_key", order_by=("opened_key", "name_key"),
    )  # fmt: skip

    caption = _("Departments that exist today")
    caption_away = True

    class Meta:
        empty_text = _("No department matches.")
