"""The random worlds that product and second opinion are asked about, and everything there is to ask."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from second_opinion import exchange_logs, existence, measures, reading
from second_opinion.measures import MEASURES, Totals
from second_opinion.random_logs import make_logs
from second_opinion.random_packages import make
from second_opinion.random_referrals import make_referrals
from second_opinion.store import Params

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
    logs: list[exchange_logs.Log]
    zones: list[dict[str, str]]
    agreements: list[tuple[str, str]]


def build_world(seed: int, folder: Path) -> World:
    """The world of a seed, written into the folder."""
    periods = YEARS[seed % len(YEARS)]
    zips, organisations = make(seed, folder, periods)
    logs = make_logs(seed, folder, organisations, periods)
    more, zones, agreements = make_referrals(seed, folder, organisations, periods)
    return World([*zips, *more], organisations, periods, logs, zones, agreements)


@dataclass(frozen=True)
class Answers:
    """All that is compared with the product: (measure, days, level) -> organisation -> (A, B), and the reading."""

    counts: dict[Question, Totals]
    reading: tuple[reading.Counts, list[reading.Fault]]
    log_faults: list[exchange_logs.LogFault]


def ask_counts(
    world: World,
    asked: Sequence[str] = tuple(MEASURES),
    rows: measures.Tables | None = None,
    params: Params | None = None,
) -> Iterator[tuple[Question, Totals]]:
    """What the second opinion counts, one measure after the other, so that who has seen enough may stop.

    rows: those that stand, when they are known already.
    """
    tables = existence.standing(world.zips) if rows is None else rows
    calls, _ = exchange_logs.read_logs(world.logs)
    around = measures.Around(calls, world.zones, world.agreements)
    stores = {
        days: measures.make_store(tables, world.organisations, *days, params or {}, around) for days in world.periods
    }
    for measure in asked:
        for days, store in stores.items():
            parts = MEASURES[measure].count(store, params or {})
            for level in LEVELS:
                yield (measure, days, level), measures.total(store, measure, parts, level)


def ask(world: World, rows: measures.Tables | None = None) -> Answers:
    """What the second opinion says of a world."""
    _, log_faults = exchange_logs.read_logs(world.logs)
    return Answers(dict(ask_counts(world, rows=rows)), reading.reading(world.zips), log_faults)


Counted = tuple[Decimal | int, Decimal | int, Decimal | None]


def values_of(measure: str, totals: Totals, params: Params | None = None) -> dict[str, Counted]:
    """Organisation -> (A, B, value)."""
    return {place: (a, b, measures.find_value(measure, a, b, params)) for place, (a, b) in totals.items()}


def differences_of_reading(
    counts: reading.Counts, faults: list[reading.Fault], its_counts: reading.Counts, its_faults: list[reading.Fault]
) -> list[str]:
    """Where the product (`its`) keeps, voids or sets aside other rows; empty when it agrees."""
    found = []
    if {(name.upper(), table): its for (name, table), its in its_counts.items() if any(its)} != counts:
        found.append("rows read, aside and with a voided cell")
    theirs = [(name.upper(), entry, line, column, rule) for name, entry, line, column, rule in its_faults]
    # A cell is voided or not: these must agree one by one.
    voided = [fault for fault in faults if fault[4] in reading.VOIDED]
    if sorted(fault for fault in theirs if fault[4] in reading.VOIDED) != voided:
        found.append("voided cells")
    # A row aside may have several reasons: the product must give one or more of them, and no other.
    reasons = {plain(fault) for fault in faults if fault[4] in reading.ASIDE}
    given = {plain(fault) for fault in theirs if fault[4] in reading.ASIDE}
    if not given <= reasons or {reason[:3] for reason in given} != {reason[:3] for reason in reasons}:
        found.append("rows aside")
    return found


def plain(fault: reading.Fault) -> reading.Fault:
    """A blank PID is one reason, in the key or not."""
    return (*fault[:4], "key_blank") if fault[4] == "pid_blank" else fault
