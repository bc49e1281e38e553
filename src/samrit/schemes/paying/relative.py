"""Relative to the mean: a unit's rate is the base x its points / the region's mean; the sum is held to the pot.

Source: nhso-2552 section 6 (A3-A8). A mean of 0 pays nobody and is told as a problem; the pot stays.
"""

from collections.abc import Mapping
from decimal import Decimal

from samrit.allocation import Mean, MeanOfZero, Relative, Scale, relative_to_mean, show
from samrit.problems import Problem, Where, problem
from samrit.schemes.authoring.pools import RelativeToMean
from samrit.schemes.paying.pools import BasisRow, PoolPaid, PoolScores, split_by_points

SHOWN = 10
RATE_SHOWN = 2


def pay_relative(of: PoolScores, pool: RelativeToMean) -> PoolPaid:
    """Money of every unit; its items by their points. The rates are for showing; the money is worked out exactly."""
    cap, difference = of.pot()
    totals = of.totals(of.codes)
    units = {payee.org: (total, of.people_of(payee)) for payee, total in zip(of.payees, totals, strict=True)}
    told: list[Problem] = []
    left = "the rates come to less than the pot"
    try:
        found = relative_to_mean(
            units,
            pool.base.value,
            Mean(pool.mean),
            cap if pool.pot else None,
            Scale(pool.scale),
            None if pool.rate_rounding == "none" else pool.rate_rounding,
        )
    except MeanOfZero as nothing:
        found, left = nothing.result, "the mean of the pool is 0"
        told = [problem("schemes.pool.mean_of_zero", Where(file=of.pack.id, field=f"pools.{pool.id}"), pool=pool.id)]
    items = split_by_points(of, found.paid, of.codes)
    words = "rate x people of the pool" if pool.pot and pool.pot.amount is None else "the pot of the pool"
    return PoolPaid(
        pool,
        of.payees,
        cap if pool.pot else found.total,
        words + (" less the support cut from it" if of.taken else ""),
        items,
        difference=difference,
        left=left if found.undistributed else "",
        basis=tuple(_basis(pool.id, units, found)),
        problems=tuple(told),
    )


def _basis(pool: str, units: Mapping[str, tuple[Decimal, int]], found: Relative) -> list[BasisRow]:
    rows: list[BasisRow] = [
        ("", f"mean.{pool}", show(found.mean, SHOWN)),
        ("", f"factor.{pool}", show(found.factor, SHOWN)),
    ]
    for org, (points, _) in units.items():
        rows.append((org, f"points.{pool}", points))
        rows.append((org, f"rate.{pool}", show(found.rates[org], RATE_SHOWN)))
    return rows
