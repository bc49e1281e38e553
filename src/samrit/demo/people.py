"""People: the invented residents of a facility, drawn from the age and sex table, and what is known of their health."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from samrit.demo.chance import Chance
from samrit.demo.days import Span, age_on
from samrit.demo.identity import BABIES, citizen_number, family_name, given_name
from samrit.demo.places import Facility, Province, read_data
from samrit.demo.rights import Card, issue_cards

FOREIGN_NATIONS = (("056", 7), ("048", 2), ("057", 1))
"""Laotians, Myanmar people, Cambodians."""

PER_100_000 = 100_000
DEATHS_BY_AGE = ((15, 0), (45, 2), (60, 7), (75, 22), (200, 90))
"""Deaths a year per 1,000 below an age; about 8.5 over all ages (rates.csv, cdr_per_1000)."""

AGE_PATTERN = ((15, 0), (35, 12), (45, 60), (55, 130), (65, 210), (200, 245))
"""How common diabetes and hypertension are below an age, in percent of the prevalence at 15 and more."""

MOVED_WITHIN = 50
"""Of the people who moved away, the percentage that moved to another unit of the province."""

KNOWN = {"dm": 80, "ht": 75}
"""Of the people with the illness, the percentage that is on a register."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person. `number` is unique in the province and known to nobody but this room.

    cid: 13 characters, "" when there is none; sex 1 male, 2 female; typearea as at home; dm, ht, asthma: day of
    diagnosis or None; left: (DISCHARGE code, day) or None; second_home: another unit that has the person too, or "";
    moved_to: the unit of the province where the person lives since `left`, or "".
    """

    number: int
    cid: str
    sex: str
    birth: date
    name: str
    lname: str
    nation: str
    typearea: str
    household: int
    cards: tuple[Card, ...]
    dm: date | None = None
    ht: date | None = None
    asthma: date | None = None
    death: date | None = None
    left: tuple[str, date] | None = None
    second_home: str = ""
    second_typearea: str = ""
    moved_to: str = ""
    mother_cid: str = ""

    def age_on(self, day: date) -> int:
        """Completed years on a day; negative before the birth."""
        return age_on(day, self.birth)

    @property
    def last_day(self) -> date:
        """The last day on which something can happen to the person here: of life, or before leaving the province."""
        gone = self.left[1] if self.left and not self.moved_to else date.max
        return min(gone, self.death or date.max)

    @property
    def lives_elsewhere(self) -> bool:
        """True when registered at one unit and living in the area of another: no mistake (TYPEAREA 2 and 3)."""
        return bool(self.second_home) and self.typearea == "2"


def make_person(chance: Chance, span: Span, home: Facility, province: Province, *, order: int, seed: int) -> Person:
    """Resident number `order` (from 0) of a facility, born before the period starts."""
    sex, low, high = _age_and_sex(chance)
    birth = _birth(chance, span, low, high)
    age = age_on(span.start, birth)
    thai = not chance.permille(30)
    number = home.first_person + order
    typearea = chance.weigh((("1", 80), ("3", 11), ("2", 6), ("4", 2), ("5", 1)))
    person = Person(
        number,
        _cid(chance, number, birth, thai=thai, seed=seed),
        sex,
        birth,
        given_name(sex, chance),
        family_name(chance),
        "099" if thai else chance.weigh(FOREIGN_NATIONS),
        typearea,
        order // 3,
        issue_cards(chance, span, home, province, age=age, thai=thai),
        dm=_diagnosed(chance, span, "dm", age),
        ht=_diagnosed(chance, span, "ht", age),
        asthma=span.before(chance, 9) if age >= 1 and chance.permille(rate("asthma_prevalence", 1000)) else None,
        death=_death(chance, span, age),
        left=_departure(chance, span),
    )
    return _with_other_home(chance, person, home, province)


def make_baby(chance: Chance, mother: Person, birth: date, home: Facility, seed: int) -> Person:
    """A child born to a resident in or near the period; its number follows from the mother's."""
    number = BABIES + mother.number
    sex = chance.weigh((("1", 51), ("2", 49)))
    thai = mother.nation == "099"
    cards = (Card("0100", birth, None, home.hospital, home.hospcode),) if thai else ()
    return Person(
        number,
        citizen_number(number, 1 if thai else 6, seed),
        sex,
        birth,
        given_name(sex, chance),
        mother.lname,
        mother.nation,
        mother.typearea if mother.typearea in "13" else "1",
        mother.household,
        cards,
        mother_cid=mother.cid,
    )


