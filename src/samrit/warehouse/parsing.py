"""package -> parsed rows: one Parquet file per table with the kept rows of all its entries, all faults, a summary.

A pure function of the bytes, the sender and the spec; the folder is named by their hash.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samrit.f43 import Package, read_entry, spec_hash, table
from samrit.f43.reader import FAULTS
from samrit.objects import canonical, make_file, name_of
from samrit.warehouse.home import Home
from samrit.warehouse.receipt import Receipt

ENTRY = "_entry"
FAULTS_NAME, SUMMARY_NAME = "faults", "summary.json"
UNPACKED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Parsed:
    """The parsed rows of one package: one file, a zip of Parquet tables that is not compressed once more.

    entries: number, path, table, encoding, read, aside, unknown; facilities: HOSPCODEs whose rows were kept.
    """

    receipt: Receipt
    file: Path
    entries: tuple[dict[str, Any], ...]
    facilities: tuple[str, ...]
    tables: frozenset[str]

    def rows(self, name: str) -> pl.DataFrame | None:
        """Kept rows of a table: _entry, _line and its columns as text; None when the package has none."""
        return self._read(name) if name in self.tables else None

    def faults(self) -> pl.DataFrame:
        """entry (number), line, field, rule, state of everything aside or voided."""
        return self._read(FAULTS_NAME)

    def _read(self, name: str) -> pl.DataFrame:
        with zipfile.ZipFile(self.file) as archive:
            return pl.read_parquet(archive.read(f"{name}.parquet"))


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
        tables = frozenset(name.removesuffix(".parquet") for name in archive.namelist()) - {FAULTS_NAME, SUMMARY_NAME}
    return Parsed(receipt, file, tuple(summary["entries"]), tuple(summary["facilities"]), tables)


def _write(package: Package, file: Path) -> None:
    rows: dict[str, list[pl.DataFrame]] = {}
    faults: list[pl.DataFrame] = [pl.DataFrame(schema={"entry": pl.Int32, **FAULTS})]
    entries: list[dict[str, Any]] = []
    for entry in package.entries:
        if entry.table is None:
            continue
        read = read_entry(package.read(entry), table(entry.table), package.name.sender)
        number = pl.lit(entry.number, pl.Int32)
        if read.rows.height:
            rows.setdefault(entry.table, []).append(read.rows.select(number.alias(ENTRY), pl.all()))
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
    summary = canonical({"entries": entries, "facilities": sorted(facilities)})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(SUMMARY_NAME, UNPACKED_TIME), summary)
        for name, frame in {**whole, FAULTS_NAME: pl.concat(faults)}.items():
            content = io.BytesIO()
            frame.write_parquet(content, compression="zstd", compression_level=1)
            archive.writestr(zipfile.ZipInfo(f"{name}.parquet", UNPACKED_TIME), content.getvalue())
