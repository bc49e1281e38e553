"""Facts of items: numbers, days, yes or no and named words that people type in, of a payee or of a primary unit."""

from collections.abc import Iterable
from decimal import Decimal

from samrit.problems import nearest
from samrit.reference import SheetLine
from samrit.schemes.authoring.scheme import FactOf, Item
from samrit.schemes.inputs.lines import Lines
from samrit.schemes.scores import FactsOf
from samrit.scoring import Fact

YES_NO = {"yes": True, "no": False}
FactLine = tuple[tuple[str, str], str, str, Fact]  # (item, org), unit, fact, what it is


def read_fact(lines: Lines, line: SheetLine) -> FactLine | None:
    """One fact of an item: its name and kind are those of the pack."""
    item = lines.item(line)
    if item is None or not lines.is_payee(line, item):
        return None
    if item.entry != "facts":
        lines.wrong(line, "item", "schemes.fact.none", item=item.item)
        return None
    name, unit, org = line.cells["fact"], line.cells.get("unit", ""), line.cells["org"]
    if name not in item.facts:
        near = nearest(name, item.facts) or "-"
        lines.wrong(line, "fact", "schemes.fact.unknown", item=item.item, fact=name, near=near)
        return None
    if bool(unit) != bool(item.parts):
        lines.wrong(line, "unit", "schemes.fact.unit" if item.parts else "schemes.fact.no_unit", item=item.item)
        return None
    if not lines.is_first(line, (item.item, org, unit, name)):
        return None
    what = _read(lines, line, item.facts[name])
    return None if what is None else ((item.item, org), unit, name, what)


def gather_facts(lines: Lines, found: Iterable[FactLine]) -> dict[tuple[str, str], dict[str, FactsOf]]:
    """The facts by item and payee, unit and name."""
    gathered: dict[tuple[str, str], dict[str, dict[str, Fact]]] = {}
    for key, unit, name, what in found:
        gathered.setdefault(key, {}).setdefault(unit, {})[name] = what
    return {key: dict(units) for key, units in gathered.items()}


def check_weights(lines: Lines, of_file: Iterable[SheetLine]) -> None:
    """A mean that is weighted by a fact needs that fact of every unit: told at the first line of the unit."""
    weighted = {i.item: i for i in lines.pack.scheme.items if i.parts and i.parts.weight}
    firsts: dict[tuple[str, str, str], SheetLine] = {}
    known = set()
    for line in of_file:
        item = weighted.get(line.cells["item"])
        if item is not None and item.parts is not None and line.cells.get("unit"):
            key = (item.item, line.cells["org"], line.cells["unit"])
            firsts.setdefault(key, line)
            if line.cells["fact"] == item.parts.weight:
                known.add(key)
    for key, line in firsts.items():
        if key not in known:
            fact = _weight(weighted[key[0]])
            lines.wrong(line, "unit", "schemes.fact.weight", item=key[0], unit=key[2], fact=fact)


def _weight(item: Item) -> str:
    return item.parts.weight if item.parts else ""


def _read(lines: Lines, line: SheetLine, of: FactOf) -> Fact | None:
    text = line.cells["value"]
    match of.type:
        case "day":
            return lines.day(line, "value")
        case "yes_no" if text.lower() in YES_NO:
            return YES_NO[text.lower()]
        case "word" if text in of.words:
            return text
        case "number":
            return _number(lines, line)
        case _:
            good = tuple(of.words) if of.type == "word" else tuple(YES_NO)
            lines.wrong(line, "value", "schemes.fact.word", good=", ".join(good), near=nearest(text, good) or "-")
            return None


def _number(lines: Lines, line: SheetLine) -> Decimal | None:
    before = len(lines.problems)
    found = lines.number(line, "value")
    if found is None and len(lines.problems) == before:
        lines.wrong(line, "value", "schemes.input.number", name="value")
    return found
