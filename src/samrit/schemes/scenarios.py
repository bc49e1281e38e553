"""Scenarios: what is to be tried: figures of a pack, people and typed-in results that are other than in a run.

A scenario is values by path, whether it comes from a file, from --set or from a grid:
items.2.6.points.value=80          any place of the pack, as in `authoring.changing`
population.uc.10705=95000          people of a unit, by base of people
entries.3.1.10705=75               a typed-in result of an item at a unit; 45/60 is A and B
facts.R1.10705.certificate=ha      a typed-in fact of an item at a unit
facts.P1.10705.04701.nurses=3      the same of one of its primary units
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from pydantic import Field

from samrit.authored import AuthoredError, Marked, Model, read_marked
from samrit.problems import Problems, Where, nearest, problem
from samrit.schemes.authoring.figures import Words
from samrit.schemes.errors import SchemesError

POPULATION, ENTRIES, FACTS = "population", "entries", "facts"
GIVEN = (POPULATION, ENTRIES, FACTS)
"""First words of paths that are no places of the pack."""
MOST = 20_000
NO_WORDS = Words(th="", en="")
OPENING, CLOSING = "{[", "}]"


@dataclass(frozen=True)
class Scenario:
    """A name and the values to try, by path. `said`: where each was written, for its mistakes."""

    name: str
    values: Mapping[str, Any]
    title: Words = NO_WORDS
    said: Mapping[str, Where] = field(default_factory=dict, compare=False)

    def where(self, path: str) -> Where:
        """Where the value of a path was written."""
        return self.said.get(path) or Where(file="--set", field=path)

    def beneath(self, path: str) -> dict[str, Any]:
        """The values whose path starts with a word of GIVEN."""
        return {name: value for name, value in self.values.items() if name.startswith(f"{path}.")}

    @property
    def changes(self) -> dict[str, Any]:
        """The values that are places of the pack."""
        return {p: value for p, value in self.values.items() if p.partition(".")[0] not in GIVEN}


class ScenarioOf(Model):
    """One scenario of a file: `set` path -> value, `population` base -> unit -> people, `entries` item -> unit,
    `facts` item -> unit -> fact (where facts are known per primary unit: -> primary unit -> fact)."""

    name: str = Field(min_length=1)
    title: Words = NO_WORDS
    set_: dict[str, Any] = Field(default_factory=dict, alias="set")
    population: dict[str, dict[str, str]] = Field(default_factory=dict)
    entries: dict[str, dict[str, str]] = Field(default_factory=dict)
    facts: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)


class ScenarioFile(Model):
    """A file of scenarios."""

    scenarios: tuple[ScenarioOf, ...] = Field(min_length=1)


def read_scenarios(path: Path) -> tuple[Scenario, ...]:
    """The scenarios of a YAML file, in its order. Raises SchemesError with every mistake, at file and line."""
    try:
        read = read_marked(path, ScenarioFile, path.name)
    except AuthoredError as error:
        raise SchemesError(*error.problems) from error
    found = Problems()
    made: dict[str, Scenario] = {}
    for number, of in enumerate(read.model.scenarios):
        if of.name in made:
            found.add("schemes.scenario.repeated", read.marks.at("scenarios", number, "name"), name=of.name)
        made[of.name] = _scenario(read, number, of)
    if found:
        raise SchemesError(*found)
    return tuple(made.values())


def _scenario(read: Marked[ScenarioFile], number: int, of: ScenarioOf) -> Scenario:
    at: dict[str, tuple[str, ...]] = {path: ("set", path) for path in of.set_}
    values = dict(of.set_)
    for part, written in ((POPULATION, of.population), (ENTRIES, of.entries)):
        for code, units in written.items():
            for org, value in units.items():
                path = f"{part}.{code}.{org}"
                at[path], values[path] = (part, code, org), value
    for place, value in _leaves(of.facts, (FACTS,)):
        path = ".".join(place)
        at[path], values[path] = place, value
    said = {path: replace(read.marks.at("scenarios", number, *place), field=path) for path, place in at.items()}
    return Scenario(of.name, values, of.title, said)


def _leaves(of: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The values at the ends of nested mappings, with the names on the way."""
    for name, value in of.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*at, name))
        else:
            yield (*at, name), value


def read_values(texts: Iterable[str]) -> dict[str, str]:
    """path=value texts as values by path; the last of a path counts. Raises SchemesError for a text that is none."""
    found = Problems()
    values: dict[str, str] = {}
    for text in texts:
        path, equals, value = text.partition("=")
        if not (equals and path.strip()):
            found.add("schemes.scenario.value", Where(file="--set"), text=text)
        values[path.strip()] = value.strip()
    if found:
        raise SchemesError(*found)
    return values


def read_grids(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """path=v1,v2,v3 texts as the values to try by path; commas inside braces and brackets do not separate.

    Raises SchemesError for a text that is none and for a path that stands twice.

    >>> read_grids(["scoring.B5.lower_edges=[50,60,70,80],[40,50,60,70]", "money.netting=recover"])
    {'scoring.B5.lower_edges': ('[50,60,70,80]', '[40,50,60,70]'), 'money.netting': ('recover',)}
    """
    found = Problems()
    grids: dict[str, tuple[str, ...]] = {}
    for text in texts:
        path, _, written = text.partition("=")
        path, values = path.strip(), tuple(_cut(written))
        if not path or not all(values):
            found.add("schemes.scenario.grid", Where(file="--grid"), text=text)
        elif path in grids:
            found.add("schemes.scenario.grid_twice", Where(file="--grid", field=path), path=path)
        grids[path] = values
    if found:
        raise SchemesError(*found)
    return grids


def _cut(text: str) -> list[str]:
    """The parts between commas that stand outside of braces and brackets."""
    parts, deep = [""], 0
    for letter in text:
        deep += (letter in OPENING) - (letter in CLOSING)
        if letter == "," and deep <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def combine(
    values: Mapping[str, str], grids: Mapping[str, Sequence[str]], written: Sequence[Scenario] = ()
) -> tuple[Scenario, ...]:
    """Every scenario of a file (or none) under every point of the grids, with common values beneath them.

    A scenario is named after its own name and the point of the grid. Raises SchemesError for more than 20,000.
    """
    count = prod(len(of_path) for of_path in grids.values()) * max(len(written), 1)
    if count > MOST:
        where = Where(file="--grid")
        raise SchemesError(problem("schemes.scenario.many", where, count=f"{count:,}", most=f"{MOST:,}"))
    made = []
    for of in written or (Scenario("", {}),):
        for point in product(*grids.values()):
            tried = dict(zip(grids, point, strict=True))
            own = of.name or ("" if grids else _name(values))
            said = {path: where for path, where in of.said.items() if path not in tried}
            said |= {path: Where(file="--grid", field=path) for path in tried}
            name = " ".join(filter(None, (own, _name(tried))))
            made.append(Scenario(name, {**values, **of.values, **tried}, of.title, said))
    return tuple(made)


def _name(values: Mapping[str, str]) -> str:
    return " ".join(f"{path}={value}" for path, value in values.items())


def refuse_near_misses(of: Scenario, known: Iterable[str]) -> None:
    """A first word that is none of a pack and nearly one of GIVEN is told so. Raises SchemesError."""
    words = [*known, *GIVEN]
    found = Problems()
    for path in of.changes:
        word, dot, rest = path.partition(".")
        near = "" if word in words else nearest(word, words)
        if near in GIVEN:
            found.add("schemes.set.path", of.where(path), path=path, near=f"{near}{dot}{rest}")
    if found:
        raise SchemesError(*found)
