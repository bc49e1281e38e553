"""Differing: what a change of definition changes - in the text, and on one snapshot unit by unit.

Both definitions are counted on the same files. Of the things that count (persons, stays ...) only numbers are told:
how many count in both, how many are lost and how many are gained, each at the unit where it counts.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from samrit.measures.checking import value_of
from samrit.measures.compiling import Compiled, compile_measure
from samrit.measures.counting import count
from samrit.measures.definition import Measure, Value
from samrit.measures.engine import Engine
from samrit.measures.gathering import gather
from samrit.measures.naming import names_in
from samrit.measures.placing import placed_sql, places_sql
from samrit.measures.planning import Form, Plan, When
from samrit.reference import Grouping, OrgLevel, Register
from samrit.results import Amount, Cell, Line, add, roll_up

LETTERS = ("a", "b")
CONTEXT = 2
TOLD = ("title", "why", "a", "b", "formula", "better", "counted_at", "choices", "standing", "sources")
"""The keys of measure.yaml whose change is told; parameters are told with their values as they are used."""


@dataclass(frozen=True)
class Version:
    """A definition as it is asked for: the measure and the values of its parameters."""

    measure: Measure
    parameters: Mapping[str, Value]

    @cached_property
    def compiled(self) -> Compiled:
        """Ready to count. Raises MeasuresError with every mistake."""
        return compile_measure(self.measure, dict(self.parameters))


@dataclass(frozen=True)
class Moves:
    """How many things of a part count in both definitions, only in the first (lost), only in the second (gained)."""

    both: int = 0
    lost: int = 0
    gained: int = 0

    def __add__(self, other: "Moves") -> "Moves":
        return Moves(self.both + other.both, self.lost + other.lost, self.gained + other.gained)


@dataclass(frozen=True)
class Side:
    """A, B and value of a unit under one definition; value in four places, None when it is undefined."""

    a: Amount
    b: Amount
    value: Decimal | None


@dataclass(frozen=True)
class Change:
    """What a unit has under both definitions, and the moves of its A and B; org '' has no unit of that level."""

    org: str
    before: Side
    after: Side
    moves: Mapping[str, Moves]

    @property
    def value_change(self) -> Decimal | None:
        """After less before; None when one of them is undefined."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def is_changed(self) -> bool:
        """Whether anything is different here: a value, a sum, or who counts."""
        return self.before != self.after or any(m.lost or m.gained for m in self.moves.values())


def text_changes(before: Version, after: Version) -> list[str]:
    """What is written differently, line by line: keys of measure.yaml, parameters, names, then both SQL texts."""
    first, second = (v.measure.definition.model_dump(mode="json") for v in (before, after))
    said = [line for key in TOLD if first[key] != second[key] for line in _told(key, first[key], second[key])]
    for name in sorted({*before.parameters, *after.parameters}):
        old, new = before.parameters.get(name), after.parameters.get(name)
        if old != new:
            said.append(f"parameters.{name}: {_say(old)} -> {_say(new)}")
    used, uses = names_in(before.measure), names_in(after.measure)
    for shelf in ("sets", "codelists", "views"):
        said += [f"{shelf}: - {name}" for name in getattr(used, shelf) if name not in getattr(uses, shelf)]
        said += [f"{shelf}: + {name}" for name in getattr(uses, shelf) if name not in getattr(used, shelf)]
    for part in LETTERS:
        old_text, new_text = (getattr(v.measure, f"{part}_sql").splitlines() for v in (before, after))
        old_place, new_place = (f"{v.measure.place}/{part}.sql" for v in (before, after))
        said += difflib.unified_diff(old_text, new_text, old_place, new_place, lineterm="", n=CONTEXT)
    return said


def differ(
    engine: Engine, before: Version, after: Version, when: When, level: OrgLevel | Grouping, register: Register
) -> list[Change]:
    """Every unit of the level under both definitions: the largest change of value first, then the most moves."""
    sides = [_sides(engine, version, when, level, register) for version in (before, after)]
    moves = _moves(engine, before, after, when, level, register)
    changes = [
        Change(org, _side(sides[0], before, org), _side(sides[1], after, org), moves.get(org, {}))
        for org in sorted({*sides[0], *sides[1], *moves})
    ]
    return sorted(changes, key=lambda c: (-_size(c), -sum(m.lost + m.gained for m in c.moves.values()), c.org))


