"""Back from a row id to the received line, and the list of rows aside and cells voided."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from samrit.problems import problem
from samrit.warehouse.claims.parsing import parse_claims
from samrit.warehouse.claims.receiving import claims_receipt_of, claims_receipts
from samrit.warehouse.claims.standing import is_of_claims, open_standing_claims, split_claims_row_id
from samrit.warehouse.errors import WarehouseError
from samrit.warehouse.home import Home
from samrit.warehouse.logs.parsing import parse_log
from samrit.warehouse.logs.receiving import log_receipt_of, log_receipts
from samrit.warehouse.logs.standing import split_log_row_id
from samrit.warehouse.parsing import parse
from samrit.warehouse.receiving import receipt_of, receipts
from samrit.warehouse.snapshot import Snapshot
from samrit.warehouse.standing import facility_number, split_row_id


@dataclass(frozen=True, order=True)
class ReceivedLine:
    """A line of a received file: package, entry and line (1 = the header), and the table it belongs to.

    package: the upper-case name that the package is known by; file: its name as it was received. Of a log: entry 0, no
    path and no facility; the table is its kind. Of claims: entry 0 and no path; the table is their kind.
    """

    package: str
    sha256: str
    entry: int
    path: str
    line: int
    table: str
    facility: str
    file: str

    @property
    def place(self) -> str:
        """The file, and the entry in it; a log is a file without entries."""
        return f"{self.file} > {self.path}" if self.path else self.file

    def __str__(self) -> str:
        return f"{self.place} : {self.line}"


def trace(snapshot: Snapshot, row_ids: Iterable[int]) -> list[ReceivedLine]:
    """The received lines behind row ids, in their order. Raises WarehouseError for an id of another snapshot."""
    facilities = {facility_number(code): code for code in snapshot.facilities}
    sources: dict[str, list[dict[str, Any]]] = {}
    files: dict[tuple[str, str], str] = {}
    lines = []
    for row_id in row_ids:
        if row_id < 0:
            of_row = _line_of_claims if is_of_claims(row_id) else _line_of_log
            lines.append(of_row(snapshot, row_id))
            continue
        number, source, line = split_row_id(row_id)
        facility = facilities.get(number, "")
        if facility and facility not in sources:
            folder = snapshot.home.standing / snapshot.facilities[facility]["standing"]
            sources[facility] = json.loads((folder / "summary.json").read_bytes())["sources"]
        if not facility or not 1 <= source <= len(sources[facility]):
            raise WarehouseError(problem("warehouse.trace.unknown", row_id=row_id))
        of = sources[facility][source - 1]
        known_by = (of["package"], of["sha256"])
        if known_by not in files:
            files[known_by] = receipt_of(snapshot.home, *known_by).file
        place = (of["entry"], of["path"], line, of["table"])
        lines.append(ReceivedLine(*known_by, *place, facility, files[known_by]))
    return lines


def _line_of_log(snapshot: Snapshot, row_id: int) -> ReceivedLine:
    kind, source, line = split_log_row_id(row_id)
    files = snapshot.logs.get(kind, {}).get("files", [])
    if not 1 <= source <= len(files):
        raise WarehouseError(problem("warehouse.trace.unknown", row_id=row_id))
    receipt = log_receipt_of(snapshot.home, kind, files[source - 1])
    return ReceivedLine(receipt.file, receipt.sha256, 0, "", line, kind, "", receipt.file)


def _line_of_claims(snapshot: Snapshot, row_id: int) -> ReceivedLine:
    number, kind, place, line = split_claims_row_id(row_id)
    hospitals = snapshot.claims.get("hospitals", {})
    hospital = next((code for code in hospitals if facility_number(code) == number), "")
    known = open_standing_claims(snapshot.home, hospital, hospitals[hospital]["standing"]).sources if hospital else {}
    files = known.get(kind, ())
    if not 1 <= place <= len(files):
        raise WarehouseError(problem("warehouse.trace.unknown", row_id=row_id))
    receipt = claims_receipt_of(snapshot.home, kind, files[place - 1])
    return ReceivedLine(receipt.file, receipt.sha256, 0, "", line, kind, hospital, receipt.file)


@dataclass(frozen=True, order=True)
class Reject:
    """One fault: package, entry, line, field, rule, state (aside or voided); file: the package's name as received.

    Of a log or of claims: no entry; the table is the kind of the file.
    """

    package: str
    sha256: str
    entry: str
    table: str
    line: int
    field: str
    rule: str
    state: str
    file: str

    @property
    def place(self) -> str:
        """The file, and the entry in it."""
        return f"{self.file} > {self.entry}" if self.entry else self.file

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit rejects`."""
        return asdict(self)


def rejects(home: Home, sha256: str = "") -> Iterator[Reject]:
    """Every row aside and every cell voided, of one package or log (its SHA-256 or the start of it) or of all."""
    for receipt in receipts(home):
        if not receipt.sha256.startswith(sha256):
            continue
        parsed = parse(home, receipt)
        entries = {e["number"]: e for e in parsed.entries}
        for row in parsed.faults().sort("entry", "line", "field", "rule").iter_rows(named=True):
            entry = entries[row["entry"]]
            yield Reject(
                receipt.name, receipt.sha256, entry["path"], entry["table"], row["line"], row["field"], row["rule"],
                row["state"], receipt.file,
            )  # fmt: skip
    for log in log_receipts(home):
        if log.sha256.startswith(sha256):
            for line, field, rule, state in parse_log(home, log).faults().sort("line", "field", "rule").iter_rows():
                yield Reject(log.file, log.sha256, "", log.kind, line, field, rule, state, log.file)
    for file in claims_receipts(home):
        if file.sha256.startswith(sha256):
            faults = parse_claims(home, file).faults().sort("line", "field", "rule")
            for line, field, rule, state, _ in faults.iter_rows():
                yield Reject(file.file, file.sha256, "", file.kind, line, field, rule, state, file.file)
