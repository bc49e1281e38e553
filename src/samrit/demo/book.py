"""Book: everything that one facility has written down, line by line, until it is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from samrit.demo.dirt import Cells, Fate, Spoiler
from samrit.demo.headers import columns

ALWAYS = -1


@dataclass(frozen=True, slots=True)
class Line:
    """One line: day of the event as YYYYMMDD ("" = a register line), D_UPDATE, text without line end.

    only: the number of the one submission that carries it, or ALWAYS.
    """

    day: str
    updated: str
    text: str
    only: int = ALWAYS


class Book:
    """The lines of a facility by table, in the order in which they were added."""

    def __init__(self, hospcode: str, edition: str, spoiler: Spoiler) -> None:
        self.hospcode = hospcode
        self.edition = edition
        self._spoiler = spoiler
        self._lines: dict[str, list[Line]] = {}

    def add(self, table: str, day: str, updated: str, cells: Cells, *, only: int = ALWAYS, clean: bool = False) -> None:
        """Write a row down; columns that the edition lacks are dropped, absent ones are empty. `clean`: no dirt."""
        cells["HOSPCODE"] = self.hospcode
        cells["D_UPDATE"] = updated
        fate = Fate.WRITTEN if clean else self._spoiler.spoil(table, cells)
        names = columns(table, self.edition)
        text = "|".join([cells.get(name, "") for name in names])
        lines = self._lines.setdefault(table, [])
        if fate is Fate.SHORT:
            text = text.rpartition("|")[0]
        lines.append(Line(day, updated, text, only))
        if fate is Fate.TWICE:
            lines.append(lines[-1])
        elif fate is Fate.CONFLICT:
            other = "|".join([cells.get(name, "") if name != "PRICE" else "1.00" for name in names])
            lines.append(Line(day, updated, other, only))

    def lines(self, table: str) -> Iterator[Line]:
        """The lines of a table."""
        return iter(self._lines.get(table, ()))
