import time
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.text import (
    NeedsReview,
    Reason,
    Span,
    context,
    find,
    locate,
    occurrences,
    one_line,
    sentences,
)

PIECES = [
    "GRDP",
    "10,5%",
    " ",
    ". ",
    "! ",
    "…",
    "\n\n",
    "TP. ",
    "“A.” ",
    " | ",
    "\u0301",
    "\u200d",
    "1",
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4)).map(
    lambda pieces: normalize("NFC", "".join(pieces))
)


@pytest.mark.parametrize(
    "sentence",
    [
        "GRDP tăng 10.5% so với năm trước.",
        "Thu ngân sách đạt 15.292,791 tỷ đồng, hay 15,292.791 in English.",
        "Xóa nhà tạm trước ngày 31.12.2025 trên toàn tỉnh.",
        "Phóng viên ĐBP. Phạm Trung đưa tin.",
        "Mr. Trần Quốc Cường attended.",
        "Hội nghị tại TP. Điện Biên Phủ.",
        "Resolution No. 57 was adopted under Art. 5 on Jan. 10.",
        "Đ/c. Cường và đ/c. Hà dự họp.",
        "Bài của P. Trung và U.S. Embassy.",
        "GDP, IIP và PCI… Điện Biên Phủ... Mường Lay đều tăng.",
        "Tăng trưởng; thu ngân sách; giảm nghèo.",
        "1. Phát triển kinh tế.",
        "a. Phát triển kinh tế.",
        "2.1. Phát triển kinh tế.",
        "Ông nói: “Cố gắng!” - rồi bắt tay.",
        "Chỉ tiêu. Đơn vị | GRDP. Tỷ lệ | 10,5",
        "Không có dấu chấm",
    ],
)
def test_sentences_stay_whole(sentence: str) -> None:
    assert sentences(sentence) == (sentence,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        (" \n\n ", ()),
        ("Một. Hai! Ba? Bốn", ("Một.", "Hai!", "Ba?", "Bốn")),
        ("Tiêu đề\n\nMột. Hai.", ("Tiêu đề", "Một.", "Hai.")),
        ("Một.\r\nHai.", ("Một.", "Hai.")),
        ("“Một.” “Hai.” (Ba.)", ("“Một.”", "“Hai.”", "(Ba.)")),
        ("Tăng 10.5%. 16 chỉ tiêu đạt.", ("Tăng 10.5%.", "16 chỉ tiêu đạt.")),
        ("Đến năm 2025. Tỉnh đạt.", ("Đến năm 2025.", "Tỉnh đạt.")),
        ("Một. 1. Hai. 2. Ba.", ("Một.", "1. Hai.", "2. Ba.")),
        ("He said no. Then he left.", ("He said no.", "Then he left.")),
        ("Xong. 🙂 Hết.", ("Xong.", "🙂 Hết.")),
        ("Ngô, lúa, v.v. Tỉnh đạt.", ("Ngô, lúa, v.v.", "Tỉnh đạt.")),
    ],
)
def test_sentences_part(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "quote", "start"),
    [
        ("Tăng 7.66% năm nay", "7.66%", 5),
        ("Tăng 17.66% năm nay", "7.66%", None),
        ("Tăng 17.66% năm nay", "66%", None),
        ("Tăng 17.66% năm nay", "17", None),
        ("Tăng 17.66% năm nay", "17.66", 5),
        ("Tăng 15,292.791 tỷ", "15,292", None),
        ("Giảm -4 điểm", "4 điểm", None),
        ("Giai đoạn 2021-2025", "2025", None),
        ("Giai đoạn 2021–2025", "2021", None),
        ("Ngày 31/12/2025.", "12/2025.", None),
        ("Ngày 31/12/2025.", "31/12/2025", 5),
        ("Tăng 10. Giảm 5,", "Tăng 10", 0),
        ("Tăng 10, giảm", "Tăng 10", 0),
        ("Tăng ,5", "5", 6),
        ("nhà tạm", "hà tạm", None),
        ("nhà tạm", "nhà t", None),
        ("nhà tạm", "nhà", 0),
        ("nhà tạm", "Nhà", None),
        ("nhà tạm", "nhà  tạm", None),
        ("nhà tạm", "", None),
        ("", "nhà", None),
        ("x\u0302y", "x", None),
        ("x\u0302y", "\u0302y", None),
        ("x\u0302y", "y", None),
        ("x\u0302 y", "x\u0302", 0),
        ("👩\u200d👧 hai", "👩", None),
        ("👩\u200d👧 hai", "👧 hai", None),
        ("👍🏽 hai", "👍", None),
        ("🙂🙂", "🙂", None),
        ("🙂 hai", "🙂", 0),
        (normalize("NFD", "Điện Biên"), normalize("NFC", "Biên"), 5),
        (normalize("NFC", "Điện Biên"), normalize("NFD", "Biên"), 5),
    ],
)
def test_locate_takes_the_exact_words_or_nothing(text: str, quote: str, start: int | None) -> None:
    expected = None if start is None else Span(start, start + len(normalize("NFC", quote)))

    assert locate(text, quote) == expected


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"),
    [
        ("A ", "", 2),
        ("B ", "", 14),
        ("A ", " B", 2),
        ("", "\n\nA", 14),
        ("", "", None),
        ("C ", "", None),
        ("A ", "\n\nA", None),
    ],
)
def test_locate_among_several_by_the_surroundings(
    prefix: str, suffix: str, start: int | None
) -> None:
    text = "A tăng 10,5 B tăng 10,5\n\nA"
    expected = None if start is None else Span(start, start + len("tăng 10,5"))

    assert locate(text, "tăng 10,5", prefix, suffix) == expected


