"""The excellence money: a pot of the region and a pot that provinces divide, for winners that people enter.

Source: qof-2557 section 5: region 30 %, province 70 %; who qualifies and how it is shared is not printed, so the pack
says who decides. Proposed: a province's part of the 70 % by population; inside a pot by the population of its winners,
or equally. What no winner takes stays undistributed.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from samrit.allocation import check_conservation, split, to_satang
from samrit.schemes.authoring.pools import Excellence
from samrit.schemes.inputs import Winner
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import PaymentLine


def pay_excellence(
    rules: Excellence, payees: Sequence[Payee], winners: Sequence[Winner], whole: str
) -> list[PaymentLine]:
    """Satang of every winner, and what stays of each pot. All units of the region must be among the payees."""
    by_org = {p.org: p for p in payees}
    people = sum(p.population for p in payees)
    region = to_satang(rules.region.value)
    won: dict[str, dict[str, int]] = {}
    taken = _share(region, [by_org[w.org] for w in winners if w.pool == "region"], rules.share)
    for org, amount in taken.items():
        won.setdefault(org, {})["region"] = amount
    left = [PaymentLine(whole, "undistributed.excellence.region", people, region - sum(taken.values()))]
    pots = split(to_satang(rules.province.value), _populations(payees))
    for province, pot in sorted(pots.items()):
        inside = [by_org[w.org] for w in winners if w.pool == "province" and _province(by_org[w.org]) == province]
        taken = _share(pot, inside, rules.share)
        for org, amount in taken.items():
            won.setdefault(org, {})[f"province {province}"] = amount
        rest = pot - sum(taken.values())
        left.append(PaymentLine(whole, f"undistributed.excellence.province.{province}", people, rest))
    made = [_line(by_org[org], amounts) for org, amounts in sorted(won.items())]
    total = region + to_satang(rules.province.value)
    check_conservation(total, [line.amount for line in (*made, *left)])
    return made + left


def _line(payee: Payee, amounts: Mapping[str, int]) -> PaymentLine:
    """One line a unit, whichever pots it won; the note says which."""
    pots = ", ".join(f"{pool} {amount} satang" for pool, amount in amounts.items())
    return PaymentLine(payee.org, "excellence", payee.population, sum(amounts.values()), f"winner typed in: {pots}")


def _share(pot: int, winners: Sequence[Payee], rule: str) -> dict[str, int]:
    if not winners:
        return {}
    return split(pot, {p.org: Decimal(p.population if rule == "population" else 1) for p in winners})


def _populations(payees: Sequence[Payee]) -> dict[str, Decimal]:
    people: dict[str, Decimal] = {}
    for payee in payees:
        people[_province(payee)] = people.get(_province(payee), Decimal(0)) + payee.population
    return people


def _province(payee: Payee) -> str:
    return payee.district_code[:2]
