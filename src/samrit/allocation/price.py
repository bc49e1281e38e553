"""Price per point: points x price x indices of the item (prevalence) and the unit (list size), as the UK pays QOF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from samrit.allocation.indices import Index, multiply_indices
from samrit.allocation.open_rate import Earned
from samrit.allocation.satang import add_up, find_fault, refuse, round_satang
from samrit.allocation.split import check_conservation, divide
from samrit.problems import Problem, problem


@dataclass(frozen=True)
class PointLine:
    """Points of one item, None = unscored; its own indices; `best` points it could have, None = those it has."""

    points: Decimal | None
    indices: tuple[Index, ...] = ()
    best: Decimal | None = None


def price_per_point(lines: Mapping[str, PointLine], price: Decimal, indices: Sequence[Index] = ()) -> Earned:
    """Earned money of one unit: sum of points x item indices, x price (baht a point) x unit indices, rounded once.

    Items are the largest-remainder split of the total; the ceiling is the same with the best points of every item.
    Source: qof-2557 section 6 (d). Raises AllocationError for a negative figure and for more points than the best.

    >>> half = Index(Decimal("4551.5"), Decimal(9103))
    >>> price_per_point({"all": PointLine(Decimal(74), best=Decimal(100))}, Decimal("201.16"), [half])
    Earned(total=744292, items={'all': 744292}, ceiling=1005800, undistributed=261508)
    """
    refuse(
        [*find_fault("price", price), *(fault for code, line in lines.items() for fault in _find_faults(code, line))]
    )
    satang = Fraction(price) * 100 * multiply_indices(indices)
    exact: dict[str, Fraction] = {}
    full = Fraction(0)
    for code, line in lines.items():
        worth = satang * multiply_indices(line.indices)
        points = Fraction(line.points or 0)
        exact[code] = worth * points
        full += worth * (points if line.best is None else Fraction(line.best))
    total = round_satang(add_up(exact.values()))
    ceiling = round_satang(full)
    items = divide(total, exact)
    check_conservation(ceiling, [*items.values(), ceiling - total])
    return Earned(total, items, ceiling, ceiling - total)


def _find_faults(code: str, line: PointLine) -> Iterator[Problem]:
    faults = [fault for value in (line.points, line.best) if value is not None for fault in find_fault(code, value)]
    yield from faults
    if not faults and line.best is not None and line.points is not None and line.points > line.best:
        yield problem("allocation.points.above_best", code=code, found=line.points, best=line.best)
