"""A second opinion on whole schemes, slow and plain: from the pack as it is written to satang, by fractions and loops.

Written from the texts (nhso-2552 sections 2, 5 and 6; qof-2557 sections 3, 5 and 6; docs/schemes.md). It reads no model
of the product and no line of its rooms: what it shares with it is the data of a world.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from allocation.slow import compare, fit, hand_out, whole
from schemes.random_packs import Unit, World
from schemes.slow_scoring import Judged, SlowScoring, Written

Satang = Counter[tuple[str, str]]
"""(unit or 'all', component) -> satang."""
WHY = {"scored": "below_full_score"}
PER_UNIT = ("open_rate", "price_per_point")
"""Rules under which a unit has a ceiling of its own."""
SUMMED = (
    "earned", "of_which.assumed", "support", "excellence", "adjustment", "advance", "net", "receivable", "forgiven",
    "carried", "payable",
    *(f"of_which.{why}" for why in ("unscored", "unmatched", "too_few", "no_data", "below_full_score")),
)  # fmt: skip


@dataclass(frozen=True)
class Opinion:
    """Scores by item and unit; satang; ledger: (unit, period) -> opening, set off, new; payments: what falls due."""

    scores: Mapping[tuple[str, str], tuple[Judged, Fraction | None]]
    satang: Satang
    ledger: Mapping[tuple[str, str], tuple[int, int, int]]
    payments: Mapping[tuple[str, str, str], int]


def second_opinion(world: World) -> Opinion:
    """Everything, worked out by hand."""
    slow = _Slow(world)
    for pool in world.scheme["pools"]:
        slow.pay_pool(pool)
    slow.support_lines()
    for unit in world.units:
        slow.settle(unit)
    slow.excellence()
    for (org, component), amount in list(slow.satang.items()):
        if org != "all" and component in SUMMED:
            slow.satang["all", component] += amount
    return Opinion(slow.scores, slow.satang, slow.ledger, slow.payments)


def baht(figure: Written) -> Fraction:
    """Satang of a figure in baht, exact."""
    return Fraction(figure["value"]) * 100


class _Slow:
    def __init__(self, world: World) -> None:
        self.world, self.scheme = world, world.scheme
        self.scoring = SlowScoring(world)
        self.scores = self.scoring.scored()
        self.satang: Satang = Counter()
        self.ledger: dict[tuple[str, str], tuple[int, int, int]] = {}
        self.payments: dict[tuple[str, str, str], int] = {}
        self.support, self.support_pot = self._support()

    # pools

    def pay_pool(self, pool: Written) -> None:
        """Satang of a pool by unit and item; what stays of it."""
        items = {item["item"]: item for item in self.scoring.items_of(pool)}
        units = self.scoring.units_of(pool)
        if pool["rule"] in PER_UNIT:
            pot = left = 0
            for unit in units:
                amounts = self._unit_amounts(pool, unit)
                earned = hand_out(whole(sum((e for e, _ in amounts.values()), Fraction(0))), _firsts(amounts))
                ceiling = whole(sum((f for _, f in amounts.values()), Fraction(0)))
                stays = ceiling - sum(earned.values())
                missed = hand_out(stays, {code: full - part for code, (part, full) in amounts.items()})
                self._add(unit.org, pool, "ceiling", ceiling, per_pool=False)
                self._add(unit.org, pool, "undistributed", stays)
                for code, amount in missed.items():
                    standing = self.scores[code, unit.org][0][1]
                    self.satang[unit.org, f"of_which.{WHY.get(standing, standing)}"] += amount
                self._earned(pool, unit, items, earned)
                pot, left = pot + ceiling, left + stays
        else:
            shared, left = getattr(self, f"_{pool['rule']}")(pool, units)
            pot = left + sum(sum(parts.values()) for parts in shared.values())
            for unit in units:
                self._earned(pool, unit, items, shared[unit.org])
        self._add("all", pool, "pot", pot)
        self._add("all", pool, "undistributed", left)
        written = pool.get("pot", {})
        if "amount" in written and "rate" in written and pool["rule"] != "price_per_point":
            by_rate = whole(baht(written["rate"]) * self._people_of(pool, units))
            self.satang["all", f"pot_difference.{pool['id']}"] = whole(baht(written["amount"])) - by_rate

    def _earned(self, pool: Written, unit: Unit, items: Mapping[str, Written], amounts: Mapping[str, int]) -> None:
        for code, amount in amounts.items():
            self.satang[unit.org, f"earned.{code}"] += amount
            item = items[code]
            figures = [item.get("rate")] if pool["rule"] == "open_rate" else [item.get("points"), item.get("weight")]
            said = [figure["standing"] for figure in (*figures, item.get("score")) if figure]
            if "assumed" in said:
                self.satang[unit.org, "of_which.assumed"] += amount
        self._add(unit.org, pool, "earned", sum(amounts.values()))
        if len(self.scheme["pools"]) > 1:
            self.satang["all", f"earned.{pool['id']}"] += sum(amounts.values())

    def _add(self, org: str, pool: Written, component: str, amount: int, *, per_pool: bool = True) -> None:
        """A component of a unit, and of its pool when there are several."""
        self.satang[org, component] += amount
        if per_pool and len(self.scheme["pools"]) > 1:
            self.satang[org, f"{component}.{pool['id']}"] += amount

    def _unit_amounts(self, pool: Written, unit: Unit) -> dict[str, tuple[Fraction, Fraction]]:
        """Exact satang of every item: earned, and at full marks."""
        made = {}
        for item in self.scoring.items_of(pool):
            code = item["item"]
            (score, _), points = self.scores[code, unit.org]
            if pool["rule"] == "open_rate":
                full = baht(item["rate"]) * self.scoring.people(unit, pool["people"])
                made[code] = full * (score or 0) / self.scoring.best(item), full
            else:
                worth = baht(pool["price"]) * self._index(pool, unit, "") * self._index(pool, unit, code)
                made[code] = worth * (points or 0), worth * self.scoring.full_points(item)
        return made

    def _index(self, pool: Written, unit: Unit, code: str) -> Fraction:
        """The product of the indices of a unit ('' as code), or of one item there; what nobody typed in counts as 1."""
        product = Fraction(1)
        for index in pool["indices"]:
            if (index.get("per", "unit") == "item") != bool(code):
                continue
            value: Any = self.world.indices.get((unit.org, code, index["name"]))
            if index["value"] == "people":
                value = self.scoring.people(unit, pool["people"])
            if value is not None:
                ratio = Fraction(value) / Fraction(index["reference"]["value"])
                ratio = max(ratio, Fraction(index.get("low", ratio)))
                product *= min(ratio, Fraction(index.get("high", ratio)))
        return product

    def _pot(self, pool: Written, units: list[Unit]) -> int | None:
        """Satang of a pot: as it is printed, else rate x people; less the support that is cut from it."""
        written = pool.get("pot")
        if written is None:
            return None
        if "amount" in written:
            amount = whole(baht(written["amount"]))
        else:
            amount = whole(baht(written["rate"]) * self._people_of(pool, units))
        inside = self.scheme["money"].get("support", {}).get("inside", "")
        return amount - (self.support_pot if inside == pool["id"] else 0)

    def _people_of(self, pool: Written, units: list[Unit]) -> int:
        return sum(self.scoring.people(unit, pool["people"]) for unit in units)

    def _points(self, unit: Unit, items: list[Written]) -> dict[str, Fraction]:
        return {item["item"]: self.scores[item["item"], unit.org][1] or Fraction(0) for item in items}

    def _closed_pool(self, pool: Written, units: list[Unit]) -> tuple[dict[str, dict[str, int]], int]:
        """The pot over points x people, perhaps domain by domain; items of a unit by their points."""
        parts: dict[str, dict[str, int]] = {unit.org: {} for unit in units}
        items, pot = self.scoring.items_of(pool), self._pot(pool, units)
        assert pot is not None
        pots = {"": pot}
        inside = {"": items}
        if pool.get("by_domain") == "true":
            inside = {}
            weights = {}
            for item in items:
                domain = self.scoring.domain_of(item)
                assert domain is not None
                inside.setdefault(domain["no"], []).append(item)
                weights[domain["no"]] = Fraction(domain["weight"]["value"])
            pots = hand_out(pot, weights)
        left = 0
        for no, of_domain in inside.items():
            points = {unit.org: self._points(unit, of_domain) for unit in units}
            people = {
                u.org: self.scoring.people(u, pool["people"]) if pool["by"] == "points_people" else 1 for u in units
            }
            shares = {org: sum(of.values(), Fraction(0)) * people[org] for org, of in points.items()}
            amounts = hand_out(pots[no], shares)
            left += pots[no] - sum(amounts.values())
            for org, amount in amounts.items():
                parts[org] |= hand_out(amount, points[org])
        return parts, left

    def _relative_to_mean(self, pool: Written, units: list[Unit]) -> tuple[dict[str, dict[str, int]], int]:
        """base x points / mean of the region x people, held to the pot; a mean of 0 pays nobody."""
        items, cap = self.scoring.items_of(pool), self._pot(pool, units)
        points = {unit.org: self._points(unit, items) for unit in units}
        region: Any = {
            u.org: (sum(points[u.org].values(), Fraction(0)), self.scoring.people(u, pool["people"])) for u in units
        }
        base: Any = Fraction(pool["base"]["value"])
        places = 0 if pool["rate_rounding"] == "whole_baht" else None
        exact = compare(region, base, pool["mean"], places) if units else None
        if exact is None:
            return {unit.org: dict.fromkeys(points[unit.org], 0) for unit in units}, cap or 0
        amounts, left = fit(exact, cap, pool["scale"] == "both")
        return {org: hand_out(amount, points[org]) for org, amount in amounts.items()}, left

    # money that no score decides

    def _support(self) -> tuple[dict[str, int], int]:
        """Parts of the support, and its pot: rate x people, cut in three, each by the numbers of those with people."""
        rule = self.scheme["money"].get("support")
        if rule is None:
            return {}, 0
        people = {unit.org: self.scoring.people(unit, rule["people"]) for unit in self.world.units}
        pot = whole(baht(rule["rate"]) * sum(people.values()))
        grounds = ("hospitals", "beds", "units")
        parts: Counter[str] = Counter()
        for ground, part in hand_out(pot, {ground: Fraction(rule[ground]["value"]) for ground in grounds}).items():
            at = grounds.index(ground)
            numbers = {org: self.world.activities.get(org, (0, 0, 0))[at] for org, heads in people.items() if heads}
            parts.update(hand_out(part, numbers))
        return parts, pot

    def support_lines(self) -> None:
        """What each unit gets, and what nobody does."""
        for org, amount in self.support.items():
            self.satang[org, "support"] += amount
        self.satang["all", "undistributed.support"] = self.support_pot - sum(self.support.values())

    def excellence(self) -> None:
        """The pots of the region and of the provinces over the winners."""
        rule = self.scheme["money"].get("excellence")
        if rule is None or not self.world.winners:
            return
        provinces: Counter[str] = Counter()
        for unit in self.world.units:
            provinces[unit.district[:2]] += unit.people["uc"]
        pots = hand_out(whole(baht(rule["province"])), provinces)
        self._win(rule, whole(baht(rule["region"])), "region", "region", "")
        for province, pot in pots.items():
            self._win(rule, pot, "province", f"province.{province}", province)

    def _win(self, rule: Written, pot: int, kind: str, name: str, province: str) -> None:
        winners = [
            unit
            for unit in self.world.units
            if (unit.org, kind) in self.world.winners and unit.district.startswith(province)
        ]
        shares = {unit.org: unit.people["uc"] if rule["share"] == "population" else 1 for unit in winners}
        amounts = hand_out(pot, shares)
        for org, amount in amounts.items():
            self.satang[org, "excellence"] += amount
        self.satang["all", f"undistributed.excellence.{name}"] += pot - sum(amounts.values())

    # settling

    def settle(self, unit: Unit) -> None:
        """Adjustments, the advance, the net, what is owed from before, and when the rest is paid."""
        money, org = self.scheme["money"], unit.org
        adjusted = sum(amount for of, amount, approved in self.world.adjustments if of == org and approved)
        advance = self._advance(money.get("advance"), unit)
        due = self.satang[org, "earned"] + adjusted - advance
        forgiven = -due if due < 0 and money["netting"] == "floor_zero" else 0
        net = due + forgiven
        payable = max(net, 0)
        for of, since, amount in self.world.ledger:
            if of == org:
                taken = min(payable, amount)
                payable -= taken
                self.ledger[org, since] = (amount, taken, 0)
                self.satang[org, "carried"] += taken
        if net < 0:
            self.ledger[org, self.scheme["year"]] = (0, 0, -net)
        if self.world.ledger:
            self.satang[org, "payable"] = payable
        self.satang[org, "adjustment"] = adjusted
        self.satang[org, "advance"] = advance
        self.satang[org, "net"] = net
        self.satang[org, "receivable"] = max(-net, 0)
        self.satang[org, "forgiven"] = forgiven
        for kind, amount in (("advance", advance), ("net", payable), ("support", self.support.get(org, 0))):
            self._pay_out(org, kind, amount)

    def _advance(self, rule: Written | None, unit: Unit) -> int:
        if rule is None:
            return 0
        if "rate" in rule:
            return whole(baht(rule["rate"]) * self.scoring.people(unit, rule["people"] or "uc"))
        uprating = Fraction(rule["uprating"]["value"]) if "uprating" in rule else 1
        return whole(self.world.last_paid.get(unit.org, 0) * Fraction(rule["share_of_last"]["value"]) * uprating)

    def _pay_out(self, org: str, kind: str, amount: int) -> None:
        """The payments of a kind by their parts, the earlier first; each in equal months."""
        payments = [p for p in self.scheme["calendar"]["payments"] if p["of"] == kind]
        parts = {p["id"]: Fraction(p["parts"]) for p in payments}
        shared = hand_out(amount, parts, tuple(parts))
        for payment in payments:
            months = [str(n) for n in range(1, int(payment["months"]) + 1)]
            monthly = hand_out(shared[payment["id"]], dict.fromkeys(months, 1), months)
            day = date.fromisoformat(payment["due"])  # the end of a month
            for month in months:
                name = payment["id"] if len(months) == 1 else f"{payment['id']}.{month}"
                if monthly[month]:
                    self.payments[org, name, day.isoformat()] = monthly[month]
                after = day + timedelta(days=1)
                day = (after.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _firsts(amounts: Mapping[str, tuple[Fraction, Fraction]]) -> dict[str, Fraction]:
    return {code: first for code, (first, _) in amounts.items()}
