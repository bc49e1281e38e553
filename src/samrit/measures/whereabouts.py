"""Where the things of chosen persons count, period by period: what a question about their homes needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.gathering import gather
from samrit.measures.placing import placed_sql, places_sql
from samrit.measures.planning import Form, Plan, Way, When


@dataclass(frozen=True)
class Whereabouts:
    """One counted thing of a person at one facility; in_a, in_b: for each period asked, whether it counts there."""

    person_id: int
    facility: str
    in_a: tuple[bool, ...]
    in_b: tuple[bool, ...]


def list_whereabouts(
    engine: Engine, compiled: Compiled, whens: Sequence[When], people: Collection[int]
) -> list[Whereabouts]:
    """Everything that counts of these persons, in no order. Never leaves the machine as a list of persons."""
    if not whens or not people:
        return []
    plan = Plan(compiled, whens, Form.LITERAL if len(whens) == 1 else Form.LATERAL)
    engine.place_facilities(plan.census_days)
    gather(engine, plan, lines=False)
    placed = placed_sql(plan, places_sql(plan, engine.share), lines=False)
    ids = ", ".join(map(str, sorted(people)))
    wanted = engine.make_table("wanted", f"SELECT unnest([{ids}]::BIGINT[]) AS person_id")
    days = sorted(when.census_day for when in whens)
    found = []
    for day, person, facility, a_bits, b_bits in engine.rows(
        f"SELECT census_day, person_id, facility, a_bits, b_bits FROM ({placed}) "  # noqa: S608 (own SQL)
        f"WHERE person_id IN (SELECT person_id FROM {wanted})"
    ):
        if day in days:
            in_a = tuple(_holds(plan.a_ways[no], day, a_bits, b_bits) for no in plan.a_of)
            in_b = tuple(_holds(plan.b_ways[no], day, a_bits, b_bits) for no in plan.b_of)
            if any(in_a) or any(in_b):
                found.append(Whereabouts(person, facility, in_a, in_b))
    return found


def _holds(way: Way, day: object, a_bits: int, b_bits: int) -> bool:
    return way.census_day == day and way.a_bit & a_bits == way.a_bit and way.b_bit & b_bits == way.b_bit
