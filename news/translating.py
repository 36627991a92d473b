"""A sentence of a translation says again what a sentence of the original says."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from news.models import Passage


def translate(passage: Passage, *, original: Passage) -> None:
    """Lead readers of the other language to this passage. Raises `ValidationError`."""
    here, there = passage.article, original.article
    if here.translation_group != there.translation_group or here.language == there.language:
        raise ValidationError(
            _("The sentence must stand in the translation of the article: “%(article)s”.")
            % {"article": there}
        )
    passage.translation_of = original
    passage.save(update_fields=["translation_of"])
