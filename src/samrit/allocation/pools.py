"""Pools of domains: a pot is first cut into domains by weight, then each domain is a closed pool of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from samrit.allocation.satang import Number, find_fault, refuse
from samrit.allocation.split import check_conservation, divide, split
from samrit.problems import nearest, problem


@dataclass(frozen=True)
class Pooled:
    """Satang by domain and unit; `undistributed` by domain is what nobody there had a point for.

    `total` is what the units get; `total` + the sum of `undistributed` = the pot.
    """

    parts: dict[str, dict[str, int]]
    undistributed: dict[str, int]
    total: int


def by_domain(pot: int, weights: Mapping[str, Number], point_people: Mapping[str, Mapping[str, Number]]) -> Pooled:
    """The pot (satang) split over domains by weight, each part split over its units by points x population.

    A domain where nobody has a point, or of which nothing is known, keeps its part as undistributed; it does not run
    over into the others. Both splits are by largest remainder. Raises NothingToShareBy when the weights add up to
    zero, AllocationError for a negative figure and for units of a domain without a weight.

    >>> pooled = by_domain(1000, {"1": 3, "2": 1}, {"1": {"10705": 2, "11030": 1}, "2": {"10705": 0}})
    >>> pooled.parts, pooled.undistributed, pooled.total
    ({'1': {'10705': 500, '11030': 250}, '2': {'10705': 0}}, {'1': 0, '2': 250}, 750)
    """
    faults = find_fault("pot", pot)
    for domain, units in point_people.items():
        if domain not in weights:
            faults.append(problem("allocation.domain.unknown", domain=domain, near=nearest(domain, weights)))
        for code, share in units.items():
            faults += find_fault(f"{domain}.{code}", share)
    refuse(faults)
    parts: dict[str, dict[str, int]] = {}
    undistributed: dict[str, int] = {}
    for domain, part in split(pot, weights).items():
        units = point_people.get(domain, {})
        earned = any(units.values())
        parts[domain] = divide(part, units) if earned else dict.fromkeys(units, 0)
        undistributed[domain] = 0 if earned else part
    total = sum(sum(units.values()) for units in parts.values())
    check_conservation(pot, [total, *undistributed.values()])
    return Pooled(parts, undistributed, total)
