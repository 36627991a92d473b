"""Records as rows of a spreadsheet, out and in."""

from indicators.resources.formats import CSV, XLSX
from indicators.resources.indicator import IndicatorResource
from indicators.resources.observation import ObservationResource
from indicators.resources.records import RecordResource
from indicators.resources.rows import FileRows, read_rows
from indicators.resources.target import TargetResource

__all__ = [
    "CSV",
    "XLSX",
    "FileRows",
    "IndicatorResource",
    "ObservationResource",
    "RecordResource",
    "TargetResource",
    "read_rows",
]
