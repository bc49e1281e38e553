"""Facts of a scenario: facts.ITEM.ORG.FACT, or facts.ITEM.ORG.UNIT.FACT of a primary unit, read as an input file is."""

from collections.abc import Iterable
from dataclasses import replace

from samrit.problems import Problems, nearest
from samrit.reference import SheetLine
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.inputs.facts import FactLine, read_fact
from samrit.schemes.inputs.lines import Lines
from samrit.schemes.payees import Payee
from samrit.schemes.scenarios import FACTS, Scenario
from samrit.schemes.scores import Facts
from samrit.scoring import Fact


def facts_under(scenario: Scenario, pack: Pack, payees: Iterable[Payee], before: Facts, found: Problems) -> Facts:
    """The facts of the base with those of the scenario laid over them, one by one; `before` itself when it has none.

    What cannot be goes to `found`, where it was written.
    """
    orgs = {payee.org: payee for payee in payees}
    read: list[FactLine] = []
    for path, value in scenario.beneath(FACTS).items():
        cells = _cells(path, pack)
        if isinstance(cells, str):
            found.add("schemes.set.path", scenario.where(path), path=path, near=cells)
            continue
        mistakes = Problems()
        line = read_fact(Lines("", pack, orgs, orgs, mistakes), SheetLine(0, {**cells, "value": str(value)}))
        found.extend(replace(one, where=scenario.where(path)) for one in mistakes)
        if line is not None:
            read.append(line)
    if not read:
        return before
    laid: dict[tuple[str, str], dict[str, dict[str, Fact]]]
    laid = {key: {unit: dict(facts) for unit, facts in units.items()} for key, units in before.items()}
    for key, unit, name, fact in read:
        laid.setdefault(key, {}).setdefault(unit, {})[name] = fact
    for key, unit, name, _ in read:
        weight = _weight(pack.item(key[0]))
        if weight and weight not in laid[key][unit]:
            where = scenario.where(".".join((FACTS, *key, unit, name)))
            found.add("schemes.fact.weight", where, item=key[0], unit=unit, fact=weight)
    return laid


def _cells(path: str, pack: Pack) -> dict[str, str] | str:
    """The cells of the line that a path stands for, or the path that it should have been."""
    rest = path.removeprefix(f"{FACTS}.")
    items = {item.item: item for item in pack.scheme.items if item.facts}
    code = next((c for c in sorted(items, key=len, reverse=True) if rest.startswith(f"{c}.")), None)
    if code is None:
        near = nearest(rest.partition(".")[0], items) or next(iter(items), "ITEM")
        return f"{FACTS}.{near}.{_form(items.get(near))}"
    item, names = items[code], rest.removeprefix(f"{code}.").split(".")
    wanted = 3 if item.parts else 2
    if len(names) != wanted or not all(names):
        return f"{FACTS}.{code}.{_form(item)}"
    org, *unit, fact = names
    return {"item": code, "org": org, "unit": "".join(unit), "fact": fact}


def _weight(item: Item) -> str:
    """The fact that a primary unit must have to be weighed; '' where units are not weighed."""
    return item.parts.weight if item.parts else ""


def _form(item: Item | None) -> str:
    return "ORG.UNIT.FACT" if item and item.parts else "ORG.FACT"
