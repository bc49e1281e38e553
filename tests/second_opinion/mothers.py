"""Pregnancies (1.1 and 1.2): one entry of A or B is a pregnancy, counted at the home of the mother."""

from second_opinion.persons import Person, day_of, latest_then_smaller
from second_opinion.reading import Row
from second_opinion.store import Counted, Params, Store

FIVE = "1-12 16-20 24-28 30-34 36-40"
FIRST = "1-12"

Pregnancy = tuple[Person, object]


def read_windows(text: str) -> list[tuple[int, int]]:
    """First and last week of each window, ends included."""
    return [(int(first), int(last)) for first, last in (window.split("-") for window in text.split())]


def is_birth(row: Row) -> bool:
    """1.1: a delivery that is not an abortion; a blank type is not 6."""
    return row.value.get("BTYPE") != "6"


def find_births(store: Store) -> list[Pregnancy]:
    """1.1 B: pregnancies whose standing delivery is a birth in the period, of a Thai resident."""
    deliveries: dict[Pregnancy, list[Row]] = {}
    for row in store.rows("LABOR"):
        if row.value["GRAVIDA"] is not None:
            deliveries.setdefault((store.people.find(row), row.value["GRAVIDA"]), []).append(row)
    births = []
    for pregnancy, rows in deliveries.items():
        stands = latest_then_smaller(rows, "HOSPCODE", "PID", "BDATE")
        if stands is not None and store.in_period(day_of(stands, "BDATE")) and is_birth(stands):
            births.append(pregnancy)
    return [pregnancy for pregnancy in births if store.people.is_thai_resident(pregnancy[0])]


def find_weeks(store: Store) -> dict[Pregnancy, set[int]]:
    """Pregnancy -> completed weeks at its visits: any facility, any visit number, any date."""
    weeks: dict[Pregnancy, set[int]] = {}
    for row in store.rows("ANC"):
        ga, gravida = row.value.get("GA"), row.value.get("GRAVIDA")
        if isinstance(ga, int) and gravida is not None:
            weeks.setdefault((store.people.find(row), gravida), set()).add(ga)
    return weeks


def has_visit(weeks: set[int], first: int, last: int) -> bool:
    """A visit in the window, ends included."""
    return any(first <= ga <= last for ga in weeks)


def count_windows(store: Store, windows: list[tuple[int, int]]) -> tuple[Counted, Counted]:
    """1.1: births with a visit in every window."""
    births, weeks = find_births(store), find_weeks(store)
    on_schedule = [
        pregnancy for pregnancy in births if all(has_visit(weeks.get(pregnancy, set()), *window) for window in windows)
    ]
    return [mother for mother, _ in on_schedule], [mother for mother, _ in births]


def count_five_visits(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.1: five windows."""
    return count_windows(store, read_windows(params.get("windows", FIVE)))


def count_first_visit(store: Store, params: Params) -> tuple[Counted, Counted]:
    """1.2: the first window alone."""
    return count_windows(store, read_windows(params.get("windows", FIRST)))
