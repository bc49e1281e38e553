"""package -> parsed rows: one Parquet file per table with the kept rows of all its entries, all faults, a summary.

A pure function of the bytes, the sender and the spec; the folder is named by their hash.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from samrit.f43 import Package, read_entry, spec_hash, table
from samrit.f43.reader import FAULTS
from samrit.objects import canonical, make_folder, name_of
from samrit.warehouse.home import Home
from samrit.warehouse.receiving import Receipt

ENTRY = "_entry"


@dataclass(frozen=True)
class Parsed:
    """The parsed rows of one package.

    entries: number, path, table, encoding, read, aside, unknown; facilities: HOSPCODEs whose rows were kept.
    """

    receipt: Receipt
    folder: Path
    entries: tuple[dict[str, Any], ...]
    facilities: tuple[str, ...]

    def rows(self, name: str) -> pl.DataFrame | None:
        """Kept rows of a table: _entry, _line and its columns as text; None when the package has none."""
        path = self.folder / f"{name}.parquet"
        return pl.read_parquet(path) if path.exists() else None

    def faults(self) -> pl.DataFrame:
        """entry (number), line, field, rule, state of everything aside or voided."""
        return pl.read_parquet(self.folder / "faults.parquet")

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables with kept rows."""
        return tuple(f.stem for f in self.folder.glob("*.parquet") if f.stem.isupper())


def parsed_name(receipt: Receipt) -> str:
    """The name of the folder of a package's parsed rows."""
    return name_of("parsed", receipt.sha256, receipt.sender, spec_hash())


def parse(home: Home, receipt: Receipt) -> Parsed:
    """The parsed rows of a received package, made when they are not there yet."""
    folder = home.parsed / parsed_name(receipt)
    make_folder(folder, lambda aside: _write(receipt.open(home), aside))
    summary = json.loads((folder / "summary.json").read_bytes())
    return Parsed(receipt, folder, tuple(summary["entries"]), tuple(summary["facilities"]))


def _write(package: Package, folder: Path) -> None:
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
    facilities: set[str] = set()
    for name, frames in rows.items():
        whole = pl.concat(frames)
        facilities |= set(whole["HOSPCODE"].unique().to_list())
        whole.write_parquet(folder / f"{name}.parquet", compression="zstd", compression_level=1)
    pl.concat(faults).write_parquet(folder / "faults.parquet", compression="zstd")
    summary = {"entries": entries, "facilities": sorted(facilities)}
    (folder / "summary.json").write_bytes(canonical(summary))
