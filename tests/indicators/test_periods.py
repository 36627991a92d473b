from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import (
    Period,
    PeriodKind,
    day_in_province,
    elapsed_share,
    format_date,
    label,
    parse,
    parse_date,
)

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))

# code, kind, first and last day, Vietnamese and English label
PERIODS = [
    ("2025", "year", (2025, 1, 1), (2025, 12, 31), "năm 2025", "2025"),
    ("2025-H1", "half", (2025, 1, 1), (2025, 6, 30),
     "6 tháng đầu năm 2025", "first half of 2025"),
    ("2025-H2", "half", (2025, 7, 1), (2025, 12, 31),
     "6 tháng cuối năm 2025", "second half of 2025"),
    ("2025-Q1", "quarter", (2025, 1, 1), (2025, 3, 31), "quý I/2025", "Q1 2025"),
    ("2025-Q2", "quarter", (2025, 4, 1), (2025, 6, 30), "quý II/2025", "Q2 2025"),
    ("2025-Q3", "quarter", (2025, 7, 1), (2025, 9, 30), "quý III/2025", "Q3 2025"),
    ("2025-Q4", "quarter", (2025, 10, 1), (2025, 12, 31), "quý IV/2025", "Q4 2025"),
    ("2025-M07", "month", (2025, 7, 1), (2025, 7, 31), "tháng 7/2025", "July 2025"),
    ("2025-M12", "month", (2025, 12, 1), (2025, 12, 31), "tháng 12/2025", "December 2025"),
    ("2025-M02", "month", (2025, 2, 1), (2025, 2, 28), "tháng 2/2025", "February 2025"),
    ("2024-M02", "month", (2024, 2, 1), (2024, 2, 29), "tháng 2/2024", "February 2024"),
    ("1900-M02", "month", (1900, 2, 1), (1900, 2, 28), "tháng 2/1900", "February 1900"),
    ("2025-2M", "months_to_date", (2025, 1, 1), (2025, 2, 28),
     "2 tháng năm 2025", "2 months of 2025"),
    ("2025-9M", "months_to_date", (2025, 1, 1), (2025, 9, 30),
     "9 tháng năm 2025", "9 months of 2025"),
    ("2025-11M", "months_to_date", (2025, 1, 1), (2025, 11, 30),
     "11 tháng năm 2025", "11 months of 2025"),
    ("2021-2025", "five_year", (2021, 1, 1), (2025, 12, 31),
     "giai đoạn 2021-2025", "2021–2025 plan period"),
    ("T2020-2025", "term", (2020, 1, 1), (2025, 12, 31),
     "nhiệm kỳ 2020-2025", "2020–2025 term"),
    ("2025-10-31", "day", (2025, 10, 31), (2025, 10, 31),
     "ngày 31/10/2025", "31 October 2025"),
    ("2024-02-29", "day", (2024, 2, 29), (2024, 2, 29),
     "ngày 29/02/2024", "29 February 2024"),
]  # fmt: skip
CODES = [row[0] for row in PERIODS]


@pytest.mark.parametrize(("code", "kind", "start", "end"), [row[:4] for row in PERIODS])
def test_period_from_code_and_back(
    code: str, kind: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    period = parse(code)

    assert period == Period(PeriodKind(kind), date(*start), date(*end))
    assert period.code == code


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"), [(row[0], row[4], row[5]) for row in PERIODS]
)
def test_label(code: str, vietnamese: str, english: str) -> None:
    period = parse(code)

    assert [label(period, "vi"), label(period, "en")] == [vietnamese, english]


