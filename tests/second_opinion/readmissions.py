"""Readmission within 28 days (R5, R6, S9): A and B are stays that ended in the period, each at its own hospital."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from second_opinion.admissions import Diagnoses, find_diagnoses, is_dm, is_ht
from second_opinion.codes import UC
from second_opinion.existence import OLDEST
from second_opinion.persons import Person
from second_opinion.reading import Row
from second_opinion.store import Counted, Params, Store


@dataclass(frozen=True)
class Stay:
    """A stay that is looked at (S9.1): who, where, from when to when (None = has not ended), and how it ended."""

    person: Person
    facility: str
    an: str
    admitted: datetime
    discharged: datetime | None
    is_dead: bool
    is_transfer: bool


def make_stay(store: Store, row: Row) -> Stay | None:
    """The stay of an ADMISSION row; None without a time of admission (S9.1)."""
    admitted, discharged = row.value.get("DATETIME_ADMIT"), row.value.get("DATETIME_DISCH")
    if not isinstance(admitted, datetime):
        return None
    if not isinstance(discharged, datetime) or discharged.date() < admitted.date():
        discharged = None  # S8.1: the stay has not ended
    return Stay(
        store.people.find(row),
        row.text["HOSPCODE"],
        row.text["AN"],
        admitted,
        discharged,
        is_death(row),
        is_transfer(row),
    )


def is_death(row: Row) -> bool:
    """S9.2: the way or the state of the discharge says so."""
    return row.value.get("DISCHTYPE") in ("8", "9") or row.value.get("DISCHSTATUS") in ("8", "9")


def is_transfer(row: Row) -> bool:
    """S9.2."""
    return row.value.get("DISCHTYPE") == "4"


def has_right(row: Row) -> bool:
    """S9.1, S4.4: the right of the stay is UC."""
    return row.value.get("INSTYPE") in UC


def find_stays(store: Store, is_in_group: Callable[[Diagnoses], bool]) -> list[Stay]:
    """S9.1: UC stays of the group with a time of admission, at any hospital and at any time."""
    diagnoses = find_diagnoses(store)
    return [
        stay
        for row in store.rows("ADMISSION")
        if has_right(row)
        and is_in_group(diagnoses.get((row.text["HOSPCODE"], row.text["AN"]), Diagnoses()))
        and (stay := make_stay(store, row)) is not None
    ]


def is_index(store: Store, stay: Stay) -> bool:
    """S9.2: ended in the period, alive, not by transfer."""
    return store.in_period(day_left(stay)) and not stay.is_dead and not stay.is_transfer


def day_left(stay: Stay) -> date | None:
    """The day of discharge."""
    return stay.discharged.date() if stay.discharged else None


def began(stay: Stay) -> tuple[datetime, str, str]:
    """S9.3: what makes one stay earlier than another."""
    return stay.admitted, stay.facility, stay.an


def ended(stay: Stay) -> tuple[datetime, datetime, str, str]:
    """S9.3: which of several earlier stays is the last; asked only of those that have ended."""
    return stay.discharged or OLDEST, *began(stay)


def find_left(stay: Stay, own: list[Stay]) -> Stay | None:
    """S9.3: of the stays of a person the one that this stay belongs to."""
    day = stay.admitted.date()
    earlier = [
        other for other in own if began(other) < began(stay) and (left := day_left(other)) is not None and left <= day
    ]
    return max(earlier, key=ended, default=None)


def find_returned(stays: list[Stay], days: int) -> set[Stay]:
    """S9.4: the stays that a stay belongs to which began so many days after, or fewer."""
    of: dict[Person, list[Stay]] = {}
    for stay in stays:
        of.setdefault(stay.person, []).append(stay)
    found = set()
    for stay in stays:
        left = find_left(stay, of[stay.person])
        if left is not None and is_soon(left, stay, days):
            found.add(left)
    return found


def is_soon(left: Stay, back: Stay, days: int) -> bool:
    """S9.4: 0 to so many days, both ends included."""
    day = day_left(left)
    return day is not None and 0 <= (back.admitted.date() - day).days <= days


def count_readmissions(
    store: Store, params: Params, is_in_group: Callable[[Diagnoses], bool]
) -> tuple[Counted, Counted]:
    """S9: each index stay at its hospital."""
    stays = find_stays(store, is_in_group)
    returned = find_returned(stays, int(params.get("days", 28)))
    b = [stay for stay in stays if is_index(store, stay)]
    return [place_of(stay) for stay in b if stay in returned], [place_of(stay) for stay in b]


def place_of(stay: Stay) -> Person:
    """S9.4: the hospital of the index stay."""
    return "facility", stay.facility


def count_dm_readmissions(store: Store, params: Params) -> tuple[Counted, Counted]:
    """R5."""
    return count_readmissions(store, params, is_dm)


def count_ht_readmissions(store: Store, params: Params) -> tuple[Counted, Counted]:
    """R6."""
    return count_readmissions(store, params, is_ht)
