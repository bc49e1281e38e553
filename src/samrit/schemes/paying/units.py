"""The lines of one unit over all its pools: its ceiling, what it earns by item, what stays and why."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from samrit.allocation import check_conservation
from samrit.schemes.authoring.figures import Standing
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import OpenRate
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.payees import Payee
from samrit.schemes.paying.lines import (
    OF_WHICH,
    SELDOM,
    WHY_OF,
    Deferred,
    ItemsPaid,
    Made,
    PaymentLine,
    Why,
    say_items,
    say_unfinished,
)
from samrit.schemes.paying.pools import PoolPaid
from samrit.scoring import Mark

Marks = Mapping[str, Mark]
"""Item -> mark."""


def unit_lines(
    pack: Pack,
    payee: Payee,
    paid: Sequence[PoolPaid],
    unfinished: Marks,
    proposed: Collection[str],
    note: Callable[[str], str],
) -> tuple[list[Made], int, str]:
    """Ceiling, earned and undistributed of one unit, satang that it earns, and in words what is unfinished.

    paid: the pools that it is in; unfinished: marks of the items that no rule gave a score;
    proposed: the items whose money is assumed; note: item -> the note of its score.
    """
    org, people = payee.org, payee.population
    ceilings = [of for of in paid if org in of.ceilings]
    amounts = _merged([of.items[org] for of in paid])
    total = sum(amounts.values())
    words = say_unfinished(unfinished)
    made: list[Made] = []
    if ceilings:
        ceiling = sum(of.ceilings[org] for of in ceilings)
        made.append(PaymentLine(org, "ceiling", people, ceiling, "full marks in every item"))
    unscored = {code for code, mark in unfinished.items() if mark.score is None}
    made.append(ItemsPaid(org, people, amounts, unscored, note))
    made.append(PaymentLine(org, "earned", people, total, words))
    assumed = [code for code, amount in amounts.items() if amount and code in proposed]
    amount = sum([amounts[code] for code in assumed])
    made.append(PaymentLine(org, "of_which.assumed", people, amount, say_items(assumed)))
    if len(pack.scheme.pools) > 1:
        made += [PaymentLine(org, f"earned.{of.pool.id}", payee.people[of.pool.people], of.earned(org)) for of in paid]
        check_conservation(total, [of.earned(org) for of in paid])
    if ceilings:
        made += _undistributed(payee, ceilings, unfinished, several=len(pack.scheme.pools) > 1)
    return made, total, words


def is_assumed(pack: Pack, item: Item) -> bool:
    """True when the money of an item rests on a proposed rule, rate, or (where points are shared) weight."""
    figures = [item.rate] if isinstance(pack.pool(item), OpenRate) else [item.points, item.weight]
    standings = [figure.standing for figure in figures if figure] + ([item.score.standing] if item.score else [])
    return Standing.ASSUMED in standings


def _undistributed(payee: Payee, paid: Sequence[PoolPaid], unfinished: Marks, *, several: bool) -> list[Made]:
    """What the unit does not earn of its ceilings, and the reasons."""
    org, people = payee.org, payee.population
    left = sum(of.ceilings[org] - of.earned(org) for of in paid)
    made: list[Made] = [PaymentLine(org, "undistributed", people, left, "ceiling - earned")]
    if several:
        made += [
            PaymentLine(org, f"undistributed.{of.pool.id}", people, of.ceilings[org] - of.earned(org)) for of in paid
        ]
    made.append(Deferred(partial(_reasons, payee, paid, unfinished, left)))
    return made


def _reasons(payee: Payee, paid: Sequence[PoolPaid], unfinished: Marks, left: int) -> list[PaymentLine]:
    """Why the unit does not earn what is left of its ceilings; together they are the whole of it."""
    org, people = payee.org, payee.population
    missed = _merged([of.missed(org) for of in paid])
    made = []
    reasons = {Why.BELOW_FULL: [code for code in missed if code not in unfinished]}
    for code, mark in unfinished.items():
        if code in missed:
            reasons.setdefault(WHY_OF[mark.standing], []).append(code)
    total = 0
    for why, component in OF_WHICH.items():
        codes = reasons.get(why, [])
        amount = sum([missed[code] for code in codes])
        total += amount
        if codes or why not in SELDOM:
            made.append(PaymentLine(org, component, people, amount, say_items(codes)))
    check_conservation(left, [total])
    return made


def _merged(amounts: Sequence[Mapping[str, int]]) -> Mapping[str, int]:
    """Item -> satang over the pools of a unit; an item is in one pool only."""
    if len(amounts) == 1:
        return amounts[0]
    return {code: amount for of in amounts for code, amount in of.items()}
