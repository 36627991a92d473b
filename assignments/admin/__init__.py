"""The desk of those who assign, and of those who report. Statuses change by buttons only."""

from assignments.admin.assignment import AssignmentAdmin
from assignments.admin.task import TaskAdmin, TaskGroupAdmin

__all__ = ["AssignmentAdmin", "TaskAdmin", "TaskGroupAdmin"]
