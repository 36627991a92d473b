"""Who is who: people, departments, areas, and for which department a person may act."""

from datetime import date
from typing import Any, Self

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from departments.fields import NFCCharField, SortKeyField
from departments.folding import Fold

code_validator = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*$",
    _("Write letters without diacritics, digits, and the signs . _ - only."),
)


def folded_index(field: str, *, name: str) -> GinIndex:
    """A trigram index that serves the `folded` lookup on this field."""
    return GinIndex(OpClass(Fold(field), "gin_trgm_ops"), name=name)


def validity(start: str = "starts_on", end: str = "ends_on") -> Func:
    """The days on which a record holds, as a range; the end day itself is outside."""
    return Func(F(start), F(end), Value("[)"), function="daterange")


def order_of_days(name: str, start: str = "starts_on", end: str = "ends_on") -> Any:
    return models.CheckConstraint(
        condition=Q(**{f"{end}__gt": F(start)}) | Q(**{end: None}) | Q(**{start: None}),
        name=name,
        violation_error_message=_("The end day must lie after the first day."),
    )


class ValidityQuerySet(models.QuerySet[Any]):
    """Records that hold from `starts_on` until the day before `ends_on`."""

    def valid_on(self, day: date) -> Self:
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day)
        )


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True} | fields
        )


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail address."""

    class Language(models.TextChoices):
        VI = "vi", "Tiếng Việt"
        EN = "en", "English"

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        help_text=_("In small letters. The person signs in with it."),
    )
    name = NFCCharField(_("name"), max_length=150, help_text=_("As it is shown to colleagues."))
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.VI
    )
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this instead of deleting the person; what they did stays on record."),
    )
    is_staff = models.BooleanField(_("may sign in to the admin"), default=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="user_email_in_small_letters",
                violation_error_message=_("Write the e-mail address in small letters."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class AreaQuerySet(ValidityQuerySet):
    def province(self) -> "Area":
        """The province itself. Queries."""
        province: Area = self.get(kind=Area.Kind.PROVINCE)
        return province


@pghistory.track()
class Area(models.Model):
    """The province, or a commune or ward in it, while it exists."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        COMMUNE = "commune", _("commune")
        WARD = "ward", _("ward")
        TOWNSHIP = "township", _("township")

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[code_validator],
        help_text=_("Never reused: a new commune of an old name has a code of its own."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=150)
    name_en = NFCCharField(_("name in English"), max_length=150)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
    )
    starts_on = models.DateField(_("exists from"), null=True, blank=True)
    ends_on = models.DateField(
        _("exists until"), null=True, blank=True, help_text=_("The first day on which it is gone.")
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("formed from"),
    )
    sort_key = SortKeyField(source="name_vi")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["sort_key", "code"]
        constraints = [
            order_of_days("area_exists_before_it_ends"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="province"),
                name="area_one_province",
                violation_error_message=_(
                    "The portal serves one province, and it is there already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi


class DepartmentQuerySet(models.QuerySet["Department"]):
    def existing_on(self, day: date) -> "DepartmentQuerySet":
        return self.filter(
            Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day)
        )


@pghistory.track()
class Department(models.Model):
    """An organisation that answers for something. Its code outlives a change of its name."""

    class Kind(models.TextChoices):
        PEOPLES_COUNCIL = "peoples_council", _("People's Council")
        PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
        OFFICE = "office", _("office")
        DEPARTMENT = "department", pgettext_lazy("kind of organisation", "department")
        BOARD = "board", _("board")
        INSPECTORATE = "inspectorate", _("inspectorate")
        VERTICAL_AGENCY = "vertical_agency", _("vertical agency")
        ARMED_FORCE = "armed_force", _("armed force")
        COMMUNES = "communes", _("communes and wards")
        PARTY_BODY = "party_body", _("Party body")
        MASS_ORGANISATION = "mass_organisation", _("mass organisation")
        PROJECT_BOARD = "project_board", _("project management board")
        PUBLIC_SERVICE_UNIT = "public_service_unit", _("public service unit")

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[code_validator],
        help_text=_("Stays the same when the department is renamed."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_("The last part of the page's address."),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=200)
    name_en = NFCCharField(_("name in English"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="departments",
        verbose_name=_("area"),
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("The first day on which it is gone.")
    )
    sort_key = SortKeyField(source="name_vi")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["sort_key", "code"]
        constraints = [order_of_days("department_opens_before_it_closes", "opened_on", "closed_on")]
        indexes = [
            folded_index("name_vi", name="department_name_vi_folded"),
            folded_index("name_en", name="department_name_en_folded"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("departments:department", args=[self.slug])

    @property
    def name(self) -> str:
        """The present name in the reader's language; `names` holds the earlier ones."""
        return self.name_en if get_language() == "en" else self.name_vi

    def exists_on(self, day: date) -> bool:
        return (self.opened_on is None or self.opened_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )


@pghistory.track()
class DepartmentName(models.Model):
    """What a department was called over a stretch of time."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="names")
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=200)
    name_en = NFCCharField(_("name in English"), max_length=200)
    starts_on = models.DateField(_("called so from"), null=True, blank=True)
    ends_on = models.DateField(
        _("called so until"),
        null=True,
        blank=True,
        help_text=_("The first day of the next name."),
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier or present name")
        verbose_name_plural = _("earlier and present names")
        ordering = [F("starts_on").asc(nulls_first=True)]
        constraints = [
            order_of_days("department_name_starts_before_it_ends"),
            ExclusionConstraint(
                name="department_has_one_name_at_a_time",
                expressions=[
                    ("department", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The department has another name on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi


@pghistory.track()
class Succession(models.Model):
    """Which department took over which field of work from one that closed or gave it away."""

    predecessor = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="successions",
        verbose_name=_("from"),
    )
    successor = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="inheritances",
        verbose_name=_("to"),
    )
    field_vi = NFCCharField(
        _("field of work in Vietnamese"),
        max_length=200,
        blank=True,
        help_text=_("Empty: everything."),
    )
    field_en = NFCCharField(_("field of work in English"), max_length=200, blank=True)
    effective_on = models.DateField(_("from the day"))

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["effective_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_to_another_department",
                violation_error_message=_("A department cannot succeed itself."),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor", "field_vi", "effective_on"],
                name="succession_of_a_field_once",
                violation_error_message=_("This succession is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.code} → {self.successor.code}"

    @property
    def field(self) -> str:
        return (self.field_en if get_language() == "en" else "") or self.field_vi


@pghistory.track()
class Membership(models.Model):
    """A person acts for a department over a stretch of time."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("officer")
        HEAD = "head", _("head")

    user = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="memberships", verbose_name=_("department")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.OFFICER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which the person no longer acts for the department."),
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["starts_on", "id"]
        constraints = [
            order_of_days("membership_starts_before_it_ends"),
            ExclusionConstraint(
                name="membership_in_a_department_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("department", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This person already acts for the department on some of these days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.department}"
