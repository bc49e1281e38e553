"""Chronic patients: retina (2.5), pressure (2.6), home visits (4.5)."""

from datetime import date
from decimal import Decimal

from second_opinion.codes import DM, HOME_VISIT, HT, in_list
from second_opinion.persons import Person, day_of, latest_then_smaller
from second_opinion.reading import Row
from second_opinion.store import Counted, Params, Store, registered, share, thai_residents


def residents_registered(store: Store, prefixes: tuple[str, ...]) -> Counted:
    """2.5, 2.6 B: Thai residents registered before the census day."""
    patients = registered(store, prefixes, store.census)
    return [person for person in thai_residents(store) if person in patients]


def retina_was_examined(row: Row) -> bool:
    """2.5: 8 and 9 are no examination, and undo none."""
    return row.value.get("RETINA") in ("1", "2", "3", "4")


def count_retina_exams(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.5: Thai residents on the dm register, examined in the period."""
    examined = store.find_all(
        row for row in store.rows("CHRONICFU") if retina_was_examined(row) and store.in_period(day_of(row, "DATE_SERV"))
    )
    return share(residents_registered(store, DM), examined)


def read_pressure(row: Row) -> tuple[Decimal, Decimal] | None:
    """2.6: (systolic, diastolic) of a plausible reading, else None."""
    sbp, dbp = row.value.get("SBP"), row.value.get("DBP")
    if not isinstance(sbp, Decimal) or not isinstance(dbp, Decimal):
        return None
    return (sbp, dbp) if 50 <= sbp <= 300 and 20 <= dbp <= 200 and dbp < sbp else None


def count_ht_controlled(store: Store, params: Params) -> tuple[Counted, Counted]:
    """2.6: Thai residents on the ht register; A = the last days with a reading are all below 140/90."""
    readings = int(params.get("readings", 2))
    b = residents_registered(store, HT)
    days: dict[Person, dict[date, list[Row]]] = {}
    for row in store.rows("CHRONICFU"):
        day = day_of(row, "DATE_SERV")
        if day is not None and store.in_period(day) and read_pressure(row) is not None:
            days.setdefault(store.people.find(row), {}).setdefault(day, []).append(row)
    a = []
    for person in b:
        own = days.get(person, {})
        last = [latest_then_smaller(own[day], "HOSPCODE", "PID") for day in sorted(own, reverse=True)[:readings]]
        pressures = [pressure for row in last if row is not None and (pressure := read_pressure(row)) is not None]
        if len(pressures) == readings and all(sbp < 140 and dbp < 90 for sbp, dbp in pressures):
            a.append(person)
    return a, b


def is_still_treated(row: Row, census: date) -> bool:
    """4.5: a chronic disease of any code, under treatment, diagnosed before the census day: all of one row."""
    found = day_of(row, "DATE_DIAG")
    return row.value.get("TYPEDISCH") == "03" and found is not None and found < census


def count_home_visits(store: Store, params: Params) -> tuple[Counted, Counted]:
    """4.5: Thai residents under treatment, visited at home on so many different days of the period."""
    patients = store.find_all(row for row in store.rows("CHRONIC") if is_still_treated(row, store.census))
    days: dict[Person, set[date]] = {}
    for row in store.rows("COMMUNITY_SERVICE"):
        day = day_of(row, "DATE_SERV")
        if day is not None and store.in_period(day) and in_list(row.value["COMSERVICE"], HOME_VISIT):
            days.setdefault(store.people.find(row), set()).add(day)
    visited = {person for person, own in days.items() if len(own) >= int(params.get("visits", 1))}
    return share([person for person in thai_residents(store) if person in patients], visited)
