"""Compare two kept runs: what went in differently, and what each of it changed per unit and item, to the satang.

The way from one run to the other is walked in steps: first the data of the second are put in place of the first's, then
its inputs, then its rules; what is left is the code. Each step is evaluated, so the amounts of the steps add up to the
whole difference exactly. A line that a step changes although its own A and B did not move was moved by its peers (mean
and SD of the others, or a pool that is divided).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from samrit.results import Run
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.evaluating import evaluate
from samrit.schemes.materials import Materials
from samrit.schemes.scores import Counted

EARNED = "earned."
SCORE_COLUMNS = ("a", "b", "value", "score", "points")
Key = tuple[str, str]


class Cause(StrEnum):
    """Why two runs differ, in the order of the steps."""

    DATA = "data"
    INPUTS = "inputs"
    RULES = "rules"
    CODE = "code"


@dataclass(frozen=True)
class Difference:
    """One thing that went into the runs differently; '' where a run has none of it."""

    cause: Cause
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Result:
    """What one run says of an item at a unit: texts as they are kept, '' = none; earned money in satang."""

    a: str = ""
    b: str = ""
    value: str = ""
    score: str = ""
    points: str = ""
    satang: int = 0


@dataclass(frozen=True)
class Changed:
    """An item of a unit that is not the same in both runs; `by` says how many satang each cause moved.

    `peers`: data or inputs moved its money although its own A, B, value and people are the same in both runs.
    """

    org: str
    item: str
    before: Result
    after: Result
    by: Mapping[Cause, int]
    peers: bool

    @property
    def satang(self) -> int:
        """What changed in money: the sum of `by`."""
        return self.after.satang - self.before.satang


@dataclass(frozen=True)
class Moved:
    """A component of a unit's money that is not the same in both runs, in satang; `by` adds up to the difference."""

    org: str
    component: str
    before: int
    after: int
    by: Mapping[Cause, int]


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side."""

    before: Run
    after: Run
    inputs: tuple[Difference, ...]
    items: tuple[Changed, ...]
    money: tuple[Moved, ...]

    @property
    def same(self) -> bool:
        """True when every result is the same, whatever went in."""
        return not self.items and not self.money


def compare(before: Run, after: Run, had: Materials, has: Materials) -> Comparison:
    """What differs between two runs of one scheme; `had` and `has` are what they were made from."""
    amounts = [_amounts(before), *(evaluate(step).amounts for step in _steps(had, has)), _amounts(after)]
    old, new = _results(before), _results(after)
    people = [{payee.org: payee.people for payee in of.payees} for of in (had, has)]
    items = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, Result()), new.get(key, Result())
        if was != now:
            by = _by(amounts, (key[0], EARNED + key[1]))
            own = (was.a, was.b, was.value) == (now.a, now.b, now.value) and people[0].get(key[0]) == people[1].get(
                key[0]
            )
            items.append(Changed(*key, was, now, by, peers=own and bool(by.keys() & {Cause.DATA, Cause.INPUTS})))
    money = []
    for key in sorted(amounts[0].keys() | amounts[-1].keys()):
        paid, pays = amounts[0].get(key, 0), amounts[-1].get(key, 0)
        if paid != pays and not _is_item(key, old, new):
            money.append(Moved(*key, paid, pays, _by(amounts, key)))
    return Comparison(before, after, tuple(_differences(before, after)), tuple(items), tuple(money))


def _steps(had: Materials, has: Materials) -> Iterable[Materials]:
    """The first run under the data of the second, then also its inputs, then also its rules."""
    keys = had.counts.keys() | has.counts.keys()
    data = {key: found for key in keys if (found := _counted(had.counts.get(key), has.counts.get(key))) is not None}
    new_data = replace(had, counts=data)
    new_inputs = replace(has, pack=had.pack)
    return (new_data, new_inputs, has)


def _counted(before: Counted | None, after: Counted | None) -> Counted | None:
    """What a line says when only the data are new: what was counted is new, what was typed in stays."""
    typed_in = [one for one in (before, after) if one and one.standing is not Standing.COMPUTED]
    return before if typed_in else after


def _by(amounts: list[dict[Key, int]], key: Key) -> dict[Cause, int]:
    """What each step moved; only what is not 0."""
    at = [of.get(key, 0) for of in amounts]
    moved = {cause: at[n + 1] - at[n] for n, cause in enumerate(Cause)}
    return {cause: satang for cause, satang in moved.items() if satang}


def _amounts(run: Run) -> dict[Key, int]:
    made: dict[Key, int] = {}
    for row in run.table("payments.csv"):
        key = (row["org"], row["component"])
        made[key] = made.get(key, 0) + int(row["amount_satang"])
    return made


def _results(run: Run) -> dict[Key, Result]:
    amounts = _amounts(run)
    return {
        (row["org"], row["item"]): Result(
            **{name: row[name] for name in SCORE_COLUMNS}, satang=amounts.get((row["org"], EARNED + row["item"]), 0)
        )
        for row in run.table("scores.csv")
    }


def _is_item(key: Key, *results: Mapping[Key, Result]) -> bool:
    """True for the money of one item: it stands with the item."""
    org, component = key
    return component.startswith(EARNED) and any((org, component.removeprefix(EARNED)) in of for of in results)


def _differences(before: Run, after: Run) -> Iterable[Difference]:
    """What went in differently, by cause and name."""
    old, new = (dict(_inputs(of.manifest)) for of in (before, after))
    made = [
        Difference(cause, name, old.get((cause, name), ""), new.get((cause, name), ""))
        for cause, name in old.keys() | new.keys()
        if old.get((cause, name)) != new.get((cause, name))
    ]
    return sorted(made, key=lambda d: (list(Cause).index(d.cause), d.name))


def _inputs(manifest: Mapping[str, Any]) -> Iterable[tuple[tuple[Cause, str], str]]:
    yield (Cause.DATA, "snapshot"), str(manifest["snapshot"])
    for name, value in manifest["parameters"].items():
        yield (Cause.DATA, name), str(value)
    for kind, paper in manifest["inputs"].items():
        yield (Cause.INPUTS, kind), str(paper.get("sha256") or paper)
    yield (Cause.RULES, "pack"), str(manifest["pack"])
    for path, value in manifest["changes"].items():
        yield (Cause.RULES, f"--set {path}"), str(value)
    yield (Cause.CODE, "code"), str(manifest["code"])
