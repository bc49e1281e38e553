"""Activity support: money that no score decides, by hospitals, beds and units of a payee (nhso-2552 section 2).

rate x people is the pot; it is cut in three by the shares, and each share divided by the payees' numbers. It stands on
top of all pools, or is taken out of one of them (`inside`). A share of which nobody has any stays undistributed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samrit.allocation import Activity, ActivityShares, NothingToShareBy, check_conservation, rate_amount, support
from samrit.schemes.authoring.pools import Support
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import PaymentLine

NO_NUMBERS = "activities not entered"


@dataclass(frozen=True)
class Supported:
    """Satang of every payee, the pot they come from and why some of it may stay."""

    parts: Mapping[str, int]
    pot: int
    left: str

    @property
    def undistributed(self) -> int:
        """Satang that nobody gets."""
        return self.pot - sum(self.parts.values())


def pay_support(of: Support, payees: Sequence[Payee], activities: Mapping[str, Activity]) -> Supported:
    """The support of every payee that has people of its base. activities: org -> numbers, absent = none of anything."""
    units = {p.org: activities.get(p.org, Activity()) for p in payees if p.people.get(of.people)}
    people = sum(p.people.get(of.people, 0) for p in payees)
    pot = rate_amount(of.rate.value, people)
    try:
        made = support(pot, units, ActivityShares(of.hospitals.value, of.beds.value, of.units.value))
    except NothingToShareBy:
        return Supported({}, pot, "no share is above 0")
    check_conservation(pot, [*made.parts.values(), made.undistributed])
    absent = [org for org in units if org not in activities]
    return Supported(made.parts, pot, f"{NO_NUMBERS}: {' '.join(absent)}" if absent and made.undistributed else "")


def support_lines(found: Supported, payees: Sequence[Payee], whole: str) -> list[PaymentLine]:
    """A line for every payee with support, and what stays."""
    lines = [PaymentLine(p.org, "support", p.population, found.parts[p.org]) for p in payees if p.org in found.parts]
    people = sum(p.population for p in payees)
    note = found.left or ("nobody has any of what a share is for" if found.undistributed else "")
    return [*lines, PaymentLine(whole, "undistributed.support", people, found.undistributed, note)]
