"""Texts that are kept in both languages, in columns that end in `_vi` and `_en`."""

from typing import Any, Self, overload

from django.utils.translation import get_language


class Bilingual:
    """`name = Bilingual()` reads `name_vi` or `name_en`: the reader's language, else the other."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: object, owner: type) -> str: ...
    def __get__(self, record: Any, owner: type) -> Self | str:
        if record is None:
            return self
        texts = [getattr(record, f"{self.name}_vi"), getattr(record, f"{self.name}_en")]
        if get_language() == "en":
            texts.reverse()
        return str(texts[0] or texts[1])
