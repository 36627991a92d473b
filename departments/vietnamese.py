"""Words in Vietnamese: one spelling, folding for search, addresses, dictionary order."""

import re
from unicodedata import normalize

from django.utils.translation import gettext_lazy as _

MARKS = re.compile("[\u0300-\u036f]")
STROKE = str.maketrans("đĐ", "dD")
APOSTROPHES = re.compile("['’ʼ]")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot; level has no mark
TONE_MARKS = re.compile(f"[{TONES}]")
SYLLABLE = re.compile(rf"[^\W_](?:[^\W_]|{MARKS.pattern})*")

LETTER_CODES = {digit: digit for digit in "0123456789"} | {
    letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)
}
TONE_CODES = {tone: str(place) for place, tone in enumerate(TONES, start=1)}


def nfc(text: str) -> str:
    return normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d.

    For Vietnamese letters and ASCII the same as SQL `lower(unaccent(normalize(text, NFC)))`.
    """
    bare = MARKS.sub("", normalize("NFD", text)).translate(STROKE)
    return nfc(bare.lower())


def slugify(text: str, max_length: int = 80) -> str:
    """Words of a-z and 0-9 with single hyphens, cut between words if the first one fits.

    Raises ValueError when the text holds nothing to make an address of.
    """
    words = re.findall("[a-z0-9]+", fold(APOSTROPHES.sub("", text)))
    if not words:
        raise ValueError(_("An address needs a Latin letter or a digit. Write a text with one."))
    slug = "-".join(words)
    if len(slug) <= max_length:
        return slug
    whole_words = slug[: max_length + 1].rpartition("-")[0]
    return whole_words or slug[:max_length]


def sort_key(text: str) -> str:
    """ASCII that sorts by bytes (collation "C") as the words do in a Vietnamese dictionary.

    Syllable by syllable, first its letters (digits before them, other scripts after), then its
    tone; lower case before upper only where all else agrees. Spaces and punctuation part
    syllables and do not count themselves, apostrophes not even that. The place of the tone mark
    (hòa, hoà) does not count either. Vietnamese of n characters takes at most 3n + 2.
    """
    syllables = []
    case = ""
    for syllable in SYLLABLE.findall(normalize("NFD", APOSTROPHES.sub("", text))):
        letters = nfc(TONE_MARKS.sub("", syllable))
        tones = TONE_MARKS.findall(syllable)
        syllables.append(
            "".join(map(_letter_code, letters)) + "!" + "".join(TONE_CODES[tone] for tone in tones)
        )
        case += "".join("1" if letter.isupper() else "0" for letter in letters)
    # End of text, then blank, then "!" sort before every code, so what is shorter comes first.
    return f"{'!'.join(syllables)} {case.rstrip('0')}".rstrip()


def _letter_code(letter: str) -> str:
    small = letter.lower()
    if small in LETTER_CODES:
        return LETTER_CODES[small]
    return "".join(LETTER_CODES.get(bare) or f"~{ord(bare):06x}" for bare in fold(letter))
