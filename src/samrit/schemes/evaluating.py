"""A and B of every item and unit -> value, score, points -> satang. Pure: no snapshot, no files, no clock.

Source of the money rule: qof-2557 section 5. What a unit earns is rounded once and split over its items; what it does
not earn stays visible, item by item, with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from samrit.allocation import RatedItem, check_conservation, net, open_rate, rate_amount, split
from samrit.problems import problem
from samrit.schemes.errors import SchemesError
from samrit.schemes.pack import Item, Pack, Payee, Standing
from samrit.scoring import NO_DATA, NOT_COMPUTED, Scored, ScoreStanding, band, points, share


@dataclass(frozen=True)
class Counted:
    """What is known of an item at a unit: A, B and value; value None = B is 0 or nothing was entered."""

    a: Decimal | int | None
    b: Decimal | int | None
    value: Decimal | None


@dataclass(frozen=True)
class ScoreLine:
    """One item of one unit. `note` names the standing of the score and of what it stands on."""

    org: str
    item: str
    counted: Counted
    scored: Scored
    max_score: int
    weight: Decimal
    points: Decimal | None
    note: str


class Why(StrEnum):
    """Why money of the ceiling stays undistributed."""

    NOT_COMPUTED = "not_computed"
    UNSCORED = "unscored"
    NO_DATA = "no_data"
    BELOW_FULL = "below_full_score"


@dataclass(frozen=True)
class PaymentLine:
    """One component of one unit's money, in satang. Components that start with `of_which.` are part of another."""

    org: str
    component: str
    population: int
    amount: int
    note: str = ""


@dataclass(frozen=True)
class Evaluation:
    """Scores and payments of all units of a run."""

    scores: tuple[ScoreLine, ...]
    payments: tuple[PaymentLine, ...]

    def amount(self, org: str, component: str) -> int:
        """Satang of one component of one unit; 0 when there is no such line."""
        return sum(p.amount for p in self.payments if p.org == org and p.component == component)


def evaluate(
    pack: Pack, counts: Mapping[tuple[str, str], Counted], payees: tuple[Payee, ...], whole: str
) -> Evaluation:
    """Scores and payments. counts: (item, org) -> Counted; whole: the organisation whose pot is paid out.

    Raises SchemesError for a money rule that cannot run here and NotConserved when a sum does not add up.
    """
    if pack.scheme.money.rule != "open_rate":
        raise SchemesError(problem("schemes.money.needs_region", rule=pack.scheme.money.rule))
    orgs = sorted({p.org for p in payees} | {org for _, org in counts})
    scores = tuple(_score(pack, item, org, counts.get((item.item, org))) for org in orgs for item in pack.scheme.items)
    payments: list[PaymentLine] = []
    for payee in payees:
        payments += _pay(pack, payee, [line for line in scores if line.org == payee.org])
    payments += _whole(payments, payees, whole)
    return Evaluation(scores, tuple(payments))


def _score(pack: Pack, item: Item, org: str, counted: Counted | None) -> ScoreLine:
    nothing = Counted(None, None, None)
    if item.measure and not item.computed:
        scored = NOT_COMPUTED
    elif counted is None or counted.value is None:
        scored = NO_DATA if pack.bands(item) else band(None, None)
    else:
        scored = band(counted.value, pack.bands(item))
    best = pack.scheme.best_score
    return ScoreLine(
        org, item.item, counted or nothing, scored, best, item.points.value, points(scored, best, item.points.value),
        _note(item, scored),
    )  # fmt: skip


def _note(item: Item, scored: Scored) -> str:
    notes = [scored.standing.value]
    if item.bands and scored.standing is ScoreStanding.SCORED:
        notes.append(f"bands {item.bands.name} {item.bands.standing.value}")
    notes.append(f"rate {item.rate.standing.value}")
    return "; ".join(notes)


def _pay(pack: Pack, payee: Payee, lines: list[ScoreLine]) -> list[PaymentLine]:
    """The money of one unit: earned by item, what stays and why, advance, net."""
    by_item = {line.item: line for line in lines}
    rated = [
        RatedItem(item.item, item.rate.value, share(by_item[item.item].scored, pack.scheme.best_score))
        for item in pack.scheme.items
    ]
    earned = open_rate(rated, payee.population)
    missed = {r.code: r.rate * (1 - (r.share or Decimal(0))) for r in rated}
    left = split(earned.undistributed, missed) if earned.undistributed else dict.fromkeys(missed, 0)
    check_conservation(earned.ceiling, [*earned.items.values(), *left.values()])
    money = pack.scheme.money
    advance = rate_amount(money.advance.value, payee.population)
    netting = net(earned.total, advance, money.netting)
    partial = [line.item for line in lines if line.scored.standing is ScoreStanding.NOT_COMPUTED]
    unscored = [line.item for line in lines if line.scored.standing is ScoreStanding.UNSCORED]
    assumed = [i.item for i in pack.scheme.items if earned.items[i.item] and Standing.ASSUMED in _standings(i)]
    note = _unfinished(partial, unscored)

    def line(component: str, amount: int, words: str = "") -> PaymentLine:
        return PaymentLine(payee.org, component, payee.population, amount, words)

    made = [line("ceiling", earned.ceiling, "full marks in every item")]
    made += [
        line(f"earned.{item.item}", earned.items[item.item], by_item[item.item].note)
        for item in pack.scheme.items
        if by_item[item.item].scored.score is not None
    ]
    made.append(line("earned", earned.total, note))
    assumed_amount = sum(earned.items[code] for code in assumed)
    made.append(line("of_which.assumed", assumed_amount, f"items {' '.join(assumed)}" if assumed else ""))
    made.append(line("undistributed", earned.undistributed, "ceiling - earned"))
    for why in Why:
        of = [code for code in left if _why(by_item[code].scored) is why]
        made.append(
            line(f"of_which.{why.value}", sum(left[code] for code in of), f"items {' '.join(of)}" if of else "")
        )
    made.append(line("advance", advance, f"{money.advance.value} baht per head, {money.advance.standing.value}"))
    made.append(line("net", netting.net, note))
    made.append(line("receivable", netting.receivable, note if netting.receivable else ""))
    made.append(line("forgiven", netting.forgiven))
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


def _unfinished(partial: list[str], unscored: list[str]) -> str:
    notes = []
    if partial:
        notes.append(f"not computed yet: {' '.join(partial)}")
    if unscored:
        notes.append(f"unscored: {' '.join(unscored)}")
    return "; ".join(notes)


SUMMED = ("earned", "of_which.assumed", "undistributed", *(f"of_which.{w.value}" for w in Why), "advance", "net",
          "receivable", "forgiven")  # fmt: skip


def _whole(lines: list[PaymentLine], payees: tuple[Payee, ...], whole: str) -> list[PaymentLine]:
    """The sums over all units; the pot is the sum of the units' ceilings and reconciles exactly."""
    people = sum(p.population for p in payees)
    pot = sum(p.amount for p in lines if p.component == "ceiling")
    sums = {name: sum(p.amount for p in lines if p.component == name) for name in SUMMED}
    check_conservation(pot, [sums["earned"], sums["undistributed"]])
    made = [PaymentLine(whole, "pot", people, pot, "sum of the units' ceilings")]
    return made + [PaymentLine(whole, name, people, amount) for name, amount in sums.items()]
