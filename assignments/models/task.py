from datetime import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, NFCTextField
from departments.models import code_validator, folded_index
from indicators.models import Plan, Source, Target
from news.models import Document, Passage


@pghistory.track()
class TaskGroup(models.Model):
    """One of a plan's groups of tasks."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="task_groups", verbose_name=_("plan")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=200)
    name_en = NFCCharField(_("name in English"), max_length=200)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="task_groups", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("task group")
        verbose_name_plural = _("task groups")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="task_group_position_once",
                violation_error_message=_("Two groups cannot stand at one position."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name}"

    name = Bilingual()


class TaskQuerySet(models.QuerySet["Task"]):
    def known_on(self, moment: datetime) -> "TaskQuerySet":
        """Tasks that rest on a document, or on an article the public could read at that moment."""
        return self.filter(
            Q(passage=None)
            | Q(passage__article__published_at__lte=moment)
            & (
                Q(passage__article__withdrawn_at=None)
                | Q(passage__article__withdrawn_at__gt=moment)
            )
        )

    def public(self) -> "TaskQuerySet":
        return self.filter(visibility=Task.Visibility.PUBLIC)

    def released(self, at: datetime) -> "TaskQuerySet":
        return self.known_on(at).public()

    def confidential(self) -> "TaskQuerySet":
        return self.exclude(visibility=Task.Visibility.PUBLIC)


@pghistory.track()
class Task(models.Model):
    """What was decided that somebody must do."""

    class Mode(models.TextChoices):
        JOINT = "joint", _("joint: one leads, others cooperate")
        EACH = "each", _("each: every department answers for its own")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public")
        CONFIDENTIAL = "confidential", _("confidential")

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[code_validator])
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name=_("plan"))
    group = models.ForeignKey(
        TaskGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("group"),
    )
    title_vi = NFCCharField(_("title in Vietnamese"), max_length=300)
    title_en = NFCCharField(_("title in English"), max_length=300, blank=True)
    content_vi = NFCTextField(_("content in Vietnamese"), blank=True)
    content_en = NFCTextField(_("content in English"), blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode.choices, default=Mode.JOINT)
    visibility = models.CharField(
        _("visibility"),
        max_length=20,
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        help_text=_("Defence and security tasks are confidential: no public page shows them."),
    )
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("sentence"),
    )
    words = NFCTextField(_("words"), blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("document"),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="tasks",
        verbose_name=_("source"),
        help_text=_("Illustrative when the departments or dates are invented."),
    )
    targets = models.ManyToManyField(
        Target, blank=True, related_name="tasks", verbose_name=_("targets it serves")
    )
    expected_result = NFCTextField(_("expected result"), blank=True)
    addressee_as_written = NFCCharField(
        _("addressee as written"),
        max_length=300,
        blank=True,
        help_text=_("The words of the decision, also when they name nobody in particular."),
    )
    assigned_on = models.DateField(_("assigned on"), null=True, blank=True)
    is_continuous = models.BooleanField(
        _("continuous"), default=False, help_text=_("Goes on without a deadline.")
    )
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    deadline_as_written = NFCCharField(_("deadline as written"), max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passage__isnull=False) & ~Q(words="")
                | Q(passage=None, words="", document__isnull=False),
                name="task_rests_on_a_sentence_or_a_document",
                violation_error_message=_("Say which sentence or which document assigns the task."),
            ),
            models.CheckConstraint(
                condition=Q(is_continuous=False) | Q(deadline=None),
                name="task_continuous_without_deadline",
                violation_error_message=_("A continuous task has no deadline."),
            ),
            models.UniqueConstraint(
                fields=["id", "mode"],
                name="task_has_one_mode",
                violation_error_message=_("A task has one mode."),
            ),
        ]
        indexes = [
            folded_index("title_vi", name="task_title_vi_folded"),
            folded_index("title_en", name="task_title_en_folded"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assignments:task", args=[self.pk])

    title = Bilingual()

    content = Bilingual()

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC
