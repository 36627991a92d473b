from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from portal import checks

OWN_APPS = ("departments", "news", "indicators", "assignments")


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        checks.register()
        # No signal is sent for an app without models, such as this one.
        sender = apps.get_app_config("assignments")
        post_migrate.connect(grant_roles, sender=sender, dispatch_uid="portal.grant_roles")


def grant_roles(using: str, **kwargs: Any) -> None:
    """Once the tables of all apps exist, give the roles their permissions."""
    from portal import roles  # noqa: PLC0415 # models load after the app registry

    tables = set(connections[using].introspection.table_names())
    if "assignments_assignment" not in tables:
        return
    for app in (*OWN_APPS, "auth"):
        create_permissions(apps.get_app_config(app), verbosity=0, using=using)
    roles.grant()
