"""Who must do what by when, and what became of it."""

from assignments.models.assignment import Assignment
from assignments.models.report import ProgressReport, Transition
from assignments.models.task import Task, TaskGroup

__all__ = ["Assignment", "ProgressReport", "Task", "TaskGroup", "Transition"]
