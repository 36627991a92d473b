"""The groups of the roles across departments. Their permissions follow `portal.roles`."""

from django.db import migrations

ROLES = [
    "editor", "chief editor", "statistician", "coordinator",
    "moderator", "administrator", "auditor",
]


def make_groups(apps, schema_editor):
    for name in ROLES:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("departments", "0001_people_and_departments")]
    operations = [migrations.RunPython(make_groups, remove_groups)]
