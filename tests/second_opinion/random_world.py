"""A nasty little world: facilities, people and their care, nearly all of it beside a boundary of the definition book.

A fact is one row of the standard as its facility means it; how it is sent (and sent again, and spoilt) is the business
of `random_packages`.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

Cells = dict[str, str]

PRIMARY = ("04801", "04802", "04811", "04812", "04820")
HOSPITALS = ("10705", "11053", "11054")
UNLISTED = "04899"  # sends data, is not in the organisation table
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Fact:
    """One row of a table; its key and meaning, not yet its sendings."""

    table: str
    cells: Cells


@dataclass
class World:
    """The state of the dice: the days that matter and what was made so far."""

    dice: Random
    start: date
    end: date
    census: date
    facilities: list[str] = field(default_factory=list)
    organisations: list[Cells] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def chance(self, share: float) -> bool:
        """True in this share of the throws."""
        return self.dice.random() < share

    def near(self, *days: date) -> date:
        """One of the days, the day before or the day after."""
        return self.dice.choice(days) + self.dice.choice((-DAY, 0 * DAY, 0 * DAY, DAY))

    def inside(self) -> date:
        """A day in the period, of few, so that days meet."""
        return self.start + self.dice.choice((0, 30, 60, 61, 180)) * DAY

    def stamp(self) -> str:
        """A D_UPDATE of a small pool, so that ties are many; at times blank, short or not a time."""
        base = self.end + self.dice.randrange(3) * DAY
        usual = [f"{base:%Y%m%d}{time}" for time in ("000000", "120000", "120001")]
        return self.dice.choice([*usual * 5, f"{base:%Y%m%d}", f"{base:%Y%m%d}", "", f"{base:%Y%m%d}240000"])

    def add(self, table: str, place: Cells, **cells: str) -> None:
        """Adds a fact at a place (HOSPCODE and PID)."""
        self.facts.append(Fact(table, {**place, **cells, "D_UPDATE": self.stamp()}))


def write_day(world: World, day: date) -> str:
    """A date that is not a key: 8 or 14 digits, at times unreadable."""
    if world.chance(0.06):
        buddhist = f"{day.year + 543}{day:%m%d}"
        return world.dice.choice(["00000000", buddhist, f"{day:%Y-%m-%d}", f"{day:%Y}0231", f"{day:%Y%m%d}236000", ""])
    return f"{day:%Y%m%d}" + (world.dice.choice(["000000", "235959"]) if world.chance(0.15) else "")


def write_key_day(day: date, *place: str) -> str:
    """A date of a key: the same day at the same place is always written alike, so equal days are equal keys."""
    long = zlib.crc32("/".join((day.isoformat(), *place)).encode()) % 5 == 0
    return f"{day:%Y%m%d}" + ("083000" if long else "")


def years_before(day: date, years: int) -> date:
    """The same month and day years ago; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def make_cid(first: str) -> str:
    """Twelve digits and the check digit."""
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(first))
    return first + str((11 - total % 11) % 10)


def build_organisations(world: World) -> None:
    """5 to 8 senders, one of them not in the table; blank units, blank districts, two hospitals of a kind."""
    dice = world.dice
    chosen = dice.sample(PRIMARY, dice.randint(2, 4)) + dice.sample(HOSPITALS, dice.randint(2, 3))
    world.facilities = [*chosen, UNLISTED]
    districts = ["4203", "4203", "4201"] + ([""] if world.chance(0.3) else [])
    for code in sorted({*chosen, *HOSPITALS}):
        hospital = code in HOSPITALS
        district = "4203" if code in ("11053", "11054") else dice.choice(districts)
        cup = code if hospital else dice.choice(["", "", "11053", "10705", "11054"])
        world.organisations.append(
            {
                **{"hospcode": code, "hostype": {"10705": "06", "11053": "07", "11054": "07"}.get(code, "18")},
                **{"service_level": "", "size": "", "cup": "" if hospital and world.chance(0.2) else cup},
                **{"district_code": district, "province_code": "42", "health_region": "8"},
            }
        )


def make_identity(world: World, number: int, used: list[str]) -> str:
    """A citizen number: own, someone else's, wrong in some way, or none."""
    dice = world.dice
    if used and world.chance(0.2):
        return dice.choice(used)
    first = f"{dice.randint(1, 8)}{dice.randint(0, 10**8):09d}{number:02d}"
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


