"""Satang as they are read: two places always, a sign before the number, thousands apart for people only."""

import pytest

from samrit.allocation import show_satang


@pytest.mark.parametrize(
    ("satang", "for_people", "for_programs"),
    [
        (0, "0.00", "0.00"),
        (5, "0.05", "0.05"),
        (-5, "-0.05", "-0.05"),
        (100, "1.00", "1.00"),
        (99_999, "999.99", "999.99"),
        (100_000, "1,000.00", "1000.00"),
        (-60_090_261, "-600,902.61", "-600902.61"),
        (23_456_903_900, "234,569,039.00", "234569039.00"),
    ],
)
def test_satang_are_shown_as_baht(satang: int, for_people: str, for_programs: str) -> None:
    assert show_satang(satang) == for_people
    assert show_satang(satang, grouped=False) == for_programs
