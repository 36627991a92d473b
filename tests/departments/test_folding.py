"""The database and Python fold text alike."""

from itertools import product
from unicodedata import normalize

import pytest
from django.db import connection

from departments.models import Department
from departments.vietnamese import ALPHABET, TONES, fold
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db

VOWELS = "aăâeêioôơuưy"
LETTERS = sorted(
    {normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)} | set(ALPHABET)
)
ALL_LETTERS = [*LETTERS, *(letter.upper() for letter in LETTERS)]
NAME = "Sở Khoa học & Công nghệ, 100% (khối_1) \\ Điện Biên"


def in_sql(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fold(word) FROM unnest(%s::text[]) WITH ORDINALITY AS t (word, n) ORDER BY n",
            [texts],
        )
        return [folded for (folded,) in cursor.fetchall()]


def test_every_vietnamese_letter_folds_alike() -> None:
    assert in_sql(ALL_LETTERS) == [fold(letter) for letter in ALL_LETTERS]


def test_every_decomposed_letter_folds_alike() -> None:
    decomposed = [normalize("NFD", letter) for letter in ALL_LETTERS]

    assert in_sql(decomposed) == [fold(letter) for letter in ALL_LETTERS]


def test_ascii_folds_alike() -> None:
    signs = [chr(code) for code in range(32, 127)]

    assert in_sql(signs) == [fold(sign) for sign in signs]


@pytest.mark.parametrize(
    "typed",
    [
        "dien bien",
        "ĐIỆN BIÊN",
        "điện biên",
        normalize("NFD", "Điện"),
        "so khoa hoc",
        "& cong",
        "100%",
        "khoi_1",
        "\\ dien",
        "(khoi",
    ],
)
def test_lookup_finds_without_diacritics_and_case(typed: str) -> None:
    department = DepartmentFactory.create(name_vi=NAME)

    assert list(Department.objects.filter(name_vi__folded=typed)) == [department]


@pytest.mark.parametrize("typed", ["dien_bien", "dien%bien", "10%%", "k%1", "\\\\", "hoc  &"])
def test_lookup_takes_signs_of_patterns_as_they_are(typed: str) -> None:
    DepartmentFactory.create(name_vi=NAME)

    assert not Department.objects.filter(name_vi__folded=typed).exists()


def test_lookup_is_served_by_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = Department.objects.order_by().filter(name_vi__folded="tai chinh").explain()

    assert "department_name_vi_folded" in plan
