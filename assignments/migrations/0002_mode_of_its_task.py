"""An assignment carries the mode of its task, so that a constraint can count the leads."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assignments", "0001_tasks")]
    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE assignments_assignment
                ADD CONSTRAINT assignment_mode_of_its_task
                FOREIGN KEY (task_id, mode) REFERENCES assignments_task (id, mode)
                ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
            """,
            "ALTER TABLE assignments_assignment DROP CONSTRAINT assignment_mode_of_its_task;",
        )
    ]
