"""What has to be mended: lines aside, forms that bounced and cells voided, each with the hospital that can mend it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from samrit.claims import BOUNCES, Rule
from samrit.warehouse.claims.parsing import parse_claims
from samrit.warehouse.claims.receiving import claims_receipts
from samrit.warehouse.home import Home


@dataclass(frozen=True, order=True)
class ClaimsReject:
    """One fault of one line: hospital ('' when the line does not say it), kind and file, line, column, rule, state.

    bounced: the line is a form, and this is a reason why it is not complete.
    """

    hospital: str
    kind: str
    file: str
    sha256: str
    line: int
    field: str
    rule: str
    state: str

    @property
    def bounced(self) -> bool:
        """True when a form bounced for it."""
        return Rule(self.rule) in BOUNCES

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `samrit claims rejects`."""
        return {**asdict(self), "bounced": self.bounced}


def claims_rejects(home: Home, kind: str = "", hospital: str = "") -> list[ClaimsReject]:
    """Every fault of every file received, hospital by hospital; of one kind and one hospital when they are given."""
    return sorted(fault for fault in _every(home, kind) if hospital in {"", fault.hospital})


def _every(home: Home, kind: str) -> Iterator[ClaimsReject]:
    for receipt in claims_receipts(home):
        if kind in {"", receipt.kind}:
            for line, name, rule, state, hospital in parse_claims(home, receipt).faults().iter_rows():
                yield ClaimsReject(hospital, receipt.kind, receipt.file, receipt.sha256, line, name, rule, state)
