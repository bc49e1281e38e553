"""The people behind a number: who stands in A, in B, or is missing (in B and not in A), and on which received lines."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.gathering import gather
from samrit.measures.placing import placed_sql, places_sql
from samrit.measures.planning import Form, Plan, When
from samrit.problems import Where, problem
from samrit.reference import OrgLevel

PartName = Literal["a", "b", "missing"]


@dataclass(frozen=True)
class Hit:
    """One counted thing in its place. row_ids: the lines it stands on, the PERSON line that placed it among them.

    person_id: None where no person is counted, as in the measures of logs.
    """

    person_id: int | None
    counted_id: int
    facility: str
    contracting_unit: str
    row_ids: tuple[int, ...]


def list_hits(engine: Engine, compiled: Compiled, when: When, part: PartName, level: OrgLevel, org: str) -> list[Hit]:
    """The counted things of a part at one organisation, ordered by their first line.

    The number of hits is the A or B that `count` gives. Raises MeasuresError when nobody can be missing.
    """
    if part == "missing" and compiled.measure.definition.a.part_of != "b":
        raise MeasuresError(problem("measures.people.missing_part", Where(file=compiled.measure.place)))
    plan = Plan(compiled, [when], Form.LITERAL)
    engine.place_facilities(plan.census_days)
    gather(engine, plan, lines=True)
    placed = placed_sql(plan, places_sql(plan, engine.share), lines=True)
    wanted = _facilities(engine, when, level, org)
    by_letter: dict[str, dict[int, Hit]] = {"a": {}, "b": {}}
    for person, counted, facility, unit, *parts in engine.rows(
        f"SELECT person_id, counted_id, facility, contracting_unit, a_bits, a_rows, b_bits, b_rows FROM ({placed})"  # noqa: S608
    ):
        for letter, bits, row_ids in zip("ab", parts[::2], parts[1::2], strict=True):
            hit = Hit(person, counted, facility, unit, tuple(sorted({row for row in row_ids if row is not None})))
            at = hit.contracting_unit if level is OrgLevel.CONTRACTING_UNIT else hit.facility
            if bits and (wanted is None or at in wanted):
                by_letter[letter][hit.counted_id] = hit
    hits = by_letter["a" if part == "a" else "b"]
    if part == "missing":
        hits = {counted: hit for counted, hit in hits.items() if counted not in by_letter["a"]}
    return sorted(hits.values(), key=lambda hit: (hit.facility, hit.row_ids))


def _facilities(engine: Engine, when: When, level: OrgLevel, org: str) -> Collection[str] | None:
    """The places that belong to an organisation; None: all of them."""
    match level:
        case OrgLevel.COUNTRY:
            return None
        case OrgLevel.FACILITY | OrgLevel.CONTRACTING_UNIT:
            return {org}
        case _:
            return engine.register.inside(level, org, when.census_day)
