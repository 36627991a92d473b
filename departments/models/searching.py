"""Indexes behind the `folded` lookup."""

from django.contrib.postgres.indexes import GinIndex, OpClass

from departments.folding import Fold


def folded_index(field: str, *, name: str) -> GinIndex:
    """A trigram index that serves the `folded` lookup on this field."""
    return GinIndex(OpClass(Fold(field), "gin_trgm_ops"), name=name)
