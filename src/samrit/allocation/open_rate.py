"""Open rate: a price list in baht per head; full marks earn the whole price, the rest stays undistributed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

from samrit.allocation.satang import Number, add_up, find_fault, half_up, places_of, refuse, round_satang, whole_of
from samrit.allocation.split import check_conservation, divide, share_out
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


Scores = Collection[Decimal | None]
"""The different scores of an item."""


@dataclass(frozen=True)
class RatedColumn:
    """One line of the price list at many units: `rate` in baht per head at the score `best`, the scores of the units.

    A unit earns score / best of the rate; None = unscored, which earns nothing.
    """

    code: str
    rate: Decimal
    best: Decimal
    scores: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True)
class Priced:
    """What one unit of many earned. `open_parts`: what full marks of every item would add, in whole parts."""

    earned: Earned
    open_parts: Sequence[int]

    def missed(self) -> dict[str, int]:
        """Satang of `undistributed` by item: its largest-remainder split by what full marks would add.

        Raises NotConserved when they do not add up to it.
        """
        codes = tuple(self.earned.items)
        parts = share_out(self.earned.undistributed, self.open_parts, codes)
        check_conservation(self.earned.undistributed, parts)
        return dict(zip(codes, parts, strict=True))


def open_rates(columns: Sequence[RatedColumn], populations: Sequence[int]) -> list[Priced]:
    """`open_rate` for many units, in their order; with each, what it misses by item.

    Raises AllocationError with every mistake: a repeated code, a score outside 0..best, a negative rate or population.

    >>> columns = [RatedColumn("1.1", Decimal("4.33"), Decimal(5), [Decimal(4)]),
    ...            RatedColumn("1.2", Decimal(1), Decimal(5), [None])]
    >>> (priced,) = open_rates(columns, [1001])
    >>> priced.earned.items, priced.earned.undistributed, priced.missed()
    ({'1.1': 346746, '1.2': 0}, 186787, {'1.1': 86687, '1.2': 100100})
    """
    different = [dict.fromkeys(column.scores) for column in columns]
    refuse(_find_column_faults(columns, different, populations))
    codes = tuple(column.code for column in columns)
    earning, parts = _earning(columns, different)
    full = [int(Fraction(column.rate) * parts) for column in columns]
    whole = sum(full)
    made = []
    for population, *earned in zip(populations, *earning, strict=True):
        heads = population * 100
        total, ceiling = half_up(sum(earned) * heads, parts), half_up(whole * heads, parts)
        items = share_out(total, earned, codes)
        check_conservation(total, items)
        of_unit = Earned(total, dict(zip(codes, items, strict=True)), ceiling, ceiling - total)
        made.append(Priced(of_unit, [most - own for most, own in zip(full, earned, strict=True)]))
    return made


def _earning(columns: Sequence[RatedColumn], different: Sequence[Scores]) -> tuple[list[list[int]], int]:
    """What every unit earns per head of every item, in whole parts of a baht; and how many of them make a baht.

    Equal scores of an item are worked out once.
    """
    places = max((places_of(score) for scores in different for score in scores if score is not None), default=0)
    worth = [
        Fraction(Fraction(c.rate), Fraction(c.best) * 10**places) for c in columns
    ]  # baht per head of a whole score
    parts = lcm(*(of.denominator for of in worth), *(Fraction(c.rate).denominator for c in columns))
    each = [of.numerator * (parts // of.denominator) for of in worth]
    known = [
        {score: 0 if score is None else whole_of(score, places) * of for score in scores}
        for scores, of in zip(different, each, strict=True)
    ]
    return [[own[score] for score in column.scores] for own, column in zip(known, columns, strict=True)], parts


def _find_column_faults(
    columns: Sequence[RatedColumn], different: Sequence[Scores], populations: Sequence[int]
) -> Iterator[Problem]:
    rated = [RatedItem(column.code, column.rate, None) for column in columns]
    yield from _find_faults(rated)
    for column, scores in zip(columns, different, strict=True):
        unusable = find_fault(column.code, column.best)
        if not unusable and not column.best:
            unusable = [problem("allocation.best", code=column.code)]
        yield from unusable
        for score in scores:
            if score is None:
                continue
            found = find_fault(column.code, score, negative=True)
            if not (found or unusable) and not 0 <= score <= column.best:
                found = [problem("allocation.share", code=column.code, found=score)]
            yield from found
    for population in dict.fromkeys(populations):
        yield from find_fault("population", population)


def _find_faults(items: Sequence[RatedItem]) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in items:
        if item.code in seen:
            yield problem("allocation.code.repeated", code=item.code)
        seen.add(item.code)
        yield from item.faults
