"""Everything of a run that is not the snapshot: typed-in values, populations, winners, changed rules, counts of others.

An input is one CSV or XLSX per kind. It is refused as a whole when anything in it is wrong. Every line of a typed-in
value, a winner or a changed rule names its author and day.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from samrit.problems import Problems, Where, nearest
from samrit.reference import SheetLine, parse_day, read_sheet
from samrit.reference.refused import ReferenceRefused
from samrit.schemes.errors import SchemesError
from samrit.schemes.excellence import Winner
from samrit.schemes.pack import Item, Pack, Payee, Standing
from samrit.schemes.scores import Counted

ENDINGS = (".csv", ".xlsx")
SIGNED = ("author", "entered_on")
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "entries": (("item", "org", *SIGNED), ("a", "b", "value", "note")),
    "populations": (("org", "district_code", "uc_population"), ("name_th", "name_en")),
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
    """kind -> file of a folder. Raises SchemesError for an unknown file name or a kind that stands twice."""
    problems = Problems()
    found: dict[str, Path] = {}
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in ENDINGS):
        kind = path.stem.lower()
        if kind == "org":  # read by whoever makes the run
            continue
        if kind not in COLUMNS:
            near = nearest(kind, [*COLUMNS, "org"]) or "-"
            problems.add("schemes.input.kind", Where(file=path.name), found=kind, near=near)
        elif kind in found:
            problems.add("schemes.input.twice", Where(file=path.name), kind=kind)
        else:
            found[kind] = path
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    return found


def read_inputs(files: Mapping[str, Path], pack_of: Callable[[Mapping[str, str]], Pack]) -> tuple[RunInputs, Pack]:
    """The inputs and the pack with its changes laid over. Raises SchemesError with every mistake of every file.

    `pack_of` reads the pack with the given changes; entries are checked against the items of that pack.
    """
    problems = Problems()
    lines = {kind: read_sheet(path, *COLUMNS[kind], problems) for kind, path in sorted(files.items())}
    papers = tuple(_paper(kind, path, lines[kind]) for kind, path in sorted(files.items()))
    for kind, of_kind in lines.items():
        _check_signed(files[kind], of_kind, problems)
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    changes = {line.cells["path"]: line.cells["value"] for line in lines.get("changes", [])}
    pack = pack_of(changes)
    reading = _Reading(pack, files, problems)
    made = RunInputs(
        files=papers,
        entries=dict(reading.each("entries", lines, reading.entry)),
        populations=tuple(sorted(reading.each("populations", lines, reading.payee), key=lambda p: p.org)),
        winners=tuple(sorted(reading.each("winners", lines, reading.winner))),
        changes=changes,
        cube=dict(reading.each("cube", lines, reading.cube_cell)),
    )
    if problems.has_errors:
        raise SchemesError(*problems.sorted())
    return made, pack


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

    pack: Pack
    files: Mapping[str, Path]
    problems: Problems
    kind: str = ""
    seen: set[Any] = field(default_factory=set)

    def each(self, kind: str, lines: Mapping[str, list[SheetLine]], read: Callable[[SheetLine], Any]) -> list[Any]:
        """What `read` makes of every line of a kind; lines with a mistake are left out."""
        self.kind, self.seen = kind, set()
        return [made for line in lines.get(kind, []) if (made := read(line)) is not None]

    def entry(self, line: SheetLine) -> tuple[tuple[str, str], Counted] | None:
        """A typed-in result: a and b, or a value."""
        item = self._item(line)
        if item is None or not self._first(line, (item.item, line.cells["org"])):
            return None
        if not item.entry:
            self._wrong(line, "item", "schemes.entry.computed", item=item.item)
            return None
        a, b = (self._number(line, name) for name in ("a", "b"))
        value = self._number(line, "value")
        given = [n for n, number in (("a", a), ("b", b), ("value", value)) if number is not None]
        if given not in (["a", "b"], ["value"]):
            self._wrong(line, "value", "schemes.entry.shape", item=item.item)
            return None
        if a is not None and b is not None:
            if a > b or b < 0 or a < 0:
                self._wrong(line, "a", "schemes.entry.range", item=item.item)
                return None
            value = a * 100 / b if b else None
        elif value is not None and not (0 <= value <= (100 if item.entry == "percent" else 5)):
            self._wrong(line, "value", "schemes.entry.range", item=item.item)
            return None
        return (item.item, line.cells["org"]), Counted(a, b, value, Standing.TYPED_IN)

    def payee(self, line: SheetLine) -> Payee | None:
        """A unit with its people."""
        people = line.cells["uc_population"].replace(",", "")
        if not (people.isascii() and people.isdigit()):
            self._wrong(line, "uc_population", "schemes.population.number")
            return None
        if not self._first(line, line.cells["org"]):
            return None
        names = (line.cells.get("name_th", ""), line.cells.get("name_en", ""))
        return Payee(line.cells["org"], line.cells["district_code"], *names, int(people))

    def winner(self, line: SheetLine) -> Winner | None:
        """A winner of one pot."""
        made = Winner(line.cells["org"], line.cells["pool"])
        if made.pool not in POOLS:
            self._wrong(line, "pool", "schemes.winner.pool")
            return None
        return made if self._first(line, made) else None

    def cube_cell(self, line: SheetLine) -> tuple[tuple[str, str], tuple[int, int]] | None:
        """A and B of an item at a unit that was counted elsewhere."""
        item = self._item(line)
        if item is None or not self._first(line, (item.item, line.cells["org"])):
            return None
        a, b = (self._number(line, name) for name in ("a", "b"))
        if a is None or b is None or a != int(a) or b != int(b) or a < 0 or b < 0:
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
