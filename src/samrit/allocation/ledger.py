"""Ledger: what units owe from one period to the next, and how later payments take it back (qof-2557 section 5)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from samrit.allocation.satang import find_fault, refuse
from samrit.allocation.split import check_conservation
from samrit.problems import Problem, problem


class PostingKind(StrEnum):
    """What a posting does to what a unit owes: the first adds to it, the others take it off."""

    RECEIVABLE = "receivable"  # a period came out below zero
    OFFSET = "offset"  # kept back from a later payment
    REPAID = "repaid"  # paid back by the unit
    FORGIVEN = "forgiven"  # written off


@dataclass(frozen=True)
class Posting:
    """One entry, made in `period`; `amount` in satang, above zero; `of` is the period whose receivable is taken off."""

    org: str
    period: str
    kind: PostingKind
    amount: int
    note: str = ""
    of: str = ""


@dataclass(frozen=True)
class Settled:
    """One unit's payment of one period, in satang.

    `due` is what the period came to, `paid` what is paid out (never below zero), `offset` what is kept back by period
    of the receivable, `still_owed` what stays open of each, `receivable` the new debt of a `due` below zero.
    Always due = paid + sum of offset - receivable.
    """

    org: str
    due: int
    paid: int
    offset: dict[str, int]
    still_owed: dict[str, int]
    receivable: int

    @property
    def undistributed(self) -> int:
        """What of the due is not paid out, because it settles what was owed."""
        return sum(self.offset.values())


@dataclass(frozen=True)
class Ledger:
    """All postings, oldest first. Raises AllocationError for an amount that is not above zero and for taking off more
    than is owed.

    >>> ledger = Ledger((Posting("11053", "2557", PostingKind.RECEIVABLE, 400),))
    >>> ledger = ledger.post(Posting("11053", "2558", PostingKind.REPAID, 150, of="2557"))
    >>> ledger.owed("11053"), ledger.balance("11053")
    ({'2557': 250}, -250)
    """

    postings: tuple[Posting, ...] = ()

    def __post_init__(self) -> None:
        refuse(_find_faults(self.postings))

    def post(self, *postings: Posting) -> "Ledger":
        """The ledger with these postings after the others."""
        return Ledger(self.postings + postings)

    def owed(self, org: str) -> dict[str, int]:
        """Open receivables of a unit in satang, by period, oldest first; settled ones are left out."""
        return _owed(self.postings).get(org, {})

    def balance(self, org: str) -> int:
        """Satang, negative when the unit owes (the sign of `Netting.net`); 0 for a unit without postings."""
        return -sum(self.owed(org).values())

    def closing_balances(self) -> dict[str, int]:
        """The balance of every unit that has a posting, by code."""
        owed = _owed(self.postings)
        return {org: -sum(owed.get(org, {}).values()) for org in sorted({posting.org for posting in self.postings})}


@dataclass(frozen=True)
class Closed:
    """A period that is closed: the ledger after it, every unit's payment, satang paid out and satang kept back."""

    ledger: Ledger
    settled: dict[str, Settled]
    total: int
    undistributed: int


def settle(org: str, due: int, owed: Mapping[str, int]) -> Settled:
    """One unit's payment: what it owes (by period, oldest first) is taken out of what is due, never below zero.

    A due below zero pays nothing, takes nothing off and is a receivable of its own. Raises AllocationError for a
    negative receivable.

    >>> settle("11053", 500, {"2555": 300, "2556": 400})
    Settled(org='11053', due=500, paid=0, offset={'2555': 300, '2556': 200}, still_owed={'2556': 200}, receivable=0)
    >>> settle("11053", -40, {"2556": 200}).still_owed, settle("11053", -40, {}).receivable
    ({'2556': 200}, 40)
    """
    refuse(fault for period, amount in owed.items() for fault in find_fault(f"{org} {period}", amount))
    left = max(due, 0)
    offset: dict[str, int] = {}
    still_owed: dict[str, int] = {}
    for period, amount in owed.items():
        taken = min(left, amount)
        left -= taken
        if taken > 0:
            offset[period] = taken
        if amount > taken:
            still_owed[period] = amount - taken
    receivable = max(-due, 0)
    check_conservation(due, [left, *offset.values(), -receivable])
    return Settled(org, due, left, offset, still_owed, receivable)


def close_period(ledger: Ledger, period: str, dues: Mapping[str, int]) -> Closed:
    """What every unit is paid for a period, and the ledger after it. Units without a due keep what they owe.

    Sum of dues - sum of payments = change of the balances, checked here.

    >>> first = close_period(Ledger(), "2557", {"11053": -400, "10705": 900})
    >>> second = close_period(first.ledger, "2558", {"11053": 1000, "10705": 900})
    >>> first.total, second.settled["11053"].paid, second.total, second.undistributed
    (900, 600, 1500, 400)
    >>> second.ledger.closing_balances()
    {'11053': 0}
    """
    owed = _owed(ledger.postings)
    settled = {org: settle(org, due, owed.get(org, {})) for org, due in dues.items()}
    after = ledger.post(*(posting for one in settled.values() for posting in _postings(one, period)))
    total = sum(one.paid for one in settled.values())
    change = sum(after.closing_balances().values()) - sum(ledger.closing_balances().values())
    check_conservation(sum(dues.values()), [total, change])
    return Closed(after, settled, total, sum(one.undistributed for one in settled.values()))


def _postings(settled: Settled, period: str) -> Iterator[Posting]:
    for of, amount in settled.offset.items():
        yield Posting(settled.org, period, PostingKind.OFFSET, amount, of=of)
    if settled.receivable:
        yield Posting(settled.org, period, PostingKind.RECEIVABLE, settled.receivable)


def _owed(postings: Iterable[Posting]) -> dict[str, dict[str, int]]:
    """Open receivables by unit and period, oldest first."""
    owed: dict[str, dict[str, int]] = {}
    for posting in postings:
        _apply(owed, posting)
    return {org: {period: amount for period, amount in one.items() if amount} for org, one in owed.items()}


def _apply(owed: dict[str, dict[str, int]], posting: Posting) -> int:
    """Bring one posting into what is owed; what stays open of its receivable, below zero when too much is taken off."""
    one = owed.setdefault(posting.org, {})
    of = posting.of or posting.period
    change = posting.amount if posting.kind is PostingKind.RECEIVABLE else -posting.amount
    one[of] = one.get(of, 0) + change
    return one[of]


def _find_faults(postings: Iterable[Posting]) -> Iterator[Problem]:
    owed: dict[str, dict[str, int]] = {}
    for posting in postings:
        facts = {"org": posting.org, "period": posting.period, "found": posting.amount}
        if posting.amount <= 0:
            yield problem("allocation.ledger.amount", **facts)
        elif _apply(owed, posting) < 0:
            yield problem("allocation.ledger.exceeds", of=posting.of or posting.period, **facts)
