"""Care of adults in a random world: registers, follow-ups, screenings, pregnancies, home visits, surveys."""

from collections.abc import Sequence
from datetime import date

from second_opinion.random_world import DAY, Cells, World, write_day, write_gravida, write_key_day, years_before

WINDOWS = ((1, 12), (16, 20), (24, 28), (30, 34), (36, 40))
CHRONIC = (
    *("E119", "E11.9", "E11.9", "e14", "e14", "E10", "I10", "I10", "I10", "I11", "i15.9", "I13"),
    *("J459", "J45.0", "j46", "I14", "E15", "E1", "J44", "I674", "F32"),
)


def add_register(world: World, places: Sequence[Cells]) -> None:
    """CHRONIC rows before the period, before the census day and on these days, of the lists and beside them."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 2, 3, 3])):
        place = dice.choice(places)
        day = dice.choice([world.near(world.census), world.near(world.start), date(2005, 1, 1), date(2005, 1, 1)])
        diagnosed = write_key_day(day, *place.values())
        left = dice.choice(["03", "03", "03", "", "01", "3"])
        world.add("CHRONIC", place, CHRONIC=dice.choice(CHRONIC), DATE_DIAG=diagnosed, TYPEDISCH=left)


def add_follow_ups(world: World, places: Sequence[Cells]) -> None:
    """CHRONICFU rows: several on one day, at times updated at once; pressures at the limits of good and plausible."""
    dice = world.dice
    for _ in range(dice.choice([1, 2, 3, 4, 5])):
        day, stamp = world.beside() if world.chance(0.5) else world.inside(), world.stamp()
        together = len(places) > 1 and world.chance(0.4)
        good_first = world.chance(0.5)
        for number, place in enumerate(dice.sample(places, 2 if together else 1)):
            sent = {**place, "D_UPDATE": stamp if together else world.stamp()}
            good = {"SBP": "139" if good_first == (number == 0) else "140", "DBP": "80"} if together else {}
            add_follow_up(world, sent, write_key_day(day, place["HOSPCODE"], place["PID"]), **good)


def add_follow_up(world: World, place: Cells, day: str, **pressure: str) -> None:
    """One CHRONICFU row: a pressure, by itself mostly good, and a code of the retina."""
    dice = world.dice
    usual_sbp, usual_dbp = ["139", "139.9", "+120", "130", "0120"] * 5, ["89", "89.9", "80", "+70"] * 6
    cells = {
        "SBP": dice.choice([*usual_sbp, "140", "150", "300", "300.1", "50", "49", "-120", "12O", "1,20", "", "80"]),
        "DBP": dice.choice([*usual_dbp, "90", "90.0", "20", "19.5", "200", "201", "8O", "", "139"]),
        "RETINA": dice.choice(["1", "2", "3", "4", "8", "8", "8", "8", "9", "9", "", "01", "0", "5"]),
    }
    world.add("CHRONICFU", place, DATE_SERV=day, **{**cells, **pressure})


def add_screenings(world: World, places: Sequence[Cells]) -> None:
    """NCDSCREEN rows on boundary days: whole, with one thing missing, or with sugar and pressure on different days."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        place, day = dice.choice(places), world.beside()
        cells = {"SMOKE": dice.choice("1234"), "ALCOHOL": dice.choice("1234"), "WEIGHT": "60.5", "HEIGHT": "160"}
        cells |= {"WAIST_CM": "80", "SBP_1": dice.choice(["120", "31", "30.1"]), "DBP_1": dice.choice(["80", "20.5"])}
        cells |= {"BSTEST": dice.choice("1234"), "BSLEVEL": dice.choice(["95", "0.1"])}
        if world.chance(0.35):
            cells[dice.choice(["SMOKE", "ALCOHOL"])] = dice.choice(["9", "", "01", "0"])
        if world.chance(0.35):
            broken = dice.choice(["WEIGHT", "HEIGHT", "WAIST_CM", "SBP_1", "DBP_1"])
            cells[broken] = dice.choice(["0", "0.0", "-1", "", "x", "1e2", "+0.5"])
        lacks = dice.random()
        if lacks < 0.3:
            cells |= dice.choice([{"BSTEST": "9"}, {"BSTEST": ""}, {"BSTEST": "0"}, {"BSLEVEL": "0"}, {"BSLEVEL": ""}])
        elif lacks < 0.6:
            cells |= dice.choice([{"SBP_1": "30"}, {"SBP_1": ""}, {"DBP_1": "20"}, {"DBP_1": "x"}, {"DBP_1": "0.1"}])
        world.add("NCDSCREEN", place, DATE_SERV=write_key_day(day, *place.values()), **cells)


