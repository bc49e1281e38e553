"""What a measure counts on, and the conditions that several measures share (S3.5, S6, Part 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from second_opinion.codes import in_list
from second_opinion.existence import Key
from second_opinion.persons import People, Person, age_on, day_of
from second_opinion.reading import Row

DAY = timedelta(days=1)

Params = Mapping[str, Any]  # texts; a table is rows of texts
Counted = list[
    Person
]  # one entry for each thing that counts; ("facility", code) in the measures that count where care was given


@dataclass(frozen=True)
class Store:
    """Standing rows, people, the closed period and the census day."""

    tables: Mapping[str, Mapping[Key, Row]]
    people: People
    start: date
    end: date
    census: date
    calls: Sequence[Any] = ()  # lines of logs: `exchange_logs.Call`
    zones: Sequence[Mapping[str, str]] = ()  # group, hospcode, zone
    agreements: Sequence[tuple[str, str]] = ()  # two hospitals

    def rows(self, table: str) -> list[Row]:
        """The standing rows of a table."""
        return list(self.tables.get(table, {}).values())

    def in_period(self, day: date | None) -> bool:
        """S6.1: both ends count, null is outside."""
        return is_between(day, self.start, self.end)

    def find_all(self, rows: Iterable[Row]) -> set[Person]:
        """The persons of rows."""
        return {self.people.find(row) for row in rows}


def is_between(day: date | None, first: date, last: date) -> bool:
    """Both ends count, null is outside."""
    return day is not None and first <= day <= last


def years_before(day: date, years: int) -> date:
    """S6.3: the same month and day; 29 February becomes 28 February where that year has no 29th."""
    if (day.month, day.day) == (2, 29) and not is_leap(day.year - years):
        return date(day.year - years, 2, 28)
    return date(day.year - years, day.month, day.day)


def is_leap(year: int) -> bool:
    """Does this year have a 29 February?"""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_aged(age: int | None, first: int, last: int | None = None) -> bool:
    """S6.2: both ends count; no age satisfies nothing."""
    return age is not None and age >= first and (last is None or age <= last)


def is_aged_on_census(store: Store, person: Person, first: int, last: int | None = None) -> bool:
    """S6.1, S6.2: completed years on the census day."""
    return is_aged(age_on(store.people.birth(person), store.census), first, last)


def thai_residents(store: Store) -> Counted:
    """S3.5: everyone with a home and nation 099, of any right."""
    return [person for person in store.people.winners if store.people.is_thai_resident(person)]


def uc_persons(store: Store, age_min: int) -> Counted:
    """S3.5, S6.2: UC persons of at least this age on the census day."""
    people = store.people
    return [person for person in people.winners if people.is_uc(person) and is_aged_on_census(store, person, age_min)]


def registered(store: Store, prefixes: tuple[str, ...], before: date) -> set[Person]:
    """Part 3: persons with a CHRONIC row in the list, diagnosed before the day, at any facility, of any TYPEDISCH."""
    found = set()
    for row in store.rows("CHRONIC"):
        diagnosed = day_of(row, "DATE_DIAG")
        if in_list(row.value["CHRONIC"], prefixes) and diagnosed is not None and diagnosed < before:
            found.add(store.people.find(row))
    return found


def diagnosed(store: Store, prefixes: tuple[str, ...], first: date, last: date) -> set[Person]:
    """2.2, 4.6: persons with a code of any type, outpatient by DATE_SERV or inpatient by DATETIME_ADMIT of the row."""
    return store.find_all(
        row
        for table, column in (("DIAGNOSIS_OPD", "DATE_SERV"), ("DIAGNOSIS_IPD", "DATETIME_ADMIT"))
        for row in store.rows(table)
        if in_list(row.value["DIAGCODE"], prefixes) and is_between(day_of(row, column), first, last)
    )


def share(b: Counted, done: set[Person]) -> tuple[Counted, Counted]:
    """(A, B) where A is those of B with the thing done."""
    return [person for person in b if person in done], b
