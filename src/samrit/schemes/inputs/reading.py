"""Read all inputs of a run with their pack: every mistake of every file, form and meaning, is told in one go."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from samrit.problems import Problem, Problems, Where
from samrit.reference import ReferralNetwork, SheetLine, agreements_of, parse_day, read_sheet, zones_of
from samrit.reference.refused import ReferenceRefused
from samrit.results import Run
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.errors import SchemesError
from samrit.schemes.inputs import earlier
from samrit.schemes.inputs.facts import check_weights, gather_facts, read_fact
from samrit.schemes.inputs.files import COLUMNS, SIGNED
from samrit.schemes.inputs.given import InputFile, RunInputs
from samrit.schemes.inputs.lines import Lines
from samrit.schemes.inputs.money import (
    read_activity,
    read_adjustment,
    read_index,
    read_last_paid,
    read_receivable,
    read_winner,
)
from samrit.schemes.inputs.values import read_cube, read_entry, read_last
from samrit.schemes.payees import Payee, population_columns, read_payees
from samrit.schemes.scores import Facts

Made = TypeVar("Made")
PackOf = Callable[[Mapping[str, str]], Pack]


def read_inputs(files: Mapping[str, Path], pack_of: PackOf, previous: Run | None = None) -> tuple[RunInputs, Pack]:
    """The inputs and the pack with its changes laid over. Raises SchemesError with every mistake of every file.

    `pack_of` reads the pack with the given changes; entries are checked against the items of that pack, units against
    the payees: those of `populations`, else those of the pack. `previous` is the run of last year: it gives last year's
    values and open receivables where no file does.
    """
    reading = _Reading(files)
    changes = dict(reading.read_changes())
    pack = reading.pack = reading.read_pack(pack_of, changes)
    if previous is not None:
        reading.take_from(previous)
    populations = reading.read_populations()
    payees = {payee.org: payee for payee in populations or pack.payees}
    reading.payees, reading.orgs = payees, {line.cells["org"] for line in reading.lines("populations")} or set(payees)
    made = RunInputs(
        entries=dict(reading.each("entries", read_entry)),
        facts=reading.read_facts(),
        cube=dict(reading.each("cube", read_cube)),
        last=dict(reading.each("last", read_last)),
        populations=populations,
        changes=changes,
        winners=tuple(sorted(reading.each("winners", read_winner))),
        activities=dict(reading.each("activities", read_activity)),
        adjustments=tuple(reading.each("adjustments", read_adjustment)),
        indices=dict(reading.each("indices", read_index)),
        last_paid=dict(reading.each("last_paid", read_last_paid)),
        ledger=tuple(sorted(reading.each("ledger", read_receivable), key=lambda r: (r.org, r.since))),
        network=reading.read_network(),
        previous=previous.id if previous else "",
    )
    if reading.problems.has_errors:
        raise SchemesError(*reading.problems.sorted())
    return replace(made, files=reading.papers()), pack


@dataclass
class _Reading:
    """The sheets of a run's files, and what is wrong in them."""

    files: Mapping[str, Path]
    problems: Problems = field(default_factory=Problems)
    pack: Pack = field(init=False)
    payees: dict[str, Payee] = field(default_factory=dict)
    orgs: set[str] = field(default_factory=set)
    sheets: dict[str, list[SheetLine]] = field(default_factory=dict)
    taken: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def lines(self, kind: str) -> list[SheetLine]:
        """The lines of a file, read once; [] when the kind was not given."""
        if kind not in self.sheets:
            self.sheets[kind] = self._read(kind) if kind in self.files else []
        return self.sheets[kind]

    def _read(self, kind: str) -> list[SheetLine]:
        people = kind == "populations"
        columns = population_columns(self.pack.scheme.people) if people else COLUMNS[kind]
        lines = read_sheet(self.files[kind], *columns, self.problems)
        if set(SIGNED) <= set(columns[0]):
            self._check_signed(self.files[kind].name, lines)
        return lines

    def _check_signed(self, file: str, lines: Iterable[SheetLine]) -> None:
        for line in lines:
            if not line.cells["author"]:
                self.problems.add("schemes.input.author", Where(file=file, line=line.number, field="author"))
            try:
                parse_day(line.cells["entered_on"], Where(file=file, line=line.number, field="entered_on"))
            except ReferenceRefused as error:
                self.problems.extend(error.problems)

    def each(self, kind: str, read: Callable[[Lines, SheetLine], Made | None]) -> list[Made]:
        """What `read` makes of every line of a kind; lines with a mistake are left out."""
        lines = self._lines_of(kind)
        return [made for line in self.lines(kind) if (made := read(lines, line)) is not None]

    def _lines_of(self, kind: str) -> Lines:
        file = self.taken[kind][0] if kind in self.taken else self.files[kind].name if kind in self.files else kind
        return Lines(file, self.pack, self.orgs, self.payees, self.problems)

    def read_changes(self) -> Iterable[tuple[str, str]]:
        """Changed rules by path."""
        seen: dict[str, str] = {}
        for line in self.lines("changes"):
            path = line.cells["path"]
            if path in seen:
                self.problems.add("schemes.input.repeated", Where(file=self.files["changes"].name, line=line.number))
            seen.setdefault(path, line.cells["value"])
        return seen.items()

    def read_pack(self, pack_of: PackOf, changes: Mapping[str, str]) -> Pack:
        """The pack under the changes; a path that names nothing is told at its line of the changes file.

        Without a pack nothing else can be checked, so its mistakes end the reading.
        """
        stands = {line.cells["path"]: line.number for line in self.lines("changes")}

        def at_line(found: Problem) -> Problem:
            if found.where.field not in stands:
                return found
            where = Where(file=self.files["changes"].name, line=stands[found.where.field], field="path")
            return replace(found, where=where)

        try:
            return pack_of(changes)
        except SchemesError as error:
            self.problems.extend(at_line(found) for found in error.problems)
            raise SchemesError(*self.problems.sorted()) from error

    def take_from(self, run: Run) -> None:
        """Last year's values and what is still owed, out of an earlier run, where no file gives them."""
        tables = {"last": earlier.last_of(run, self.pack), "ledger": earlier.ledger_of(run)}
        for kind, table in tables.items():
            if kind not in self.files and table[1]:
                self.sheets[kind] = earlier.lines_of(table)
                self.taken[kind] = (f"{kind} of run {run.id}", earlier.bytes_of(table))

    def read_populations(self) -> tuple[Payee, ...]:
        """The payees of the run's own table; () when there is none."""
        if "populations" not in self.files:
            return ()
        name = self.files["populations"].name
        return read_payees(self.lines("populations"), name, self.pack.scheme.people, self.problems)

    def read_facts(self) -> Facts:
        """Facts by item and payee."""
        found = self.each("facts", read_fact)
        lines = self._lines_of("facts")
        check_weights(lines, self.lines("facts"))
        return gather_facts(lines, found)

    def read_network(self) -> ReferralNetwork:
        """Zones and agreements, for counts of referrals."""
        names = {kind: self.files[kind].name for kind in ("zones", "agreements") if kind in self.files}
        return ReferralNetwork(
            zones_of(self.lines("zones"), names.get("zones", ""), self.problems),
            agreements_of(self.lines("agreements"), names.get("agreements", ""), self.problems),
        )

    def papers(self) -> tuple[InputFile, ...]:
        """What the manifest says of every file, and its bytes."""
        contents = {kind: (path.name, path.read_bytes()) for kind, path in self.files.items()} | self.taken
        return tuple(
            InputFile(kind, name, hashlib.sha256(content).hexdigest(), self._day_of(kind), content)
            for kind, (name, content) in sorted(contents.items())
        )

    def _day_of(self, kind: str) -> str:
        return max((line.cells.get("entered_on", "") for line in self.lines(kind)), default="")
