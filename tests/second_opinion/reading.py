"""Zips to rows (S1, S2.1): each row is kept, kept with a cell voided, or aside.

`reading(zips)` is what the product's list of rejects is compared with.
"""

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from second_opinion.cells import read_value
from second_opinion.dictionary import TABLES, Table

PACKAGE_NAME = re.compile("F43_([0-9]{5}|[0-9A-Z]{9})_([0-9]{14})([-_].*)?[.]ZIP")
ASIDE = ("header", "cells", "hospcode", "key_blank", "pid_blank", "key_date")
VOIDED = ("date", "number", "integer")

Counts = dict[tuple[str, str], tuple[int, int, int]]
Fault = tuple[str, int, int, str, str]


@dataclass(frozen=True)
class Package:
    """One zip: name in upper case, sender and stamp out of the name, sha256 of the bytes (hex)."""

    name: str
    sender: str
    stamp: str
    digest: str
    path: Path

    @property
    def order(self) -> tuple[str, str, str]:
        """Stamp, then name, then digest: later is larger (S2.3, S2.5)."""
        return (self.stamp, self.name, self.digest)


@dataclass(frozen=True)
class Row:
    """A row that is not aside: `text` as written (trimmed), `value` as read (None where blank or voided)."""

    table: Table
    package: Package
    entry: int
    line: int
    text: dict[str, str]
    value: dict[str, str | datetime | Decimal | int | None]

    @property
    def key(self) -> tuple[str, ...]:
        """S2.2: the key as trimmed text."""
        return tuple(self.text[column] for column in self.table.key)


@dataclass
class Contents:
    """What a package holds: rows that are not aside, faults, and (read, aside, rows with a voided cell) per table."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    voided: Counter[str] = field(default_factory=Counter)


def find_packages(zips: Sequence[Path]) -> list[Package]:
    """The packages in the order of S2.5. S1.1: another name is refused; same name and bytes are the same package."""
    packages = {}
    for path in zips:
        name = path.name.upper()
        match = PACKAGE_NAME.fullmatch(name)
        if match:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            packages[name, digest] = Package(name, match[1], match[2], digest, path)
    return sorted(packages.values(), key=lambda package: package.order)


def find_table(entry_name: str) -> Table | None:
    """S1.2: the table of an entry, None when it is ignored."""
    name = re.split(r"[\\/]", entry_name)[-1].upper().removesuffix(".TXT")
    if name in TABLES:
        return TABLES[name]
    longest_first = sorted(TABLES, key=len, reverse=True)
    return next((TABLES[known] for known in longest_first if name.startswith(known + "_")), None)


def decode(data: bytes) -> str:
    """S1.3: without BOM, UTF-8 if all of it is, else cp874."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp874", errors="replace")


def split_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """S1.3: (line number from 1, trimmed cells) of every line that is not blank. Only LF ends a line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, [cell.strip() for cell in line.removesuffix("\r").split("|")]


def read_header(table: Table, header: list[str]) -> dict[str, int]:
    """S1.4: column -> position. An exact name wins over an alias, the first of two over the second."""
    names = [name.upper() for name in header]
    places: dict[str, int] = {}
    for position, name in enumerate(names):
        if name in table.kinds:
            places.setdefault(name, position)
    for position, name in enumerate(names):
        if name in table.aliases:
            places.setdefault(table.aliases[name], position)
    return places


def line_up(header: list[str], cells: list[str]) -> list[str] | None:
    """S1.5: the cells at the places of the header; None when the row does not fit it."""
    if len(cells) == len(header):
        return cells
    if len(cells) == len([name for name in header if name]):
        rest = iter(cells)
        return [next(rest) if name else "" for name in header]
    return None


def find_fatal(table: Table, package: Package, text: dict[str, str]) -> list[tuple[str, str]]:
    """S2.1: every (field, rule) that sets the row aside, in no order of importance."""
    fatal = []
    own_name = "HOSPCODE9" if len(package.sender) == 9 else "HOSPCODE"
    if text.get(own_name, "") != package.sender:
        fatal.append((own_name, "hospcode"))
    for column in table.key:
        if text[column] == "":
            fatal.append((column, "key_blank"))
        elif table.kinds[column] == "date" and read_value("date", text[column]) is None:
            fatal.append((column, "key_date"))
    if "PID" not in table.key and text.get("PID") == "":
        fatal.append(("PID", "pid_blank"))
    return fatal


def read_entry(package: Package, number: int, table: Table, data: bytes, contents: Contents) -> None:
    """Reads one entry into the contents (S1.3 to S2.1). The rows of an entry that is aside are read and aside."""
    lines = list(split_lines(decode(data)))
    if not lines:
        return
    (header_line, header), body = lines[0], lines[1:]
    places = read_header(table, header)
    contents.read[table.name] += len(body)
    missing = [column for column in table.needed if column not in places]
    if missing:
        contents.aside[table.name] += len(body)
        contents.faults += [(package.name, number, header_line, column, "header") for column in missing]
        return
    for line, cells in body:
        lined_up = line_up(header, cells)
        if lined_up is None:
            contents.aside[table.name] += 1
            contents.faults.append((package.name, number, line, "", "cells"))
            continue
        text = {column: lined_up[place] for column, place in places.items()}
        fatal = find_fatal(table, package, text)
        if fatal:
            contents.aside[table.name] += 1
            contents.faults += [(package.name, number, line, column, rule) for column, rule in fatal]
            continue
        value = {column: read_value(table.kinds[column], written) for column, written in text.items()}
        unreadable = [column for column, written in text.items() if written and value[column] is None]
        contents.voided[table.name] += 1 if unreadable else 0
        contents.faults += [(package.name, number, line, column, table.kinds[column]) for column in unreadable]
        contents.rows.append(Row(table, package, number, line, text, value))


def read_package(package: Package) -> Contents:
    """All known entries of one zip. Entries are numbered from 1 in the order of the zip, the ignored ones too."""
    contents = Contents()
    with zipfile.ZipFile(package.path) as archive:
        for number, entry in enumerate(archive.infolist(), start=1):
            table = find_table(entry.filename)
            if table is not None:
                read_entry(package, number, table, archive.read(entry), contents)
    return contents


def reading(zips: Sequence[Path]) -> tuple[Counts, list[Fault]]:
    """What was read, aside and voided.

    First: (zip name in upper case, table) -> rows read, rows aside, kept rows with a voided cell; only tables with
    at least one row. Second, sorted: (zip name in upper case, entry number from 1, line from 1, column, rule).
    Rules header, cells, hospcode, key_blank, pid_blank, key_date are about rows aside (header: the whole entry, at
    the line of the header); all reasons of a row are given, but a wrong cell count is the only one of its row and
    has no column. Rules date, number, integer are cells voided in rows kept.
    """
    read: Counter[tuple[str, str]] = Counter()
    aside: Counter[tuple[str, str]] = Counter()
    voided: Counter[tuple[str, str]] = Counter()
    faults: list[Fault] = []
    for package in find_packages(zips):
        contents = read_package(package)
        faults += contents.faults
        for table in contents.read:
            read[package.name, table] += contents.read[table]
            aside[package.name, table] += contents.aside[table]
            voided[package.name, table] += contents.voided[table]
    counts = {place: (read[place], aside[place], voided[place]) for place in sorted(read) if read[place]}
    return counts, sorted(faults)