def add_pregnancies(world: World, places: Sequence[Cells]) -> None:
    """LABOR rows with ties and BDATE at the ends of the period; visits at the ends of the weeks of 1.1 and beside."""
    dice = world.dice
    for gravida in range(1, dice.choice([1, 2, 2, 3])):
        for _ in range(dice.choice([0, 1, 1, 2, 3])):
            place = dice.choice(places)
            number = (
                write_gravida(gravida, place) if world.chance(0.92) else dice.choice(["G1", "1+", "0" * 18 + "1", "๑"])
            )
            born = write_key_day(world.beside(), *place.values())
            world.add("LABOR", place, GRAVIDA=number, BDATE=born, BTYPE=dice.choice(["1"] * 6 + ["6", "6", "", "06"]))
        strange = ["0", "00", "08", "8", "1", "12+", "13", "", "12.0", "-8", "0" * 17 + "8"]
        weeks = [dice.choice(strange) for _ in range(dice.choice([0, 1, 1, 2]))]
        if world.chance(0.85):
            weeks += [make_week(world, *window) for window in WINDOWS]
        for number_of_visit, week in enumerate(weeks):
            place = dice.choice(places)
            day = dice.choice([world.inside(), world.near(world.start)]) + number_of_visit * DAY
            number = write_gravida(gravida, place)
            world.add(
                "ANC",
                place,
                DATE_SERV=write_key_day(day, *place.values()),
                GRAVIDA=number if world.chance(0.96) else dice.choice(["", "1.0", "7"]),
                ANCNO=dice.choice("12"),
                GA=week,
            )


def make_week(world: World, first: int, last: int) -> str:
    """Mostly an end of the window, at times one week outside."""
    inside = world.dice.choice([first, first, last, last, (first + last) // 2])
    return str(inside if world.chance(0.96) else world.dice.choice([first - 1, last + 1]))


def add_special_services(world: World, places: Sequence[Cells]) -> None:
    """SPECIALPP rows of the prefixes for the cervix and beside them, at both ends of the five years."""
    dice = world.dice
    codes = ["1B0044", "1b0040", "1B.004", "1B30", "1B301", "1B40", "1B3", "1B0054", "1B00", "B0044", "1B0"]
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        place, day = dice.choice(places), make_cervical_day(world)
        world.add("SPECIALPP", place, DATE_SERV=write_key_day(day, *place.values()), PPSPECIAL=dice.choice(codes))


def make_cervical_day(world: World) -> date:
    """A day beside the first or the last of the five years (1.3), between, or in the period (P3)."""
    start, end, _ = world.dice.choice(world.periods)
    first = years_before(end + DAY, 5)
    between = [first + 400 * DAY, world.inside(), world.near(start)]
    return world.dice.choice([world.near(first, end), first - DAY, first, first, first, end, *between])


def add_home_visits(world: World, places: Sequence[Cells]) -> None:
    """COMMUNITY_SERVICE rows: several on one day, at home and not, at the ends of the period."""
    dice = world.dice
    codes = ["1A000", "1a01", "1.A", "1A", "1A110", "1B000", "01A0", "A1", "1"]
    for _ in range(dice.choice([0, 0, 1, 2, 3])):
        cells = {"SEQ": f"C{dice.randrange(9)}", "COMSERVICE": dice.choice(codes)}
        world.add("COMMUNITY_SERVICE", dice.choice(places), DATE_SERV=write_day(world, world.beside()), **cells)


def add_surveys(world: World, places: Sequence[Cells]) -> None:
    """DISABILITY rows found by the end of the period or later; ICF rows, whose date has a misspelt twin."""
    dice = world.dice
    if world.chance(0.55):
        return
    for _ in range(dice.choice([0, 1, 1, 2])):
        day = dice.choice([world.near(world.end), world.end, date(2005, 1, 1)])
        world.add(
            "DISABILITY",
            dice.choice(places),
            DISABID=dice.choice(["4200000000001", "4200000000001", "1", ""]),
            DISABTYPE=dice.choice("123"),
            DATE_DETECT=write_day(world, day),
        )
    for _ in range(dice.choice([0, 1, 1, 2])):
        day = dice.choice([world.near(world.end), world.end, world.near(world.start), date(2006, 1, 1)])
        cells = {"SEQ": f"S{dice.randrange(3)}", "ICF": dice.choice(["b117", "d450"])}
        qualifier = dice.choice(["0", "1", "2", "3", "4", "8", "9", "5", "6", "7", "", "01"])
        world.add("ICF", dice.choice(places), DATE_SERV=write_day(world, day), QUALIFIER=qualifier, **cells)
