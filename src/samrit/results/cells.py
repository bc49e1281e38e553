"""A cell: the smallest count that is stored; every level and every cut is summed from cells."""

from dataclasses import dataclass

from samrit.reference import Period


@dataclass(frozen=True, order=True, slots=True)
class Cell:
    """How many things of one kind count at one place.

    facility: where they are counted ('' is never used); contracting_unit: person by person (DEFINITIONS S5.3), '' when
    there is none; sex and age_band ('05-09' ... '80+', '' unknown) on the census day; letter: a or b; amount: a count.
    """

    measure: str
    period: Period
    facility: str
    contracting_unit: str
    sex: str
    age_band: str
    letter: str
    amount: int
