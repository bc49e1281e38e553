"""The one roll-up: cells -> A and B of every organisation of a level. Values are never averaged (DEFINITIONS S5.4).

Of all of them, of one, or of those inside one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samrit.reference import Grouping, OrgLevel, Period, Register, find_level
from samrit.results.cells import Amount, Cell, add


@dataclass(frozen=True, order=True)
class Line:
    """A and B of one measure, period and organisation; org '' gathers what has no organisation of that level."""

    measure: str
    period: Period
    level: OrgLevel | Grouping
    org: str
    a: Amount
    b: Amount


def roll_up(cells: Iterable[Cell], level: OrgLevel | Grouping, register: Register, day: date) -> list[Line]:
    """A and B per measure, period and organisation of the level, by the register of `day`; sorted.

    A contracting unit takes its persons as the cells say; the other levels, and classes of hospitals, follow the
    facility.
    """
    parents: dict[str, str] = {}
    sums: dict[tuple[str, Period, str], dict[str, Amount]] = {}
    for cell in cells:
        if level is OrgLevel.CONTRACTING_UNIT:
            org = cell.contracting_unit
        elif level is OrgLevel.FACILITY:
            org = cell.facility
        elif level is OrgLevel.COUNTRY:
            org = "TH"
        else:
            if cell.facility not in parents:
                parents[cell.facility] = _above(cell.facility, level, register, day)
            org = parents[cell.facility]
        letters = sums.setdefault((cell.measure, cell.period, org), {"a": 0, "b": 0})
        letters[cell.letter] = add(letters[cell.letter], cell.amount)
    return sorted(
        Line(measure, period, level, org, letters["a"], letters["b"])
        for (measure, period, org), letters in sums.items()
    )


def roll_up_inside(
    cells: Iterable[Cell], level: OrgLevel | Grouping, org: str, register: Register, day: date
) -> list[Line]:
    """The lines of a level that are `org` or lie inside it ('': all); of a class of hospitals, those inside count."""
    if isinstance(level, Grouping):
        inside = register.inside(*find_level(org, None, register, day), day) if org else None
        return roll_up((c for c in cells if inside is None or c.facility in inside), level, register, day)
    units = units_inside(level, org, register, day)
    return [line for line in roll_up(cells, level, register, day) if units is None or line.org in units]


def units_inside(level: OrgLevel, org: str, register: Register, day: date) -> set[str] | None:
    """The organisations of a level that are `org` or lie inside it; None: nothing was asked for, so all of them."""
    if not org:
        return None
    at, code = find_level(org, level, register, day)
    if at is level:
        return {code}
    inside = register.inside(at, code, day)
    return {register.parents(f, day).get(level, "") if level is not OrgLevel.FACILITY else f for f in inside} - {""}


def _above(facility: str, level: OrgLevel | Grouping, register: Register, day: date) -> str:
    if isinstance(level, Grouping):
        return register.hospital_class(facility, day)
    return register.parents(facility, day).get(level, "")