def test_locate_takes_words_that_stand_once_whatever_surrounds_them() -> None:
    assert locate("Một hai ba", "hai", "trước ", " sau") == Span(4, 7)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("17.66%", Reason.MISSING), ("7.66% 7.66%", Reason.AMBIGUOUS)],
)
def test_find_says_why_it_needs_review(text: str, reason: Reason) -> None:
    with pytest.raises(NeedsReview) as raised:
        find(text, "7.66%")

    assert raised.value.reason == reason
    assert str(raised.value) == str(reason.label)


def test_occurrences_in_order() -> None:
    assert occurrences("hai 2hai hai", "hai") == (Span(0, 3), Span(9, 12))


@pytest.mark.parametrize(
    ("length", "expected"), [(2, ("t ", " b")), (40, ("Một ", " ba")), (0, ("", ""))]
)
def test_context(length: int, expected: tuple[str, str]) -> None:
    assert context("Một hai ba", Span(4, 7), length) == expected


def test_one_line() -> None:
    assert one_line(" Đie\u0302\u0323n\r\n\tBiên\u00a0Phủ ") == "Điện Biên Phủ"


@given(texts)
def test_sentences_are_parts_of_the_text_and_lose_no_word(text: str) -> None:
    parted = sentences(text)

    at = 0
    for sentence in parted:
        at = text.index(sentence, at) + len(sentence)
    assert "".join("".join(parted).split()) == "".join(text.split())


@given(texts)
def test_every_sentence_is_located(text: str) -> None:
    for sentence in sentences(text):
        spans = occurrences(text, sentence)

        assert spans
        assert all(text[span.start : span.end] == sentence for span in spans)
        assert locate(text, sentence) == (spans[0] if len(spans) == 1 else None)
        located = {locate(text, sentence, *context(text, span, len(text))) for span in spans}
        assert located <= {*spans, None}


@given(texts, st.data())
def test_a_located_span_holds_the_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]

    span = locate(text, quote)

    assert span is None or text[span.start : span.end] == quote


@pytest.mark.parametrize(
    "repeated", ["GRDP tăng 10,5%. ", "a", "...", "A. ", ".) ", "\u0301", "a | "]
)
def test_long_texts_take_time_in_proportion(repeated: str) -> None:
    text = repeated * (200_000 // len(repeated))
    started = time.perf_counter()

    parted = sentences(text)
    locate(text, parted[-1][:200])

    assert time.perf_counter() - started < 10
