"""log -> parsed rows: the kept rows, all faults and a summary. A pure function of the bytes, the kind and the rules."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from samrit.logs import log_kind, read_log, rules_hash
from samrit.objects import make_file, name_of
from samrit.warehouse.home import Home
from samrit.warehouse.logs.receipt import LogReceipt
from samrit.warehouse.parsing import FAULTS_NAME, SUMMARY_NAME, write_tables

ROWS_NAME = "rows"


@dataclass(frozen=True)
class ParsedLog:
    """The parsed rows of one log: one file, a zip of Arrow tables.

    read, aside: numbers of rows; unknown: columns that are passed over.
    """

    receipt: LogReceipt
    path: Path
    read: int
    aside: int
    encoding: str
    unknown: tuple[str, ...]

    def rows(self) -> pl.DataFrame:
        """The kept rows as `samrit.logs.ReadLog` has them."""
        return self._table(ROWS_NAME)

    def faults(self) -> pl.DataFrame:
        """line, field, rule, state of everything aside or voided."""
        return self._table(FAULTS_NAME)

    def _table(self, name: str) -> pl.DataFrame:
        with zipfile.ZipFile(self.path) as archive:
            return pl.read_ipc(archive.read(name))


def parsed_log_name(receipt: LogReceipt) -> str:
    """The name of the file of a log's parsed rows."""
    return f"{name_of('parsed log', receipt.sha256, receipt.kind, rules_hash())}.zip"


def parse_log(home: Home, receipt: LogReceipt, content: bytes | None = None) -> ParsedLog:
    """The parsed rows of a received log, made when they are not there yet.

    `content` spares reading it from the vault again. Raises LogsError for a file that is no log of its kind.
    """
    path = home.parsed / parsed_log_name(receipt)
    make_file(path, lambda aside: _write(receipt, receipt.content(home) if content is None else content, aside))
    with zipfile.ZipFile(path) as archive:
        summary = json.loads(archive.read(SUMMARY_NAME))
    return ParsedLog(receipt, path, summary["read"], summary["aside"], summary["encoding"], tuple(summary["unknown"]))


def _write(receipt: LogReceipt, content: bytes, file: Path) -> None:
    read = read_log(content, log_kind(receipt.kind), receipt.file)
    summary = {"read": read.read, "aside": read.aside, "encoding": read.encoding, "unknown": list(read.unknown)}
    write_tables(file, {ROWS_NAME: read.rows, FAULTS_NAME: read.faults}, summary)
