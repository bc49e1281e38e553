"""Split: a pool divided by shares so that the parts add up to it exactly (largest remainder)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import lcm

from samrit.allocation.errors import NotConserved, NothingToShareBy
from samrit.allocation.satang import Number, find_fault, refuse
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
    if pool == 0:
        return dict.fromkeys(shares, 0)
    weights = _whole(shares)
    total = sum(weights.values())
    sign = -1 if pool < 0 else 1
    parts: dict[str, int] = {}
    remainders: dict[str, int] = {}
    for code, weight in weights.items():
        parts[code], remainders[code] = divmod(abs(pool) * weight, total)
    left = abs(pool) - sum(parts.values())
    if left:
        if order is None:
            served = sorted((-remainder, -weights[code], code) for code, remainder in remainders.items())
            first = [code for _, _, code in served[:left]]
        else:  # sorting keeps the order of equals
            first = sorted((c for c in order if c in parts), key=lambda c: -remainders[c])[:left]
        for code in first:
            parts[code] += 1
    return parts if sign == 1 else {code: -part for code, part in parts.items()}


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


def _whole(shares: Mapping[str, Number]) -> dict[str, int]:
    """Shares as integers of the same proportions: all multiplied by their least common denominator."""
    ratios = {code: share.as_integer_ratio() for code, share in shares.items()}
    common = lcm(*{denominator for _, denominator in ratios.values()})
    return {code: numerator * (common // denominator) for code, (numerator, denominator) in ratios.items()}


def _find_share_faults(shares: Mapping[str, Number]) -> Iterator[Problem]:
    for code, share in shares.items():
        yield from find_fault(code, share)


def _find_order_faults(shares: Mapping[str, Number], order: Sequence[str] | None) -> Iterator[Problem]:
    if order is None:
        return
    yield from (problem("allocation.code.repeated", code=code) for code in sorted(set(order)) if order.count(code) > 1)
    yield from (problem("allocation.order.missing", code=code) for code in shares if code not in order)
