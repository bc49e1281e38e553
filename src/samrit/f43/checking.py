"""Check a package without loading it: every row aside, every voided cell, and what was passed over, as problems."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samrit.f43.errors import F43Error
from samrit.f43.package import Entry, Package, open_package
from samrit.f43.reader import read_entry
from samrit.f43.tables import table
from samrit.problems import Problem, Where, nearest, problem
from samrit.received import Aside


@dataclass
class Summary:
    """What was looked at: packages, entries that are tables, rows by state, faults by rule."""

    packages: int = 0
    refused: int = 0
    entries: int = 0
    rows: dict[str, int] = field(default_factory=lambda: {"read": 0, "kept": 0, "kept_with_void": 0, "aside": 0})
    rules: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The `summary` of `samrit f43 check --json`."""
        return {**self.__dict__, "rules": dict(sorted(self.rules.items()))}


def check_package(path: Path, summary: Summary) -> list[Problem]:
    """All problems of one package file; adds what was seen to the summary."""
    summary.packages += 1
    try:
        package = open_package(path)
        found: list[Problem] = []
        for entry in package.entries:
            found += _check_entry(package, entry, path.name, summary)
    except F43Error as error:
        summary.refused += 1
        return list(error.problems)
    return found


def _check_entry(package: Package, entry: Entry, file: str, summary: Summary) -> list[Problem]:
    where = Where(file=file, entry=entry.path)
    if entry.table is None:
        return [] if entry.path.endswith("/") else [problem("f43.entry.unknown", where)]
    of = table(entry.table)
    read = read_entry(package.read(entry), of, package.name.sender)
    summary.entries += 1
    voided = read.faults.filter(read.faults["state"] == Aside.VOIDED.value)["line"].n_unique()
    for state, count in (("read", read.read), ("kept", read.rows.height - voided), ("aside", read.aside)):
        summary.rows[state] += count
    summary.rows["kept_with_void"] += voided
    found = [] if read.encoding == "utf-8" else [problem("f43.entry.encoding", where)]
    for name in read.unknown:
        near = nearest(name, of.column_names) or "-"
        found.append(problem("f43.entry.column_unknown", Where(file, entry.path, 1, name), name=name, near=near))
    for line, name, rule, _ in read.faults.sort("line", "field", "rule").iter_rows():
        summary.rules[rule] = summary.rules.get(rule, 0) + 1
        found.append(problem(f"f43.row.{rule}", Where(file, entry.path, line, name), field=name))
    return found
