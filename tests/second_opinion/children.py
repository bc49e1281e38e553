"""Children: measles vaccine (1.4), teeth of first-year pupils (1.5, 4.4)."""

from datetime import date

from second_opinion.codes import MEASLES_VACCINE, SEALANT, in_list, pad_vaccine
from second_opinion.persons import age_on, day_of
from second_opinion.reading import Row
from second_opinion.store import (
    DAY,
    Counted,
    Params,
    Store,
    is_aged,
    is_aged_on_census,
    is_between,
    share,
    thai_residents,
    years_before,
)


def dose_counts(birth: date | None, day: date | None, end: date) -> bool:
    """1.4: from birth on, before the second birthday, not after the period; it may be before the period."""
    return birth is not None and is_between(day, birth, end) and is_aged(age_on(birth, day), 0, 1)


def is_measles_vaccine(row: Row) -> bool:
    """1.4, S7.2."""
    return in_list(pad_vaccine(row.value["VACCINETYPE"]), MEASLES_VACCINE)


def count_measles_vaccine(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.4: Thai residents born in the twelve months before the period."""
    birth = store.people.birth
    first, last = years_before(store.start, 1), store.start - DAY
    vaccinated = store.find_all(
        row
        for row in store.rows("EPI")
        if is_measles_vaccine(row) and dose_counts(birth(store.people.find(row)), day_of(row, "DATE_SERV"), store.end)
    )
    return share([person for person in thai_residents(store) if is_between(birth(person), first, last)], vaccinated)


def pupils(store: Store, params: Params) -> Counted:
    """1.5 B: Thai residents of 6 to 7 on the census day."""
    ages = int(params.get("age_min", 6)), int(params.get("age_max", 7))
    return [person for person in thai_residents(store) if is_aged_on_census(store, person, *ages)]


def count_oral_examination(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.5: any DENTAL row in the period."""
    examined = store.find_all(row for row in store.rows("DENTAL") if store.in_period(day_of(row, "DATE_SERV")))
    return share(pupils(store, params), examined)


def count_sealant(store: Store, params: Params) -> tuple[Counted, Counted]:
    """4.4: a sealant procedure in the period."""
    sealed = store.find_all(
        row
        for row in store.rows("PROCEDURE_OPD")
        if in_list(row.value["PROCEDCODE"], SEALANT) and store.in_period(day_of(row, "DATE_SERV"))
    )
    return share(pupils(store, params), sealed)
