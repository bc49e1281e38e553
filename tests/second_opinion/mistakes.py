"""Wrong readings of Part 1 of the book. Each must show on the random worlds, or they could not tell right from wrong.

Those of the single measures are in `mistakes_of_measures`.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from second_opinion import cells, codes, dictionary, existence, persons, reading

Place = tuple[Any, str]


@dataclass(frozen=True)
class Mistake:
    """A wrong function, the places (owner, name) where it stands for the right one, and the measures that show it.

    Without measures it must show anywhere: in a count or in what is kept, voided and set aside.
    """

    wrong: Callable[..., Any]
    places: tuple[Place, ...]
    measures: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name in the list of tests."""
        return f"{self.wrong.__name__}-{self.places[0][0].__name__.split('.')[-1]}-{'-'.join(self.measures)}".rstrip(
            "-"
        )

    @property
    def is_of_reading(self) -> bool:
        """May it change what is kept, voided and set aside?"""
        return any(owner in (reading, cells) for owner, _ in self.places)

    @property
    def leaves_rows(self) -> bool:
        """Do the same rows stand with the mistake as without it?"""
        return not any(owner in (reading, cells, existence) for owner, _ in self.places)


def wherever(owner: Any, name: str) -> tuple[Place, ...]:
    """The owner and every module of this folder that took the function from it; here the right ones are kept."""
    right = getattr(owner, name)
    modules = [module for title, module in sys.modules.items() if re.match(r"second_opinion[.](?!mistakes)", title)]
    takers = [(module, name) for module in modules if module is not owner and getattr(module, name, None) is right]
    return ((owner, name), *sorted(takers, key=lambda place: place[0].__name__))


# The right readings, kept before anything is replaced.
updated = existence.updated
read_json = existence.read_json
cid_is_valid, card_is_valid, age_on = persons.cid_is_valid, persons.card_is_valid, persons.age_on
read_date, read_integer = cells.read_date, cells.read_integer
find_packages = reading.find_packages


def as_if_all_were_updated_at_once(row: reading.Row) -> tuple[bool, Any]:
    return (False, existence.OLDEST)


def older_is_newer_if_null(row: reading.Row) -> tuple[bool, Any]:
    known, stamp = updated(row)
    return (not known, stamp)


def earlier_zip_wins(row: reading.Row) -> tuple[Any, ...]:
    return (updated(row), -int(row.package.stamp), row.package.name, row.package.digest, row.entry, row.line)


def name_of_the_zip_does_not_count(row: reading.Row) -> tuple[Any, ...]:
    return (updated(row), row.package.stamp, row.package.digest, row.entry, row.line)


def smaller_digest_wins(row: reading.Row) -> tuple[Any, ...]:
    turned = -int(row.package.digest, 16)
    return (updated(row), row.package.stamp, row.package.name, turned, row.entry, row.line)


def earlier_line_wins(row: reading.Row) -> tuple[Any, ...]:
    return (updated(row), *row.package.order, row.entry, -row.line)


def earlier_entry_wins(row: reading.Row) -> tuple[Any, ...]:
    return (updated(row), *row.package.order, -row.entry, row.line)


def any_pairs_match(row: reading.Row, pairs: dict[str, str | None]) -> bool:
    return True


def corrections_reach_their_own_zip(zips: Any) -> existence.Versions:
    received: existence.Versions = {}
    for package in find_packages(zips):
        rows = reading.read_package(package).rows
        for row in sorted(rows, key=lambda row: row.table.name == "DATA_CORRECT"):
            if row.table.name == "DATA_CORRECT":
                existence.erase(row, received)
            else:
                received.setdefault(row.table.name, {}).setdefault(row.key, []).append(row)
    return received


def nothing_is_erased(correction: reading.Row, received: existence.Versions) -> None:
    return None


def json_in_double_quotes_only(text: str) -> dict[str, Any] | None:
    return None if "'" in text else read_json(text)


def larger_code_wins(rows: Any, *columns: str) -> reading.Row | None:
    ordered = sorted(rows, key=lambda row: tuple(row.text[column] for column in columns), reverse=True)
    return max(ordered, key=updated, default=None)


def thirteen_digits_are_a_person(cid: str) -> bool:
    return len(cid) == 13 and cid.isdecimal()


def zero_and_nine_are_people(cid: str) -> bool:
    return cid_is_valid(cid) or (cid[:1] in {"0", "9"} and cid_is_valid_tail(cid))


def cid_is_valid_tail(cid: str) -> bool:
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(cid[:12]))
    return len(cid) == 13 and (11 - total % 11) % 10 == int(cid[12])


def discharged_live_here(row: reading.Row) -> bool:
    return str(row.value.get("TYPEAREA")) in ("1", "3")


def type_area_2_lives_here(row: reading.Row) -> bool:
    return row.value.get("TYPEAREA") in ("1", "2", "3") and row.value.get("DISCHARGE") == "9"


def card_ends_the_day_before(card: reading.Row, day: date) -> bool:
    return card_is_valid(card, day) and persons.day_of(card, "EXPIREDATE") != day