@pytest.mark.parametrize(
    "code",
    [
        "",
        " ",
        "25",
        "20255",
        "02025",
        "1899",
        "2100",
        " 2025",
        "2025 ",
        "2025\n",
        "２０２５",
        "2025-h1",
        "2025-H0",
        "2025-H3",
        "2025H1",
        "2025-Q0",
        "2025-Q5",
        "2025-q1",
        "Q1-2025",
        "2025-QIII",
        "2025-M7",
        "2025-M00",
        "2025-M13",
        "2025-m07",
        "2025-07",
        "2025/07",
        "2025-0M",
        "2025-1M",
        "2025-12M",
        "2025-09M",
        "2025-9m",
        "9M",
        "9M2025",
        "2021–2025",
        "2020-2025",
        "2021-2024",
        "2025-2021",
        "2021-25",
        "2097-2101",
        "T2021-2025",
        "T2025-2020",
        "t2020-2025",
        "T2020–2025",
        "2025-02-29",
        "2025-13-01",
        "2025-00-01",
        "2025-1-31",
        "31/10/2025",
        "20251031",
        "2025-10-31T00:00",
        "2025-W07",
        "năm 2025",
        "x" * 10_000,
    ],
)
def test_parse_refuses_all_else_and_shows_examples(code: str) -> None:
    with pytest.raises(ValueError, match=r"2025-Q3.*2025-M07.*2025-9M.*T2020-2025") as refusal:
        parse(code)

    assert len(str(refusal.value)) < 250


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("year", (2025, 1, 1), (2025, 12, 30)),
        ("year", (2025, 2, 1), (2026, 1, 31)),
        ("year", (2025, 1, 1), (2026, 12, 31)),
        ("half", (2025, 4, 1), (2025, 9, 30)),
        ("half", (2025, 1, 1), (2025, 12, 31)),
        ("quarter", (2025, 2, 1), (2025, 4, 30)),
        ("quarter", (2025, 1, 2), (2025, 3, 31)),
        ("month", (2025, 2, 1), (2025, 2, 27)),
        ("month", (2025, 2, 2), (2025, 2, 28)),
        ("months_to_date", (2025, 1, 1), (2025, 1, 31)),
        ("months_to_date", (2025, 1, 1), (2025, 12, 31)),
        ("months_to_date", (2025, 2, 1), (2025, 9, 30)),
        ("months_to_date", (2024, 1, 1), (2025, 9, 30)),
        ("months_to_date", (2025, 1, 1), (2025, 9, 29)),
        ("five_year", (2020, 1, 1), (2025, 12, 31)),
        ("five_year", (2021, 7, 1), (2026, 6, 30)),
        ("term", (2021, 1, 1), (2025, 12, 31)),
        ("day", (2025, 10, 31), (2025, 11, 1)),
        ("day", (2100, 1, 1), (2100, 1, 1)),
        ("day", (1899, 12, 31), (1899, 12, 31)),
    ],
)
def test_period_refuses_days_that_are_not_of_its_kind(
    kind: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    with pytest.raises(ValueError, match=r"\d\d/\d\d/\d{4}"):
        Period(PeriodKind(kind), date(*start), date(*end))


def test_is_cumulative_for_running_totals_only() -> None:
    cumulative = [code for code in CODES if parse(code).is_cumulative]

    assert cumulative == ["2025-H1", "2025-2M", "2025-9M", "2025-11M"]


def test_sort_key_orders_by_end_then_longer_first() -> None:
    in_order = [
        "2024",
        "2025-M01",
        "2025-H1",
        "2025-6M",
        "2025-Q2",
        "2025-M06",
        "2025-06-30",
        "2025-9M",
        "T2020-2025",
        "2021-2025",
        "2025",
        "2025-H2",
        "2025-Q4",
        "2025-M12",
        "2025-12-31",
    ]
    order = sorted(map(parse, sorted(in_order)), key=lambda period: period.sort_key)

    # Two codes for the same days stand in the order of the codes.
    in_order[2:4] = ["2025-6M", "2025-H1"]
    assert [period.code for period in order] == in_order


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("2025", [2025]),
        ("2025-Q4", [2025]),
        ("2025-10-31", [2025]),
        ("2021-2025", [2021, 2022, 2023, 2024, 2025]),
        ("T2020-2025", [2020, 2021, 2022, 2023, 2024, 2025]),
    ],
)
def test_years(code: str, years: list[int]) -> None:
    assert list(parse(code).years()) == years


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2025, 8, 15), True),
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
    ],
)
def test_contains(day: date, inside: bool) -> None:
    assert parse("2025-Q3").contains(day) is inside


