"""Records for tests. Nothing is random; what matters is named by the test that needs it."""

# factory-boy's declarations have no annotations:
# mypy: disable-error-code="no-untyped-call"

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Group
from factory.declarations import (
    LazyAttribute,
    LazyAttributeSequence,
    SelfAttribute,
    Sequence,
    SubFactory,
)
from factory.django import DjangoModelFactory

from assignments.models import Assignment, Task, TaskGroup
from departments.access import Role
from departments.models import Area, Department, DepartmentName, Membership, User
from departments.vietnamese import slugify
from indicators.assessment import Direction, Measure
from indicators.models import (
    ImportBatch,
    Indicator,
    Perspective,
    Plan,
    Responsibility,
    Source,
    Target,
    TargetSet,
    UnitOfMeasure,
)
from indicators.periods import PROVINCE_TIME, parse
from news.models import Article, Category, Document

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=PROVINCE_TIME)
"""The moment at which most tests play: before the year 2025 has ended."""
TODAY = NOW.date()
PASSWORD = "a long sentence to sign in with"

GROWTH_VI = "Tỉnh phấn đấu tốc độ tăng trưởng GRDP năm 2025 đạt trên 10,5%."
GROWTH_EN = "The province strives for GRDP growth of over 10.5% in 2025."
SENTENCES = {
    "vi": (
        "Sáng 10/1, hội nghị tổng kết công tác năm đã họp tại trung tâm tỉnh.",
        GROWTH_VI,
        "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025.",
    ),
    "en": (
        "A conference on the work of the year met in the provincial capital on 10 January.",
        GROWTH_EN,
        "The departments are to draw up detailed plans before 31 March 2025.",
    ),
}


def body_of(*sentences: str) -> str:
    """A text with each sentence in a paragraph of its own."""
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


