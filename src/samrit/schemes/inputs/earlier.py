"""An earlier run as an input: its values are last year's values, its closing receivables are still owed.

They become ordinary inputs (`last`, `ledger`), so that a run can be made again from what its own folder keeps.
"""

from collections.abc import Sequence

from samrit.allocation import show_satang
from samrit.reference import SheetLine
from samrit.results import Run, as_csv
from samrit.schemes.authoring.pack import Pack

LAST = ("item", "org", "a", "b", "value")
LEDGER = ("org", "since", "amount_baht")
Table = tuple[Sequence[str], list[tuple[str, ...]]]


def last_of(run: Run, pack: Pack) -> Table:
    """Last year's values of a pack's items: those of the same measure, of the same code where people typed in."""
    codes = _codes(run, pack)
    rows: list[tuple[str, ...]] = []
    for row in run.table("scores.csv"):
        for item in codes.get(row["item"], ()):
            counts = (row["a"], row["b"], "") if row["a"] and row["b"] else ("", "", row["value"])
            if any(counts):
                rows.append((item, row["org"], *counts))
    return LAST, rows


def ledger_of(run: Run) -> Table:
    """What units owe after a run: the closing balances of its ledger."""
    rows: list[tuple[str, ...]] = [
        (row["org"], row["since"], show_satang(closing, grouped=False))
        for row in run.table("ledger.csv")
        if (closing := int(row["closing"]))
    ]
    return LEDGER, rows


def lines_of(table: Table) -> list[SheetLine]:
    """The rows as lines of a file."""
    columns, rows = table
    return [SheetLine(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(rows, start=2)]


def bytes_of(table: Table) -> bytes:
    """The rows as the file that a run folder keeps."""
    return as_csv(*table)


def _codes(run: Run, pack: Pack) -> dict[str, list[str]]:
    """Item of the earlier run -> items of the pack."""
    measure_of = {row["item"]: row["measure"] for row in run.table("cube.csv")}
    found: dict[str, list[str]] = {}
    for item in pack.scheme.items:
        same = [code for code, name in measure_of.items() if name == item.measure]
        earlier = item.item if item.item in same or not item.measure or not same else same[0]
        if not item.measure or earlier in same:
            found.setdefault(earlier, []).append(item.item)
    return found
