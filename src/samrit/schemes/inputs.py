"""Everything of a run that is not the snapshot: typed-in values, populations, winners, changed rules, counts of others.

An input is one CSV or XLSX per kind. It is refused as a whole when anything in it is wrong. Every line of a typed-in
value, a winner or a changed rule names its author and day.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from samrit.problems import Problem, Problems, Where, nearest, problem
from samrit.reference import SheetLine, parse_day, read_sheet
from samrit.reference.refused import ReferenceRefused
from samrit.schemes.errors import SchemesError
from samrit.schemes.excellence import Winner
from samrit.schemes.pack import Item, Pack, Standing
from samrit.schemes.payees import OPTIONAL, REQUIRED, Payee, payees_of
from samrit.schemes.scores import Counted

ENDINGS = (".csv", ".xlsx")
ORG = "org"
SIGNED = ("author", "entered_on")
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "entries": (("item", "org", *SIGNED), ("a", "b", "value", "note")),
    "populations": (REQUIRED, OPTIONAL),
    "winners": (("org", "pool", *SIGNED), ("note",)),
    "changes": (("path", "value", *SIGNED), ("reason",)),
    "cube": (("item", "org", "a", "b"), ()),
}
POOLS = ("region", "province")


@dataclass(frozen=True)
class InputFile:
    """What a manifest says of an input: file name, SHA-256, latest day that it names ('' when it names none)."""

    kind: str
    file: str
    sha256: str
    day: str

    def as_dict(self) -> dict[str, str]:
        return {"file": self.file, "sha256": self.sha256, "day": self.day}


@dataclass(frozen=True)
class RunInputs:
    """The inputs of a run, read and checked. Empty where a kind was not given."""

    files: tuple[InputFile, ...] = ()
    entries: Mapping[tuple[str, str], Counted] = field(default_factory=dict)
    populations: tuple[Payee, ...] = ()
    winners: tuple[Winner, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    cube: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)


def find_inputs(folder: Path) -> dict[str, Path]:
    """kind -> file of a folder; org is there too when it was given, for whoever makes the run to read.

    Raises SchemesError for a folder that is not there, an unknown file name, an ending that is not CSV or XLSX, and a
    kind that stands twice.
    """
    if not folder.is_dir():
        raise SchemesError(problem("schemes.input.folder", Where(file=folder.name)))
    kinds = [*COLUMNS, ORG]
    problems = Problems()
    found: dict[str, Path] = {}
    for path in sorted(p for p in folder.iterdir() if p.is_file()):
        kind = path.stem.lower()
        if path.suffix.lower() not in ENDINGS:
            if kind in kinds:
                problems.add("schemes.input.ending", Where(file=path.name))
        elif kind not in kinds:
            problems.add("schemes.input.kind", Where(file=path.name), found=kind, near=nearest(kind, kinds) or "-")
        elif kind in found:
            problems.add("schemes.input.twice", Where(file=path.name), kind=kind)
        else:
            found[kind] = path
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    return found


def read_inputs(files: Mapping[str, Path], pack_of: Callable[[Mapping[str, str]], Pack]) -> tuple[RunInputs, Pack]:
    """The inputs and the pack with its changes laid over. Raises SchemesError with every mistake of every file.

    `pack_of` reads the pack with the given changes; entries are checked against the items of that pack, units against
    the payees: those of `populations`, else those of the pack.
    """
    problems = Problems()
    lines = {kind: read_sheet(path, *COLUMNS[kind], problems) for kind, path in sorted(files.items())}
    for kind, of_kind in lines.items():
        _check_signed(files[kind], of_kind, problems)
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    reading = _Reading(files, problems)
    changes = dict(reading.each("changes", lines, reading.change))
    reading.pack = _changed_pack(pack_of, changes, lines.get("changes", []), files)
    populations: tuple[Payee, ...] = ()
    if "populations" in lines:
        populations = payees_of(lines["populations"], files["populations"].name, problems)
    reading.payees = {p.org for p in populations or reading.pack.payees}
    made = RunInputs(
        files=tuple(_paper(kind, path, lines[kind]) for kind, path in sorted(files.items())),
        entries=dict(reading.each("entries", lines, reading.entry)),
        populations=populations,
        winners=tuple(sorted(reading.each("winners", lines, reading.winner))),
        changes=changes,
        cube=dict(reading.each("cube", lines, reading.cube_cell)),
    )
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    return made, reading.pack


def _changed_pack(
    pack_of: Callable[[Mapping[str, str]], Pack],
    changes: Mapping[str, str],
    lines: list[SheetLine],
    files: Mapping[str, Path],
) -> Pack:
    """The pack under the changes; a path that names nothing is told at its line of the changes file."""
    stands = {line.cells["path"]: line.number for line in lines}

    def at_line(found: Problem) -> Problem:
        if found.where.field not in stands:
            return found
        where = Where(file=files["changes"].name, line=stands[found.where.field], field="path")
        return replace(found, where=where)

    try:
        return pack_of(changes)
    except SchemesError as error:
        raise SchemesError(*(at_line(found) for found in error.problems)) from error


def _paper(kind: str, path: Path, lines: list[SheetLine]) -> InputFile:
    days = [line.cells.get("entered_on", "") for line in lines]
    return InputFile(kind, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), max(days, default=""))


def _check_signed(path: Path, lines: list[SheetLine], problems: Problems) -> None:
    for line in lines:
        if "entered_on" not in line.cells:
            return
        if not line.cells["author"]:
            problems.add("schemes.input.author", Where(file=path.name, line=line.number, field="author"))
        try:
            parse_day(line.cells["entered_on"], Where(file=path.name, line=line.number, field="entered_on"))
        except ReferenceRefused as error:
            problems.extend(error.problems)


@dataclass
class _Reading:
    """Reads lines of one kind after the other and collects what is wrong."""

    files: Mapping[str, Path]
    problems: Problems
    pack: Pack = field(init=False)
    payees: set[str] = field(default_factory=set)
    kind: str = ""
    seen: set[Any] = field(default_factory=set)

    def each(self, kind: str, lines: Mapping[str, list[SheetLine]], read: Callable[[SheetLine], Any]) -> list[Any]:
        """What `read` makes of every line of a kind; lines with a mistake are left out."""
        self.kind, self.seen = kind, set()
        return [made for line in lines.get(kind, []) if (made := read(line)) is not None]

    def entry(self, line: SheetLine) -> tuple[tuple[str, str], Counted] | None:
        """A typed-in result: a and b, or a value; a level is a value."""
        item = self._item(line)
        if item is None or not self._is_payee(line) or not self._first(line, (item.item, line.cells["org"])):
            return None
        if not item.entry:
            self._wrong(line, "item", "schemes.entry.computed", item=item.item)
            return None
        counted = self._typed_in(line, item)
        return ((item.item, line.cells["org"]), counted) if counted else None

    def _typed_in(self, line: SheetLine, item: Item) -> Counted | None:
        before = len(self.problems)
        a, b, value = (self._number(line, name) for name in ("a", "b", "value"))
        if len(self.problems) > before:
            return None
        given = [n for n, number in (("a", a), ("b", b), ("value", value)) if number is not None]
        if given != ["value"] and (given != ["a", "b"] or item.entry == "level"):
            self._wrong(line, "value", "schemes.entry.shape", item=item.item)
            return None
        if a is not None and b is not None:
            if a != int(a) or b != int(b):
                self._wrong(line, "a", "schemes.cube.whole")
                return None
            value = a * 100 / b if b else None
        most = 100 if item.entry == "percent" else self.pack.scheme.best_score
        if (value is not None and value > most) or (a and not b):
            self._wrong(line, "value" if a is None else "a", "schemes.entry.range", item=item.item)
            return None
        return Counted(a, b, value, Standing.TYPED_IN)

    def change(self, line: SheetLine) -> tuple[str, str] | None:
        """A changed rule."""
        return (line.cells["path"], line.cells["value"]) if self._first(line, line.cells["path"]) else None

    def winner(self, line: SheetLine) -> Winner | None:
        """A winner of one pot."""
        made = Winner(line.cells["org"], line.cells["pool"])
        if made.pool not in POOLS:
            self._wrong(line, "pool", "schemes.winner.pool")
            return None
        return made if self._is_payee(line) and self._first(line, made) else None

    def cube_cell(self, line: SheetLine) -> tuple[tuple[str, str], tuple[int, int]] | None:
        """A and B of an item at a unit that was counted elsewhere."""
        item = self._item(line)
        if item is None or not self._is_payee(line) or not self._first(line, (item.item, line.cells["org"])):
            return None
        before = len(self.problems)
        a, b = (self._number(line, name) for name in ("a", "b"))
        if len(self.problems) > before:
            return None
        if a is None or b is None or a != int(a) or b != int(b):
            self._wrong(line, "a", "schemes.cube.whole")
            return None
        return (item.item, line.cells["org"]), (int(a), int(b))

    def _item(self, line: SheetLine) -> Item | None:
        code = line.cells["item"]
        items = {item.item: item for item in self.pack.scheme.items}
        if code not in items:
            self._wrong(line, "item", "schemes.item.unknown", item=code, near=nearest(code, items) or "-")
            return None
        return items[code]

    def _is_payee(self, line: SheetLine) -> bool:
        org = line.cells["org"]
        if org not in self.payees:
            self._wrong(line, "org", "schemes.payee.unknown", org=org, near=nearest(org, sorted(self.payees)) or "-")
        return org in self.payees

    def _number(self, line: SheetLine, name: str) -> Decimal | None:
        text = line.cells.get(name, "").replace(",", "")
        if not text:
            return None
        if not text.isascii() or not text.replace(".", "", 1).isdigit():
            self._wrong(line, name, "schemes.input.number", name=name)
            return None
        return Decimal(text)

    def _first(self, line: SheetLine, key: object) -> bool:
        if key in self.seen:
            self._wrong(line, "", "schemes.input.repeated")
            return False
        self.seen.add(key)
        return True

    def _wrong(self, line: SheetLine, column: str, code: str, **facts: object) -> None:
        self.problems.add(code, Where(file=self.files[self.kind].name, line=line.number, field=column), **facts)
