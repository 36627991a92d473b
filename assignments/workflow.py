"""An assignment's steps, from the department that reports to the office that confirms."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from assignments import statuses
from assignments.models import Assignment, ProgressReport, Transition
from assignments.statuses import Actor, InvalidTransition, Status, Step
from departments.access import Role as PortalRole
from departments.access import acts_for, has_role
from departments.models import User
from departments.versions import advance
from indicators.periods import day_in_province


def check_actor(assignment: Assignment, step: Step, *, by: User, at: datetime) -> None:
    """Raises `PermissionDenied`. Queries who may act for the department."""
    if statuses.MADE_BY[step] is Actor.OFFICE:
        if not has_role(by, PortalRole.COORDINATOR):
            raise PermissionDenied(_("Only coordinators may confirm or return a report."))
    elif not acts_for(by, assignment.department, on=day_in_province(at)):
        raise PermissionDenied(_("Only officers of the department may report on its assignment."))
    elif not statuses.may_report(statuses.Role(assignment.role)):
        raise PermissionDenied(_("A monitoring department has nothing of its own to report."))


def check_step(assignment: Assignment, step: Step, *, by: User, at: datetime) -> None:
    """Raises `PermissionDenied` or `InvalidTransition`. Queries as `check_actor` does."""
    check_actor(assignment, step, by=by, at=at)
    _next_status(assignment, step, by=by)


def may(assignment: Assignment, step: Step, *, by: User, at: datetime) -> bool:
    """Whether the step would succeed. A button that would fail is not shown."""
    try:
        check_step(assignment, step, by=by, at=at)
    except (PermissionDenied, InvalidTransition):
        return False
    return True


def steps_for(assignment: Assignment, *, by: User, at: datetime) -> list[Step]:
    return [step for step in Step if may(assignment, step, by=by, at=at)]


def receive(assignment: Assignment, *, by: User, at: datetime, version: int) -> Transition:
    return _move(assignment, Step.RECEIVE, by=by, at=at, version=version)


def report_progress(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    version: int,
    percent: int,
    text: str,
    difficulties: str = "",
    proposals: str = "",
) -> ProgressReport:
    """Tell how far the work has come. `percent` from 0 to 100.

    Raises `EditConflict` when somebody saved the assignment since `version`.
    """
    report = ProgressReport(
        assignment=assignment,
        percent=percent,
        text=text.strip(),
        difficulties=difficulties.strip(),
        proposals=proposals.strip(),
        reported_at=at,
        reported_by=by,
    )
    return _report(report, Step.REPORT_PROGRESS, version=version)


def report_done(
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    version: int,
    text: str,
    difficulties: str = "",
    proposals: str = "",
) -> ProgressReport:
    """Report the assignment done; the day of this report counts against the deadline."""
    report = ProgressReport(
        assignment=assignment,
        percent=100,
        is_done=True,
        text=text.strip(),
        difficulties=difficulties.strip(),
        proposals=proposals.strip(),
        reported_at=at,
        reported_by=by,
    )
    return _report(report, Step.REPORT_DONE, version=version)


def confirm(assignment: Assignment, *, by: User, at: datetime, version: int) -> Transition:
    return _move(assignment, Step.CONFIRM, by=by, at=at, version=version)


def return_report(
    assignment: Assignment, *, by: User, at: datetime, version: int, reason: str
) -> Transition:
    """Send a report back with what is asked. Every reason is kept."""
    return _move(assignment, Step.RETURN, by=by, at=at, version=version, reason=reason.strip())


def take(
    assignment: Assignment, step: Step, *, by: User, at: datetime, version: int, **said: Any
) -> Transition | ProgressReport:
    """The step by its name, with what its own function wants to be told."""
    return ACTIONS[step](assignment, by=by, at=at, version=version, **said)


ACTIONS: Final[dict[Step, Callable[..., Transition | ProgressReport]]] = {
    Step.RECEIVE: receive,
    Step.REPORT_PROGRESS: report_progress,
    Step.REPORT_DONE: report_done,
    Step.CONFIRM: confirm,
    Step.RETURN: return_report,
}


def _report(report: ProgressReport, step: Step, *, version: int) -> ProgressReport:
    report.full_clean(exclude=["recorded_at"])
    _move(
        report.assignment,
        step,
        by=report.reported_by,
        at=report.reported_at,
        version=version,
        report=report,
    )
    return report


@transaction.atomic
def _move(
    assignment: Assignment,
    step: Step,
    *,
    by: User,
    at: datetime,
    version: int,
    reason: str = "",
    report: ProgressReport | None = None,
) -> Transition:
    # Who was overtaken is told so, and not that the step does not fit the new status.
    check_actor(assignment, step, by=by, at=at)
    advance(assignment, expected=version)
    assignment.refresh_from_db(fields=["status", "role", "percent", "reported_on"])
    after = _next_status(assignment, step, by=by)
    transition = Transition(
        assignment=assignment,
        step=step,
        from_status=assignment.status,
        to_status=after,
        report=report,
        reason=reason,
        made_at=at,
        made_by=by,
    )
    if report is not None:
        report.save()
        assignment.percent = report.percent
    transition.full_clean(exclude=["recorded_at"])
    assignment.status = after
    if step is Step.REPORT_DONE:
        assignment.reported_on = day_in_province(at)
    elif after not in statuses.REPORTED:
        assignment.reported_on = None
    assignment.save(update_fields=["status", "percent", "reported_on"])
    transition.save()
    return transition


def _next_status(assignment: Assignment, step: Step, *, by: User) -> Status:
    after = statuses.next_status(Status(assignment.status), step)
    if step is Step.CONFIRM and _was_reported_by(assignment, by):
        raise PermissionDenied(_("Nobody confirms their own report."))
    return after


def _was_reported_by(assignment: Assignment, user: User) -> bool:
    done = assignment.reports.filter(is_done=True).order_by("reported_at", "id").last()
    return done is not None and not statuses.may_confirm(done.reported_by_id, by=user.pk)
