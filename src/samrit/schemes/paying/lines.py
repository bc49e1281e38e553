"""Payment lines: what every component of a unit's money is, and why money that could be earned stays undistributed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from samrit.schemes.lazy import LazyLines
from samrit.scoring import Mark, ScoreStanding


class PaymentLine(NamedTuple):
    """One component of one unit's money, in satang. Components that start with `of_which.` are part of another."""

    org: str
    component: str
    population: int
    amount: int
    note: str = ""


class ItemsPaid(NamedTuple):
    """The lines `earned.<item>` of one unit, made when they are read.

    amounts: item -> satang; unscored: the items among them that have no line; note: item -> its note.
    """

    org: str
    population: int
    amounts: Mapping[str, int]
    unscored: Collection[str]
    note: Callable[[str], str]

    def lines(self) -> Iterator[PaymentLine]:
        """The lines, in the order of the items."""
        for code, amount in self.amounts.items():
            if code not in self.unscored:
                yield PaymentLine(self.org, f"earned.{code}", self.population, amount, self.note(code))


class Deferred:
    """Lines that explain and that no sum needs: they are worked out, and checked, when somebody reads them."""

    def __init__(self, make: Callable[[], Iterable[PaymentLine]]) -> None:
        self._make = make

    @cached_property
    def lines(self) -> tuple[PaymentLine, ...]:
        """The lines."""
        return tuple(self._make())


Made = PaymentLine | ItemsPaid | Deferred


class PaymentLines(LazyLines[PaymentLine]):
    """All payment lines of a run, in order; those of items and reasons are made when they are read."""

    def __init__(self, made: Iterable[Made]) -> None:
        self._made = tuple(made)

    @cached_property
    def settled(self) -> dict[tuple[str, str], int]:
        """(unit, component) -> satang of everything but items and reasons, which are parts of others."""
        return _sums(made for made in self._made if isinstance(made, PaymentLine))

    @cached_property
    def amounts(self) -> dict[tuple[str, str], int]:
        """(unit, component) -> satang."""
        return _sums(self._lines)

    def _make(self) -> tuple[PaymentLine, ...]:
        return tuple(line for made in self._made for line in _lines_of(made))


def _sums(lines: Iterable[PaymentLine]) -> dict[tuple[str, str], int]:
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        key = line.org, line.component
        sums[key] = sums.get(key, 0) + line.amount
    return sums


def _lines_of(made: Made) -> Iterable[PaymentLine]:
    match made:
        case ItemsPaid():
            return made.lines()
        case Deferred():
            return made.lines
        case _:
            return (made,)


class Why(StrEnum):
    """Why money of the ceiling stays undistributed."""

    NOT_COMPUTED = "not_computed"
    UNSCORED = "unscored"
    UNMATCHED = "unmatched"
    TOO_FEW = "too_few"
    NO_DATA = "no_data"
    BELOW_FULL = "below_full_score"


SELDOM = {Why.UNMATCHED, Why.TOO_FEW}
"""Reasons that have a line only where there is such an item."""
WHY_OF = {
    ScoreStanding.NOT_COMPUTED: Why.NOT_COMPUTED,
    ScoreStanding.UNSCORED: Why.UNSCORED,
    ScoreStanding.UNMATCHED: Why.UNMATCHED,
    ScoreStanding.TOO_FEW: Why.TOO_FEW,
    ScoreStanding.NO_DATA: Why.NO_DATA,
    ScoreStanding.SCORED: Why.BELOW_FULL,
}
WORDS = {
    ScoreStanding.NOT_COMPUTED: "not computed yet",
    ScoreStanding.UNSCORED: "unscored",
    ScoreStanding.UNMATCHED: "no rung fits",
    ScoreStanding.TOO_FEW: "too few cases",
    ScoreStanding.NO_DATA: "no data",
}


OF_WHICH = {why: f"of_which.{why.value}" for why in Why}
"""The components of a unit's undistributed money."""


def say_unfinished(unfinished: Mapping[str, Mark]) -> str:
    """What is still missing from a unit's money, in words. unfinished: item -> mark."""
    codes: dict[ScoreStanding, list[str]] = {}
    for item, (_, standing) in unfinished.items():
        codes.setdefault(standing, []).append(item)
    return "; ".join(f"{said}: {' '.join(codes[standing])}" for standing, said in WORDS.items() if standing in codes)


def say_items(codes: Sequence[str]) -> str:
    """Items in words; '' for none."""
    return f"items {' '.join(codes)}" if codes else ""
