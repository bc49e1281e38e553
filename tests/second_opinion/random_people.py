"""People of a random world: their numbers, birthdays beside every age limit, homes and cards."""

from collections.abc import Sequence
from datetime import date

from second_opinion.random_world import DAY, HOSPITALS, Cells, World, make_cid, write_day, years_before


def make_identity(world: World, number: int, used: list[str]) -> str:
    """A citizen number: own, someone else's, wrong in some way, or none."""
    dice = world.dice
    if used and world.chance(0.2):
        return dice.choice(used)
    first = f"{dice.randint(1, 8)}{dice.randint(0, 10**8 - 1):08d}{number:03d}"
    good = make_cid(first)
    bad = [
        good[:12] + str((int(good[12]) + 1) % 10),
        make_cid("0" + first[1:]),
        make_cid("9" + first[1:]),
        make_cid("1" * 12),
        f"{good[0]}-{good[1:]}",
        good[:12],
        "",
    ]
    cid = dice.choice(bad) if world.chance(0.25) else good
    used.append(cid)
    return cid


def make_birth(world: World, kind: str) -> date:
    """A birthday beside a limit of the kind (baby, pupil, youth, adult), on 29 February, or in between."""
    dice, census = world.dice, world.census
    if kind == "baby":
        first = [years_before(start, 1) for start, _, _ in world.periods]
        last = [start - DAY for start, _, _ in world.periods]
        born = dice.choice(first) + dice.randrange(365) * DAY
        leap = [date(year, 2, 29) for year in (2008, 2012) if year < world.end.year]
        return dice.choice([world.near(*first, *last), dice.choice(first), born, born, dice.choice(leap or [born])])
    limits = {"pupil": (6, 8), "youth": (15,), "adult": (30, 35, 60, 61)}[kind]
    if dice.random() < (0.8 if kind == "youth" else 0.4):
        days = [years_before(census, limit) for limit in limits]
        return world.near(*days, *([years_before(world.start, 15)] if kind == "youth" and dice.random() < 0.3 else []))
    leaps = {"pupil": (2004, 2004), "youth": (1996, 1996), "adult": (1952, 1960, 1972, 1976, 1976)}[kind]
    if dice.random() < 0.3:
        return date(dice.choice(leaps), 2, 29)
    between = {"pupil": (6, 7), "youth": (12, 30), "adult": (31, 80)}[kind]
    age = dice.choice((35, 40, 45, 50, 55, 60)) if kind == "adult" and dice.random() < 0.5 else dice.randint(*between)
    return years_before(census, age) - dice.randrange(300) * DAY


def add_person(world: World, number: int, cid: str, kind: str) -> list[Cells]:
    """PERSON rows of one person at one to four facilities; gives the places, one of them at times without PERSON."""
    dice, birth = world.dice, make_birth(world, kind)
    places = []
    for hospital in dice.sample(world.facilities, min(len(world.facilities), dice.choice([1, 1, 2, 2, 3, 4]))):
        pid = dice.choice([f"P{number}", f"{1000 + number}", f"p{number % 30}"])
        place = {"HOSPCODE": hospital, "PID": pid}
        places.append(place)
        if world.chance(0.06):
            continue
        own_birth = birth if world.chance(0.9) else make_birth(world, kind)
        world.add(
            "PERSON",
            place,
            CID=cid if world.chance(0.93) else "",
            SEX=dice.choice("12222" if kind == "adult" else "12"),
            BIRTH=write_day(world, own_birth),
            NATION=dice.choice(["099"] * 9 + ["044", "", "99"]),
            TYPEAREA=dice.choice(["1"] * 6 + ["3"] * 4 + ["2", "4", "5", "", "01"]),
            DISCHARGE=dice.choice(["9"] * 11 + ["1", ""]),
            NAME=dice.choice(["สมมุติ", 'ก "ข', "it's", "a\\b", "ก\u2028ข", "ก\x0cข", "ก\rข", "ก\ue000ข", "x"]),
        )
    return places


def add_cards(world: World, places: Sequence[Cells]) -> None:
    """Cards: one plain one for most, more that touch, overlap or end on the census day."""
    dice, census = world.dice, world.census
    if world.chance(0.8):
        world.add(
            "CARD", dice.choice(places), INSTYPE_NEW="0100", STARTDATE="20020401", EXPIREDATE="", MAIN=make_main(world)
        )
    for _ in range(dice.choice([0, 0, 1, 1, 2])):
        world.add(
            "CARD",
            dice.choice(places),
            INSTYPE_NEW=dice.choice(["0100", "0100", "1100", "4200", "010", "01000"]),
            STARTDATE=dice.choice(["", "20020401", write_day(world, world.near(census)), write_day(world, census)]),
            EXPIREDATE=dice.choice(
                ["", "", write_day(world, world.near(census)), write_day(world, world.near(census))]
            ),
            MAIN=make_main(world),
        )


def make_main(world: World) -> str:
    """The main unit on a card: a hospital, any facility, one that nobody knows, or blank."""
    return world.dice.choice([*HOSPITALS, *HOSPITALS, world.dice.choice(world.facilities), "88888", "", ""])
