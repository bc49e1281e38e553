"""The frame of a nasty little world: its dice, the days that matter, and its facilities.

A fact is one row of the standard as its facility means it; how it is sent (and sent again, and spoilt) is the business
of `random_packages`.
"""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

Cells = dict[str, str]

PRIMARY = ("04801", "04802", "04811", "04812", "04820")
HOSPITALS = ("10671", "10705", "11053", "11054")
HOSTYPES = {"10671": "05", "10705": "06", "11053": "07", "11054": "07"}
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
    periods: tuple[tuple[date, date, date], ...] = ()  # all that are asked for; the first is start, end, census
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

    def beside(self) -> date:
        """A day in the period, or beside one of its ends."""
        return self.dice.choice([self.inside(), self.near(self.start, self.end)])

    def stamp(self) -> str:
        """A D_UPDATE of a small pool, so that ties are many; at times blank, short or not a time."""
        base = self.end + self.dice.randrange(3) * DAY
        usual = [f"{base:%Y%m%d}{time}" for time in ("000000", "120000", "120001")]
        return self.dice.choice([*usual * 5, f"{base:%Y%m%d}", f"{base:%Y%m%d}", "", f"{base:%Y%m%d}240000"])

    def add(self, table: str, place: Cells, **cells: str) -> None:
        """Adds a fact at a place (HOSPCODE and PID; D_UPDATE when it is chosen already)."""
        self.facts.append(Fact(table, {"D_UPDATE": self.stamp(), **place, **cells}))


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
    """5 to 7 senders, one of them not in the table; blank units, blank districts, two hospitals of a kind."""
    dice = world.dice
    chosen = dice.sample(PRIMARY, dice.randint(2, 3)) + dice.sample(HOSPITALS, dice.randint(2, 3))
    world.facilities = [*chosen, UNLISTED]
    districts = ["4203", "4203", "4201"] + ([""] if world.chance(0.3) else [])
    kinds = ["18", "18", "08", "04", "04", "03", ""]
    for code in sorted({*chosen, *HOSPITALS}):
        hospital = code in HOSPITALS
        district = "4203" if code in ("11053", "11054") else dice.choice(districts)
        cup = code if hospital else dice.choice(["", "", "11053", "10705", "11054", "10671"])
        world.organisations.append(
            {
                **{"hospcode": code, "hostype": HOSTYPES.get(code) or dice.choice(kinds)},
                **{"service_level": "", "size": "", "cup": "" if hospital and world.chance(0.2) else cup},
                **{"district_code": district, "province_code": "42", "health_region": "8"},
            }
        )


def make_stamps(world: World) -> list[str]:
    """Three stamps of submissions after the period."""
    after = datetime(world.end.year, world.end.month, world.end.day) + 10 * DAY  # noqa: DTZ001 - local time
    return [f"{after + days * DAY:%Y%m%d}101500" for days in (0, 1, 30)]


def write_gravida(gravida: int, place: Cells) -> str:
    """The same pregnancy at the same place is written alike; elsewhere with a zero before it."""
    return f"{'0' if zlib.crc32(place['HOSPCODE'].encode()) % 2 else ''}{gravida}"
