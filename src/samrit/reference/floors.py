"""The printed floors of the case-mix index, one per class of hospital; a KPI compares with them, nothing else does.

Source: KPI 66 of the ministry, fiscal year 2563 (source 001), table of region 12. An index is compared unrounded; it
meets a floor that it equals. F is read as F1, F2-3 as F2 and F3. A class that is not printed has no floor, and so no
verdict.
"""

from decimal import Decimal
from functools import cache

from samrit.reference.areas import read_shipped


@cache
def case_mix_floors() -> dict[tuple[str, str], Decimal]:
    """(service level, size) -> floor; size is "" where the class is not divided by it."""
    rows = read_shipped("case_mix_floors.csv")
    return {(row["service_level"], row["size"]): Decimal(row["floor"]) for row in rows}


def case_mix_floor(service_level: str, size: str = "") -> Decimal | None:
    """The floor of a hospital's class, or None: large and small are asked of level A alone.

    >>> case_mix_floor("A", "large"), case_mix_floor("F2", "small"), case_mix_floor("P")
    (Decimal('1.6'), Decimal('0.5'), None)
    """
    floors = case_mix_floors()
    return floors.get((service_level, size), floors.get((service_level, "")))
