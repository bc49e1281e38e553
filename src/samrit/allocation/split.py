"""Split: a pool divided by shares so that the parts add up to it exactly (largest remainder)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from math import lcm

from samrit.allocation.errors import NotConserved, NothingToShareBy
from samrit.allocation.satang import Number, find_fault, refuse, whole_columns
from samrit.problems import Problem, problem


def split(pool: int, shares: Mapping[str, Number], order: Sequence[str] | None = None) -> dict[str, int]:
    """The part of every code, in the unit of the pool (satang), in the order of `shares`; the parts sum to `pool`.

    Every part is first cut down; what is left goes, one satang each, to the largest remainders. Equal remainders are
    served larger share first, then smaller code; or, when `order` is given, in that order, which must name every code
    (it may name more). A negative pool is the mirror image of the positive one. Source: qof-2557 section 5. Raises
    NothingToShareBy when the shares add up to zero, AllocationError for a negative or unusable share and for an order
    that leaves a code out or names one twice.

    >>> split(100, {"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    >>> split(100, {"a": 1, "b": 1, "c": 1}, order=("c", "b", "a"))
    {'a': 33, 'b': 33, 'c': 34}
    """
    refuse([*_find_share_faults(shares), *_find_order_faults(shares, order)])
    if not any(shares.values()):
        raise NothingToShareBy(problem("allocation.nothing_to_share_by"))
    return divide(pool, shares, order)


def divide(pool: int, shares: Mapping[str, Number], order: Sequence[str] | None = None) -> dict[str, int]:
    """Largest remainder over shares already checked: finite, not negative; all zero only for a pool of zero."""
    codes = tuple(shares)
    rank = None if order is None else {code: place for place, code in enumerate(order)}
    parts = share_out(abs(pool), _whole(shares), codes, rank)
    return {code: -part if pool < 0 else part for code, part in zip(codes, parts, strict=True)}


def share_out(
    pool: int, weights: Sequence[int], codes: Sequence[str], rank: Mapping[str, int] | None = None
) -> list[int]:
    """Largest remainder in whole numbers: the part of every weight, in their order; nothing is checked.

    Ties go to the larger weight, then to the smaller code; with a rank to the code of smaller rank.

    >>> share_out(100, [1, 1, 1], "abc")
    [34, 33, 33]
    """
    if not pool:
        return [0] * len(weights)
    total = sum(weights)
    parts, remainders = zip(*[divmod(pool * weight, total) for weight in weights], strict=True)
    left = pool - sum(parts)
    if not left:
        return [*parts]
    served = sorted(remainders, reverse=True)
    least = served[left - 1]  # the smallest remainder that is served
    if served[left] < least:  # left is always below the number of parts
        return [part + (remainder >= least) for part, remainder in zip(parts, remainders, strict=True)]
    equal = [n for n, remainder in enumerate(remainders) if remainder == least]
    equal.sort(key=lambda n: (-weights[n], codes[n]) if rank is None else (rank[codes[n]],))
    lucky = {*equal[: left - served.index(least)]}
    return [
        part + (remainder > least or n in lucky)
        for n, (part, remainder) in enumerate(zip(parts, remainders, strict=True))
    ]


def split_rows(pools: Sequence[int], shares: Mapping[str, Sequence[Decimal]]) -> list[dict[str, int]]:
    """Many pools at once: the n-th pool split by the n-th share of every code, as `split`; nothing of a pool of 0.

    Raises NothingToShareBy when the shares of a pool above 0 add up to zero, AllocationError for a negative pool and
    for an unusable share.

    >>> split_rows([100, 0], {"a": [Decimal(1), Decimal(0)], "b": [Decimal("0.5"), Decimal(0)]})
    [{'a': 67, 'b': 33}, {'a': 0, 'b': 0}]
    """
    refuse([*(fault for pool in pools for fault in find_fault("pool", pool)), *_find_column_faults(shares)])
    codes = tuple(shares)
    columns, _ = whole_columns(shares.values())
    made = []
    for pool, *weights in zip(pools, *columns, strict=True):
        if pool and not any(weights):
            raise NothingToShareBy(problem("allocation.nothing_to_share_by"))
        parts = share_out(pool, weights, codes)
        check_conservation(pool, parts)
        made.append(dict(zip(codes, parts, strict=True)))
    return made


def closed_pool(pot: int, point_people: Mapping[str, Number], order: Sequence[str] | None = None) -> dict[str, int]:
    """The pot (satang) divided by point-people, points x population of every unit; it is always spent whole.

    Source: qof-2557 section 5, second reading. Raises as `split`, and AllocationError for a negative pot.

    >>> closed_pool(1000, {"10705": 800 * 300, "11030": 400 * 100})
    {'10705': 857, '11030': 143}
    """
    refuse(find_fault("pot", pot))
    return split(pot, point_people, order)


def check_conservation(pot: int, parts: Mapping[str, int] | Iterable[int]) -> None:
    """Refuse parts (satang) that do not add up to their pot. Raises NotConserved, which holds the difference.

    >>> check_conservation(100, {"paid": 70, "undistributed": 30})
    """
    total = sum(parts.values()) if isinstance(parts, Mapping) else sum(parts)
    if total != pot:
        raise NotConserved(pot, total)


def _whole(shares: Mapping[str, Number]) -> list[int]:
    """Shares as integers of the same proportions: all multiplied by their least common denominator."""
    ratios = [share.as_integer_ratio() for share in shares.values()]
    common = lcm(*{denominator for _, denominator in ratios})
    return [numerator * (common // denominator) for numerator, denominator in ratios]


def _find_share_faults(shares: Mapping[str, Number]) -> Iterator[Problem]:
    for code, share in shares.items():
        yield from find_fault(code, share)


def _find_column_faults(shares: Mapping[str, Sequence[Decimal]]) -> Iterator[Problem]:
    """Every different share is looked at once."""
    for code, column in shares.items():
        for share in dict.fromkeys(column):
            yield from find_fault(code, share)


def _find_order_faults(shares: Mapping[str, Number], order: Sequence[str] | None) -> Iterator[Problem]:
    if order is None:
        return
    yield from (problem("allocation.code.repeated", code=code) for code in sorted(set(order)) if order.count(code) > 1)
    yield from (problem("allocation.order.missing", code=code) for code in shares if code not in order)
