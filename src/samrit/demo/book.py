"""Book: what one facility writes down goes straight into the zips that will carry it, right and as it really comes.

A line is never kept: its submissions are known when it is written, so a hospital of a whole province needs little room.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import repeat

from samrit.demo.dirt import NOT_SPOILT, Cells, Fate, Spoiler
from samrit.demo.headers import columns
from samrit.demo.plan import ALWAYS, Plan
from samrit.demo.truth import Truth
from samrit.demo.zips import Parcel, plain

BLANK = repeat("")
CLEAN: tuple["Slip", ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """What a facility states in a row although it is not so: kind of dirt and the cells as stated."""

    kind: str
    cells: Mapping[str, str]


class Book:
    """The lines of a facility, sorted into the parcels of its submissions as they come; the twin's beside them.

    truth: where the dirt is noted and the clean twin goes, None when nobody asked for it.
    """

    def __init__(self, hospcode: str, plan: Plan, spoiler: Spoiler, truth: Truth | None = None) -> None:
        self.hospcode = hospcode
        self._edition = plan.exporter.edition
        self._spoiler = spoiler
        self._truth = truth
        self._names: dict[str, tuple[str, ...]] = {}
        self._lacks = {table for table, _ in plan.exporter.lacks}
        self._exporter = plan.exporter
        self.parcels = tuple(Parcel(hospcode, plan.exporter, submission) for submission in plan.submissions)
        clean = plain(plan.exporter)
        self.twins = tuple(Parcel(hospcode, clean, s, plan.exporter.zip_prefix) for s in plan.submissions if truth)

    def add(
        self,
        table: str,
        day: str,
        updated: str,
        cells: Cells,
        *,
        only: int = ALWAYS,
        slips: tuple[Slip, ...] = CLEAN,
        extra: str = "",
        withheld: str = "",
    ) -> None:
        """Write a row down; columns that the edition lacks are dropped, absent ones are empty.

        day: of the event, "" for a line of a register. extra: kind of a row that exists by mistake alone (not in the
        twin, not spoilt further). withheld: kind by which a row that exists is not sent (in the twin alone).
        """
        cells["HOSPCODE"] = self.hospcode
        cells["D_UPDATE"] = updated
        names = self._names.get(table) or self._learn(table)
        right = "|".join(map(cells.get, names, BLANK))
        for slip in slips:
            cells.update(slip.cells)
        spoilt = NOT_SPOILT if extra or withheld else self._spoiler.spoil(table, cells)
        lines: tuple[str, ...] = (right,)
        if withheld:
            lines = ()
        elif slips or spoilt.kinds or table in self._lacks:
            lines = self._spoilt_lines(table, cells, names, spoilt.fate)
        found = spoilt.kinds
        if slips:
            found = (*((slip.kind, next(iter(slip.cells))) for slip in slips), *found)
        if extra or withheld:
            found = ((extra or withheld, ""),)
        for number, parcel in enumerate(self.parcels):
            if not parcel.submission.carries(table, day, updated, only):
                continue
            at = 0
            for text in lines:
                at = parcel.put(table, text)
            if self._truth:
                for kind, column in found:
                    self._truth.plant(kind, table, column, parcel.name, parcel.entry_name(table), at)
                if not extra:
                    self.twins[number].put(table, right)

    def close(self) -> None:
        """Let go of everything that is not written into a zip."""
        for parcel in (*self.parcels, *self.twins):
            parcel.close()

    def _learn(self, table: str) -> tuple[str, ...]:
        names = self._names[table] = columns(table, self._edition)
        return names

    def _spoilt_lines(self, table: str, cells: Cells, names: tuple[str, ...], fate: Fate) -> tuple[str, ...]:
        if table in self._lacks:
            names = tuple(name for name in names if (table, name) not in self._exporter.lacks)
        text = "|".join([cells.get(name, "") for name in names])
        if fate is Fate.SHORT:
            return (text.rpartition("|")[0],)
        if fate is Fate.TWICE:
            return (text, text)
        if fate is Fate.CONFLICT:
            return (text, "|".join([cells.get(name, "") if name != "PRICE" else "1.00" for name in names]))
        return (text,)
