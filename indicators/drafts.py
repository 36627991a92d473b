"""What an article reports and counts, while nobody has read it: it can still be taken out."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from departments.access import Role, has_role
from departments.models import User
from indicators.models import Claim, Mention, Observation
from indicators.setting import PublishedAlready
from news import quoting


def check_draft(user: User) -> None:
    if not has_role(user, Role.EDITOR, Role.CHIEF_EDITOR, Role.STATISTICIAN):
        raise PermissionDenied(_("Only editors and statisticians may do this."))


@transaction.atomic
def claim(record: Claim, *, by: User) -> Claim:
    """Record a claim by its sentence. Raises `ValidationError`."""
    check_draft(by)
    try:
        quoting.check_words(record.passage, record.words)
    except ValidationError as error:
        raise ValidationError({"words": error.messages}) from error
    record.full_clean()
    record.save()
    return record


@transaction.atomic
def remove(record: Observation | Mention | Claim, *, by: User) -> None:
    """Raises `PublishedAlready` once its article was published, or the figure is known."""
    check_draft(by)
    passage = record.passage
    is_waiting = not isinstance(record, Observation) or record.known is None
    if passage is None or passage.article.published_at is not None or not is_waiting:
        raise PublishedAlready(_("The public knows this already; it is not removed any more."))
    record.delete()
