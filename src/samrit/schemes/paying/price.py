"""Price per point: points x indices x price, as the UK pays its quality and outcomes framework (qof-2557 section 6)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from samrit.allocation import Index, PointLine, multiply_indices, price_per_point, split
from samrit.schemes.authoring.pools import IndexOf, PricePerPoint
from samrit.schemes.payees import Payee
from samrit.schemes.paying.pools import BasisRow, PoolPaid, PoolScores, check_unit

Indices = Mapping[tuple[str, str, str], Decimal]


def pay_by_price(of: PoolScores, pool: PricePerPoint, indices: Indices) -> PoolPaid:
    """Money of every unit, its ceiling, and what it misses of every item.

    indices: (org, item or '', name) -> value. An index that nobody typed in is taken as that of the reference (1), and
    the basis says so.
    """
    codes = of.codes
    full = {code: of.pack.full_points(of.pack.item(code)) for code in codes}
    items, ceilings, missed = {}, {}, {}
    basis: list[BasisRow] = []
    for place, payee in enumerate(of.payees):
        unit = [made for index in pool.indices if index.per == "unit" for made in _of_unit(of, index, payee, indices)]
        lines = {}
        for code in codes:
            own = [
                made for index in pool.indices if index.per == "item" for made in _typed(index, payee, code, indices)
            ]
            lines[code] = PointLine(of.points[code][place], tuple(own), full[code])
        earned = price_per_point(lines, pool.price.value, unit)
        open_part = {
            code: multiply_indices(line.indices) * (Fraction(line.best or 0) - Fraction(line.points or 0))
            for code, line in lines.items()
        }
        check_unit(earned)
        left = earned.undistributed
        items[payee.org], ceilings[payee.org] = earned.items, earned.ceiling
        missed[payee.org] = split(left, open_part) if left else dict.fromkeys(open_part, 0)
        basis += _basis(pool, payee, codes, indices)
    pot = sum(ceilings.values())
    words = "sum of the units' ceilings"
    return PoolPaid(pool, of.payees, pot, words, items, ceilings, missed.__getitem__, basis=tuple(basis))


def _of_unit(of: PoolScores, index: IndexOf, payee: Payee, indices: Indices) -> list[Index]:
    if index.value == "people":
        return [_index(index, Decimal(of.people_of(payee)))]
    return _typed(index, payee, "", indices)


def _typed(index: IndexOf, payee: Payee, code: str, indices: Indices) -> list[Index]:
    value = indices.get((payee.org, code, index.name))
    return [] if value is None else [_index(index, value)]


def _index(of: IndexOf, value: Decimal) -> Index:
    return Index(value, of.reference.value, of.low, of.high)


def _basis(pool: PricePerPoint, payee: Payee, codes: Sequence[str], indices: Indices) -> list[BasisRow]:
    """Indices that are not typed in, by name."""
    rows: list[BasisRow] = []
    for index in pool.indices:
        if index.value == "people":
            continue
        wanted = [""] if index.per == "unit" else codes
        absent = [code for code in wanted if (payee.org, code, index.name) not in indices]
        if absent:
            rows.append((payee.org, f"index.{index.name}", f"not entered, taken as 1: {' '.join(absent)}".strip(": ")))
    return rows
