"""Cells as forgiving loaders take them; what nobody can read stays as it is."""

import pytest

from samrit.f43 import ColumnType
from samrit.quality.lenient import read_leniently

DATE, NUMBER, INTEGER = ColumnType.DATE, ColumnType.NUMBER, ColumnType.INTEGER


@pytest.mark.parametrize(
    ("text", "kind", "taken"),
    [
        ("25560601", DATE, "20130601"),  # a Buddhist year, 2556 - 543
        ("2013060110301500", ColumnType.DATETIME, "20130601103015"),  # 16 digits, as seen in exports
        ("2013-06-01 10:30:15", ColumnType.DATETIME, "20130601103015"),
        ("1/6/2556", DATE, "20130601"),  # day first, as Thai writing has it
        ("20130601996199", ColumnType.DATETIME, "20130601"),  # no time of day
        ("20120229", DATE, "20120229"),
        ("25550229", DATE, "20120229"),  # 2555 - 543 is a leap year
        ("25560229", DATE, "25560229"),  # 2013 is none: nobody can read it
        ("00000000", DATE, "00000000"),
        ("17991231", DATE, "17991231"),  # before 1850
        ("บ้านเลขที่", DATE, "บ้านเลขที่"),
        ("120 mmHg", NUMBER, "120"),
        ("1,200.5", NUMBER, "1200.5"),
        ("120/80", NUMBER, "120"),
        ("-", NUMBER, "-"),
        ("12+", INTEGER, "12"),
        ("12.7", INTEGER, "12"),
        ("x12", INTEGER, "x12"),
        (" a ", ColumnType.TEXT, "a"),
    ],
)
def test_a_cell_is_taken_as_far_as_it_says_something(text: str, kind: ColumnType, taken: str) -> None:
    assert read_leniently(text, kind) == taken