def make_birth(world: World) -> date:
    """A birthday beside the age limits 35 and 15, on 29 February, or long ago."""
    limits = [years_before(world.census, 35), years_before(world.census, 15), years_before(world.start, 15)]
    leap = [date(year, 2, 29) for year in (1960, 1972, 1976, 1976, 1996, 1996) if year < world.start.year]
    long_ago = years_before(world.census, world.dice.randint(36, 80))
    return world.dice.choice([world.near(*limits), world.dice.choice(leap), long_ago])


def add_person(world: World, number: int, cid: str) -> list[Cells]:
    """PERSON rows of one person at one to four facilities; gives the places, one of them at times without PERSON."""
    dice, birth = world.dice, make_birth(world)
    places = []
    for hospital in dice.sample(world.facilities, min(len(world.facilities), dice.choice([1, 1, 2, 2, 3, 4]))):
        pid = dice.choice([f"P{number}", f"{1000 + number}", f"p{number % 30}"])
        place = {"HOSPCODE": hospital, "PID": pid}
        places.append(place)
        if world.chance(0.06):
            continue
        own_birth = birth if world.chance(0.9) else make_birth(world)
        world.add(
            "PERSON",
            place,
            CID=cid if world.chance(0.93) else "",
            SEX=dice.choice("12"),
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


def add_register(world: World, places: Sequence[Cells]) -> None:
    """CHRONIC rows around the census day, of the lists dm and ht and beside them."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 2, 2, 3])):
        place = dice.choice(places)
        code = dice.choice(
            ["E119", "E11.9", "e14", "E10", "I10", "I10", "I10", "I11", "i15.9", "I13", "I14", "E15", "E1", "J459"]
        )
        day = dice.choice([world.near(world.census), date(2005, 1, 1), date(2005, 1, 1)])
        diagnosed = write_key_day(day, *place.values())
        world.add("CHRONIC", place, CHRONIC=code, DATE_DIAG=diagnosed, TYPEDISCH=dice.choice(["03", "", "01"]))


def add_pressures(world: World, places: Sequence[Cells]) -> None:
    """CHRONICFU rows: several on one day, at the limits of good and of plausible, or not numbers."""
    dice = world.dice
    for _ in range(dice.choice([1, 2, 3, 4, 5, 6])):
        place = dice.choice(places)
        day = dice.choice([world.inside(), world.inside(), world.near(world.start, world.end)])
        usual_sbp, usual_dbp = ["139", "139.9", "+120", "130", "0120"] * 5, ["89", "89.9", "80", "+70"] * 6
        world.add(
            "CHRONICFU",
            place,
            DATE_SERV=write_key_day(day, *place.values()),
            SBP=dice.choice([*usual_sbp, "140", "150", "300", "300.1", "50", "49", "-120", "12O", "1,20", "", "80"]),
            DBP=dice.choice([*usual_dbp, "90", "90.0", "20", "19.5", "200", "201", "8O", "", "139"]),
        )


def add_screenings(world: World, places: Sequence[Cells]) -> None:
    """NCDSCREEN rows on boundary days, whole or with one thing missing."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        place = dice.choice(places)
        day = dice.choice([world.inside(), world.near(world.start, world.end)])
        cells = {"SMOKE": dice.choice("1234"), "ALCOHOL": dice.choice("1234"), "WEIGHT": "60.5", "HEIGHT": "160"}
        cells |= {"WAIST_CM": "80", "SBP_1": "120", "DBP_1": "0.1", "BSLEVEL": dice.choice(["", "95"])}
        if world.chance(0.35):
            cells[dice.choice(["SMOKE", "ALCOHOL"])] = dice.choice(["9", "", "01", "0"])
        if world.chance(0.35):
            broken = dice.choice(["WEIGHT", "HEIGHT", "WAIST_CM", "SBP_1", "DBP_1"])
            cells[broken] = dice.choice(["0", "0.0", "-1", "", "x", "1e2", "+0.5"])
        world.add("NCDSCREEN", place, DATE_SERV=write_key_day(day, *place.values()), **cells)


def write_gravida(gravida: int, place: Cells) -> str:
    """The same pregnancy at the same place is written alike; elsewhere with a zero before it."""
    return f"{'0' if zlib.crc32(place['HOSPCODE'].encode()) % 2 else ''}{gravida}"


def add_pregnancies(world: World, places: Sequence[Cells]) -> None:
    """LABOR rows with ties and BDATE at the ends of the period, and visits in and beside the first twelve weeks."""
    dice = world.dice
    for gravida in range(1, dice.choice([1, 2, 2, 3])):
        for _ in range(dice.choice([0, 1, 1, 2, 3])):
            place = dice.choice(places)
            day = dice.choice([world.inside(), world.near(world.start, world.end)])
            number = (
                write_gravida(gravida, place) if world.chance(0.92) else dice.choice(["G1", "1+", "0" * 18 + "1", "๑"])
            )
            born = write_key_day(day, *place.values())
            world.add("LABOR", place, GRAVIDA=number, BDATE=born, BTYPE=dice.choice(["1"] * 6 + ["6", "6", "", "06"]))
        for _ in range(dice.choice([0, 1, 1, 2])):
            place = dice.choice(places)
            day = dice.choice([world.inside(), world.near(world.start)])
            world.add(
                "ANC",
                place,
                DATE_SERV=write_key_day(day, *place.values()),
                GRAVIDA=dice.choice([write_gravida(gravida, place)] * 8 + ["", "1.0"]),
                ANCNO=dice.choice("12"),
                GA=dice.choice(
                    ["0", "00", "08", "8", "1", "12", "12", "12+", "13", "40", "", "12.0", "-8", "0" * 17 + "8"]
                ),
            )


def add_admissions(world: World, places: Sequence[Cells]) -> None:
    """Stays at the ends of the period and at the fifteenth birthday, with none, one or several principal diagnoses."""
    dice = world.dice
    for _ in range(dice.choice([0, 1, 1, 2])):
        place = {**dice.choice(places), "AN": f"A{dice.randrange(400)}"}
        admitted = dice.choice([world.near(world.start, world.end, world.inside()), world.inside()])
        left = admitted + dice.choice([-1, 0, 0, 1, 1, 2]) * DAY
        admit = f"{admitted:%Y%m%d}{dice.choice(['080000', '233000'])}"
        world.add(
            "ADMISSION",
            place,
            DATETIME_ADMIT=admit if world.chance(0.95) else dice.choice(["", "25560401", f"{admitted:%Y%m%d}"]),
            DATETIME_DISCH=f"{left:%Y%m%d}010000" if world.chance(0.9) else dice.choice(["", write_day(world, left)]),
            INSTYPE=dice.choice(["0100"] * 8 + ["1100", "", "010"]),
        )
        for _ in range(dice.choice([0, 1, 1, 1, 2, 3])):
            codes = ["E110", "E11.1", "e14.1", "E1010", "E100", "E11.1", "E119", "I10", "e11"]
            pid = place["PID"] if world.chance(0.9) else "other"
            where = {**place, "PID": pid, "DATETIME_ADMIT": admit}
            world.add(
                "DIAGNOSIS_IPD", where, DIAGCODE=dice.choice(codes), DIAGTYPE=dice.choice(["1"] * 5 + ["2", "", "01"])
            )
        for table in ("CHARGE_IPD", "DRUG_IPD"):
            for _ in range(dice.choice([0, 1, 2, 2])):
                price = dice.choice(["10", "10.50", "x"])
                detail = {"PRICE": price} if table == "CHARGE_IPD" else {"DRUGPRICE": price}
                world.add(table, {**place, "DATETIME_ADMIT": admit}, **detail)


def add_surveys(world: World, places: Sequence[Cells]) -> None:
    """ICF rows: the table whose key holds a column with a misspelt twin."""
    if world.chance(0.3):
        place = world.dice.choice(places)
        day = write_key_day(world.inside(), *place.values())
        world.add("ICF", place, SEQ="S1", ICF="b117", DATE_SERV=day, QUALIFIER="1")


def build_world(seed: int, start: date, end: date, census: date, people: int = 60) -> World:
    """The whole world of a seed."""
    world = World(Random(seed), start, end, census)
    build_organisations(world)
    used: list[str] = []
    for number in range(people):
        places = add_person(world, number, make_identity(world, number, used))
        for add in (
            add_cards,
            add_register,
            add_pressures,
            add_screenings,
            add_pregnancies,
            add_admissions,
            add_surveys,
        ):
            add(world, places)
    return world


def make_stamps(world: World) -> list[str]:
    """Three stamps of submissions after the period."""
    after = datetime(world.end.year, world.end.month, world.end.day) + 10 * DAY  # noqa: DTZ001 - local time
    return [f"{after + days * DAY:%Y%m%d}101500" for days in (0, 1, 30)]
