"""Two addresses for the machinery that keeps the portal running; no cookie, no language."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. The database is not asked."""
    return _plain("ok")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can serve pages: the database answers and has every migration."""
    try:
        missing = _missing_migrations()
    except DatabaseError:
        return _plain("the database cannot be reached", status=503)
    if missing:
        return _plain(f"migrations are missing, the first is {missing[0]}", status=503)
    return _plain("ok")


def _missing_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def _plain(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
