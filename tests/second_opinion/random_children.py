"""Care of children in a random world: vaccines beside birth and second birthday, teeth."""

from collections.abc import Sequence
from datetime import date

from second_opinion.random_world import DAY, Cells, World, write_key_day

VACCINES = ("061", "61", "61", "073", "74", "076", "0611", "06.1", "0061", "010", "06", "73", "162")
SEALANTS = ("2387030", "2387030", "23870-30", "238.7030", "23870301", "2387010", "238703", "12387030")


def add_vaccines(world: World, places: Sequence[Cells], births: Sequence[date]) -> None:
    """EPI rows of a child: on the day of birth, at the second birthday, at the ends of the period, and one day off."""
    dice = world.dice
    born = dice.choice(births)
    second_birthday = (
        date(born.year + 2, 3, 1) if (born.month, born.day) == (2, 29) else born.replace(year=born.year + 2)
    )
    for _ in range(dice.choice([0, 1, 1, 1, 2])):
        place = dice.choice(places)
        days = [world.near(born), born - DAY, second_birthday - DAY, second_birthday, second_birthday, second_birthday]
        day = dice.choice([*days, world.near(world.end), world.end, world.end + DAY, world.start, born + 280 * DAY])
        world.add("EPI", place, DATE_SERV=write_key_day(day, *place.values()), VACCINETYPE=dice.choice(VACCINES))


def add_teeth(world: World, places: Sequence[Cells]) -> None:
    """DENTAL and PROCEDURE_OPD rows at the ends of the period; codes with signs, longer and shorter."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 1, 2])):
        place = {**dice.choice(places), "SEQ": f"T{dice.randrange(4)}"}
        day = write_key_day(world.beside(), *place.values())
        world.add("DENTAL", place, DATE_SERV=day, DENTTYPE=dice.choice(["1", "2", "3", "5", ""]))
    for _ in range(dice.choice([0, 1, 1, 2])):
        place = {**dice.choice(places), "SEQ": f"T{dice.randrange(4)}"}
        day = write_key_day(world.beside(), *place.values())
        world.add("PROCEDURE_OPD", place, DATE_SERV=day, PROCEDCODE=dice.choice(SEALANTS))
