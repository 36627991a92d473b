"""The columns of a spreadsheet of figures, by their English and Vietnamese names."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from departments.vietnamese import fold
from indicators.assessment import FigureStatus, Form
from indicators.spreadsheets import SpreadsheetRefused


@dataclass(frozen=True)
class Column:
    """`names` are what a header may say, whatever the case and the diacritics."""

    key: str
    names: tuple[str, ...]
    is_required: bool = False
    is_read: bool = True


COLUMNS = (
    Column("indicator", ("indicator", "indicator code", "chỉ tiêu", "mã chỉ tiêu"), True),
    Column("period", ("period", "kỳ", "kỳ báo cáo"), True),
    Column("area", ("area", "area code", "địa bàn", "mã địa bàn")),
    Column("source", ("source", "source code", "nguồn", "mã nguồn"), True),
    Column("value", ("value", "giá trị"), True),
    Column("upper_value", ("upper value", "giá trị trên", "cận trên")),
    Column("form", ("form", "dạng", "hình thức")),
    Column("status", ("status", "trạng thái", "tình trạng"), True),
    Column("as_of", ("as of", "tính đến", "tính đến ngày"), True),
    Column("released_at", ("released at", "công bố lúc", "thời điểm công bố")),
    Column("note", ("note", "ghi chú")),
    # What an export adds for people to read; nothing is taken from it.
    Column("indicator_name", ("indicator name", "tên chỉ tiêu"), is_read=False),
    Column("unit", ("unit", "đơn vị", "đơn vị tính"), is_read=False),
    Column("known_from", ("known from", "biết từ"), is_read=False),
    Column("known_until", ("known until", "biết đến"), is_read=False),
    Column("batch", ("batch", "đợt"), is_read=False),
)
BY_KEY = {column.key: column for column in COLUMNS}

STATUSES = {
    FigureStatus.FORECAST: ("forecast", "dự báo"),
    FigureStatus.ESTIMATE: ("estimate", "ước", "ước tính", "ước thực hiện"),
    FigureStatus.PRELIMINARY: ("preliminary", "sơ bộ"),
    FigureStatus.OFFICIAL: ("official", "chính thức"),
}
FORMS = {
    Form.LEVEL: ("level", "mức"),
    Form.CHANGE_POINTS: ("change points", "thay đổi điểm phần trăm"),
    Form.CHANGE_PERCENT: ("change percent", "thay đổi phần trăm"),
    Form.TIMES: ("times", "lần"),
    Form.INCREMENT: ("increment", "phần tăng thêm"),
    Form.COMPLETION: ("completion", "hoàn thành"),
}


@lru_cache(maxsize=1000)
def plain(name: str) -> str:
    """How headers and words are compared: folded, "_" and repeated blanks as one blank."""
    return " ".join(fold(name).replace("_", " ").split())


NAMES = {plain(name): column for column in COLUMNS for name in column.names}


def title(key: str) -> str:
    """The English name that an export writes, and the first that an import takes."""
    return BY_KEY[key].names[0]


def match(header: tuple[str, ...]) -> list[Column]:
    """The column of each name in the header.

    Raises `SpreadsheetRefused` naming all that are missing, unknown or there twice.
    """
    columns = [NAMES.get(plain(name)) for name in header]
    keys = [column.key for column in columns if column is not None]
    unknown = [name for name, column in zip(header, columns, strict=True) if column is None]
    twice = sorted({title(key) for key in keys if keys.count(key) > 1})
    missing = [c.names[0] for c in COLUMNS if c.is_required and c.key not in keys]
    faults = []
    if missing:
        faults.append(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    if twice:
        faults.append(_("These columns are there twice: %(names)s.") % {"names": ", ".join(twice)})
    if unknown:
        names = ", ".join(f"“{name[:40]}”" for name in unknown)
        faults.append(_("These columns are unknown: %(names)s.") % {"names": names})
    if faults:
        advice = _(
            "The first row holds the names of the columns. Mend it and choose the file again."
        )
        raise SpreadsheetRefused(" ".join([*faults, advice]))
    return [column for column in columns if column is not None]
