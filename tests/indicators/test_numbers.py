from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.numbers import (
    AmbiguousNumber,
    Convention,
    format_number,
    parse,
    round_half_away,
)

VI, EN = Convention.VI, Convention.EN
AMBIGUOUS, REFUSED = "ambiguous", "refused"
storable = st.decimals(
    min_value=Decimal("-999999999999999999.999999"),
    max_value=Decimal("999999999999999999.999999"),
    places=6,
)


def outcome(text: str, convention: Convention | None) -> str:
    """The number as written out, or how it was turned down."""
    try:
        return str(parse(text, convention=convention))
    except AmbiguousNumber:
        return AMBIGUOUS
    except ValueError:
        return REFUSED


# text, then what it is without a convention, in Vietnamese and in English
READINGS = [
    ("0", "0", "0", "0"),
    ("8500", "8500", "8500", "8500"),
    ("15292", "15292", "15292", "15292"),
    ("15.292,791", "15292.791", "15292.791", REFUSED),
    ("15,292.791", "15292.791", REFUSED, "15292.791"),
    ("15292,791", "15292.791", "15292.791", REFUSED),
    ("15292.791", "15292.791", REFUSED, "15292.791"),
    ("15.292", AMBIGUOUS, "15292", "15.292"),
    ("15,292", AMBIGUOUS, "15.292", "15292"),
    ("1.000", AMBIGUOUS, "1000", "1.000"),
    ("100,000", AMBIGUOUS, "100.000", "100000"),
    ("-1.234", AMBIGUOUS, "-1234", "-1.234"),
    ("1234.567", "1234.567", REFUSED, "1234.567"),
    ("1234,567", "1234.567", "1234.567", REFUSED),
    ("0.125", "0.125", REFUSED, "0.125"),
    ("0,125", "0.125", "0.125", REFUSED),
    ("8.51", "8.51", REFUSED, "8.51"),
    ("8,51", "8.51", "8.51", REFUSED),
    ("10.5", "10.5", REFUSED, "10.5"),
    ("17.6600", "17.6600", REFUSED, "17.6600"),
    ("8,50", "8.50", "8.50", REFUSED),
    ("1.234.567", "1234567", "1234567", REFUSED),
    ("1,234,567", "1234567", REFUSED, "1234567"),
    ("1.234.567,8", "1234567.8", "1234567.8", REFUSED),
    ("1,234,567.8", "1234567.8", REFUSED, "1234567.8"),
    ("-4,06", "-4.06", "-4.06", REFUSED),
    ("−4.06", "-4.06", REFUSED, "-4.06"),
    ("+15", "15", "15", "15"),
    ("-0", "0", "0", "0"),
    ("-0,0", "0.0", "0.0", REFUSED),
    (" 8500\n", "8500", "8500", "8500"),
    ("\u00a08500\u00a0", "8500", "8500", "8500"),
    ("999999999999999999", *["999999999999999999"] * 3),
    ("-999999999999999999,999999", *["-999999999999999999.999999"] * 2, REFUSED),
]
NOWHERE_A_NUMBER = [
    "",
    " ",
    ".",
    ",",
    "-",
    ",5",
    ".5",
    "5,",
    "5.",
    "007",
    "00",
    "00,5",
    "0.125,5",
    "0,125.5",
    "0.000.000",
    "012.345",
    "1.23.456",
    "12.3456,7",
    "1234.567,8",
    "1234,567.8",
    "1.234,567.8",
    "1,234.567,8",
    "1.234.56",
    "1.2.3",
    "1,,234",
    "1..234",
    "--1",
    "+-1",
    "1-",
    "- 1",
    "–5",
    "(5)",
    "15 292",
    "15\u00a0292",
    "15\u202f292",
    "15\u2009292",
    "15'292",
    "15_292",
    "15.292 ,791",
    "1e3",
    "1E+3",
    "10.5%",
    "10,5 %",
    "5‰",
    "53,85 triệu",
    "NaN",
    "Infinity",
    "0x10",
    "١٢٣",
    "１２３",
    "²",
    "½",
    "một",
    "=1+1",
    "1\n2",
    "1\x00",
    "over 10.5",
    "6.6-6.8",
]


@pytest.mark.parametrize(("text", "unknown", "vietnamese", "english"), READINGS)
def test_parse(text: str, unknown: str, vietnamese: str, english: str) -> None:
    outcomes = [outcome(text, convention) for convention in (None, VI, EN)]

    assert outcomes == [unknown, vietnamese, english]


@pytest.mark.parametrize("text", NOWHERE_A_NUMBER)
def test_parse_refuses_what_is_no_number(text: str) -> None:
    outcomes = [outcome(text, convention) for convention in (None, VI, EN)]

    assert outcomes == [REFUSED] * 3


