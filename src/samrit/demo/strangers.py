"""Strangers: people without Thai nationality who are seen at a facility and live nowhere in the province.

Of 461,469 rows of PERSON in real exports 15 in 100 are of people who are not Thai and hold no number that can be right.
"""

from datetime import timedelta

from samrit.demo.chance import Chance
from samrit.demo.desk import Desk
from samrit.demo.identity import NUMBERS, citizen_number, family_name, given_name
from samrit.demo.kinds import VISITOR
from samrit.demo.people import FOREIGN_NATIONS, Person
from samrit.demo.registers import enrol
from samrit.demo.visits import COMPLAINTS, Visit

PER_HUNDRED = 19
"""Strangers per hundred patients of a facility; with the foreigners who live there 17 of 100 rows are not Thai."""

SEEN = 40
"""Percent that have a visit of the year, the others are left in the register from earlier ones."""


def register_strangers(desk: Desk) -> None:
    """Register them with the visits of those who came in the year; to be called when all others are known."""
    chance = Chance(desk.seed, "strangers", desk.facility.hospcode)
    share = NUMBERS // len(desk.province.facilities)
    first = NUMBERS + desk.facility.number * share
    for order in range(min(len(desk.patients) * PER_HUNDRED // 100, share)):
        number = first + order
        sex = chance.pick("12")
        birth = desk.span.start - timedelta(chance.between(300, 20_000))
        person = Person(
            number,
            citizen_number(number, 7, desk.seed),
            sex,
            birth,
            given_name(sex, chance),
            family_name(chance),
            chance.weigh(FOREIGN_NATIONS),
            VISITOR,
            0,
            (),
        )
        day = desk.span.any_day(chance)
        patient = enrol(desk, person, VISITOR, day)
        if chance.percent(SEEN):
            Visit(day, *chance.weigh(COMPLAINTS)).record(desk, patient)
