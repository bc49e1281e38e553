"""Access to care: outpatient visits (2.1), surveys of the disabled (4.1), depression (4.6)."""

from collections.abc import Sequence
from datetime import date

from second_opinion.codes import DEPRESSION, UC
from second_opinion.persons import day_of
from second_opinion.reading import Row
from second_opinion.store import (
    Counted,
    Params,
    Store,
    diagnosed,
    is_aged_on_census,
    is_between,
    share,
    thai_residents,
)

PRIMARY_CARE = ("18", "08", "04")
HOSPITAL = ("05", "06", "07")


def find_hostype(organisations: Sequence[dict[str, str]], facility: str) -> str:
    """The kind of a facility, empty when it is not in the table."""
    return next((unit.get("hostype", "") for unit in organisations if unit["hospcode"] == facility), "")


def is_own_uc_visit(row: Row) -> bool:
    """2.1: the right of the visit is UC (S4.4) and it took place in the unit."""
    return row.value.get("INSTYPE") in UC and row.value.get("SERVPLACE") == "1"


def count_outpatient_visits(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.1: visits, each at its facility; no person is needed."""
    parts: dict[tuple[str, ...], Counted] = {PRIMARY_CARE: [], HOSPITAL: []}
    for row in store.rows("SERVICE"):
        if is_own_uc_visit(row) and store.in_period(day_of(row, "DATE_SERV")):
            facility = row.text["HOSPCODE"]
            for kinds, visits in parts.items():
                if find_hostype(store.people.organisations, facility) in kinds:
                    visits.append(("facility", facility))
    return parts[PRIMARY_CARE], parts[HOSPITAL]


def is_registered_disabled(row: Row) -> bool:
    """4.1: the number of the register of the disabled is known."""
    return row.value.get("DISABID") is not None


def is_survey(row: Row) -> bool:
    """4.1: a qualifier that says something; 5 to 7 do not exist."""
    return row.value.get("QUALIFIER") in ("0", "1", "2", "3", "4", "8", "9")


def count_icf_surveys(store: Store, params: Params) -> tuple[Counted, Counted]:
    """4.1: Thai residents on the register of the disabled by the end of the period, surveyed by then."""
    disabled = store.find_all(
        row
        for row in store.rows("DISABILITY")
        if is_registered_disabled(row) and is_between(day_of(row, "DATE_DETECT"), date.min, store.end)
    )
    surveyed = store.find_all(
        row for row in store.rows("ICF") if is_survey(row) and is_between(day_of(row, "DATE_SERV"), date.min, store.end)
    )
    return share([person for person in thai_residents(store) if person in disabled], surveyed)


def count_depression(store: Store, params: Params) -> tuple[Counted, Counted]:
    """4.6: Thai residents of 15 and over with a code of depression in the period."""
    age_min = int(params.get("age_min", 15))
    b = [person for person in thai_residents(store) if is_aged_on_census(store, person, age_min)]
    return share(b, diagnosed(store, DEPRESSION, store.start, store.end))
