"""Relative to the mean: a unit's rate per head is the base x its score / the mean score of its pool (nhso-2552)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from samrit.allocation.capping import Scale, cap_amounts
from samrit.allocation.errors import AllocationError
from samrit.allocation.satang import MAX_DIGITS, add_up, find_fault, refuse, show
from samrit.problems import problem


class Mean(StrEnum):
    """Which mean of the units' scores a score is compared with."""

    SIMPLE = "simple"  # every unit counts once
    WEIGHTED = "weighted"  # every unit counts with its population


@dataclass(frozen=True)
class Relative:
    """Money of units measured against their mean.

    `mean` exact; `rates` baht per head after rounding, exact; `unadjusted` satang = rate x people, exact, before the
    cap (round one to show it); `factor` of the cap; `paid` whole satang; `total` of it; `total` + `undistributed` =
    cap. Without a cap nothing is undistributed.
    """

    mean: Fraction
    rates: dict[str, Fraction]
    unadjusted: dict[str, Fraction]
    factor: Fraction
    paid: dict[str, int]
    total: int
    undistributed: int


class MeanOfZero(AllocationError):  # noqa: N818 (says what happened)
    """No unit can be compared with a mean of zero; `result` pays everybody 0 and leaves the cap undistributed."""

    def __init__(self, result: Relative) -> None:
        self.result = result
        super().__init__(problem("allocation.mean_of_zero"))


def relative_to_mean(
    units: Mapping[str, tuple[Decimal, int]],
    base: Decimal,
    mean: Mean | Decimal = Mean.SIMPLE,
    cap: int | None = None,
    scale: Scale = Scale.DOWN_ONLY,
    rate_rounding: int | Literal["whole_baht"] | None = None,
) -> Relative:
    """Money of every unit (score, people): base (baht per head) x score / mean x people, fitted to the cap (satang).

    `mean` is worked out from the units, or given when the region is wider than the units at hand (A3). `rate_rounding`
    rounds the rate half up before it is multiplied: to whole baht as the slide shows, or to so many decimals (A4).
    Only the money at the end is rounded otherwise, by largest remainder, so that a scaled total is the cap (A5, A6).
    Source: nhso-2552 section 6. Raises MeanOfZero, whose `result` is the pay-0 outcome, when the mean is zero or there
    is nobody to take it from (A8); AllocationError for a negative figure and for a rounding that is none.

    >>> units = {"ก": (Decimal(350), 150_000), "ข": (Decimal(320), 100_000), "ค": (Decimal(410), 100_000)}
    >>> printed = relative_to_mean(units, Decimal(10), Decimal(350), cap=350_000_000, rate_rounding="whole_baht")
    >>> [int(rate) for rate in printed.rates.values()], printed.factor
    ([10, 9, 12], Fraction(35, 36))
    >>> printed.paid, printed.total, printed.undistributed
    ({'ก': 145833333, 'ข': 87500000, 'ค': 116666667}, 350000000, 0)
    """
    faults = find_fault("base", base)
    for code, (score, people) in units.items():
        faults += [*find_fault(code, score), *find_fault(code, people)]
    faults += find_fault("cap", cap) if cap is not None else []
    faults += [] if isinstance(mean, Mean) else find_fault("mean", mean)
    places = 0 if rate_rounding == "whole_baht" else rate_rounding
    if places is not None and (not isinstance(places, int) or not 0 <= places <= MAX_DIGITS):
        faults.append(problem("allocation.rounding", found=rate_rounding, limit=MAX_DIGITS))
    refuse(faults)
    compared = _mean(units, mean) if isinstance(mean, Mean) else Fraction(mean)
    if compared == 0:
        nothing = dict.fromkeys(units, Fraction(0))
        capped = cap_amounts(nothing, cap)
        raise MeanOfZero(Relative(compared, nothing, nothing, capped.factor, capped.parts, 0, capped.undistributed))
    rates = {code: Fraction(Fraction(base) * Fraction(score), compared) for code, (score, _) in units.items()}
    if places is not None:
        rates = {code: Fraction(show(rate, places)) for code, rate in rates.items()}
    unadjusted = {code: rate * 100 * units[code][1] for code, rate in rates.items()}
    capped = cap_amounts(unadjusted, cap, scale)
    return Relative(compared, rates, unadjusted, capped.factor, capped.parts, capped.total, capped.undistributed)


def _mean(units: Mapping[str, tuple[Decimal, int]], mean: Mean) -> Fraction:
    """The mean score; of nobody it is taken as zero."""
    counts = {code: 1 if mean is Mean.SIMPLE else people for code, (_, people) in units.items()}
    whole = add_up(Fraction(score) * counts[code] for code, (score, _) in units.items())
    return Fraction(whole, sum(counts.values()) or 1)
