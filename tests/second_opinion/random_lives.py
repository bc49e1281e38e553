"""The whole random world of a seed: nearly all of it stands beside a boundary of the definition book."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random

from second_opinion.random_children import add_teeth, add_vaccines
from second_opinion.random_clinic import (
    add_follow_ups,
    add_home_visits,
    add_pregnancies,
    add_register,
    add_screenings,
    add_special_services,
    add_surveys,
)
from second_opinion.random_hospital import add_admissions, add_diagnoses, add_visits
from second_opinion.random_people import add_cards, add_person, make_identity
from second_opinion.random_returns import add_returns
from second_opinion.random_world import Cells, World, build_organisations

KINDS = ("adult",) * 11 + ("youth",) * 3 + ("pupil",) * 4 + ("baby",) * 6
CARE: tuple[Callable[[World, Sequence[Cells]], None], ...] = (
    *(add_register, add_follow_ups, add_screenings, add_pregnancies, add_special_services, add_home_visits),
    *(add_surveys, add_visits, add_diagnoses, add_admissions, add_returns),
)


def build_world(seed: int, periods: Sequence[tuple[date, date, date]], people: int = 400) -> World:
    """People and their care around the first of the periods (start, end, census day); babies are born for all."""
    start, end, census = periods[0]
    world = World(Random(seed), start, end, census, periods=tuple(periods))
    build_organisations(world)
    used: list[str] = []
    for number in range(people):
        kind = world.dice.choice(KINDS)
        places = add_person(world, number, make_identity(world, number, used), kind)
        add_cards(world, places)
        if kind == "baby":
            add_vaccines(world, places, find_births(world, places))
        if kind == "pupil":
            add_teeth(world, places)
        for add in CARE:
            if world.chance({"adult": 0.9, "youth": 0.9}.get(kind, 0.08)):
                add(world, places)
    return world


def find_births(world: World, places: Sequence[Cells]) -> list[date]:
    """The birthdays of the person at these places, as written; the start of the period when none can be read."""
    births = []
    for fact in world.facts:
        if fact.table == "PERSON" and {"HOSPCODE": fact.cells["HOSPCODE"], "PID": fact.cells["PID"]} in places:
            try:
                births.append(datetime.strptime(fact.cells["BIRTH"][:8], "%Y%m%d").date())  # noqa: DTZ007
            except ValueError:
                continue
    return [birth for birth in births if 1990 < birth.year < 2100] or [world.start]
