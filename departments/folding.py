"""Search without diacritics in the database: `name__folded="dien bien"` finds "Điện Biên"."""

from typing import Any

from django.db import models
from django.db.models import Func, Lookup

from departments.vietnamese import fold


class Fold(Func):
    """SQL twin of `vietnamese.fold`: the immutable function that the first migration makes."""

    function = "fold"
    output_field = models.TextField()


@models.CharField.register_lookup
@models.TextField.register_lookup
class Folded(Lookup):
    """Contains the text, whatever the case and the diacritics on either side."""

    lookup_name = "folded"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[str, ...]]:
        escaped = fold(str(value)).replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return "%s", (f"%{escaped}%",)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"fold({left}) LIKE {right}", (*left_params, *right_params)