@pytest.mark.parametrize(
    ("code", "day", "share"),
    [
        ("2025", date(2024, 12, 31), Decimal(0)),
        ("2025", date(2025, 1, 1), Decimal(1) / 365),
        ("2025", date(2025, 12, 30), Decimal(364) / 365),
        ("2025", date(2025, 12, 31), Decimal(1)),
        ("2025", date(2027, 1, 1), Decimal(1)),
        ("2024-M02", date(2024, 2, 29), Decimal(1)),
        ("2025-M06", date(2025, 6, 15), Decimal("0.5")),
        ("2025-10-31", date(2025, 10, 30), Decimal(0)),
        ("2025-10-31", date(2025, 10, 31), Decimal(1)),
    ],
)
def test_elapsed_share(code: str, day: date, share: Decimal) -> None:
    assert elapsed_share(parse(code), day) == share


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 0, 0, tzinfo=timezone(timedelta(hours=7))), date(2026, 1, 1)),
        (datetime(2025, 12, 31, 12, 0, tzinfo=timezone(timedelta(hours=-8))), date(2026, 1, 1)),
    ],
)
def test_day_in_province(moment: datetime, day: date) -> None:
    assert day_in_province(moment) == day


def test_day_in_province_refuses_a_moment_without_zone() -> None:
    naive = datetime(2025, 12, 31, 17, 0)  # noqa: DTZ001 - the case under test

    with pytest.raises(ValueError, match="time zone"):
        day_in_province(naive)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2025", date(2025, 12, 31)),
        ("01/02/2025", date(2025, 2, 1)),
        ("1/2/2025", date(2025, 2, 1)),
        ("1/02/2025", date(2025, 2, 1)),
        ("29/2/2024", date(2024, 2, 29)),
        (" 31/12/2025 ", date(2025, 12, 31)),
        ("2025-12-31", date(2025, 12, 31)),
        ("2025-02-01", date(2025, 2, 1)),
    ],
)
def test_parse_date(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/12/25",
        "31/12/025",
        "31/12/20255",
        "12/31/2025",
        "31/02/2025",
        "29/02/2025",
        "00/01/2025",
        "1/0/2025",
        "032/1/2025",
        "31-12-2025",
        "31.12.2025",
        "31 12 2025",
        "31/ 12/2025",
        "2025/12/31",
        "2025-2-1",
        "2025-02-30",
        "20251231",
        "2025-W01-1",
        "2025-12-31T00:00",
        "12/2025",
        "2025",
        "31/12/1025",
        "31/12/2100",
        "１/2/2025",
        "45657",
        "31 December 2025",
        "ngày 31/12/2025",
        "9" * 10_000,
    ],
)
def test_parse_date_refuses_all_else_and_says_what_to_write(text: str) -> None:
    with pytest.raises(ValueError, match="31/12/2025") as refusal:
        parse_date(text)

    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("day", "text"), [(date(2025, 12, 31), "31/12/2025"), (date(2025, 2, 1), "01/02/2025")]
)
def test_format_date(day: date, text: str) -> None:
    assert format_date(day) == text


@given(days)
def test_a_formatted_date_is_parsed_to_the_same(day: date) -> None:
    assert parse_date(format_date(day)) == parse_date(day.isoformat()) == day


@given(days)
def test_every_day_is_a_period(day: date) -> None:
    period = parse(day.isoformat())

    assert (period.kind, period.start, period.end) == (PeriodKind.DAY, day, day)
    assert period.code == day.isoformat()


@given(st.sampled_from(CODES).map(parse), days)
def test_elapsed_share_is_strictly_between_only_inside(period: Period, day: date) -> None:
    share = elapsed_share(period, day)

    assert 0 <= share <= 1
    assert (0 < share < 1) == (period.contains(day) and day != period.end)


@given(st.text(alphabet="0123456789-HQMT", max_size=12))
def test_parse_reads_nothing_but_codes(text: str) -> None:
    try:
        code = parse(text).code
    except ValueError:
        return

    assert code == text