def card_starts_the_day_after(card: reading.Row, day: date) -> bool:
    return card_is_valid(card, day) and persons.day_of(card, "STARTDATE") != day


def newest_card_by_update(cards: list[reading.Row]) -> reading.Row | None:
    return persons.latest_then_smaller(cards, "HOSPCODE", "PID", "INSTYPE_NEW") if cards else None


def the_card_names_no_unit(people: persons.People, person: persons.Person) -> str | None:
    return persons.find_unit(people.organisations, people.homes[person])


def any_main_unit_is_good(people: persons.People, person: persons.Person) -> str | None:
    card = people.cards.get(person)
    main = card.value.get("MAIN") if card else None
    return main if isinstance(main, str) else persons.find_unit(people.organisations, people.homes[person])


def no_hospital_of_the_district(organisations: Any, facility: str) -> str | None:
    return next((unit["cup"] or None for unit in organisations if unit["hospcode"] == facility), None)


def leap_child_older_on_28_february(birth: date | None, day: date | None) -> int | None:
    if birth is not None and (birth.month, birth.day) == (2, 29):
        birth = birth.replace(day=28)
    return age_on(birth, day)


def buddhist_years_are_turned(text: str) -> Any:
    return read_date(f"{int(text[:4]) - 543}{text[4:]}" if text[:2] == "25" and text.isdecimal() else text)


def midnight_is_24(text: str) -> Any:
    return read_date(text[:8]) if text[8:10] in {"23", "24"} else read_date(text)


def plus_is_dropped(text: str) -> Any:
    return read_integer(text.rstrip("+"))


def codes_as_written(code: str) -> str:
    return code


def rows_must_have_all_cells(header: list[str], row: list[str]) -> list[str] | None:
    return row if len(row) == len(header) else None


def last_of_two_names_stands(table: dictionary.Table, header: list[str]) -> dict[str, int]:
    names = [table.aliases.get(name.upper(), name.upper()) for name in header]
    return {name: place for place, name in enumerate(names) if name in table.kinds}


def only_spaces_are_trimmed(text: str) -> Any:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, [cell.strip(" ") for cell in line.rstrip("\r").split("|")]


def lines_end_as_python_thinks(text: str) -> Any:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, [cell.strip() for cell in line.split("|")]


def utf8_only(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="ignore")


def bom_stays(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp874", errors="replace")


MISTAKES = [
    Mistake(as_if_all_were_updated_at_once, wherever(existence, "updated")),
    Mistake(older_is_newer_if_null, wherever(existence, "updated")),
    Mistake(earlier_zip_wins, ((existence, "precedence"),)),
    Mistake(name_of_the_zip_does_not_count, ((existence, "precedence"),)),
    Mistake(smaller_digest_wins, ((existence, "precedence"),)),
    Mistake(earlier_entry_wins, ((existence, "precedence"),)),
    Mistake(earlier_line_wins, ((existence, "precedence"),)),
    Mistake(any_pairs_match, ((existence, "matches"),)),
    Mistake(corrections_reach_their_own_zip, ((existence, "receive"),)),
    Mistake(nothing_is_erased, ((existence, "erase"),)),
    Mistake(json_in_double_quotes_only, ((existence, "read_json"),)),
    Mistake(larger_code_wins, ((persons, "latest_then_smaller"),)),
    Mistake(thirteen_digits_are_a_person, ((persons, "cid_is_valid"),)),
    Mistake(zero_and_nine_are_people, ((persons, "cid_is_valid"),)),
    Mistake(discharged_live_here, ((persons, "is_home"),)),
    Mistake(type_area_2_lives_here, ((persons, "is_home"),)),
    Mistake(card_ends_the_day_before, ((persons, "card_is_valid"),)),
    Mistake(card_starts_the_day_after, ((persons, "card_is_valid"),)),
    Mistake(newest_card_by_update, ((persons, "choose_card"),)),
    Mistake(the_card_names_no_unit, ((persons.People, "unit"),)),
    Mistake(any_main_unit_is_good, ((persons.People, "unit"),)),
    Mistake(no_hospital_of_the_district, wherever(persons, "find_unit")),
    Mistake(leap_child_older_on_28_february, wherever(persons, "age_on")),
    Mistake(buddhist_years_are_turned, ((cells, "read_date"),)),
    Mistake(midnight_is_24, ((cells, "read_date"),)),
    Mistake(plus_is_dropped, ((cells, "read_integer"),)),
    Mistake(codes_as_written, wherever(codes, "normalise")),
    Mistake(rows_must_have_all_cells, ((reading, "line_up"),)),
    Mistake(last_of_two_names_stands, ((reading, "read_header"),)),
    Mistake(only_spaces_are_trimmed, ((reading, "split_lines"),)),
    Mistake(lines_end_as_python_thinks, ((reading, "split_lines"),)),
    Mistake(utf8_only, ((reading, "decode"),)),
    Mistake(bom_stays, ((reading, "decode"),)),
]