def _age_and_sex(chance: Chance) -> tuple[str, int, int]:
    return chance.weigh(age_table())


@cache
def age_table() -> tuple[tuple[tuple[str, int, int], int], ...]:
    """((sex, youngest, oldest), weight); 80+ ends at 99."""
    table = []
    for row in read_data("age_sex.csv"):
        low, _, high = row["age_group"].replace("80+", "80-99").partition("-")
        for sex, column in (("1", "male_share"), ("2", "female_share")):
            table.append(((sex, int(low), int(high)), int(Decimal(row[column]) * PER_100_000)))
    return tuple(table)


@cache
def rate(parameter: str, per: int) -> int:
    """A rate of the assumption table, as a whole number in `per`."""
    value = next(row["value"] for row in read_data("rates.csv") if row["parameter"] == parameter)
    return int(Decimal(value) * per)


def _birth(chance: Chance, span: Span, low: int, high: int) -> date:
    youngest, oldest = low * 1461 // 4, (high + 1) * 1461 // 4
    days = youngest + chance.below(oldest - youngest)
    if low == 80:
        days = min(days, youngest + chance.below(oldest - youngest), youngest + chance.below(oldest - youngest))
    birth = span.start - timedelta(days + 1)
    # About one in a hundred does not know the day: the standard writes 1 January.
    return birth.replace(month=1, day=1) if low >= 20 and chance.permille(12) else birth


def _cid(chance: Chance, number: int, birth: date, *, thai: bool, seed: int) -> str:
    """A number of category 1 (born since 1984), 3, 5 or 8; foreigners category 6."""
    if not thai:
        return citizen_number(number, 6, seed)
    category = 1 if birth.year >= 1984 else chance.weigh(((3, 85), (5, 10), (8, 5)))
    return citizen_number(number, category, seed)


def _diagnosed(chance: Chance, span: Span, illness: str, age: int) -> date | None:
    pattern = next(percent for below, percent in AGE_PATTERN if age < below)
    if not chance.permille(rate(f"{illness}_prevalence", 1000) * pattern * KNOWN[illness] // 10_000):
        return None
    # One in fifteen is found within the period, half of them after the census day.
    return span.any_day(chance) if chance.percent(7) else span.before(chance, min(14, max(age - 14, 1)))


def _death(chance: Chance, span: Span, age: int) -> date | None:
    risk = next(permille for below, permille in DEATHS_BY_AGE if age < below)
    return span.any_day(chance) if chance.permille(risk) else None


def _departure(chance: Chance, span: Span) -> tuple[str, date] | None:
    if not chance.permille(22):
        return None
    return chance.weigh((("2", 80), ("3", 20))), span.around(chance, 700, 0)


def _with_other_home(chance: Chance, person: Person, home: Facility, province: Province) -> Person:
    """Somebody who moved within the province, lives elsewhere than registered, or is counted as a resident twice."""
    others = province.primary_after(home)
    if person.left and person.left[0] == "2" and others and chance.percent(MOVED_WITHIN):
        return replace(person, moved_to=chance.pick(others))
    twice = person.typearea in "13" and chance.permille(12)
    elsewhere = person.typearea == "2" and chance.percent(50)
    if not others or not (twice or elsewhere):
        return person
    return replace(person, second_home=chance.pick(others), second_typearea="3" if elsewhere else chance.pick("13"))
