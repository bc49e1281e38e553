"""file -> parsed lines: the kept rows, all faults and a summary. A pure function of bytes, kind and layouts."""

from dataclasses import dataclass
from pathlib import Path

from samrit.claims import Layout, layout, read_claims, rules_hash
from samrit.objects import make_file, name_of
from samrit.warehouse.claims.receipt import ClaimsReceipt
from samrit.warehouse.home import Home
from samrit.warehouse.parsed_file import ROWS_NAME, ParsedFile, summary_of
from samrit.warehouse.parsing import FAULTS_NAME, write_tables


@dataclass(frozen=True)
class ParsedClaims(ParsedFile):
    """The parsed lines of one file: one file, a zip of Arrow tables.

    read, aside: numbers of lines; unknown: columns that are passed over; hospitals: those of the kept lines, rising.
    """

    receipt: ClaimsReceipt
    hospitals: tuple[str, ...]

    @property
    def layout(self) -> Layout:
        """The layout of its kind."""
        return layout(self.receipt.kind)


def parsed_claims_name(receipt: ClaimsReceipt) -> str:
    """The name of the file of parsed lines."""
    return f"{name_of('parsed claims', receipt.sha256, receipt.kind, rules_hash())}.zip"


def parse_claims(home: Home, receipt: ClaimsReceipt, content: bytes | None = None) -> ParsedClaims:
    """The parsed lines of a received file, made when they are not there yet.

    `content` spares reading it from the vault again. Raises ClaimsError for a file that is none of its kind.
    """
    path = home.parsed / parsed_claims_name(receipt)
    make_file(path, lambda aside: _write(receipt, receipt.content(home) if content is None else content, aside))
    said = summary_of(path)
    unknown, hospitals = tuple(said["unknown"]), tuple(said["hospitals"])
    return ParsedClaims(path, said["read"], said["aside"], said["encoding"], unknown, receipt, hospitals)


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
