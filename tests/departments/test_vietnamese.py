import random
from itertools import pairwise, permutations
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.vietnamese import fold, nfc, slugify, sort_key

PLAIN = {"a": "aăâ", "d": "dđ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}
TONES_IN_ORDER = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
vietnamese_text = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " ", max_size=30)
any_text = st.text(max_size=30)


@pytest.mark.parametrize(
    ("plain", "letter"), [(plain, letter) for plain, many in PLAIN.items() for letter in many]
)
def test_fold_every_vietnamese_letter_in_both_cases_and_forms(plain: str, letter: str) -> None:
    tones = [""] if plain == "d" else TONES_IN_ORDER
    written = [letter + tone for tone in tones]

    folded = {
        fold(form)
        for text in written
        for form in (nfc(text), normalize("NFD", text), nfc(text).upper(), text.upper())
    }

    assert folded == {plain}


def test_fold_ascii_is_only_lowered() -> None:
    ascii_text = "".join(map(chr, range(128)))

    assert fold(ascii_text) == ascii_text.lower()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Điện Biên", "dien bien"),
        ("Đ đ", "d d"),
        ("THU NGÂN SÁCH NHÀ NƯỚC", "thu ngan sach nha nuoc"),
        ("Nghị quyết 57/NQ-HĐND", "nghi quyet 57/nq-hdnd"),
        ("x\u0301", "x"),
        ("ພາສາລາວ", "ພາສາລາວ"),
        ("กำ", "กำ"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(any_text)
def test_fold_does_not_depend_on_the_form_and_is_stable(text: str) -> None:
    folded = fold(text)

    assert fold(normalize("NFD", text)) == folded
    assert fold(folded) == folded
    assert nfc(folded) == folded


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Điện Biên", "dien-bien"),
        ("  Tăng trưởng GRDP: trên 10,5%!  ", "tang-truong-grdp-tren-10-5"),
        ("Sở Nông nghiệp và Môi trường", "so-nong-nghiep-va-moi-truong"),
        ("H’Mông và H'Mông", "hmong-va-hmong"),
        ("a -- b__c", "a-b-c"),
        ("ລາວ Lào", "lao"),
        ("2025", "2025"),
    ],
)
def test_slugify(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize(
    ("max_length", "slug"),
    [
        (14, "mot-hai-ba-bon"),
        (13, "mot-hai-ba"),
        (10, "mot-hai-ba"),
        (9, "mot-hai"),
        (3, "mot"),
        (2, "mo"),
    ],
)
def test_slugify_cuts_between_words(max_length: int, slug: str) -> None:
    assert slugify("Một hai ba bốn", max_length=max_length) == slug


@pytest.mark.parametrize("text", ["", "   ", "-–—", "???", "ພາສາລາວ", "\u0301"])
def test_slugify_refuses_what_holds_nothing_for_an_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        slugify(text)


@given(vietnamese_text.filter(str.strip), st.integers(min_value=1, max_value=40))
def test_slugify_is_a_slug_within_its_length(text: str, max_length: int) -> None:
    slug = slugify(text, max_length=max_length)

    assert 0 < len(slug) <= max_length
    assert slugify(slug) == slug


SORTED = [
    [],
    ["2025", "9", "a"],
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "ặ", "â", "ậ", "b"],
    ["da", "đa", "đá", "e", "ẹ", "ê", "f", "o", "ọ", "ô", "ộ", "ơ", "ợ", "p"],
    ["u", "ụ", "ư", "ự", "v", "w", "x", "y", "ỹ", "z", "ລ"],
    ["ma", "mà", "mả", "mã", "má", "mạ", "man", "mán", "măn", "mi"],
    ["ba", "ba ca", "ba cô", "bà", "bà con", "bác"],
    ["lan", "Lan", "LAN", "lan anh", "Lan Anh", "làn"],
    ["Điện Biên", "Điện Biên Đông", "Điện Biên Phủ", "Điện Bình"],
    ["hoa", "hòa", "hoá", "hoạ", "hoan"],
    ["Mường Ảng", "Mường Chà", "Mường Lay", "Mường Nhé", "Nậm Pồ", "Tủa Chùa", "Tuần Giáo"],
    ["Sở Công Thương", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ", "Sở Y tế"],
    ["a", "Ả", "A1", "A1 Hill", "ac"],
]


@pytest.mark.parametrize("words", SORTED)
def test_sort_key_puts_words_in_dictionary_order(words: list[str]) -> None:
    mixed = random.sample(words, k=len(words))

    assert sorted(mixed, key=lambda word: sort_key(word).encode()) == words
    assert all(sort_key(one) < sort_key(next_one) for one, next_one in pairwise(words))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Búng Lao", "Búng-Lao"),
        ("Búng Lao", " Búng  Lao. "),
        ("H'Mông", "HMông"),
        ("Zürich", "Zurich"),
    ],
)
def test_sort_key_does_not_count_punctuation_or_the_place_of_the_tone(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize("tones", list(permutations(TONES_IN_ORDER, 2)))
def test_sort_key_letters_come_before_tones(tones: tuple[str, str]) -> None:
    earlier, later = (nfc("ba" + tone) for tone in tones)

    assert sort_key(earlier + "c") < sort_key(later + "n")


@given(any_text)
def test_sort_key_is_ascii_and_does_not_depend_on_the_form(text: str) -> None:
    key = sort_key(text)

    assert key.isascii()
    assert sort_key(normalize("NFD", text)) == key
    assert sort_key(nfc(text)) == key


@given(vietnamese_text)
def test_sort_key_is_at_most_three_times_the_text(text: str) -> None:
    assert len(sort_key(text)) <= 3 * len(text) + 2
