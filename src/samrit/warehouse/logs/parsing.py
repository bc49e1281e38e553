"""log -> parsed rows: the kept rows, all faults and a summary. A pure function of the bytes, the kind and the rules."""

from dataclasses import dataclass
from pathlib import Path

from samrit.logs import log_kind, read_log, rules_hash
from samrit.objects import make_file, name_of
from samrit.warehouse.home import Home
from samrit.warehouse.logs.receipt import LogReceipt
from samrit.warehouse.parsed_file import ROWS_NAME, ParsedFile, summary_of
from samrit.warehouse.parsing import FAULTS_NAME, write_tables


@dataclass(frozen=True)
class ParsedLog(ParsedFile):
    """The parsed rows of one log: one file, a zip of Arrow tables.

    read, aside: numbers of rows; unknown: columns that are passed over.
    """

    receipt: LogReceipt


def parsed_log_name(receipt: LogReceipt) -> str:
    """The name of the file of a log's parsed rows."""
    return f"{name_of('parsed log', receipt.sha256, receipt.kind, rules_hash())}.zip"


def parse_log(home: Home, receipt: LogReceipt, content: bytes | None = None) -> ParsedLog:
    """The parsed rows of a received log, made when they are not there yet.

    `content` spares reading it from the vault again. Raises LogsError for a file that is no log of its kind.
    """
    path = home.parsed / parsed_log_name(receipt)
    make_file(path, lambda aside: _write(receipt, receipt.content(home) if content is None else content, aside))
    said = summary_of(path)
    return ParsedLog(path, said["read"], said["aside"], said["encoding"], tuple(said["unknown"]), receipt)


def _write(receipt: LogReceipt, content: bytes, file: Path) -> None:
    read = read_log(content, log_kind(receipt.kind), receipt.file)
    summary = {"read": read.read, "aside": read.aside, "encoding": read.encoding, "unknown": list(read.unknown)}
    write_tables(file, {ROWS_NAME: read.rows, FAULTS_NAME: read.faults}, summary)
