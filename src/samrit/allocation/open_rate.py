"""Open rate: a price list in baht per head; full marks earn the whole price, the rest stays undistributed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from samrit.allocation.satang import Number, add_up, find_fault, refuse, round_satang
from samrit.allocation.split import check_conservation, divide
from samrit.problems import Problem, problem


@dataclass(frozen=True)
class RatedItem:
    """One line of the price list: `rate` in baht per head at full marks, `share` 0..1 of them, None = unscored.

    A share that does not end (5/6) is given as a fraction: rounded before, it could cost a satang.
    """

    code: str
    rate: Decimal
    share: Number | None

    @cached_property
    def earned(self) -> Fraction:
        """Baht per head that the share of full marks earns, exact; items of equal share and rate earn alike."""
        return Fraction(self.rate) * Fraction(self.share or 0)

    @cached_property
    def faults(self) -> tuple[Problem, ...]:
        """What is wrong with rate and share; looked for once, for one item may stand in the lists of many units."""
        found = find_fault(self.code, self.rate)
        if self.share is not None:
            unusable = find_fault(self.code, self.share, negative=True)
            found += unusable
            if not unusable:
                part, whole = self.share.as_integer_ratio()
                found += [] if 0 <= part <= whole else [problem("allocation.share", code=self.code, found=self.share)]
        return tuple(found)


@dataclass(frozen=True)
class Earned:
    """What a unit earned, in satang: `items` add up to `total`, `total` + `undistributed` = `ceiling` (all full marks).

    An unscored item has 0 in `items` and its full rate in the ceiling; for the figures without unscored items call
    `open_rate` with the scored ones only.
    """

    total: int
    items: dict[str, int]
    ceiling: int
    undistributed: int


def open_rate(items: Sequence[RatedItem], population: int) -> Earned:
    """Earned money of one unit: sum of rate x share x population, rounded once; items are its largest-remainder split.

    Source: qof-2557 section 5 (rounding item by item would miss the printed sums by some satang). Raises
    AllocationError with every mistake: a repeated code, a share outside 0..1, a negative rate or population.

    >>> items = [RatedItem("1.1", Decimal("4.33"), Decimal("0.8")), RatedItem("1.2", Decimal(1), None)]
    >>> earned = open_rate(items, 1001)
    >>> earned.total, earned.items, earned.ceiling, earned.undistributed
    (346746, {'1.1': 346746, '1.2': 0}, 533533, 186787)
    """
    refuse([*_find_faults(items), *find_fault("population", population)])
    heads = population * 100
    full = add_up(item.rate for item in items)
    exact = {item.code: item.earned for item in items}
    total = round_satang(add_up(exact.values()) * heads)
    ceiling = round_satang(full * heads)
    parts = divide(total, exact)
    check_conservation(ceiling, [*parts.values(), ceiling - total])
    return Earned(total, parts, ceiling, ceiling - total)


def _find_faults(items: Sequence[RatedItem]) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            yield problem("allocation.code.repeated", code=item.code)
        seen.add(item.code)
        yield from item.faults
