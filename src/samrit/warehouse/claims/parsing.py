"""file -> parsed lines: the kept rows, all faults and a summary. A pure function of bytes, kind and layouts."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from samrit.claims import Layout, layout, read_claims, rules_hash
from samrit.objects import make_file, name_of
from samrit.warehouse.claims.receipt import ClaimsReceipt
from samrit.warehouse.home import Home
from samrit.warehouse.parsing import FAULTS_NAME, SUMMARY_NAME, write_tables

ROWS_NAME = "rows"


@dataclass(frozen=True)
class ParsedClaims:
    """The parsed lines of one file: one file, a zip of Arrow tables.

    read, aside: numbers of lines; unknown: columns that are passed over; hospitals: those of the kept lines, rising.
    """

    receipt: ClaimsReceipt
    path: Path
    read: int
    aside: int
    encoding: str
    unknown: tuple[str, ...]
    hospitals: tuple[str, ...]

    @property
    def layout(self) -> Layout:
        """The layout of its kind."""
        return layout(self.receipt.kind)

    def rows(self) -> pl.DataFrame:
        """The kept lines as `samrit.claims.ReadClaims` has them."""
        return self._table(ROWS_NAME)

    def faults(self) -> pl.DataFrame:
        """line, field, rule, state, hospital of everything aside or voided."""
        return self._table(FAULTS_NAME)

    def _table(self, name: str) -> pl.DataFrame:
        with zipfile.ZipFile(self.path) as archive:
            return pl.read_ipc(archive.read(name))


def parsed_claims_name(receipt: ClaimsReceipt) -> str:
    """The name of the file of parsed lines."""
    return f"{name_of('parsed claims', receipt.sha256, receipt.kind, rules_hash())}.zip"


def parse_claims(home: Home, receipt: ClaimsReceipt, content: bytes | None = None) -> ParsedClaims:
    """The parsed lines of a received file, made when they are not there yet.

    `content` spares reading it from the vault again. Raises ClaimsError for a file that is none of its kind.
    """
    path = home.parsed / parsed_claims_name(receipt)
    make_file(path, lambda aside: _write(receipt, receipt.content(home) if content is None else content, aside))
    with zipfile.ZipFile(path) as archive:
        said = json.loads(archive.read(SUMMARY_NAME))
    unknown, hospitals = tuple(said["unknown"]), tuple(said["hospitals"])
    return ParsedClaims(receipt, path, said["read"], said["aside"], said["encoding"], unknown, hospitals)


def _write(receipt: ClaimsReceipt, content: bytes, file: Path) -> None:
    read = read_claims(content, layout(receipt.kind), receipt.file)
    summary = {
        "read": read.read,
        "aside": read.aside,
        "encoding": read.encoding,
        "unknown": list(read.unknown),
        "hospitals": sorted(read.rows["hospital"].unique()),
    }
    write_tables(file, {ROWS_NAME: read.rows, FAULTS_NAME: read.faults}, summary)
