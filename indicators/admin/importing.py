"""Import of figures: choose a file, look at what it would do, confirm."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from import_export.admin import ImportMixin

from departments.models import User
from indicators import recording, spreadsheets, visibility
from indicators.admin import uploads
from indicators.admin.uploads import Upload, UploadGone
from indicators.models import ImportBatch, Observation
from indicators.numbers import Convention
from indicators.periods import day_in_province
from indicators.recording import Change, FiguresMoved, RowsRefused
from indicators.resources import FileRows, read_rows
from indicators.resources.columns import COLUMNS, FORMS, STATUSES
from indicators.resources.preview import Outcome, preview
from indicators.spreadsheets import MAX_BYTES, MAX_ROWS, Sheet, SpreadsheetRefused


class FileForm(forms.Form):
    """The file, and what cannot be read off it."""

    import_file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the reader says what to do about it
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file in UTF-8."),
    )
    convention = forms.ChoiceField(
        label=gettext_lazy("Numbers in the file are written like"),
        choices=Convention.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Counts for numbers that are text. Numbers that Excel holds as numbers are taken as "
            "they are."
        ),
    )
    entered_afterwards = forms.BooleanField(
        label=gettext_lazy("Entered afterwards"),
        required=False,
        help_text=gettext_lazy(
            "The figures were public before, at the time in the column “released at”. The pages "
            "say that they were entered afterwards."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Stands with the batch: where the file comes from."),
    )

    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB. Split it into several files.")
                % {"most": MAX_BYTES // 1024**2}
            )
        return file


class ImportAdmin(ImportMixin):  # type: ignore[misc] # import-export has no annotations
    """To mix into the admin of figures. Every step asks for permission and reads the file anew."""

    import_template_name = "admin/indicators/observation/import.html"
    formats: ClassVar[list[Any]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """The permission opens the page; the role, as for every recording, decides."""
        user = request.user
        return (
            isinstance(user, User)
            and user.has_perm("indicators.import_observation")
            and recording.may_record(user)
        )

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        by = self._importer(request)
        if request.method != "POST":
            return self._page(request, FileForm())
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form)
        said = form.cleaned_data
        data = said["import_file"].read()
        upload = Upload(
            name="",
            digest="",
            file_name=said["import_file"].name,
            convention=said["convention"],
            note=said["note"],
            entered_afterwards=said["entered_afterwards"],
            seen="",
        )
        try:
            context = self._preview(upload, data, by=by)
        except SpreadsheetRefused as refused:
            form.add_error("import_file", str(refused))
            context = {}
        return self._page(request, form, **context)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        by = self._importer(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            upload, data = uploads.redeem(request.POST.get("ticket", ""), by=by)
        except UploadGone:
            messages.error(
                request,
                _("This preview was recorded already, or is too old. Choose the file again."),
            )
            return HttpResponseRedirect(self._address("import"))
        try:
            figures, unchanged = _record(upload, data, by=by)
        except (FiguresMoved, RowsRefused) as error:
            return self._again(request, upload, data, error, by=by)
        uploads.remove(upload)
        messages.success(request, _recorded(len(figures), unchanged))
        if not figures:
            return HttpResponseRedirect(self._address("changelist"))
        batch = figures[0].batch_id
        return HttpResponseRedirect(
            f"{self._address('changelist')}?batch__id__exact={batch}&state=all"
        )

    def _importer(self, request: HttpRequest) -> User:
        if not self.has_import_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)  # noqa: S101 - `has_import_permission` looked
        return request.user

    def _again(
        self, request: HttpRequest, upload: Upload, data: bytes, error: Exception, *, by: User
    ) -> HttpResponse:
        """The world changed since the preview: show what the file would do now."""
        uploads.remove(upload)
        if isinstance(error, FiguresMoved):
            messages.warning(request, str(error))
        return self._page(request, FileForm(), **self._preview(upload, data, by=by))

    def _preview(self, upload: Upload, data: bytes, *, by: User) -> dict[str, Any]:
        """Raises `SpreadsheetRefused`. The file is kept only when it could be recorded."""
        sheet, found = _read(upload, data, by=by)
        changes = recording.preview(
            found.rows, by=by, at=timezone.now(), entered_afterwards=upload.entered_afterwards
        )
        lines = preview(found, changes, language=get_language() or "vi")
        groups = {
            outcome.value: [line for line in lines if line.outcome is outcome]
            for outcome in Outcome
        }
        context: dict[str, Any] = {
            "upload": upload,
            "convention": Convention(upload.convention).label,
            "sheet": sheet,
            "found": found,
            "lines": lines,
            **groups,
        }
        if not groups["wrong"] and (groups["new"] or groups["changed"]):
            context["ticket"] = _kept(upload, data, changes, by=by)
        return context

    def _page(self, request: HttpRequest, form: FileForm, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            [self.import_template_name],
            {
                **self.admin_site.each_context(request),
                "title": _("Import figures"),
                "opts": self.model._meta,
                "form": form,
                "columns": COLUMNS,
                "statuses": list(STATUSES.values()),
                "forms": list(FORMS.values()),
                "most_rows": MAX_ROWS,
                "most_megabytes": MAX_BYTES // 1024**2,
                **context,
            },
        )

    def _address(self, page: str) -> str:
        app, model = self.get_model_info()
        return reverse(f"admin:{app}_{model}_{page}", current_app=self.admin_site.name)


def _read(upload: Upload, data: bytes, *, by: User) -> tuple[Sheet, FileRows]:
    sheet = spreadsheets.read(data)
    seen = visibility.indicators(by, on=day_in_province(timezone.now()))
    return sheet, read_rows(sheet, indicators=seen, convention=Convention(upload.convention))


def _record(upload: Upload, data: bytes, *, by: User) -> tuple[list[Observation], int]:
    """What was recorded, and how many rows were on record already.

    Raises `FiguresMoved`, and `RowsRefused` also for rows that cannot be read any more, as when a
    code was renamed since the preview.
    """
    sheet, found = _read(upload, data, by=by)
    if found.faults:
        raise RowsRefused([])
    figures = recording.record_batch(
        found.rows,
        by=by,
        at=timezone.now(),
        door=ImportBatch.Door.SPREADSHEET,
        file_name=upload.file_name,
        note=upload.note,
        entered_afterwards=upload.entered_afterwards,
        seen=upload.seen,
    )
    return figures, len(sheet) - len(figures)


def _kept(upload: Upload, data: bytes, changes: list[Change], *, by: User) -> str:
    name, digest = uploads.keep(data)
    seen = recording.fingerprint(changes)
    return uploads.ticket(replace(upload, name=name, digest=digest, seen=seen), by=by)


def _recorded(recorded: int, unchanged: int) -> str:
    said = ngettext("%(count)s figure recorded.", "%(count)s figures recorded.", recorded) % {
        "count": recorded
    }
    if not unchanged:
        return said
    left = ngettext(
        "%(count)s was on record already.", "%(count)s were on record already.", unchanged
    ) % {"count": unchanged}
    return f"{said} {left}"
