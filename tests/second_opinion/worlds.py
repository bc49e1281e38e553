"""The random worlds that product and second opinion are asked about, and everything there is to ask."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from second_opinion import existence, measures, reading
from second_opinion.measures import MEASURES, Totals
from second_opinion.random_packages import make

SEEDS = range(int(os.environ.get("SAMRIT_SEEDS", "6")))
LEVELS = ("facility", "contracting_unit")
# Start, end, census day. The first is what a world is built around; the others ask it something else.
YEARS = (
    (  # nhso-2552, and a part of it judged one day later
        (date(2008, 4, 1), date(2009, 3, 31), date(2008, 4, 1)),
        (date(2008, 5, 2), date(2008, 9, 28), date(2008, 4, 2)),
    ),
    (  # qof-2557, and two years: the second birthday of a child falls in, that of 29 February 2012 on 1 March 2014
        (date(2013, 4, 1), date(2014, 3, 31), date(2013, 10, 1)),
        (date(2012, 4, 1), date(2014, 3, 31), date(2013, 10, 2)),
    ),
    (  # judged on a leap day; ends and begins beside one: five years before it, and one, there is none
        (date(2011, 10, 1), date(2012, 9, 30), date(2012, 2, 29)),
        (date(2011, 11, 1), date(2012, 2, 28), date(2012, 3, 1)),
        (date(2012, 2, 29), date(2012, 9, 30), date(2012, 2, 28)),
    ),
    (  # judged on the day without it: born 29 February 1976 and 1996 are 35 and 15 tomorrow
        (date(2010, 10, 1), date(2011, 9, 30), date(2011, 2, 28)),
        (date(2010, 11, 1), date(2011, 3, 30), date(2011, 3, 1)),
    ),
)

Days = tuple[date, date, date]
Question = tuple[str, Days, str]


@dataclass(frozen=True)
class World:
    """The zips and the organisation table of a seed, with the periods to ask for."""

    zips: list[Path]
    organisations: list[dict[str, str]]
    periods: tuple[Days, ...]


def build_world(seed: int, folder: Path) -> World:
    """The world of a seed, written into the folder."""
    periods = YEARS[seed % len(YEARS)]
    zips, organisations = make(seed, folder, periods)
    return World(zips, organisations, periods)


@dataclass(frozen=True)
class Answers:
    """All that is compared with the product: (measure, days, level) -> organisation -> (A, B), and the reading."""

    counts: dict[Question, Totals]
    reading: tuple[reading.Counts, list[reading.Fault]]


def ask_counts(world: World, asked: tuple[str, ...] = tuple(MEASURES)) -> Iterator[tuple[Question, Totals]]:
    """What the second opinion counts, one measure after the other, so that who has seen enough may stop."""
    tables = existence.standing(world.zips)
    stores = {days: measures.make_store(tables, world.organisations, *days, {}) for days in world.periods}
    for measure in asked:
        for days, store in stores.items():
            parts = MEASURES[measure].count(store, {})
            for level in LEVELS:
                yield (measure, days, level), measures.total(store, measure, parts, level)


def ask(world: World) -> Answers:
    """What the second opinion says of a world."""
    return Answers(dict(ask_counts(world)), reading.reading(world.zips))
