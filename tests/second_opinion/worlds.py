"""The random worlds that product and second opinion are asked about, and everything there is to ask."""

import dataclasses
from datetime import date, timedelta
from pathlib import Path

from second_opinion import existence, measures, reading
from second_opinion.random_packages import make

SEEDS = range(15)
YEARS = (  # start, end, census day: of nhso-2552, of qof-2557, one judged on a leap day, one on the day without it
    (date(2008, 4, 1), date(2009, 3, 31), date(2008, 4, 1)),
    (date(2013, 4, 1), date(2014, 3, 31), date(2013, 10, 1)),
    (date(2011, 10, 1), date(2012, 9, 30), date(2012, 2, 29)),
    (date(2010, 10, 1), date(2011, 9, 30), date(2011, 2, 28)),  # born 29 February 1976 and 1996: 35 and 15 tomorrow
)
LEVELS = ("facility", "contracting_unit")

Days = tuple[date, date, date]


@dataclasses.dataclass(frozen=True)
class World:
    """The zips and the organisation table of a seed, with the periods to ask for."""

    zips: list[Path]
    organisations: list[dict[str, str]]
    periods: tuple[Days, Days]


def build_world(seed: int, folder: Path) -> World:
    """The world of a seed, written into the folder."""
    start, end, census = YEARS[seed % len(YEARS)]
    zips, organisations = make(seed, folder, period_start=start, period_end=end, census=census)
    part = (start + timedelta(days=31), start + timedelta(days=180), census + timedelta(days=1))
    return World(zips, organisations, ((start, end, census), part))


@dataclasses.dataclass(frozen=True)
class Answers:
    """All that is compared with the product: (measure, days, level) -> organisation -> (A, B), and the reading."""

    counts: dict[tuple[str, Days, str], dict[str, tuple[int, int]]]
    reading: tuple[reading.Counts, list[reading.Fault]]


def ask(world: World) -> Answers:
    """What the second opinion says of a world."""
    tables = existence.standing(world.zips)
    counts = {
        (measure, days, level): measures.count_standing(tables, world.organisations, measure, *days, by=level)
        for measure in measures.MEASURES
        for days in world.periods
        for level in LEVELS
    }
    return Answers(counts, reading.reading(world.zips))
