"""Split: a pool divided by shares so that the parts add up to it exactly (largest remainder)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from samrit.allocation.errors import NotConserved, NothingToShareBy
from samrit.allocation.satang import EXACT, find_fault, refuse
from samrit.problems import problem


def split(pool: int, shares: Mapping[str, Decimal]) -> dict[str, int]:
    """The part of every code, in the unit of the pool (satang), in the order of `shares`; the parts sum to `pool`.

    Every part is first cut down; what is left goes, one satang each, to the largest remainders (ties: larger share,
    then smaller code). A negative pool is the mirror image of the positive one. Source: qof-2557 section 5. Raises
    NothingToShareBy when the shares add up to zero, AllocationError for a negative or unusable share.

    >>> split(100, {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)})
    {'a': 34, 'b': 33, 'c': 33}
    """
    refuse(fault for code, share in shares.items() for fault in find_fault(code, share))
    if not any(shares.values()):
        raise NothingToShareBy(problem("allocation.nothing_to_share_by"))
    return divide(pool, shares)


def divide(pool: int, shares: Mapping[str, Decimal]) -> dict[str, int]:
    """Largest remainder over shares already checked: finite, not negative, not all zero."""
    weights = _whole(shares)
    total = sum(weights.values())
    sign = -1 if pool < 0 else 1
    parts: dict[str, int] = {}
    remainders: dict[str, int] = {}
    for code, weight in weights.items():
        parts[code], remainders[code] = divmod(abs(pool) * weight, total)
    left = abs(pool) - sum(parts.values())
    for code in sorted(parts, key=lambda c: (-remainders[c], -weights[c], c))[:left]:
        parts[code] += 1
    return {code: sign * part for code, part in parts.items()}


def closed_pool(pot: int, point_people: Mapping[str, Decimal]) -> dict[str, int]:
    """The pot (satang) divided by point-people, points x population of every unit; it is always spent whole.

    Source: qof-2557 section 5, second reading. Raises as `split`, and AllocationError for a negative pot.

    >>> closed_pool(1000, {"10705": Decimal(800) * 300, "11030": Decimal(400) * 100})
    {'10705': 857, '11030': 143}
    """
    refuse(find_fault("pot", Decimal(pot)))
    return split(pot, point_people)


def check_conservation(pot: int, parts: Mapping[str, int] | Iterable[int]) -> None:
    """Refuse parts (satang) that do not add up to their pot. Raises NotConserved, which holds the difference.

    >>> check_conservation(100, {"paid": 70, "undistributed": 30})
    """
    total = sum(parts.values()) if isinstance(parts, Mapping) else sum(parts)
    if total != pot:
        raise NotConserved(pot, total)


def _whole(shares: Mapping[str, Decimal]) -> dict[str, int]:
    """Shares as integers of the same proportions: all multiplied by one power of ten."""
    places = max(-int(share.as_tuple().exponent) for share in shares.values())
    return {code: int(EXACT.scaleb(share, places)) for code, share in shares.items()}
