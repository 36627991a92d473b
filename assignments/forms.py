"""Forms of the workflow's steps, used by the workspace and by the admin alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from assignments import workflow
from assignments.models import Assignment, Transition
from assignments.statuses import InvalidTransition, Step
from departments.models import User
from departments.versions import EditConflict


class StepForm(forms.Form):
    """Carries the version that the person saw, and the last step of the history that they saw.

    On a conflict it keeps what was typed, holds what others did meanwhile, and stands on the
    present version, so that sending it again is meant.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    LEFT_OUT: ClassVar[tuple[str, ...]] = ("seen",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.is_refused = False
        self.is_overtaken = False
        self.meanwhile: list[Transition] = []

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Labels and texts of what the person wrote."""
        written = [(field.label, str(field.value() or "")) for field in self.visible_fields()]
        return [(str(label), text) for label, text in written if text]

    def submit(self, assignment: Assignment, step: Step, *, by: User, at: datetime) -> bool:
        """Take the step, or say in the form why not. Raises `PermissionDenied`."""
        if not self.is_valid():
            return False
        said = {k: v for k, v in self.cleaned_data.items() if k not in self.LEFT_OUT}
        try:
            workflow.take(assignment, step, by=by, at=at, **said)
        except EditConflict as conflict:
            self._overtake(conflict.current)
        except InvalidTransition as refusal:
            self.is_refused = True
            self.add_error(None, str(refusal))
        except ValidationError as error:
            self.add_error(None, error.messages)
        return not self.errors

    def _overtake(self, current: Any) -> None:
        self.is_refused = self.is_overtaken = True
        self.meanwhile = list(
            current.transitions.filter(pk__gt=self.cleaned_data["seen"] or 0)
            .select_related("made_by", "report")
            .order_by("pk")
        )
        self.add_error(
            None,
            gettext(
                "Somebody else saved this assignment since you opened it. Nothing was "
                "overwritten, and what you typed is kept."
            ),
        )
        data: Any = dict(self.data.items())
        data["version"] = str(current.version)
        data["seen"] = str(self.meanwhile[-1].pk if self.meanwhile else data.get("seen", ""))
        self.data = data


class ReportForm(StepForm):
    """Progress, or that the work is done: `percent` counts only for progress."""

    text = forms.CharField(
        label=_("What was done"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The office that assigns and confirms reads this."),
    )
    percent = forms.IntegerField(
        label=_("Percent done"),
        min_value=0,
        max_value=100,
        help_text=_("A whole number from 0 to 100. What is reported done counts as 100."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    difficulties = forms.CharField(
        label=_("Difficulties"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proposals = forms.CharField(
        label=_("Proposals"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DoneForm(ReportForm):
    """The same fields, as one form has a button for each; the percentage is not used."""

    LEFT_OUT = ("seen", "percent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].required = False


class ReturnForm(StepForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the department has to add or mend. It stays in the history."),
    )


FORMS: Final[dict[Step, type[StepForm]]] = {
    Step.RECEIVE: StepForm,
    Step.REPORT_PROGRESS: ReportForm,
    Step.REPORT_DONE: DoneForm,
    Step.CONFIRM: StepForm,
    Step.RETURN: ReturnForm,
}

BUTTONS: Final = {
    Step.RECEIVE: pgettext_lazy("button", "Receive the assignment"),
    Step.REPORT_PROGRESS: pgettext_lazy("button", "Report progress"),
    Step.REPORT_DONE: pgettext_lazy("button", "Report done"),
    Step.CONFIRM: pgettext_lazy("button", "Confirm"),
    Step.RETURN: pgettext_lazy("button", "Return with the reason"),
}

TITLES: Final = {
    Step.RECEIVE: _("Receive"),
    Step.REPORT_PROGRESS: _("Report"),
    Step.REPORT_DONE: _("Report"),
    Step.CONFIRM: _("Confirm the report"),
    Step.RETURN: _("Return the report"),
}

DONE: Final = {
    Step.RECEIVE: _("The assignment is received. Work on it is in progress."),
    Step.REPORT_PROGRESS: _("Your report is saved."),
    Step.REPORT_DONE: _("Reported done. The office will confirm it or return it."),
    Step.CONFIRM: _("Confirmed: the assignment is completed."),
    Step.RETURN: _("Returned to the department with your reason."),
}


# Steps that stand in one form, each with a button of its own.
TOGETHER: Final = (
    (Step.RECEIVE,),
    (Step.REPORT_PROGRESS, Step.REPORT_DONE),
    (Step.CONFIRM,),
    (Step.RETURN,),
)


@dataclass(frozen=True)
class Offer:
    """A form, and the buttons under it."""

    form: StepForm
    steps: tuple[Step, ...]

    @property
    def title(self) -> Any:
        return TITLES[self.steps[0]]

    @property
    def buttons(self) -> list[tuple[Step, Any]]:
        return [(step, BUTTONS[step]) for step in self.steps]


@dataclass(frozen=True)
class Tried:
    """A step that did not succeed, with the form that says why."""

    step: Step
    form: StepForm


def offers(
    assignment: Assignment, *, by: User, at: datetime, seen: int | None, tried: Tried | None = None
) -> list[Offer]:
    """The steps that the person may take now. A button that would fail is not shown."""
    possible = workflow.steps_for(assignment, by=by, at=at)
    found = []
    for together in TOGETHER:
        steps = tuple(step for step in together if step in possible)
        if steps and tried is not None and tried.step in steps:
            found.append(Offer(tried.form, steps))
        elif steps:
            found.append(Offer(_blank(steps[0], assignment, seen=seen), steps))
    return found


def bound(step: Step, data: Any) -> StepForm:
    return FORMS[step](data, auto_id=_ids(step))


def _blank(step: Step, assignment: Assignment, *, seen: int | None) -> StepForm:
    initial = {"version": assignment.version, "seen": seen, "percent": assignment.percent}
    return FORMS[step](initial=initial, auto_id=_ids(step))


def _ids(step: Step) -> str:
    return f"id_{step.value}_%s"
