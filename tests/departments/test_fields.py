"""Text in one spelling, and order by the Vietnamese alphabet."""

from unicodedata import normalize

import pytest
from django.core.exceptions import ValidationError

from departments.fields import check_readable
from departments.models import Area, Department
from tests.factories import CommuneFactory, DepartmentFactory

pytestmark = pytest.mark.django_db

COMPOSED = normalize("NFC", "Sở Nông nghiệp và Môi trường")
DECOMPOSED = normalize("NFD", COMPOSED)


def test_text_is_stored_composed() -> None:
    department = DepartmentFactory.create(name_vi=DECOMPOSED)

    department.refresh_from_db()

    assert department.name_vi == COMPOSED
    assert COMPOSED != DECOMPOSED


@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED], ids=["composed", "decomposed"])
@pytest.mark.parametrize(
    "lookup", ["exact", "iexact", "contains", "icontains", "startswith", "in", "folded"]
)
def test_text_is_found_however_it_is_typed(typed: str, lookup: str) -> None:
    department = DepartmentFactory.create(name_vi=COMPOSED)
    wanted = [typed] if lookup == "in" else typed

    found = Department.objects.filter(**{f"name_vi__{lookup}": wanted})

    assert list(found) == [department]


def test_text_is_composed_when_it_is_validated() -> None:
    department = DepartmentFactory.build(name_vi=DECOMPOSED)

    department.full_clean()

    assert department.name_vi == COMPOSED


def test_records_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    names = ["xã Na Sang", "phường Điện Biên Phủ", "xã Ẳng Tở", "xã Áng Cang", "xã Búng Lao"]
    for name in names:
        CommuneFactory.create(name_vi=name)

    ordered = [area.name_vi for area in Area.objects.filter(kind=Area.Kind.COMMUNE)]

    assert ordered == [
        "phường Điện Biên Phủ",
        "xã Áng Cang",
        "xã Ẳng Tở",
        "xã Búng Lao",
        "xã Na Sang",
    ]


def test_sort_key_follows_a_change_of_the_name() -> None:
    CommuneFactory.create(name_vi="xã Mường Nhé")
    renamed = CommuneFactory.create(name_vi="xã Xa Dung")

    renamed.name_vi = "xã Chà Tở"
    renamed.save()

    assert Area.objects.filter(kind=Area.Kind.COMMUNE).first() == renamed


def test_sort_key_of_the_longest_name_is_stored() -> None:
    longest = "Đ" * Department._meta.get_field("name_vi").max_length  # type: ignore[operator] # the field has one

    department = DepartmentFactory.create(name_vi=longest)

    department.refresh_from_db()
    assert len(department.sort_key) <= 1000


@pytest.mark.parametrize("text", ["\u200b\u200b", "\ufeff", "\u2060 \u00a0", "\u00ad"])
def test_text_that_shows_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="that can be read"):
        check_readable(text)


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202a"])
def test_text_that_turns_its_direction_is_refused(sign: str) -> None:
    with pytest.raises(ValidationError, match="turn its direction"):
        check_readable(f"abc{sign}def")


@pytest.mark.parametrize("text", ["", "%", "Sở Y tế", DECOMPOSED, "a\u200bb", "tỷ\u00a0đồng"])
def test_text_that_people_write_is_taken(text: str) -> None:
    check_readable(text)


def test_fields_ask_whether_the_text_can_be_read() -> None:
    department = DepartmentFactory.build(name_vi="\u200b")

    with pytest.raises(ValidationError) as refused:
        department.clean_fields(exclude=["parent", "area"])
    assert "name_vi" in refused.value.message_dict
