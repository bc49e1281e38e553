"""The lines of one unit over all its pools: its ceiling, what it earns by item, what stays and why."""

from collections.abc import Collection, Mapping, Sequence

from samrit.allocation import check_conservation
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import OpenRate
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import SELDOM, PaymentLine, Why, say_items, say_unfinished, why_of
from samrit.schemes.paying.pools import PoolPaid
from samrit.schemes.scores import ScoreLine

ByItem = Mapping[str, ScoreLine]


def unit_lines(
    pack: Pack, payee: Payee, paid: Sequence[PoolPaid], lines: ByItem, proposed: Collection[str]
) -> tuple[list[PaymentLine], int]:
    """Ceiling, earned and undistributed of one unit, and satang that it earns.

    paid: the pools that it is in; proposed: the items whose money is assumed.
    """
    org, people = payee.org, payee.population
    ceilings = [of for of in paid if org in of.ceilings]
    amounts = {code: amount for of in paid for code, amount in of.items[org].items()}
    total = sum(amounts.values())
    made = []
    if ceilings:
        ceiling = sum(of.ceilings[org] for of in ceilings)
        made.append(PaymentLine(org, "ceiling", people, ceiling, "full marks in every item"))
    made += [
        PaymentLine(org, f"earned.{code}", people, amount, lines[code].note)
        for code, amount in amounts.items()
        if lines[code].scored.score is not None
    ]
    made.append(PaymentLine(org, "earned", people, total, say_unfinished(lines.values())))
    assumed = [code for code, amount in amounts.items() if amount and code in proposed]
    amount = sum(amounts[code] for code in assumed)
    made.append(PaymentLine(org, "of_which.assumed", people, amount, say_items(assumed)))
    if len(pack.scheme.pools) > 1:
        made += [PaymentLine(org, f"earned.{of.pool.id}", payee.people[of.pool.people], of.earned(org)) for of in paid]
        check_conservation(total, [of.earned(org) for of in paid])
    if ceilings:
        made += _undistributed(payee, ceilings, lines, several=len(pack.scheme.pools) > 1)
    return made, total


def is_assumed(pack: Pack, item: Item) -> bool:
    """True when the money of an item rests on a proposed rule, rate, or (where points are shared) weight."""
    figures = [item.rate] if isinstance(pack.pool(item), OpenRate) else [item.points, item.weight]
    standings = [figure.standing for figure in figures if figure] + ([item.score.standing] if item.score else [])
    return Standing.ASSUMED in standings


def _undistributed(payee: Payee, paid: Sequence[PoolPaid], lines: ByItem, *, several: bool) -> list[PaymentLine]:
    """What the unit does not earn of its ceilings, and the reasons; together they are the whole of it."""
    org, people = payee.org, payee.population
    missed = {code: amount for of in paid for code, amount in of.missed[org].items()}
    left = sum(of.ceilings[org] - of.earned(org) for of in paid)
    made = [PaymentLine(org, "undistributed", people, left, "ceiling - earned")]
    if several:
        made += [
            PaymentLine(org, f"undistributed.{of.pool.id}", people, of.ceilings[org] - of.earned(org)) for of in paid
        ]
    reasons: dict[Why, list[str]] = {why: [] for why in Why}
    for code in missed:
        reasons[why_of(lines[code].scored)].append(code)
    total = 0
    for why, codes in reasons.items():
        amount = sum(missed[code] for code in codes)
        total += amount
        if codes or why not in SELDOM:
            made.append(PaymentLine(org, f"of_which.{why.value}", people, amount, say_items(codes)))
    check_conservation(left, [total])
    return made
