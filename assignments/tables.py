import django_tables2 as tables
from django.utils.translation import gettext_lazy as _


class TaskTable(tables.Table):  # type: ignore[misc] # untyped library
    """Rows are `TaskStanding`."""

    title = tables.TemplateColumn(
        verbose_name=_("Task"), template_name="assignments/cells/title.html",
        order_by="title_key", empty_values=(),
    )  # fmt: skip
    time_class = tables.TemplateColumn(
        verbose_name=_("State"), template_name="assignments/cells/state.html",
        order_by="urgency_key",
    )  # fmt: skip
    deadline = tables.TemplateColumn(
        verbose_name=_("Deadline"), template_name="assignments/cells/deadline.html",
        order_by="deadline_key", empty_values=(),
    )  # fmt: skip
    departments = tables.TemplateColumn(
        verbose_name=_("Led by"), template_name="assignments/cells/departments.html",
        order_by="departments_key", empty_values=(),
    )  # fmt: skip
    group = tables.Column(
        verbose_name=_("Group"), accessor="task__group__name", order_by="group_key", default="–"
    )

    caption = _("The upright of each sign is the deadline. A bar is open work, a lozenge finished.")

    class Meta:
        empty_text = _("No task matches.")
