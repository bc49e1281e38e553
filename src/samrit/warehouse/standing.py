"""The set of a facility's packages -> its standing rows: per key the latest version, whatever the order of arrival.

DEFINITIONS S2.2-S2.5. A pure function of the set of packages and the spec. Rows are typed here and get their row id:
facility, source (package and entry) and line in one number, so that every result walks back to a received line.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from samrit.f43 import Stands, Table, spec_hash, table, table_names, typed
from samrit.f43.reader import LINE
from samrit.f43.values import moment_order, typed_dtype
from samrit.objects import canonical, make_folder, name_of
from samrit.warehouse.catalogue import columns_read
from samrit.warehouse.corrections import Correction, corrections_of, erased_keys
from samrit.warehouse.home import Home
from samrit.warehouse.parsing import ENTRY, Parsed, ParsedTables, parse
from samrit.warehouse.receiving import receipts

ORDER = "_order"
SOURCE = "_source"
ROW_ID = "row_id"
LINE_BITS, SOURCE_BITS = 26, 20
FIRST_HASHED_FACILITY, LAST_FACILITY = 100_000, 2**17


@dataclass(frozen=True)
class Standing:
    """The standing rows of one facility.

    sources: place 1, 2, ... -> package, sha256, entry, path, table, encoding; kept: "package sha256" -> table -> rows.
    """

    facility: str
    name: str
    folder: Path
    sources: tuple[dict[str, Any], ...]
    kept: dict[str, dict[str, int]]

    def rows(self, home: Home, name: str) -> pl.DataFrame:
        """The standing rows of any table with all its columns typed and row_id, made from the parsed rows again."""
        papers = dict.fromkeys((s["package"], s["sha256"]) for s in self.sources)
        with ExitStack() as files:
            parsed = [parse(home, receipt) for receipt in receipts(home) if (receipt.name, receipt.sha256) in papers]
            packages = [files.enter_context(package.opened()) for package in parsed]
            corrections = corrections_of(self.facility, packages)
            columns = table(name).column_names
            return _stand_table(name, self.facility, packages, corrections, columns)[0].drop(SOURCE)

    def path(self, name: str) -> Path | None:
        """The Parquet file of a table that views read: row_id and the columns that they read, typed; None without rows.

        The other columns and tables are judged and counted alike, but not written once more: `rows` makes them.
        """
        path = self.folder / f"{name}.parquet"
        return path if path.exists() else None


def facility_number(hospcode: str) -> int:
    """The facility's part of a row id: its five digits, or a hash of any other code (publishing refuses a clash)."""
    if len(hospcode) == 5 and hospcode.isascii() and hospcode.isdigit():
        return int(hospcode)
    digest = int.from_bytes(hashlib.sha256(hospcode.encode()).digest()[:8], "big")
    return FIRST_HASHED_FACILITY + digest % (LAST_FACILITY - FIRST_HASHED_FACILITY)


def split_row_id(row_id: int) -> tuple[int, int, int]:
    """facility number, source (1 = first), line (1 = first) of a row id."""
    line = row_id & (2**LINE_BITS - 1)
    source = (row_id >> LINE_BITS) & (2**SOURCE_BITS - 1)
    return row_id >> (LINE_BITS + SOURCE_BITS), source, line


def stand(home: Home, facility: str, packages: list[Parsed]) -> Standing:
    """The standing rows of a facility from all packages that hold rows of it, made when they are not there yet."""
    packages = sorted(packages, key=lambda p: p.receipt)
    orders = [(p.receipt.stamp, p.receipt.name, p.receipt.sha256) for p in packages]
    name = name_of("standing", facility, orders, spec_hash(), [(n, columns_read(n)) for n in table_names()])
    make_folder(home.standing / name, lambda aside: _write(facility, packages, aside))
    return open_standing(home, facility, name)


def open_standing(home: Home, facility: str, name: str) -> Standing:
    """The standing rows of a facility under the name that a snapshot gives."""
    folder = home.standing / name
    summary = json.loads((folder / "summary.json").read_bytes())
    return Standing(facility, name, folder, tuple(summary["sources"]), summary["kept"])


def _write(facility: str, packages: list[Parsed], folder: Path) -> None:
    with ExitStack() as files:
        _write_tables(facility, [files.enter_context(package.opened()) for package in packages], folder)


