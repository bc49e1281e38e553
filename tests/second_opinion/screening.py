"""Screening of adults: risks (P2), cervix (P3, 1.3), sugar and pressure (1.6)."""

from collections.abc import Sequence
from decimal import Decimal

from second_opinion.codes import CERVICAL_DIAGNOSIS, CERVICAL_SPECIAL_PP, DM, HT, in_list
from second_opinion.persons import Person, age_on, day_of
from second_opinion.reading import Row
from second_opinion.store import (
    DAY,
    Counted,
    Params,
    Store,
    is_aged_on_census,
    is_between,
    registered,
    share,
    thai_residents,
    uc_persons,
    years_before,
)

AGES = (("35",), ("40",), ("45",), ("50",), ("55",), ("60",))


def is_complete(row: Row) -> bool:
    """P2: smoking and alcohol answered, five measures above zero, all in one row."""
    answered = all(row.value.get(column) in ("1", "2", "3", "4") for column in ("SMOKE", "ALCOHOL"))
    measured = (row.value.get(column) for column in ("WEIGHT", "HEIGHT", "WAIST_CM", "SBP_1", "DBP_1"))
    return answered and all(isinstance(number, Decimal) and number > 0 for number in measured)


def count_risk_screening(store: Store, params: Params) -> tuple[Counted, Counted]:
    """P2: UC persons of 35 and over with one complete screening in the period."""
    screened = store.find_all(row for row in screenings(store) if is_complete(row))
    return share(uc_persons(store, int(params.get("age_min", 35))), screened)


def screenings(store: Store) -> list[Row]:
    """NCDSCREEN rows in the period, of any facility."""
    return [row for row in store.rows("NCDSCREEN") if store.in_period(day_of(row, "DATE_SERV"))]


def is_cervical_evidence(row: Row) -> bool:
    """P3: a diagnosis of any type, or a special service, in its list."""
    if row.table.name == "SPECIALPP":
        return in_list(row.value["PPSPECIAL"], CERVICAL_SPECIAL_PP)
    return in_list(row.value["DIAGCODE"], CERVICAL_DIAGNOSIS)


def read_ages(rows: Sequence[Sequence[str]]) -> set[int]:
    """P3: ages as the parameter writes them, one a row."""
    return {int(age) for (age,) in rows}


def is_of_ages(store: Store, person: Person, ages: set[int]) -> bool:
    """P3: a woman whose completed years on the census day are one of these."""
    is_woman = store.people.winners[person].value.get("SEX") == "2"
    return is_woman and age_on(store.people.birth(person), store.census) in ages


def count_cervical_coverage(store: Store, params: Params) -> tuple[Counted, Counted]:
    """P3: UC women of the five-yearly ages with evidence in the period."""
    ages = read_ages(params.get("ages", AGES))
    b = [person for person in uc_persons(store, 0) if is_of_ages(store, person, ages)]
    tested = store.find_all(
        row
        for table in ("DIAGNOSIS_OPD", "SPECIALPP")
        for row in store.rows(table)
        if is_cervical_evidence(row) and store.in_period(day_of(row, "DATE_SERV"))
    )
    return share(b, tested)


def count_cervical_screening(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.3: Thai women of 30 to 60 with evidence in the five years that end with the period."""
    ages = int(params.get("age_min", 30)), int(params.get("age_max", 60))
    first = years_before(store.end + DAY, int(params.get("years", 5)))
    b = [
        person
        for person in thai_residents(store)
        if store.people.winners[person].value.get("SEX") == "2" and is_aged_on_census(store, person, *ages)
    ]
    tested = store.find_all(
        row
        for table in ("DIAGNOSIS_OPD", "SPECIALPP")
        for row in store.rows(table)
        if is_cervical_evidence(row) and is_between(day_of(row, "DATE_SERV"), first, store.end)
    )
    return share(b, tested)


def sugar_was_tested(row: Row) -> bool:
    """1.6: a kind of test and a level above zero, in one row."""
    level = row.value.get("BSLEVEL")
    return row.value.get("BSTEST") in ("1", "2", "3", "4") and isinstance(level, Decimal) and level > 0


def pressure_was_measured(row: Row) -> bool:
    """1.6: both pressures above their limits, in one row."""
    sbp, dbp = row.value.get("SBP_1"), row.value.get("DBP_1")
    return isinstance(sbp, Decimal) and isinstance(dbp, Decimal) and sbp > 30 and dbp > 20


def count_dm_ht_screening(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.6: Thai residents of 35 to 59 known with neither disease; sugar and pressure, in one row or in two."""
    ages = int(params.get("age_min", 35)), int(params.get("age_max", 59))
    known = registered(store, DM, store.start) | registered(store, HT, store.start)
    b = [person for person in thai_residents(store) if is_aged_on_census(store, person, *ages) and person not in known]
    sugar = store.find_all(row for row in screenings(store) if sugar_was_tested(row))
    pressure = store.find_all(row for row in screenings(store) if pressure_was_measured(row))
    return share(b, sugar & pressure)