@pytest.mark.parametrize(
    ("text", "convention"),
    [
        ("1000000000000000000", None),
        ("1.000.000.000.000.000.000", VI),
        ("1,000,000,000,000,000,000", EN),
        ("-1000000000000000000", None),
        ("1,1234567", None),
        ("1,0000000", VI),
        ("1.1234567", EN),
        ("9" * 200, None),
        ("0." + "0" * 200, None),
    ],
)
def test_parse_refuses_more_digits_than_are_stored(
    text: str, convention: Convention | None
) -> None:
    with pytest.raises(ValueError, match=r"18.*6") as refusal:
        parse(text, convention=convention)

    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("text", "grouped", "fractional", "write_whole", "write_decimals"),
    [
        ("15.292", "15292", "15.292", "15292", "15.2920"),
        ("15,292", "15292", "15.292", "15292", "15,2920"),
        ("-1.000", "-1000", "-1.000", "-1000", "-1.0000"),
    ],
)
def test_ambiguous_number_shows_both_readings(
    text: str, grouped: str, fractional: str, write_whole: str, write_decimals: str
) -> None:
    with pytest.raises(AmbiguousNumber) as refusal:
        parse(text, convention=None)

    assert (refusal.value.grouped, refusal.value.fractional) == (
        Decimal(grouped),
        Decimal(fractional),
    )
    assert write_whole in str(refusal.value)
    assert write_decimals in str(refusal.value)
    assert parse(write_whole, convention=None) == Decimal(grouped)
    assert parse(write_decimals, convention=None) == Decimal(fractional)


@pytest.mark.parametrize(
    ("text", "convention", "right"),
    [
        ("15,292.791", VI, "15.292,791"),
        ("8.51", VI, "8,51"),
        ("15.292,791", EN, "15,292.791"),
        ("-8,51", EN, "−8.51"),
        ("nhiều", VI, "15.292,791"),
        ("many", EN, "15,292.791"),
        ("nhiều", None, "15.292,791"),
        ("many", None, "15,292.791"),
    ],
)
def test_refusal_says_what_to_write(text: str, convention: Convention | None, right: str) -> None:
    with pytest.raises(ValueError, match=r"\w+") as refusal:
        parse(text, convention=convention)

    assert text in str(refusal.value)
    assert right in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("3.5", 0, "4"),
        ("2.4999", 0, "2"),
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.124999", 2, "0.12"),
        ("17.66", 4, "17.6600"),
        ("-0.004", 2, "0.00"),
        ("999999999999999999.9999995", 6, "1000000000000000000.000000"),
    ],
)
def test_round_half_away(value: str, decimals: int, rounded: str) -> None:
    assert str(round_half_away(Decimal(value), decimals)) == rounded


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        ("15292.791", None, "15.292,791", "15,292.791"),
        ("15292.791000", None, "15.292,791", "15,292.791"),
        ("15292.000000", None, "15.292", "15,292"),
        ("100", None, "100", "100"),
        ("1E+3", None, "1.000", "1,000"),
        ("1234567", None, "1.234.567", "1,234,567"),
        ("0.000001", None, "0,000001", "0.000001"),
        ("-4.06", None, "−4,06", "−4.06"),
        ("-0.00", None, "0", "0"),
        ("8.5", 2, "8,50", "8.50"),
        ("8.505", 2, "8,51", "8.51"),
        ("-8.505", 2, "−8,51", "−8.51"),
        ("999.995", 2, "1.000,00", "1,000.00"),
        ("2.5", 0, "3", "3"),
        ("-0.004", 2, "0,00", "0.00"),
        ("0", 2, "0,00", "0.00"),
        (
            "999999999999999999.999999",
            None,
            *["999.999.999.999.999.999,999999", "999,999,999,999,999,999.999999"],
        ),
    ],
)
def test_format_number(value: str, decimals: int | None, vietnamese: str, english: str) -> None:
    number = Decimal(value)

    shown = [format_number(number, language=each, decimals=decimals) for each in ("vi", "en")]

    assert shown == [vietnamese, english]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_format_number_refuses_what_is_not_finite(value: str) -> None:
    with pytest.raises(ValueError, match="shown"):
        format_number(Decimal(value), language="vi")


@given(storable, st.sampled_from(Convention))
def test_what_is_formatted_is_parsed_to_the_same(value: Decimal, convention: Convention) -> None:
    shown = format_number(value, language=convention)

    assert parse(shown, convention=convention) == value


@given(storable, st.sampled_from(Convention), st.integers(min_value=0, max_value=6))
def test_what_is_formatted_rounded_is_parsed_to_the_rounded(
    value: Decimal, convention: Convention, decimals: int
) -> None:
    rounded = round_half_away(value, decimals)
    shown = format_number(value, language=convention, decimals=decimals)

    if abs(rounded) < 10**18:
        assert str(parse(shown, convention=convention)) == str(rounded)


@given(storable, st.sampled_from(Convention))
def test_without_a_convention_a_formatted_number_is_right_or_ambiguous(
    value: Decimal, convention: Convention
) -> None:
    shown = format_number(value, language=convention)

    try:
        number = parse(shown, convention=None)
    except AmbiguousNumber as ambiguous:
        number = ambiguous.grouped if value == value.to_integral_value() else ambiguous.fractional

    assert number == value


@given(st.text(alphabet="0123456789.,-+ ", max_size=12))
def test_without_a_convention_nothing_is_read_that_a_convention_denies(text: str) -> None:
    unknown, *known = [outcome(text, convention) for convention in (None, VI, EN)]

    readings = {each for each in known if each != REFUSED}
    expected = readings.pop() if len(readings) == 1 else AMBIGUOUS if readings else REFUSED
    assert unknown == expected


@given(st.text(max_size=12), st.sampled_from([None, VI, EN]))
def test_parse_reads_or_refuses_whatever_the_text(text: str, convention: Convention | None) -> None:
    read = outcome(text, convention)

    assert read in {AMBIGUOUS, REFUSED} or Decimal(read).is_finite()
