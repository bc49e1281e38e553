"""What a run is given beside the snapshot, read and checked: values, facts, people, money, changed rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from samrit.allocation import Activity
from samrit.reference import ReferralNetwork
from samrit.schemes.payees import Payee
from samrit.schemes.scores import Counted, FactsOf


@dataclass(frozen=True)
class InputFile:
    """A file of a run: kind, file name, bytes; what a manifest says of it: SHA-256, latest day that it names ('' none).

    A file that comes out of an earlier run has no name of its own and is called after that run.
    """

    kind: str
    file: str
    sha256: str
    day: str
    content: bytes = field(default=b"", repr=False)

    @property
    def kept_as(self) -> str:
        """Its place in a run folder."""
        ending = self.file.rpartition(".")[2].lower()
        return f"inputs/{self.kind}.{ending if ending == 'xlsx' else 'csv'}"

    def as_dict(self) -> dict[str, str]:
        """What a manifest says of it."""
        return {"file": self.file, "sha256": self.sha256, "day": self.day}


@dataclass(frozen=True, order=True)
class Winner:
    """A unit that was named excellent for a pot: region or province."""

    org: str
    pool: str


class AdjustmentKind(StrEnum):
    """Why money is added or taken off by hand."""

    ADJUSTMENT = "adjustment"
    APPEAL = "appeal"


@dataclass(frozen=True)
class Adjustment:
    """Money added (or taken off: below zero) by hand, in satang; it is paid only once somebody else approved it.

    item: '' when it concerns the unit as a whole. Days are ISO texts, '' while nobody has approved.
    """

    org: str
    item: str
    kind: AdjustmentKind
    amount: int
    reason: str
    author: str
    entered_on: str
    approved_by: str = ""
    approved_on: str = ""

    @property
    def is_approved(self) -> bool:
        """True when it is paid; pending ones are only shown."""
        return bool(self.approved_by)


@dataclass(frozen=True)
class Receivable:
    """What a unit still owes from an earlier period, in satang; `since` names that period."""

    org: str
    since: str
    amount: int


@dataclass(frozen=True)
class RunInputs:
    """The inputs of a run. Empty where a kind was not given.

    entries, last: (item, org) -> result and last year's value; facts: (item, org) -> unit ('' the payee itself) ->
    fact; cube: (item, org) -> A and B; activities: org -> hospitals, beds, units; indices: (org, item or '', name) ->
    value; last_paid: org -> satang of last year; ledger: open receivables, oldest first; network: zones and
    agreements that counts of referrals need; previous: the run that last
    year's values and receivables come from.
    """

    files: tuple[InputFile, ...] = ()
    entries: Mapping[tuple[str, str], Counted] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], Mapping[str, FactsOf]] = field(default_factory=dict)
    cube: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    last: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    populations: tuple[Payee, ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    winners: tuple[Winner, ...] = ()
    activities: Mapping[str, Activity] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    indices: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    last_paid: Mapping[str, int] = field(default_factory=dict)
    ledger: tuple[Receivable, ...] = ()
    network: ReferralNetwork = field(default_factory=ReferralNetwork)
    previous: str = ""

    def cube_of(self, item: str, org: str) -> InputFile | None:
        """The file of counts that A and B of an item at a unit come from; None: counted here, typed in, unknown."""
        if (item, org) not in self.cube or (item, org) in self.entries:
            return None
        return next((file for file in self.files if file.kind == "cube"), None)
