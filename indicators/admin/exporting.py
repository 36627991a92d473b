"""Export of any record as CSV or XLSX, for those who may see it."""

from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from import_export.admin import ExportMixin
from import_export.forms import ExportForm

from indicators.periods import day_in_province
from indicators.resources import CSV, XLSX


class FileForm(ExportForm):  # type: ignore[misc] # import-export has no annotations
    """A workbook unless something else is chosen: Excel reads a CSV file by its own rules."""

    def __init__(self, formats: Any, resources: Any, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        self.fields["format"].initial = str(list(formats).index(XLSX))


class ExportAdmin(ExportMixin):  # type: ignore[misc] # import-export has no annotations
    """To mix into a ModelAdmin, before it. `resource_classes` holds one `RecordResource`.

    What is exported is the list as it is filtered; the resource leaves out what the person may not
    see.
    """

    formats: ClassVar = [CSV, XLSX]
    export_form_class = FileForm
    to_encoding = "utf-8-sig"

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_permission(request))

    def export_action(self, request: HttpRequest) -> HttpResponse:
        try:
            response: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)
        return response

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"by": request.user, "at": timezone.now()}

    def get_export_filename(
        self, request: HttpRequest, queryset: QuerySet[Any], file_format: Any
    ) -> str:
        day = day_in_province(timezone.now())
        name = self.model._meta.model_name
        return f"{name}-{day.isoformat()}.{file_format.get_extension()}"

    def get_valid_export_item_pks(self, request: HttpRequest) -> Any:
        return self.get_queryset(request).values_list("pk", flat=True)
