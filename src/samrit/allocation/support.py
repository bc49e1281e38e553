"""Support: money for activity (hospitals, beds, network units), not for scores: development support of quarter 1.

Source: nhso-2552 section 2: 1 baht per person, by activity, beds and number of units; the amounts are lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from samrit.allocation.capping import cap_amounts
from samrit.allocation.pools import by_domain
from samrit.allocation.satang import add_up, find_fault, refuse, round_satang
from samrit.allocation.split import check_conservation
from samrit.problems import Problem, problem

GROUNDS = ("hospitals", "beds", "units")


@dataclass(frozen=True)
class Activity:
    """What a payee runs: numbers of hospitals, beds and units of its network."""

    hospitals: int = 0
    beds: int = 0
    units: int = 0


@dataclass(frozen=True)
class ActivityRates:
    """A price list: baht for every hospital, bed and unit."""

    hospitals: Decimal = Decimal(0)
    beds: Decimal = Decimal(0)
    units: Decimal = Decimal(0)


@dataclass(frozen=True)
class ActivityShares:
    """Weights that cut a pot in three: a share for hospitals, one for beds, one for units, each divided by numbers."""

    hospitals: Decimal = Decimal(0)
    beds: Decimal = Decimal(0)
    units: Decimal = Decimal(0)


@dataclass(frozen=True)
class Support:
    """Satang of every payee. `asked` is what the full rates come to (for shares: the pot).

    `total` + `undistributed` = the pot; without a pot nothing is undistributed.
    """

    parts: dict[str, int]
    asked: int
    total: int
    undistributed: int


def support(pot: int | None, units: Mapping[str, Activity], by: ActivityRates | ActivityShares) -> Support:
    """Activity money of every payee from a pot (satang; None = no limit), by rates or by shares of the pot.

    By rates: hospitals, beds and units x their rates, cut in proportion when the pot does not reach. By shares: the pot
    is cut by the weights, each share divided by the numbers; a share of which nobody has any stays undistributed.
    Raises AllocationError for negative figures and for shares without a pot, NothingToShareBy for shares of zero.

    >>> units = {"10705": Activity(1, 300), "11030": Activity(1, 100)}
    >>> support(1_000_000, units, ActivityRates(hospitals=Decimal(2000), beds=Decimal(10)))
    Support(parts={'10705': 500000, '11030': 300000}, asked=800000, total=800000, undistributed=200000)
    >>> support(1000, units, ActivityShares(beds=Decimal(60), units=Decimal(40)))
    Support(parts={'10705': 450, '11030': 150}, asked=1000, total=600, undistributed=400)
    """
    refuse(_find_faults(pot, units, by))
    if pot is None or isinstance(by, ActivityRates):
        exact = {code: _price(activity, by) for code, activity in units.items()}
        capped = cap_amounts(exact, pot)
        return Support(capped.parts, round_satang(add_up(exact.values())), capped.total, capped.undistributed)
    counts = {ground: {code: getattr(activity, ground) for code, activity in units.items()} for ground in GROUNDS}
    pooled = by_domain(pot, {ground: getattr(by, ground) for ground in GROUNDS}, counts)
    parts = {code: sum(pooled.parts[ground][code] for ground in GROUNDS) for code in units}
    undistributed = sum(pooled.undistributed.values())
    check_conservation(pot, [*parts.values(), undistributed])
    return Support(parts, pot, pooled.total, undistributed)


def take_from(pot: int, taken: Support) -> int:
    """What is left of another pot (satang) when the support comes out of it: pot - total - undistributed.

    What of the support nobody took stays with the support, where it is seen, and is not counted twice. Raises
    AllocationError when the support is larger than the pot.

    >>> take_from(5000, support(1000, {"10705": Activity(beds=300)}, ActivityShares(beds=Decimal(1))))
    4000
    """
    whole = taken.total + taken.undistributed
    if whole > pot:
        refuse([problem("allocation.support.exceeds", pot=pot, found=whole)])
    return pot - whole


def _price(activity: Activity, by: ActivityRates | ActivityShares) -> Fraction:
    """Exact satang of numbers x rates."""
    return add_up(getattr(activity, ground) * Fraction(getattr(by, ground)) * 100 for ground in GROUNDS)


def _find_faults(
    pot: int | None, units: Mapping[str, Activity], by: ActivityRates | ActivityShares
) -> Iterator[Problem]:
    if pot is not None:
        yield from find_fault("pot", pot)
    elif isinstance(by, ActivityShares):
        yield problem("allocation.support.no_pot")
    for ground in GROUNDS:
        yield from find_fault(ground, getattr(by, ground))
        for code, activity in units.items():
            yield from find_fault(f"{code}.{ground}", getattr(activity, ground))
