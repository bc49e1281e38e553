"""package -> parsed rows: the kept rows of all its entries, one Arrow table per table, all faults and a summary.

A pure function of the bytes, the sender and the spec; the folder is named by their hash.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samrit.f43 import Package, read_entry, spec_hash, table
from samrit.f43.reader import LINE, judged, trim
from samrit.objects import canonical, make_file, name_of
from samrit.received import FAULTS
from samrit.warehouse.home import Home
from samrit.warehouse.receipt import Receipt

ENTRY = "_entry"
FAULTS_NAME, SUMMARY_NAME = "faults", "summary.json"
UNPACKED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Parsed:
    """The parsed rows of one package: one file, a zip of Arrow tables.

    entries: number, path, table, encoding, read, aside, unknown; facilities: HOSPCODEs whose rows were kept.
    """

    receipt: Receipt
    file: Path
    entries: tuple[dict[str, Any], ...]
    facilities: tuple[str, ...]
    tables: frozenset[str]

    @contextmanager
    def opened(self) -> Iterator["ParsedTables"]:
        """The tables, while the file is open."""
        with zipfile.ZipFile(self.file) as archive:
            yield ParsedTables(self, archive)

    def faults(self) -> pl.DataFrame:
        """entry (number), line, field, rule, state of everything aside or voided."""
        with zipfile.ZipFile(self.file) as archive:
            return pl.read_ipc(archive.read(FAULTS_NAME))


@dataclass(frozen=True)
class ParsedTables:
    """The open file of a package's parsed rows."""

    parsed: Parsed
    archive: zipfile.ZipFile

    def rows(self, name: str, columns: Sequence[str] | None = None) -> pl.DataFrame | None:
        """Kept rows of a table as it was read; None when the package has none.

        _entry (place of the entry among `entries`, 1 = first), _line, and the named columns of the table as text
        (default: all), trimmed.
        """
        if name not in self.parsed.tables:
            return None
        wanted = table(name).column_names if columns is None else columns
        rows = pl.read_ipc(self.archive.read(name), columns=[ENTRY, LINE, *wanted])
        untrimmed = [trim(pl.col(column)) for column in wanted if column not in judged(table(name))]
        return rows.with_columns(untrimmed) if untrimmed else rows


def parsed_name(receipt: Receipt) -> str:
    """The name of the file of a package's parsed rows."""
    return f"{name_of('parsed', receipt.sha256, receipt.sender, spec_hash())}.zip"


def parse(home: Home, receipt: Receipt, package: Package | None = None) -> Parsed:
    """The parsed rows of a received package, made when they are not there yet.

    `package` spares reading it from the vault again. Raises F43Error for an entry that cannot be read.
    """
    file = home.parsed / parsed_name(receipt)
    make_file(file, lambda aside: _write(package or receipt.open(home), aside))
    with zipfile.ZipFile(file) as archive:
        summary = json.loads(archive.read(SUMMARY_NAME))
        tables = frozenset(archive.namelist()) - {FAULTS_NAME, SUMMARY_NAME}
    return Parsed(receipt, file, tuple(summary["entries"]), tuple(summary["facilities"]), tables)


def _write(package: Package, file: Path) -> None:
    rows: dict[str, list[pl.DataFrame]] = {}
    faults: list[pl.DataFrame] = [pl.DataFrame(schema={"entry": pl.Int32, **FAULTS})]
    entries: list[dict[str, Any]] = []
    for entry in package.entries:
        if entry.table is None:
            continue
        read = read_entry(package.read(entry), table(entry.table), package.name.sender, trim_all=False)
        number = pl.lit(entry.number, pl.Int32)
        if read.rows.height:
            place = pl.lit(len(entries) + 1, pl.Int32)
            rows.setdefault(entry.table, []).append(read.rows.select(place.alias(ENTRY), pl.all()))
        if read.faults.height:
            faults.append(read.faults.select(number.alias("entry"), pl.all()))
        entries.append(
            {
                "number": entry.number,
                "path": entry.path,
                "table": entry.table,
                "encoding": read.encoding,
                "read": read.read,
                "aside": read.aside,
                "unknown": list(read.unknown),
            }
        )
    whole = {name: pl.concat(frames) for name, frames in rows.items()}
    facilities = {code for frame in whole.values() for code in frame["HOSPCODE"].unique()}
    summary = {"entries": entries, "facilities": sorted(facilities)}
    write_tables(file, {**whole, FAULTS_NAME: pl.concat(faults)}, summary)


def write_tables(file: Path, frames: Mapping[str, pl.DataFrame], summary: Mapping[str, Any]) -> None:
    """A zip of Arrow tables and a JSON summary; equal content gives equal bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(SUMMARY_NAME, UNPACKED_TIME), canonical(summary))
        for name, frame in frames.items():
            content = io.BytesIO()
            frame.write_ipc(content, compression="lz4")
            archive.writestr(zipfile.ZipInfo(name, UNPACKED_TIME), content.getvalue())
