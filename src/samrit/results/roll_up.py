"""The one roll-up: cells -> A and B of every organisation of a level. Values are never averaged (DEFINITIONS S5.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samrit.reference import OrgLevel, Period, Register
from samrit.results.cells import Cell


@dataclass(frozen=True, order=True)
class Line:
    """A and B of one measure, period and organisation; org '' gathers what has no organisation of that level."""

    measure: str
    period: Period
    level: OrgLevel
    org: str
    a: int
    b: int


def roll_up(cells: Iterable[Cell], level: OrgLevel, register: Register, day: date) -> list[Line]:
    """A and B per measure, period and organisation of the level, by the register of `day`; sorted.

    A contracting unit takes its persons as the cells say; the other levels follow the facility.
    """
    parents: dict[str, str] = {}
    sums: dict[tuple[str, Period, str], dict[str, int]] = {}
    for cell in cells:
        if level is OrgLevel.CONTRACTING_UNIT:
            org = cell.contracting_unit
        elif level is OrgLevel.FACILITY:
            org = cell.facility
        elif level is OrgLevel.COUNTRY:
            org = "TH"
        else:
            if cell.facility not in parents:
                parents[cell.facility] = register.parents(cell.facility, day).get(level, "")
            org = parents[cell.facility]
        letters = sums.setdefault((cell.measure, cell.period, org), {"a": 0, "b": 0})
        letters[cell.letter] += cell.amount
    return sorted(
        Line(measure, period, level, org, letters["a"], letters["b"])
        for (measure, period, org), letters in sums.items()
    )
