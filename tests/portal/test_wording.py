"""Numbers and names as they are put into sentences."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from portal import wording
from portal.pages.tasks import some_of


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("10.500000", "10,5"),
        ("15292.791000", "15.292,791"),
        ("0.125000", "0,125"),
        ("0.123456", "0,123456"),
        ("7.7390812093408129020341176", "7,74"),
        ("7.6000000000000000", "7,6"),
    ],
)
def test_published_number_keeps_its_decimals_and_a_computed_one_is_rounded(
    value: str, said: str
) -> None:
    with override("vi"):
        assert wording.number(Decimal(value)) == said


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("Xếp hạng PCI", "xếp hạng PCI"),
        ("GRDP bình quân đầu người", "GRDP bình quân đầu người"),
        ("Ổ dịch", "ổ dịch"),
        ("", ""),
    ],
)
def test_name_within_a_sentence_begins_small_unless_it_is_an_abbreviation(
    name: str, within: str
) -> None:
    assert wording.within_sentence(name) == within


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B", "C", "D"], "A, B, C, D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_many_departments_are_shortened_but_never_by_one(names: list[str], said: str) -> None:
    with override("en"):
        assert some_of(names) == said
