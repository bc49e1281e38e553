"""What decides money and is no result: winners, activities, adjustments, indices, last year's money, receivables."""

from decimal import Decimal

from samrit.allocation import Activity
from samrit.problems import nearest
from samrit.reference import SheetLine
from samrit.schemes.authoring.pools import PricePerPoint
from samrit.schemes.inputs.given import Adjustment, AdjustmentKind, Receivable, Winner
from samrit.schemes.inputs.lines import Lines

POTS = ("region", "province")
KINDS = tuple(kind.value for kind in AdjustmentKind)


def read_winner(lines: Lines, line: SheetLine) -> Winner | None:
    """A winner of one pot."""
    made = Winner(line.cells["org"], line.cells["pool"])
    if made.pool not in POTS:
        lines.wrong(line, "pool", "schemes.winner.pool")
        return None
    if not lines.is_payee(line) or not lines.is_first(line, made):
        return None
    excellence, payee = lines.pack.scheme.money.excellence, lines.payees.get(made.org)
    if excellence and excellence.share == "population" and payee and not payee.population:
        base = next(iter(lines.pack.scheme.people.values())).column
        lines.wrong(line, "org", "schemes.winner.people", org=made.org, base=base)
        return None
    return made


def read_activity(lines: Lines, line: SheetLine) -> tuple[str, Activity] | None:
    """Hospitals, beds and units of a payee."""
    fine = lines.is_payee(line) and lines.is_first(line, line.cells["org"])
    hospitals, beds, units = (lines.whole(line, name) for name in ("hospitals", "beds", "units"))
    if not fine or hospitals is None or beds is None or units is None:
        return None
    return line.cells["org"], Activity(hospitals, beds, units)


def read_adjustment(lines: Lines, line: SheetLine) -> Adjustment | None:
    """An adjustment or an appeal; approved by somebody else, or pending."""
    before = len(lines.problems)
    cells = line.cells
    lines.is_payee(line)
    item = lines.item(line, optional=True)
    if cells["kind"] not in KINDS:
        near = nearest(cells["kind"], KINDS) or "-"
        lines.wrong(line, "kind", "schemes.adjustment.kind", near=near, good=", ".join(KINDS))
    amount = lines.money(line, "amount_baht", signed=True)
    if not cells["reason"]:
        lines.wrong(line, "reason", "schemes.adjustment.reason")
    _check_approval(lines, line)
    lines.is_first(line, tuple(cells.items()))
    if len(lines.problems) > before or amount is None:
        return None
    signed = (cells["reason"], cells["author"], cells["entered_on"])
    approved = (cells.get("approved_by", ""), cells.get("approved_on", ""))
    return Adjustment(
        cells["org"], item.item if item else "", AdjustmentKind(cells["kind"]), amount, *signed, *approved
    )


def _check_approval(lines: Lines, line: SheetLine) -> None:
    """Approver and day together, nobody approves his own, and not before it was entered."""
    by, on = line.cells.get("approved_by", ""), line.cells.get("approved_on", "")
    if bool(by) != bool(on):
        lines.wrong(line, "approved_on" if by else "approved_by", "schemes.adjustment.approval")
    elif by and by.casefold() == line.cells["author"].casefold():
        lines.wrong(line, "approved_by", "schemes.adjustment.own")
    elif on:
        day = lines.day(line, "approved_on")
        if day and day.isoformat() < line.cells["entered_on"]:
            lines.wrong(line, "approved_on", "schemes.adjustment.before")


def read_index(lines: Lines, line: SheetLine) -> tuple[tuple[str, str, str], Decimal] | None:
    """A typed-in index of a unit, or of one item at a unit."""
    item = lines.item(line, optional=True)
    org, name, code = line.cells["org"], line.cells["name"], line.cells.get("item", "")
    if (code and item is None) or not lines.is_payee(line, item) or not lines.is_first(line, (org, code, name)):
        return None
    typed_in = [
        index
        for pool in lines.pack.scheme.pools
        if isinstance(pool, PricePerPoint)
        for index in pool.indices
        if index.value == "typed_in"
    ]
    fits = {index.name for index in typed_in if (index.per == "item") is bool(code)}
    if name not in fits:
        other = name in {index.name for index in typed_in}
        why = "schemes.index.place" if other else "schemes.index.unknown"
        lines.wrong(line, "item" if other else "name", why, name=name, near=nearest(name, fits) or "-")
        return None
    value = lines.number(line, "value")
    if value is None and not line.cells["value"]:
        lines.wrong(line, "value", "schemes.input.number", name="value")
    return None if value is None else ((org, code, name), value)


def read_last_paid(lines: Lines, line: SheetLine) -> tuple[str, int] | None:
    """Last year's unadjusted payment of a payee, in satang."""
    fine = lines.is_payee(line) and lines.is_first(line, line.cells["org"])
    amount = lines.money(line, "amount_baht")
    return (line.cells["org"], amount) if fine and amount is not None else None


def read_receivable(lines: Lines, line: SheetLine) -> Receivable | None:
    """What a payee owes from an earlier period."""
    fine = lines.is_payee(line) and lines.is_first(line, (line.cells["org"], line.cells["since"]))
    if not line.cells["since"]:
        lines.wrong(line, "since", "schemes.ledger.since")
        return None
    amount = lines.money(line, "amount_baht")
    return Receivable(line.cells["org"], line.cells["since"], amount) if fine and amount is not None else None
