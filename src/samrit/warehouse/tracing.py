"""Back from a row id to the received line, and the list of rows aside and cells voided."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from samrit.problems import problem
from samrit.warehouse.errors import WarehouseError
from samrit.warehouse.home import Home
from samrit.warehouse.parsing import parse
from samrit.warehouse.receiving import receipts
from samrit.warehouse.snapshot import Snapshot
from samrit.warehouse.standing import facility_number, split_row_id


@dataclass(frozen=True, order=True)
class ReceivedLine:
    """A line of a received file: package, entry and line (1 = the header), and the table it belongs to."""

    package: str
    sha256: str
    entry: int
    path: str
    line: int
    table: str
    facility: str

    def __str__(self) -> str:
        return f"{self.package} > {self.path} : {self.line}"


def trace(snapshot: Snapshot, row_ids: Iterable[int]) -> list[ReceivedLine]:
    """The received lines behind row ids, in their order. Raises WarehouseError for an id of another snapshot."""
    facilities = {facility_number(code): code for code in snapshot.facilities}
    sources: dict[str, list[dict[str, Any]]] = {}
    lines = []
    for row_id in row_ids:
        number, source, line = split_row_id(row_id)
        facility = facilities.get(number, "")
        if facility and facility not in sources:
            folder = snapshot.home.standing / snapshot.facilities[facility]["standing"]
            sources[facility] = json.loads((folder / "summary.json").read_bytes())["sources"]
        if not facility or not 1 <= source <= len(sources[facility]):
            raise WarehouseError(problem("warehouse.trace.unknown", row_id=row_id))
        of = sources[facility][source - 1]
        lines.append(ReceivedLine(of["package"], of["sha256"], of["entry"], of["path"], line, of["table"], facility))
    return lines


@dataclass(frozen=True, order=True)
class Reject:
    """One fault: package, entry, line, field, rule, state (aside or voided)."""

    package: str
    sha256: str
    entry: str
    table: str
    line: int
    field: str
    rule: str
    state: str

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit rejects`."""
        return asdict(self)


def rejects(home: Home, sha256: str = "") -> Iterator[Reject]:
    """Every row aside and every cell voided, of one package (its SHA-256 or the start of it) or of all."""
    for receipt in receipts(home):
        if not receipt.sha256.startswith(sha256):
            continue
        parsed = parse(home, receipt)
        entries = {e["number"]: e for e in parsed.entries}
        for row in parsed.faults().sort("entry", "line", "field", "rule").iter_rows(named=True):
            entry = entries[row["entry"]]
            yield Reject(
                receipt.name, receipt.sha256, entry["path"], entry["table"], row["line"], row["field"], row["rule"],
                row["state"],
            )  # fmt: skip
