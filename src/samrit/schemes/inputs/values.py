"""Values of items: typed-in results, counts of others, and last year's values."""

from decimal import Decimal

from samrit.measures import measure, measure_ids, value_of
from samrit.reference import OrgLevel, SheetLine
from samrit.results import Line
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.inputs.lines import Lines
from samrit.schemes.scores import Counted
from samrit.scoring import Levels

MOST_PERCENT = 100
Key = tuple[str, str]


def counted_value(pack: Pack, item: Item, a: Decimal | int, b: Decimal | int) -> Decimal | None:
    """The value of an item from A and B: by the formula of its measure, else in percent; None when it is undefined."""
    if item.measure in measure_ids():
        of = measure(item.measure)
        line = Line(of.id, pack.scheme.period, OrgLevel.CONTRACTING_UNIT, "", int(a), int(b))
        return value_of(of, line, of.with_parameters(item.parameters))
    return Decimal(a) * 100 / b if b else None


def read_entry(lines: Lines, line: SheetLine) -> tuple[Key, Counted] | None:
    """A typed-in result: a and b, or a value; a level or a number is a value."""
    item = lines.item(line)
    if item is None or not lines.is_payee(line, item) or not lines.is_first(line, (item.item, line.cells["org"])):
        return None
    if item.entry in {"", "facts"}:
        lines.wrong(line, "item", f"schemes.entry.{item.entry or 'computed'}", item=item.item)
        return None
    counted = _typed_in(lines, line, item)
    return ((item.item, line.cells["org"]), counted) if counted else None


def _typed_in(lines: Lines, line: SheetLine, item: Item) -> Counted | None:
    before = len(lines.problems)
    a, b, value = (lines.number(line, name) for name in ("a", "b", "value"))
    if len(lines.problems) > before:
        return None
    given = [n for n, number in (("a", a), ("b", b), ("value", value)) if number is not None]
    if given != ["value"] and (given != ["a", "b"] or item.entry != "percent"):
        lines.wrong(line, "value", "schemes.entry.shape", item=item.item)
        return None
    if a is not None and b is not None:
        if a != int(a) or b != int(b):
            lines.wrong(line, "a", "schemes.cube.whole")
            return None
        value = counted_value(lines.pack, item, a, b)
    if (a and not b) or (value is not None and not _fits(lines.pack, item, value)):
        lines.wrong(line, "value" if a is None else "a", "schemes.entry.range", item=item.item, **_range(lines, item))
        return None
    return Counted(a, b, value, Standing.TYPED_IN)


def _fits(pack: Pack, item: Item, value: Decimal) -> bool:
    """Whether a value can be: a percentage up to 100, a level that its rule knows."""
    if item.entry == "level":
        rule = pack.rule(item)
        return value in rule.scores if isinstance(rule, Levels) else value <= pack.best(item)
    return item.entry != "percent" or value <= MOST_PERCENT


def _range(lines: Lines, item: Item) -> dict[str, str]:
    rule = lines.pack.rule(item)
    levels = sorted(rule.scores) if isinstance(rule, Levels) else range(int(lines.pack.best(item)) + 1)
    return {"levels": f"{min(levels)}-{max(levels)}"}


def read_cube(lines: Lines, line: SheetLine) -> tuple[Key, tuple[int, int]] | None:
    """A and B of an item at a unit that was counted elsewhere."""
    item = lines.item(line)
    if item is None or not lines.is_payee(line, item) or not lines.is_first(line, (item.item, line.cells["org"])):
        return None
    if item.entry == "facts":
        lines.wrong(line, "item", "schemes.entry.facts", item=item.item)
        return None
    before = len(lines.problems)
    a, b = (lines.number(line, name) for name in ("a", "b"))
    if len(lines.problems) > before:
        return None
    if a is None or b is None or a != int(a) or b != int(b):
        lines.wrong(line, "a", "schemes.cube.whole")
        return None
    return (item.item, line.cells["org"]), (int(a), int(b))


def read_last(lines: Lines, line: SheetLine) -> tuple[Key, Decimal] | None:
    """Last year's value of an item: from a and b by the item's own formula, or the value itself."""
    item = lines.item(line)
    if item is None or not lines.is_payee(line) or not lines.is_first(line, (item.item, line.cells["org"])):
        return None
    before = len(lines.problems)
    a, b, value = (lines.number(line, name) for name in ("a", "b", "value"))
    if len(lines.problems) > before:
        return None
    given = [n for n, number in (("a", a), ("b", b), ("value", value)) if number is not None]
    if given not in (["value"], ["a", "b"]):
        lines.wrong(line, "value", "schemes.last.shape", item=item.item)
        return None
    if a is not None and b is not None:
        if a != int(a) or b != int(b):
            lines.wrong(line, "a", "schemes.cube.whole")
            return None
        value = counted_value(lines.pack, item, a, b)
    return None if value is None else ((item.item, line.cells["org"]), value)