def total_of(changes: Sequence[Change], before: Version, after: Version, line: Line) -> Change:
    """All these units as one: sums, values of the sums (never an average) and all moves. line: any, for its period."""
    sides = []
    for version, of in ((before, [c.before for c in changes]), (after, [c.after for c in changes])):
        a, b = add(*(side.a for side in of)), add(*(side.b for side in of))
        sides.append(Side(a, b, _value(version, line, a, b)))
    moves = {letter: sum((c.moves.get(letter, Moves()) for c in changes), Moves()) for letter in LETTERS}
    return Change("", sides[0], sides[1], moves)


def empty_line(when: When, level: OrgLevel | Grouping) -> Line:
    """The line of a unit that has nothing."""
    return Line("", when.period, level, "", 0, 0)


def _size(change: Change) -> Decimal:
    """How far a value moved; one that appears or disappears moved furthest."""
    if change.value_change is not None:
        return abs(change.value_change)
    return Decimal(0) if change.before.value == change.after.value else Decimal("Infinity")


def _sides(
    engine: Engine, version: Version, when: When, level: OrgLevel | Grouping, register: Register
) -> dict[str, Line]:
    cells = count(engine, version.compiled, [when])
    return {line.org: line for line in roll_up(cells, level, register, when.census_day)}


def _side(of: Mapping[str, Line], version: Version, org: str) -> Side:
    line = of.get(org)
    return Side(0, 0, None) if line is None else Side(line.a, line.b, _value(version, line, line.a, line.b))


def _value(version: Version, line: Line, a: Amount, b: Amount) -> Decimal | None:
    summed = Line(line.measure, line.period, line.level, line.org, a, b)
    return value_of(version.measure, summed, version.parameters)


def _moves(
    engine: Engine, before: Version, after: Version, when: When, level: OrgLevel | Grouping, register: Register
) -> dict[str, dict[str, Moves]]:
    """org -> letter -> moves, of things placed where they count."""
    tables = [
        engine.make_table(name, _things_sql(engine, version, when))
        for name, version in (("things_before", before), ("things_after", after))
    ]
    rows = engine.rows(
        "SELECT letter, facility, contracting_unit, count(*) FILTER (WHERE x.was AND y.is_now),"  # noqa: S608 (own names)
        " count(*) FILTER (WHERE y.is_now IS NULL), count(*) FILTER (WHERE x.was IS NULL)"
        f" FROM (SELECT *, TRUE AS was FROM {tables[0]}) AS x"
        f" FULL JOIN (SELECT *, TRUE AS is_now FROM {tables[1]}) AS y"
        " USING (letter, facility, contracting_unit, counted_id) GROUP BY ALL ORDER BY ALL"
    )
    found: dict[str, dict[str, dict[str, Amount]]] = {}
    for at, name in enumerate(("both", "lost", "gained"), start=3):
        cells = [Cell("", when.period, row[1], row[2], "", "", row[0], row[at]) for row in rows]
        for line in roll_up(cells, level, register, when.census_day):
            for letter in LETTERS:
                found.setdefault(line.org, {}).setdefault(letter, {})[name] = getattr(line, letter)
    return {
        org: {letter: Moves(**{name: int(n) for name, n in counts.items()}) for letter, counts in letters.items()}
        for org, letters in found.items()
    }


def _things_sql(engine: Engine, version: Version, when: When) -> str:
    """SELECT of the things of both parts, each once per letter and place."""
    plan = Plan(version.compiled, [when], Form.LITERAL)
    engine.place_facilities(plan.census_days)
    gather(engine, plan, lines=False)
    placed = placed_sql(plan, places_sql(plan, engine.share), lines=False)
    return " UNION ALL ".join(
        f"SELECT DISTINCT '{letter}' AS letter, facility, contracting_unit, counted_id FROM ({placed})"  # noqa: S608
        f" WHERE {letter}_bits <> 0"
        for letter in LETTERS
    )


def _told(key: str, old: Any, new: Any) -> Iterator[str]:
    """A key that differs; of a mapping the inner keys that do."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted({*old, *new}):
            if old.get(name) != new.get(name):
                yield f"{key}.{name}: {_say(old.get(name))} -> {_say(new.get(name))}"
    else:
        yield f"{key}: {_say(old)} -> {_say(new)}"


def _say(value: Any) -> str:
    if value is None:
        return "-"
    rows = getattr(value, "rows", None)
    return str([list(map(str, row)) for row in rows]) if rows is not None else str(value)