class UserFactory(DjangoModelFactory[User]):
    """A person; `roles` are groups by name, `is_staff` opens the admin."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@example.vn")
    name = Sequence(lambda n: f"Người thứ {n}")
    language = User.Language.EN

    roles: tuple[Role | str, ...] = ()

    @classmethod
    def _build(cls, model_class: type[User], *args: Any, roles: object, **kwargs: Any) -> User:
        return User(**kwargs)

    @classmethod
    def _create(
        cls, model_class: type[User], *args: Any, roles: tuple[Role | str, ...], **kwargs: Any
    ) -> User:
        user = User.objects.create_user(**{"password": PASSWORD, **kwargs})
        user.groups.set(Group.objects.filter(name__in=[str(role) for role in roles]))
        return user


class AreaFactory(DjangoModelFactory[Area]):
    """The province, always the same one."""

    class Meta:
        model = Area
        django_get_or_create = ("code",)

    code = "dien-bien"
    kind = Area.Kind.PROVINCE
    name_vi = "Điện Biên"
    name_en = "Dien Bien"


class CommuneFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    code = Sequence(lambda n: f"commune-{n}")
    kind = Area.Kind.COMMUNE
    name_vi = Sequence(lambda n: f"xã Thứ {n}")
    name_en = Sequence(lambda n: f"Commune {n}")
    parent = SubFactory(AreaFactory)


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department

    code = Sequence(lambda n: f"SO{n}")
    slug = LazyAttribute(lambda department: slugify(department.code))
    kind = Department.Kind.DEPARTMENT
    name_vi = Sequence(lambda n: f"Sở Thứ {n}")
    name_en = Sequence(lambda n: f"Department {n}")
    opened_on = date(2020, 1, 1)


class DepartmentNameFactory(DjangoModelFactory[DepartmentName]):
    class Meta:
        model = DepartmentName

    department = SubFactory(DepartmentFactory)
    name_vi = SelfAttribute("department.name_vi")
    name_en = SelfAttribute("department.name_en")
    starts_on = SelfAttribute("department.opened_on")


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    department = SubFactory(DepartmentFactory)
    starts_on = date(2025, 1, 1)


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category
        django_get_or_create = ("slug",)

    slug = "economy"
    name_vi = "Kinh tế"
    name_en = "Economy"


class ArticleFactory(DjangoModelFactory[Article]):
    """A draft of a few sentences, one a paragraph. `builders.published_article` publishes."""

    class Meta:
        model = Article

    language = "vi"
    title = LazyAttributeSequence(
        lambda article, n: {"vi": f"Hội nghị thứ {n}", "en": f"Conference {n}"}[article.language]
    )
    slug = LazyAttribute(lambda article: slugify(article.title))
    lead = LazyAttribute(
        lambda article: {"vi": "Năm mới, việc mới.", "en": "A new year, new work."}[
            article.language
        ]
    )
    body = LazyAttribute(lambda article: body_of(*SENTENCES[article.language]))
    category = SubFactory(CategoryFactory)
    event_on = date(2025, 1, 10)
    published_on = date(2025, 1, 11)


class DocumentFactory(DjangoModelFactory[Document]):
    class Meta:
        model = Document

    kind = Document.Kind.RESOLUTION
    number_symbol = Sequence(lambda n: f"{n}/NQ-HĐND")
    title_vi = "Về nhiệm vụ phát triển kinh tế - xã hội năm 2025"
    title_en = "On the tasks of socio-economic development in 2025"
    issuer = "Hội đồng nhân dân tỉnh"
    issued_on = date(2024, 12, 9)


class UnitFactory(DjangoModelFactory[UnitOfMeasure]):
    class Meta:
        model = UnitOfMeasure
        django_get_or_create = ("code",)

    code = "percent"
    kind = UnitOfMeasure.Kind.PERCENT
    symbol_vi = "%"
    symbol_en = "%"


class MoneyUnitFactory(UnitFactory):
    code = "billion-vnd"
    kind = UnitOfMeasure.Kind.MONEY
    symbol_vi = "tỷ đồng"
    symbol_en = "billion VND"
    scale = 1_000_000_000


class IndicatorFactory(DjangoModelFactory[Indicator]):
    """A growth rate in per cent, higher is better, two decimals."""

    class Meta:
        model = Indicator

    code = Sequence(lambda n: f"growth-{n}")
    name_vi = Sequence(lambda n: f"Tốc độ tăng trưởng thứ {n}")
    name_en = Sequence(lambda n: f"Growth {n}")
    group = Indicator.Group.ECONOMIC
    unit = SubFactory(UnitFactory)
    direction = Direction.HIGHER
    measure = Measure.RATE
    decimals = 2
    publication_lag_days = 31


class ResponsibilityFactory(DjangoModelFactory[Responsibility]):
    class Meta:
        model = Responsibility

    indicator = SubFactory(IndicatorFactory)
    department = SubFactory(DepartmentFactory)
    starts_on = date(2025, 1, 1)


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source
        django_get_or_create = ("code",)

    code = "statistics-office"
    kind = Source.Kind.STATISTICS
    name_vi = "Thống kê tỉnh"
    name_en = "Provincial statistics office"


class IllustrativeSourceFactory(SourceFactory):
    code = "illustrative"
    kind = Source.Kind.ILLUSTRATIVE
    name_vi = "Minh họa"
    name_en = "Illustrative"


class PlanFactory(DjangoModelFactory[Plan]):
    """The plan of the year 2025, announced by no article."""

    class Meta:
        model = Plan
        django_get_or_create = ("slug",)

    slug = LazyAttribute(lambda plan: f"plan-{plan.period.code.lower()}")
    kind = Plan.Kind.YEAR
    name_vi = LazyAttribute(lambda plan: f"Kế hoạch {plan.period.code}")
    name_en = LazyAttribute(lambda plan: f"Plan {plan.period.code}")
    period = parse("2025")
    source = SubFactory(SourceFactory)


class PerspectiveFactory(DjangoModelFactory[Perspective]):
    class Meta:
        model = Perspective

    plan = SubFactory(PlanFactory)
    position = Sequence(lambda n: n)
    text_vi = "Nói đi đôi với làm."
    text_en = "Words go with deeds."
    source = SubFactory(SourceFactory)


class TargetSetFactory(DjangoModelFactory[TargetSet]):
    class Meta:
        model = TargetSet

    plan = SubFactory(PlanFactory)
    code = Sequence(lambda n: f"set-{n}")
    name_vi = "Các chỉ tiêu chủ yếu"
    name_en = "Key targets"


class TargetFactory(DjangoModelFactory[Target]):
    """A promise without versions; `builders.target_version` says what it promises."""

    class Meta:
        model = Target

    indicator = SubFactory(IndicatorFactory)
    plan = SubFactory(PlanFactory)
    period = SelfAttribute("plan.period")
    area = SubFactory(AreaFactory)


class ImportBatchFactory(DjangoModelFactory[ImportBatch]):
    class Meta:
        model = ImportBatch

    door = ImportBatch.Door.FORM
    recorded_by = SubFactory(UserFactory)


class TaskGroupFactory(DjangoModelFactory[TaskGroup]):
    class Meta:
        model = TaskGroup

    plan = SubFactory(PlanFactory)
    position = Sequence(lambda n: n)
    name_vi = Sequence(lambda n: f"Nhóm nhiệm vụ {n}")
    name_en = Sequence(lambda n: f"Group of tasks {n}")
    source = SubFactory(SourceFactory)


class TaskFactory(DjangoModelFactory[Task]):
    """A public task that rests on a document; `builders.task_from` rests one on a sentence."""

    class Meta:
        model = Task

    code = Sequence(lambda n: f"NV-{n:03}")
    plan = SubFactory(PlanFactory)
    title_vi = Sequence(lambda n: f"Nhiệm vụ thứ {n}")
    title_en = Sequence(lambda n: f"Task {n}")
    document = SubFactory(DocumentFactory)
    source = SubFactory(SourceFactory)
    assigned_on = date(2025, 1, 10)
    deadline = date(2025, 12, 31)


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """Given and not yet received; `builders.assignment_in` walks it to another status."""

    class Meta:
        model = Assignment

    task = SubFactory(TaskFactory)
    mode = SelfAttribute("task.mode")
    department = SubFactory(DepartmentFactory)
    deadline = SelfAttribute("task.deadline")
    original_deadline = SelfAttribute("deadline")
