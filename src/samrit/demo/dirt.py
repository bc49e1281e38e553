"""Dirt: how rows go wrong, row by row, each kind at a rate of its own. What kinds there are stands in `kinds.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from samrit.demo.chance import MILLION, Chance

Cells = dict[str, str]

SMALL_FLOOR = 5_000
"""Rows of a million that the rarest kind spoils in a small demo, so that a few thousand people show every kind."""

DRAWN = 100_000
"""From this rate on every row is drawn for; rarer kinds count down to their next row, which is much cheaper."""


class Fate(StrEnum):
    """What happens to the line beyond its cells; UNTOUCHED: the row had nothing to spoil."""

    UNTOUCHED = "untouched"
    WRITTEN = "written"
    TWICE = "twice"
    CONFLICT = "conflict"
    SHORT = "short"


Spoil = Callable[[Cells, Chance], Fate]


def always(cells: Cells) -> bool:
    """Every row may be spoilt."""
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of dirt: its name, the table, the columns it touches, and what it does to a row.

    rate: spoilt rows of a million rows that qualify (`when`, and no other kind has touched its columns).
    counted: the rate was counted in real exports; else it is assumed, because no source gives one.
    A kind that is about the whole line names no column.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    rate: int
    spoil: Spoil
    when: Callable[[Cells], bool] = always
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What was done to a row: (kind, first column or "") of each kind, and the fate of its line."""

    kinds: tuple[tuple[str, str], ...]
    fate: Fate


NOT_SPOILT = Spoilt((), Fate.WRITTEN)


class _Turn:
    """How many rows are left until a kind has its turn; a kind that comes often is drawn for on every row."""

    __slots__ = ("kind", "left", "rate")

    def __init__(self, kind: Kind, rate: int, chance: Chance) -> None:
        self.kind = kind
        self.rate = rate
        self.left = 1 if rate >= DRAWN else self.gap(chance)

    def gap(self, chance: Chance) -> int:
        """Rows up to the next one, a million / rate on average."""
        return 1 + chance.below(max(2 * MILLION // self.rate - 1, 1))


class Spoiler:
    """The dirt of one facility. `small`: rare kinds come more often than in real exports (SMALL_FLOOR)."""

    def __init__(self, chance: Chance, kinds: tuple[Kind, ...], *, small: bool = False) -> None:
        self._chance = chance
        self._by_table: dict[str, list[_Turn]] = {}
        for kind in kinds:
            turn = _Turn(kind, max(kind.rate, SMALL_FLOOR if small else 1), chance)
            if turn.rate < DRAWN:
                # The less of two gaps: a facility starts in the middle of one, so small facilities get their share.
                turn.left = min(turn.left, turn.gap(chance))
            self._by_table.setdefault(kind.table, []).append(turn)

    def spoil(self, table: str, cells: Cells) -> Spoilt:
        """Spoil a row in place where its turn has come. A kind that finds nothing to spoil takes the next row."""
        due = []
        for turn in self._by_table.get(table, ()):
            turn.left -= 1
            if turn.left <= 0:
                due.append(turn)
        return self._spoil(due, cells) if due else NOT_SPOILT

    def _spoil(self, due: list[_Turn], cells: Cells) -> Spoilt:
        found: list[tuple[str, str]] = []
        touched: set[str] = set()
        fate = Fate.WRITTEN
        for turn in due:
            kind, often = turn.kind, turn.rate >= DRAWN
            columns = kind.columns or ("",)
            if not touched.isdisjoint(columns) or not kind.when(cells):
                continue
            if often and not self._chance.million(turn.rate):
                continue
            became = kind.spoil(cells, self._chance)
            if became is Fate.UNTOUCHED:
                continue
            touched.update(columns)
            found.append((kind.name, columns[0]))
            fate = fate if became is Fate.WRITTEN else became
            if not often:
                turn.left = turn.gap(self._chance)
        return Spoilt(tuple(found), fate)


def put(column: str, *values: str) -> Spoil:
    """Writes one of the values into a column that says something else."""

    def spoil(cells: Cells, chance: Chance) -> Fate:
        value = chance.pick(values)
        if cells.get(column, "") == value:
            return Fate.UNTOUCHED
        cells[column] = value
        return Fate.WRITTEN

    return spoil


def change(column: str, make: Callable[[str, Chance], str]) -> Spoil:
    """Changes a cell that is not empty."""

    def spoil(cells: Cells, chance: Chance) -> Fate:
        before = cells.get(column, "")
        if not before:
            return Fate.UNTOUCHED
        cells[column] = make(before, chance)
        return Fate.UNTOUCHED if cells[column] == before else Fate.WRITTEN

    return spoil


def line(fate: Fate) -> Spoil:
    """Leaves the cells and gives the line its fate."""
    return lambda cells, chance: fate
