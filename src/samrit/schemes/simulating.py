"""Simulate: what a run would have paid under other rules, people or typed-in results. Counts are those of the run.

Nothing is counted again and nothing is kept: a scenario is evaluated as a run is, on the same counts, and set beside
the run. What would need another count (period, census day, a measure and its parameters) is refused.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

from samrit.allocation import check_conservation
from samrit.measures import use_site
from samrit.measures.finding import site
from samrit.problems import Problem, Problems, SamritError, Where, nearest, problem
from samrit.reference import SheetLine
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.reading import Written, pack_of, read_written
from samrit.schemes.authoring.scheme import Scheme
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Evaluation, evaluate
from samrit.schemes.inputs.lines import Lines
from samrit.schemes.inputs.values import read_entry
from samrit.schemes.materials import Materials
from samrit.schemes.payees import Payee
from samrit.schemes.scenario_facts import facts_under
from samrit.schemes.scenarios import ENTRIES, POPULATION, Scenario, refuse_near_misses
from samrit.schemes.scores import Counted

TOTALS = (
    "earned", "support", "excellence", "undistributed", "advance", "net", "receivable", "forgiven", "carried",
    "payable",
)  # fmt: skip
"""Components of a unit that are set side by side; the others are parts of these."""
GIVEN = ("earned", "support", "excellence")
KEPT = ("undistributed", "undistributed.support", "undistributed.excellence")
MOST_NAMED = 3
"""So many scenarios are named where many have the same mistake."""
FEW = 100
"""Up to so many scenarios one process is quicker than several."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Totals:
    """What one unit, or the whole, comes to: satang by component of TOTALS (those that it has), and points."""

    amounts: Mapping[str, int]
    points: Decimal

    @property
    def given(self) -> int:
        """Satang of results, support and excellence together, before the advance is taken off."""
        return sum(self.amounts.get(name, 0) for name in GIVEN)