def _write_tables(facility: str, packages: Sequence[ParsedTables], folder: Path) -> None:
    sources = [
        {"package": p.parsed.receipt.name, "sha256": p.parsed.receipt.sha256, "entry": e["number"], "path": e["path"],
         "table": e["table"], "encoding": e["encoding"]}
        for p in packages
        for e in p.parsed.entries
    ]  # fmt: skip
    corrections = corrections_of(facility, packages)
    kept: dict[str, dict[str, int]] = {}
    effects: list[Correction] = [c for c in corrections if c.table not in table_names()]
    for name in table_names():
        rows, made = _stand_table(name, facility, packages, corrections, columns_read(name))
        effects += made
        if rows.height and columns_read(name):
            rows.drop(SOURCE).write_parquet(folder / f"{name}.parquet", compression="lz4")
        for source, count in rows[SOURCE].value_counts().iter_rows():
            of = sources[source - 1]
            per_table = kept.setdefault(f"{of['package']} {of['sha256']}", {})
            per_table[name] = per_table.get(name, 0) + count
    summary = {"sources": sources, "kept": kept, "corrections": [c.as_dict() for c in effects]}
    (folder / "summary.json").write_bytes(canonical(summary))


def _stand_table(
    name: str,
    facility: str,
    packages: Sequence[ParsedTables],
    corrections: Sequence[Correction],
    columns: Sequence[str],
) -> tuple[pl.DataFrame, list[Correction]]:
    """The standing rows of one table: _source, row_id, HOSPCODE and the columns typed; and what corrections did."""
    of = table(name)
    mine = [c for c in corrections if c.table == name]
    # A correction may name any column; else only what decides and what is asked for is read at all.
    read = None if mine else dict.fromkeys(("HOSPCODE", *of.key, "D_UPDATE", *columns))
    versions = _versions(name, facility, packages, tuple(read) if read else None)
    if versions is None:
        return pl.DataFrame(schema={SOURCE: pl.Int32}), [c.without_row() for c in mine]
    erased, made = erased_keys(of, versions, mine)
    latest = _latest(of, versions.lazy(), erased)
    return latest.sort(SOURCE, LINE).select(SOURCE, *_typed(of, facility, tuple(columns))).collect(), made


def _versions(
    name: str, facility: str, packages: Sequence[ParsedTables], columns: Sequence[str] | None
) -> pl.DataFrame | None:
    """All versions of a table's rows in the order of submissions: _order of the package, _source, _line, text cells."""
    frames: list[pl.DataFrame] = []
    before = 0  # entries of the packages before this one
    for order, package in enumerate(packages):
        rows = package.rows(name, columns)
        if rows is not None:
            if len(package.parsed.facilities) > 1:
                rows = rows.filter(pl.col("HOSPCODE") == facility)
            places = (pl.lit(order, pl.Int32).alias(ORDER), (pl.col(ENTRY) + before).alias(SOURCE))
            frames.append(rows.select(*places, pl.all().exclude(ENTRY)))
        before += len(package.parsed.entries)
    return pl.concat(frames) if frames else None


def _latest(of: Table, versions: pl.LazyFrame, erased: pl.DataFrame) -> pl.LazyFrame:
    """The rows that stand: versions sent before an erasing correction are gone, then the latest D_UPDATE wins.

    Versions come in the order of submissions, so the last one wins every tie (S2.3).
    """
    key = list(of.key)
    if of.stands is Stands.EVERY:
        return versions
    if erased.height:
        versions = (
            versions.join(erased.lazy(), on=key, how="left", maintain_order="left")
            .filter(pl.col("_before").is_null() | (pl.col(ORDER) >= pl.col("_before")))
            .drop("_before")
        )
    updated = moment_order(of.column("D_UPDATE")).alias("_updated")
    if of.stands is Stands.BLOCK:
        blocks = (
            versions.select(*key, ORDER, updated)
            .group_by(*key, ORDER)
            .agg(pl.col("_updated").max())
            .sort("_updated", ORDER, nulls_last=False)
            .unique(subset=key, keep="last")
        )
        return versions.join(blocks.select(*key, ORDER), on=[*key, ORDER], how="semi")
    return (
        versions.with_columns(updated)
        .sort("_updated", nulls_last=False, maintain_order=True)
        .unique(subset=key, keep="last", maintain_order=True)
        .drop("_updated")
    )


@cache
def _typed(of: Table, facility: str, columns: tuple[str, ...]) -> tuple[pl.Expr, ...]:
    """The row id, HOSPCODE, and the columns as their types."""
    row_id = (
        pl.lit(facility_number(facility), pl.Int64) * 2 ** (LINE_BITS + SOURCE_BITS)
        + pl.col(SOURCE).cast(pl.Int64) * 2**LINE_BITS
        + pl.col(LINE).cast(pl.Int64)
    ).alias(ROW_ID)
    wanted = [of.column(name) for name in dict.fromkeys(("HOSPCODE", *columns)) if columns]
    return (row_id, *(typed(column).cast(typed_dtype(column)).alias(column.name) for column in wanted))
