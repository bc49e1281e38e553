"""Visits, diagnoses and stays of a random world."""

from collections.abc import Sequence
from datetime import date

from second_opinion.random_clinic import make_cervical_day
from second_opinion.random_world import DAY, Cells, World, write_day, write_key_day, years_before

ASTHMA = ("J45.0", "j459", "J46", "J45", "J44", "J4")
DEPRESSION = ("F32.9", "f320", "F33", "F341", "F34.1", "F34.0", "F34", "F38", "F39", "F319", "F3")
CERVIX = ("Z01.4", "z014", "Z0140", "Z124", "z12.4", "Z12", "Z123", "Z01")
DM_STAY = ("E110", "E11.1", "e14.1", "E1010", "E100", "E11.1", "E119", "e11")
HT_STAY = ("I10", "I11.0", "i15", "I674", "I67.4", "I14", "I679")
STROKE_STAY = ("I60", "I61.9", "i629", "I63", "H350", "H35.0", "h350", "H351")
COMORBIDITY = ("I10", "I10", "I10", "i11.9", "I674", "I14", "E119")
INJURY = ("S065", "T14", "s00.1", "T14.9", "W19")


def add_visits(world: World, places: Sequence[Cells]) -> None:
    """SERVICE rows: several a day, in and outside the unit, of any right; some of people without a PERSON row."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 2, 3])):
        place = dice.choice(places) if world.chance(0.8) else {"HOSPCODE": dice.choice(world.facilities), "PID": "Z1"}
        place = {**place, "SEQ": f"V{dice.randrange(40)}"}
        world.add(
            "SERVICE",
            place,
            DATE_SERV=write_key_day(world.beside(), *place.values()),
            INSTYPE=dice.choice(["0100"] * 8 + ["1100", "", "010", "01000"]),
            SERVPLACE=dice.choice(["1"] * 6 + ["2", "2", "", "01"]),
        )


def add_diagnoses(world: World, places: Sequence[Cells]) -> None:
    """DIAGNOSIS_OPD rows of any type, and DIAGNOSIS_IPD rows that have no stay, on the days that their list asks of."""
    dice = world.dice
    for _ in range(dice.choice([1, 2, 2, 3, 4])):
        code, day = make_finding(world)
        place = {**dice.choice(places), "DIAGTYPE": dice.choice(["1", "2", "3", "4", "5", "6", "7", ""])}
        written = write_key_day(day, place["HOSPCODE"], place["PID"])
        if world.chance(0.75):
            world.add("DIAGNOSIS_OPD", place, SEQ=f"V{dice.randrange(40)}", DATE_SERV=written, DIAGCODE=code)
        else:
            world.add("DIAGNOSIS_IPD", place, AN=f"N{dice.randrange(40)}", DATETIME_ADMIT=written, DIAGCODE=code)


def make_finding(world: World) -> tuple[str, date]:
    """A code, with a day beside the limits of the measure that looks for it."""
    dice, census = world.dice, world.census
    which = dice.choice(["asthma", "asthma", "asthma", "depression", "cervix"])
    if which == "asthma":
        a_year_ago = years_before(census, 1)
        return dice.choice(ASTHMA), dice.choice(
            [world.near(a_year_ago, census), a_year_ago, a_year_ago, census, census - 99 * DAY]
        )
    if which == "depression":
        ends = [world.start - DAY, world.start, world.end, world.end + DAY]
        return dice.choice(DEPRESSION), dice.choice([*ends, *ends, world.inside()])
    return dice.choice(CERVIX), make_cervical_day(world)


def add_admissions(world: World, places: Sequence[Cells]) -> None:
    """Stays at the ends of the period and at the fifteenth birthday, with their diagnoses and charges."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 2, 2, 3])):
        place = {**dice.choice(places), "AN": f"A{dice.randrange(2000)}"}
        admitted = dice.choice([world.near(world.start, world.end - DAY, world.end, world.inside()), world.inside()])
        left = admitted + dice.choice([-1, 0, 0, 1, 1, 2]) * DAY
        admit = f"{admitted:%Y%m%d}{dice.choice(['080000', '233000'])}"
        world.add(
            "ADMISSION",
            place,
            DATETIME_ADMIT=admit if world.chance(0.95) else dice.choice(["", "25560401", f"{admitted:%Y%m%d}"]),
            DATETIME_DISCH=f"{left:%Y%m%d}010000" if world.chance(0.9) else dice.choice(["", write_day(world, left)]),
            INSTYPE=dice.choice(["0100"] * 8 + ["1100", "", "010"]),
        )
        for code, kind in make_findings_of_stay(world):
            where = {**place, "PID": place["PID"] if world.chance(0.9) else "other", "DATETIME_ADMIT": admit}
            world.add("DIAGNOSIS_IPD", where, DIAGCODE=code, DIAGTYPE=kind)
        for table in ("CHARGE_IPD", "DRUG_IPD"):
            for _ in range(dice.choice([0, 0, 1, 2])):
                price = dice.choice(["10", "10.50", "x"])
                detail = {"PRICE": price} if table == "CHARGE_IPD" else {"DRUGPRICE": price}
                world.add(table, {**place, "DATETIME_ADMIT": admit}, **detail)


def make_findings_of_stay(world: World) -> list[tuple[str, str]]:
    """(code, DIAGTYPE) of a stay: none, one or several principal diagnoses; strokes with all that changes them."""
    dice = world.dice
    if world.chance(0.3):
        found = [(dice.choice(STROKE_STAY), "1")]
        if world.chance(0.8):
            found.append((dice.choice(COMORBIDITY), dice.choice(["2", "2", "2", "2", "4", ""])))
        if world.chance(0.4):
            found.append((dice.choice(INJURY), dice.choice(["2", "3", "4", "5", ""])))
        return found
    codes = dice.choice([ASTHMA, ASTHMA, ASTHMA, DM_STAY, DM_STAY, DM_STAY, HT_STAY, (*DM_STAY, *HT_STAY, *ASTHMA)])
    return [
        (dice.choice(codes), dice.choice(["1"] * 5 + ["2", "", "01"])) for _ in range(dice.choice([0, 1, 1, 2, 2, 3]))
    ]
