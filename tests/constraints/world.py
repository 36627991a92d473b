"""At least one row in every table, made through the actions where there is one."""

from datetime import date

from assignments.models import Task
from assignments.statuses import Role as Part
from assignments.statuses import Status
from departments.access import Role
from departments.models import Succession
from indicators import setting
from indicators.assessment import Comparator
from indicators.models import Claim, Mention, Plan, SeriesBreak
from indicators.setting import Reading
from news.models import Article
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

COUNTED = "Có 21 trong 26 chỉ tiêu đạt và vượt."
LAID_DOWN = "Các sở báo cáo kết quả trước ngày 15/12/2025."


def make() -> None:
    factories.DepartmentFactory.create()  # the oldest one, without part in anything
    factories.DocumentFactory.create()
    editor = builders.person(Role.EDITOR)
    builders.published_article(GROWTH_VI)
    article = builders.draft_article(GROWTH_VI, COUNTED, LAID_DOWN)
    version = builders.target_version(article, by=editor)
    indicator = version.target.indicator
    builders.figure_from(article, GROWTH_VI, indicator, "7.34", words="GRDP", by=editor)
    task = builders.task_from(article, LAID_DOWN, by=editor, deadline=date(2025, 12, 15))
    Task.objects.filter(pk=task.pk).update(document=None)
    setting.mention(
        version.target,
        passage=version.passage,
        words="đạt trên 10,5%",
        role=Mention.Role.REPEATS,
        reading=Reading(Comparator.GT, version.value),
        by=editor,
    )
    _claim(article)
    builders.publish(article, by=editor)
    _assignment(task)
    factories.CommuneFactory.create()
    factories.ResponsibilityFactory.create(indicator=indicator)
    factories.TaskGroupFactory.create()
    factories.PerspectiveFactory.create()
    SeriesBreak.objects.create(indicator=indicator, breaks_on=date(2025, 7, 1), reason_vi="Xã mới")
    Plan.objects.update(margins_frozen_at=NOW)


def _claim(article: Article) -> None:
    Claim.objects.create(
        target_set=factories.TargetSetFactory.create(),
        stated_part=21,
        stated_total=26,
        stated_exceeded=8,
        as_of=date(2025, 12, 31),
        passage=builders.passage_of(article, COUNTED),
        words="21 trong 26",
        source=factories.SourceFactory.create(),
    )


def _assignment(task: Task) -> None:
    """The latest department cooperates and has reported; another one leads."""
    old = factories.DepartmentFactory.create()
    builders.assignment(task, department=old)
    new = factories.DepartmentFactory.create()
    factories.DepartmentNameFactory.create(department=new)
    builders.assignment_in(
        Status.AWAITING_CONFIRMATION, task=task, department=new, role=Part.COOPERATING
    )
    Succession.objects.create(predecessor=old, successor=new, effective_on=date(2025, 3, 1))