@dataclass(frozen=True)
class Money:
    """The money of one evaluation: its units by code, the whole, and in satang the pots and what stays of them.

    Always pots = what units are given + `undistributed`.
    """

    units: Mapping[str, Totals]
    whole: Totals
    pot: int
    undistributed: int

    @property
    def owed(self) -> int:
        """Satang that units must pay back."""
        return self.whole.amounts.get("receivable", 0)

    @property
    def top_tenth(self) -> Fraction | None:
        """The part of all satang given that goes to the tenth of the units (rounded up) that are given most.

        None when nobody is given anything.
        """
        amounts = sorted((of.given for of in self.units.values()), reverse=True)
        total = sum(amounts)
        return Fraction(sum(amounts[: -(-len(amounts) // 10)]), total) if total else None

    @property
    def gini(self) -> Fraction | None:
        """Gini coefficient of the satang given to the units: 0 all the same, near 1 one has all.

        Exact: sum over units in rising order of (2 x place - n - 1) x satang, over n x all satang. People are not
        looked at: units of unlike size alone make it more than 0. None when nobody is given anything.
        """
        amounts = sorted(of.given for of in self.units.values())
        total, n = sum(amounts), len(amounts)
        steps = sum((2 * place - n - 1) * amount for place, amount in enumerate(amounts, start=1))
        return Fraction(steps, n * total) if total else None


@dataclass(frozen=True)
class Outcome:
    """One scenario beside its base."""

    scenario: Scenario
    before: Money
    after: Money

    @property
    def changes(self) -> dict[str, int]:
        """Unit -> satang that it is given more than in the base (below zero: less)."""
        return {org: of.given - self.before.units[org].given for org, of in self.after.units.items()}

    @property
    def gains(self) -> dict[str, int]:
        """The units that are given more, and how much more in satang."""
        return {org: change for org, change in self.changes.items() if change > 0}

    @property
    def losses(self) -> dict[str, int]:
        """The units that are given less, and how much less in satang (below zero)."""
        return {org: change for org, change in self.changes.items() if change < 0}

    @property
    def unchanged(self) -> int:
        """How many units are given the same."""
        return sum(not change for change in self.changes.values())


@dataclass(frozen=True)
class Simulation:
    """The base and every scenario that could be evaluated, in order; problems of those that could not."""

    base: Money
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def simulate(
    base: Materials,
    scenarios: Sequence[Scenario],
    site: Path | None = None,
    processes: int = 1,
    progress: Progress = lambda stage, done, total: None,
) -> Simulation:
    """Every scenario beside the base, which is evaluated on its own counts. The order of scenarios stays.

    site: where packs of the site are, for what the pack extends. processes: how many share the work when there are
    many scenarios; the result is the same. Raises SchemesError when the base itself cannot be evaluated, NotConserved
    when a change of money does not add up.
    """
    bench = _Bench(base, read_written(base.pack.folders[base.pack.id], site))
    before = money_of(base, evaluate(base))
    outcomes: list[Outcome] = []
    wrong: list[tuple[Scenario, Problem]] = []
    for number, (scenario, tried) in enumerate(zip(scenarios, _try_all(bench, scenarios, processes), strict=True), 1):
        if isinstance(tried, Money):
            outcomes.append(check_outcome(Outcome(scenario, before, tried)))
        else:
            wrong += [(scenario, found) for found in tried]
        progress("simulate", number, len(scenarios))
    return Simulation(before, tuple(outcomes), tuple(_told_once(wrong)))


def check_outcome(of: Outcome) -> Outcome:
    """The same, when gains and losses are what the pots grew by less what more of them stays. Raises NotConserved."""
    grown = of.after.pot - of.before.pot
    check_conservation(
        grown, [*of.gains.values(), *of.losses.values(), of.after.undistributed - of.before.undistributed]
    )
    return of


def money_of(of: Materials, done: Evaluation) -> Money:
    """The money of an evaluation. Raises NotConserved when units and what stays do not make the pots."""
    amounts: dict[str, dict[str, int]] = {}
    for (org, component), amount in done.payments.settled.items():
        amounts.setdefault(org, {})[component] = amount
    units = {p.org: Totals(_totals(amounts[p.org]), done.scores.total(p.org)) for p in of.payees}
    whole = amounts[of.whole]
    stays = sum(amount for name, amount in whole.items() if name == KEPT[0] or name.startswith(KEPT[1:]))
    beside = sum(amount for name, amount in whole.items() if name in GIVEN[1:] or name.startswith(KEPT[1:]))
    pot = whole["pot"] + beside
    check_conservation(pot, [*(unit.given for unit in units.values()), stays])
    points = sum((unit.points for unit in units.values()), Decimal(0))
    return Money(units, Totals(_totals(whole), points), pot, stays)


def _totals(amounts: Mapping[str, int]) -> dict[str, int]:
    return {name: amounts[name] for name in TOTALS if name in amounts}


@dataclass(frozen=True)
class _Bench:
    """What every scenario is tried on: the materials of the base, and its scheme as it is written."""

    base: Materials
    written: Written

    def attempt(self, scenario: Scenario) -> Money | tuple[Problem, ...]:
        """The money under a scenario, or what is wrong with it."""
        try:
            of = self.lay(scenario)
            return money_of(of, evaluate(of))
        except SamritError as error:
            return tuple(_told(scenario, found) for found in error.problems)

    def lay(self, scenario: Scenario) -> Materials:
        """The materials under a scenario. Raises SchemesError with every mistake."""
        refuse_near_misses(scenario, Scheme.model_fields)
        pack = self.base.pack
        if scenario.changes:
            said = {path: scenario.where(path) for path in scenario.changes}
            pack = pack_of(self.written, {**pack.changes, **scenario.changes}, said)
        found = Problems()
        found.extend(_recounted(scenario, self.base.pack, pack))
        payees = _people(scenario, pack, self.base.payees, found)
        entries = _entries(scenario, pack, payees, found)
        facts = facts_under(scenario, pack, payees, self.base.inputs.facts, found)
        if found:
            raise SchemesError(*found.sorted())
        given = self.base.inputs
        if entries or facts is not given.facts:
            given = replace(given, entries={**given.entries, **entries}, facts=facts)
        counts = {**self.base.counts, **entries} if entries else self.base.counts
        return replace(self.base, pack=pack, payees=payees, counts=counts, inputs=given)


def _recounted(scenario: Scenario, before: Pack, after: Pack) -> Iterator[Problem]:
    """What a scenario changes of the way things are counted or read: that needs a run of its own."""
    if before is after:
        return
    old, new = _counting(before), _counting(after)
    found = Problems()
    for path in [*old, *(path for path in new if path not in old)]:
        if old.get(path) != new.get(path):
            said = next((name for name in scenario.changes if f"{name}.".startswith(f"{path}.")), path)
            found.add("schemes.scenario.recount", scenario.where(said), path=said, scheme=before.id)
    yield from found


def _counting(pack: Pack) -> dict[str, object]:
    """What decides on counting and on reading inputs, by path."""
    scheme = pack.scheme
    made: dict[str, object] = {"period": scheme.period, "census_day": scheme.census_day}
    for name, base in scheme.people.items():
        made[f"people.{name}"] = (base.column, base.file, base.otherwise)
    for pool in scheme.pools:
        made[f"pools.{pool.id}"] = pool.payee
    for item in scheme.items:
        how = (item.measure, item.parameters, item.entry, item.facts, bool(item.parts))
        made[f"items.{item.item}"] = (*how, pack.pool(item).payee)
    return made


def _people(scenario: Scenario, pack: Pack, payees: tuple[Payee, ...], found: Problems) -> tuple[Payee, ...]:
    """The payees with the people of the scenario; a base that stands in for another is changed on its own."""
    bases, orgs = pack.scheme.people, {payee.org: payee for payee in payees}
    for path, value in scenario.beneath(POPULATION).items():
        base, _, org = path.removeprefix(f"{POPULATION}.").rpartition(".")
        where, text = scenario.where(path), str(value).replace(",", "")
        if base not in bases:
            near = nearest(base or org, bases) or next(iter(bases))
            found.add("schemes.set.path", where, path=path, near=f"{POPULATION}.{near}.{org if base else 'ORG'}")
        elif org not in orgs:
            found.add("schemes.payee.unknown", where, org=org, near=nearest(org, orgs) or "-")
        elif not (text.isascii() and text.isdigit()):
            found.add("schemes.input.whole", where, name=path)
        else:
            people = {**orgs[org].people, base: int(text)}
            in_order = {name: people[name] for name in bases if name in people}
            orgs[org] = replace(orgs[org], people=in_order)
    return tuple(orgs[payee.org] for payee in payees)


def _entries(
    scenario: Scenario, pack: Pack, payees: Iterable[Payee], found: Problems
) -> dict[tuple[str, str], Counted]:
    """The typed-in results of the scenario, read as those of an input file are."""
    orgs = {payee.org: payee for payee in payees}
    made = {}
    for path, value in scenario.beneath(ENTRIES).items():
        item, _, org = path.removeprefix(f"{ENTRIES}.").rpartition(".")
        a, slash, b = str(value).partition("/")
        cells = {"item": item, "org": org, **({"a": a.strip(), "b": b.strip()} if slash else {"value": a})}
        mistakes = Problems()
        read = read_entry(Lines("", pack, orgs, orgs, mistakes), SheetLine(0, cells))
        found.extend(replace(one, where=scenario.where(path)) for one in mistakes)
        if read is not None:
            made[read[0]] = read[1]
    return made


def _told(scenario: Scenario, found: Problem) -> Problem:
    """The problem, with the name of the scenario where it does not say where it was written."""
    known = {scenario.where(path) for path in scenario.values}
    return found if found.where in known else replace(found, where=Where(file=scenario.name, field=found.where.field))


def _told_once(wrong: Iterable[tuple[Scenario, Problem]]) -> Iterator[Problem]:
    """Each mistake once: of those with one code and one field the first, with the count of scenarios and some names."""
    alike: dict[tuple[str, str], list[tuple[Scenario, Problem]]] = {}
    for scenario, found in wrong:
        alike.setdefault((found.code, found.where.field), []).append((scenario, found))
    for of in alike.values():
        names = list(dict.fromkeys(scenario.name for scenario, _ in of))
        first = of[0][1]
        if len(names) == 1 or len({found for _, found in of}) == 1:
            yield from dict.fromkeys(found for _, found in of)
            continue
        shown = "; ".join(names[:MOST_NAMED]) + (" ..." if len(names) > MOST_NAMED else "")
        more = problem("schemes.scenario.alike", count=f"{len(names):,}", names=shown)
        yield replace(first, th=f"{first.th} {more.th}", en=f"{first.en} {more.en}")


def _try_all(bench: _Bench, scenarios: Sequence[Scenario], processes: int) -> Iterator[Money | tuple[Problem, ...]]:
    """What every scenario comes to, in order, by one process or by several."""
    if processes < 2 or len(scenarios) <= FEW:
        yield from map(bench.attempt, scenarios)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, (bench, site().folder)) as pool:
        yield from pool.map(_attempt, scenarios, chunksize=25)


_bench: list[_Bench] = []
"""The bench of a worker process."""


def _start(bench: _Bench, packs: Path | None) -> None:
    _bench[:] = [bench]
    use_site(packs)  # a new process knows the shipped measures only
    gc.freeze()  # the bench stays to the end: it need not be looked through for garbage again and again


def _attempt(scenario: Scenario) -> Money | tuple[Problem, ...]:
    return _bench[0].attempt(scenario)
