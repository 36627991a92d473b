"""Documents in the admin, less those on which only confidential things rest."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from assignments.models import Task
from indicators.admin import sight
from indicators.models import Source, TargetVersion
from news.admin import DocumentAdmin as PlainDocumentAdmin
from news.models import Document
from portal.admin.tasks import visible

admin.site.unregister(Document)


@admin.register(Document)
class DocumentAdmin(PlainDocumentAdmin):
    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """What rests on it and is seen, or names it as a source, shows it; so does nothing at all.

        One that was just entered, before anything rests on it, is therefore seen.
        """
        here = {"document": OuterRef("pk")}
        tasks, versions = Task.objects.filter(**here), TargetVersion.objects.filter(**here)
        seen_tasks = tasks.filter(pk__in=visible(request).order_by().values("pk"))
        seen_versions = versions.filter(target__in=sight.targets(request).values("pk"))
        is_idle = ~Exists(tasks) & ~Exists(versions)
        is_seen = Exists(seen_tasks) | Exists(seen_versions)
        is_source = Exists(Source.objects.filter(**here))
        return super().get_queryset(request).filter(Q(is_idle | is_seen | is_source))
