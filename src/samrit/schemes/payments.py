"""Scores -> satang. What a unit does not earn stays visible with the reason; every sum is checked when it is made.

Source: qof-2557 sections 3 and 5. Two readings of the money rule:
open_rate    earned = sum of score share x rate x population, rounded once per unit, its items the split of it
closed_pool  the region's pot divided by points x population of its units; always spent whole
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from samrit.allocation import (
    NothingToShareBy,
    RatedItem,
    check_conservation,
    closed_pool,
    net,
    open_rate,
    rate_amount,
    split,
    to_satang,
)
from samrit.schemes.pack import Item, Pack, Standing
from samrit.schemes.payees import Payee
from samrit.schemes.scores import ScoreLine
from samrit.scoring import Scored, ScoreStanding, share


@dataclass(frozen=True)
class PaymentLine:
    """One component of one unit's money, in satang. Components that start with `of_which.` are part of another."""

    org: str
    component: str
    population: int
    amount: int
    note: str = ""


class Why(StrEnum):
    """Why money of the ceiling stays undistributed."""

    NOT_COMPUTED = "not_computed"
    UNSCORED = "unscored"
    NO_DATA = "no_data"
    BELOW_FULL = "below_full_score"


SUMMED = (
    "earned", "of_which.assumed", "undistributed", *(f"of_which.{w.value}" for w in Why), "excellence", "advance",
    "net", "receivable", "forgiven",
)  # fmt: skip
ByItem = Mapping[str, ScoreLine]


def pay_by_rate(pack: Pack, payee: Payee, lines: ByItem) -> list[PaymentLine]:
    """Open rate: the money of one unit, what stays undistributed and why, advance and net."""
    rated = [
        RatedItem(item.item, item.rate.value, share(lines[item.item].scored, pack.scheme.best_score))
        for item in pack.scheme.items
    ]
    earned = open_rate(rated, payee.population)
    missed = {r.code: r.rate * (1 - (r.share or Decimal(0))) for r in rated}
    left = split(earned.undistributed, missed) if earned.undistributed else dict.fromkeys(missed, 0)
    check_conservation(earned.ceiling, [*earned.items.values(), *left.values()])
    made = [PaymentLine(payee.org, "ceiling", payee.population, earned.ceiling, "full marks in every item")]
    made += _earned(pack, payee, lines, earned.items)
    made.append(PaymentLine(payee.org, "undistributed", payee.population, earned.undistributed, "ceiling - earned"))
    for why in Why:
        of = [code for code in left if _why(lines[code].scored) is why]
        amount = sum(left[code] for code in of)
        made.append(PaymentLine(payee.org, f"of_which.{why.value}", payee.population, amount, _items(of)))
    return made + settle(pack, payee, lines, earned.total)


def pay_from_pool(pack: Pack, payees: Sequence[Payee], lines: Mapping[str, ByItem]) -> list[PaymentLine]:
    """Closed pool: the pot of the whole region over points x population; each unit's items by their points."""
    pot = to_satang(pack.scheme.money.pool.value)
    totals = {p.org: sum((line.points or Decimal(0) for line in lines[p.org].values()), Decimal(0)) for p in payees}
    try:
        shares = closed_pool(pot, {p.org: totals[p.org] * p.population for p in payees})
    except NothingToShareBy:  # nobody has a point yet: the pot stays
        shares = dict.fromkeys(totals, 0)
    made: list[PaymentLine] = []
    for payee in payees:
        points = {code: line.points or Decimal(0) for code, line in lines[payee.org].items()}
        items = split(shares[payee.org], points) if totals[payee.org] else dict.fromkeys(points, 0)
        check_conservation(shares[payee.org], items)
        made += _earned(pack, payee, lines[payee.org], items)
        made += settle(pack, payee, lines[payee.org], shares[payee.org])
    return made


def settle(pack: Pack, payee: Payee, lines: ByItem, earned: int) -> list[PaymentLine]:
    """Advance already paid, net, and what is to be paid back or forgiven."""
    money = pack.scheme.money
    advance = rate_amount(money.advance.value, payee.population)
    netting = net(earned, advance, money.netting)
    note = _unfinished(lines.values())
    words = f"{money.advance.value} baht per head, {money.advance.standing.value}"
    return [
        PaymentLine(payee.org, "advance", payee.population, advance, words),
        PaymentLine(payee.org, "net", payee.population, netting.net, note),
        PaymentLine(payee.org, "receivable", payee.population, netting.receivable),
        PaymentLine(payee.org, "forgiven", payee.population, netting.forgiven),
    ]


def sum_up(pack: Pack, lines: Iterable[PaymentLine], payees: Sequence[Payee], whole: str) -> list[PaymentLine]:
    """The sums over all units. The pot reconciles exactly: earned + undistributed = pot, checked here."""
    lines = list(lines)
    people = sum(p.population for p in payees)
    sums = {name: sum(p.amount for p in lines if p.component == name) for name in SUMMED}
    if pack.scheme.money.rule == "open_rate":
        pot, words = sum(p.amount for p in lines if p.component == "ceiling"), "sum of the units' ceilings"
    else:
        pot, words = to_satang(pack.scheme.money.pool.value), "the region's pot"
        sums["undistributed"] = pot - sums["earned"]
    check_conservation(pot, [sums["earned"], sums["undistributed"]])
    made = [PaymentLine(whole, "pot", people, pot, words)]
    return made + [PaymentLine(whole, name, people, amount) for name, amount in sums.items()]


def _earned(pack: Pack, payee: Payee, lines: ByItem, amounts: Mapping[str, int]) -> list[PaymentLine]:
    items = {item.item: item for item in pack.scheme.items}
    made = [
        PaymentLine(payee.org, f"earned.{code}", payee.population, amounts[code], lines[code].note)
        for code in items
        if lines[code].scored.score is not None
    ]
    total = sum(amounts.values())
    assumed = [code for code, item in items.items() if amounts[code] and Standing.ASSUMED in _standings(item)]
    made.append(PaymentLine(payee.org, "earned", payee.population, total, _unfinished(lines.values())))
    amount = sum(amounts[code] for code in assumed)
    made.append(PaymentLine(payee.org, "of_which.assumed", payee.population, amount, _items(assumed)))
    return made


def _standings(item: Item) -> set[Standing]:
    return {item.rate.standing, *([item.bands.standing] if item.bands else [])}


def _why(scored: Scored) -> Why:
    match scored.standing:
        case ScoreStanding.NOT_COMPUTED:
            return Why.NOT_COMPUTED
        case ScoreStanding.UNSCORED:
            return Why.UNSCORED
        case ScoreStanding.NO_DATA:
            return Why.NO_DATA
        case _:
            return Why.BELOW_FULL


def _unfinished(lines: Iterable[ScoreLine]) -> str:
    """What is still missing from a unit's money, in words."""
    words = {
        ScoreStanding.NOT_COMPUTED: "not computed yet",
        ScoreStanding.UNSCORED: "unscored",
        ScoreStanding.NO_DATA: "no data",
    }
    lines = list(lines)
    notes = []
    for standing, said in words.items():
        codes = [line.item for line in lines if line.scored.standing is standing]
        if codes:
            notes.append(f"{said}: {' '.join(codes)}")
    return "; ".join(notes)


def _items(codes: Sequence[str]) -> str:
    return f"items {' '.join(codes)}" if codes else ""
