"""Homes: in which facilities a person is registered as living there.

Samrit counts a person at one home, the winning row (DEFINITIONS S3.3). A facility that counts by its own PERSON rows,
or a centre that lets another row win, counts the same person elsewhere.
"""

from collections import Counter
from collections.abc import Mapping

import polars as pl

from samrit.measures import Compiled, CountedAt, Engine, list_whereabouts
from samrit.quality.figures import Figure, PeriodFigures
from samrit.warehouse import Snapshot
from samrit.warehouse.standing import open_standing

HOME_TYPES = ("1", "3")
STILL_THERE = "9"

Moves = Counter[tuple[str, str, frozenset[Figure]]]
"""(home by our rule, another home, the figures that the thing counts in) -> things."""


def other_homes(snapshot: Snapshot) -> dict[int, frozenset[str]]:
    """Person id -> the facilities whose PERSON row says TYPEAREA 1 or 3 and DISCHARGE 9; only persons with several."""
    found: list[pl.DataFrame] = []
    for facility, names in snapshot.facilities.items():
        path = open_standing(snapshot.home, facility, names["standing"]).path("PERSON")
        if path is None:
            continue
        rows = pl.scan_parquet(path).filter(pl.col("TYPEAREA").is_in(HOME_TYPES) & (pl.col("DISCHARGE") == STILL_THERE))
        links = pl.scan_parquet(snapshot.home.links / f"{names['links']}.parquet").select("pid", "person_id")
        persons = rows.select(pid="PID").join(links, on="pid").select("person_id").unique().collect()
        found.append(persons.with_columns(facility=pl.lit(facility)))
    if not found:
        return {}
    several = pl.concat(found).group_by("person_id").agg("facility").filter(pl.col("facility").list.len() > 1)
    return {person: frozenset(facilities) for person, facilities in several.iter_rows()}


def possible_moves(
    engine: Engine, compiled: Compiled, figures: PeriodFigures, homes: Mapping[int, frozenset[str]]
) -> Moves:
    """Everything counted at one home that has a row of another home: from where, to where, in which figures.

    Nothing moves where a measure counts by the facility of the row.
    """
    moves: Moves = Counter()
    if not homes or compiled.measure.definition.counted_at is not CountedAt.HOME:
        return moves
    for thing in list_whereabouts(engine, compiled, figures.whens, homes):
        counted = figures.of_thing(thing.in_a, thing.in_b)
        for other in homes[thing.person_id] - {thing.facility} if counted else ():
            moves[thing.facility, other, counted] += 1
    return moves
