"""Laws of schemes: what must be true of every pack, whatever it pays by."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from samrit.schemes import Evaluation, evaluate
from schemes.agreeing import evaluated
from schemes.plain_worlds import NORM, OPEN, RELATIVE, plain_world
from schemes.random_packs import MEASURES, World, materials, turned, worlds

SOME = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
)
REASONS = ("not_computed", "unscored", "unmatched", "too_few", "no_data", "below_full_score")
A_LOT = 1000


def amounts(of: Evaluation) -> Counter[tuple[str, str]]:
    """(unit, component) -> satang; a component that has no line is 0."""
    return Counter({(line.org, line.component): line.amount for line in of.payments})


def of_unit(of: Evaluation, org: str) -> list[Any]:
    """Everything that is said of one unit."""
    return [line for line in (*of.scores, *of.payments, *of.ledger, *of.instalments) if line.org == org]


def codes_by_pool(world: World) -> dict[str, list[str]]:
    """Pool -> its items."""
    made: dict[str, list[str]] = {pool["id"]: [] for pool in world.scheme["pools"]}
    domains = {domain["no"]: domain["pool"] for domain in world.scheme.get("domains", ())}
    for item in world.scheme["items"]:
        made[item.get("pool") or domains[item.get("domain", item["item"].partition(".")[0])]].append(item["item"])
    return made


# Conservation


@SOME
@given(worlds())
def test_every_pool_every_unit_and_the_whole_add_up(world: World) -> None:
    result = evaluated(world)
    satang = amounts(result)
    orgs = [unit.org for unit in world.units]
    assert satang["all", "pot"] == satang["all", "earned"] + satang["all", "undistributed"]
    pools = codes_by_pool(world)
    for pool, codes in pools.items():
        by_item = sum(satang[org, f"earned.{code}"] for org in orgs for code in codes)
        if len(pools) == 1:
            assert by_item == satang["all", "earned"]
        else:
            assert by_item == satang["all", f"earned.{pool}"]
            assert satang["all", f"pot.{pool}"] == by_item + satang["all", f"undistributed.{pool}"]
    for org in orgs:
        earned = sum(satang[org, f"earned.{code}"] for codes in pools.values() for code in codes)
        assert earned == satang[org, "earned"]
        due = satang[org, "earned"] + satang[org, "adjustment"] - satang[org, "advance"]
        assert due == satang[org, "net"] - satang[org, "forgiven"]
        assert sum(satang[org, f"of_which.{why}"] for why in REASONS) == satang[org, "undistributed"]
        if world.ledger:
            assert satang[org, "carried"] + satang[org, "payable"] == max(satang[org, "net"], 0)
    for component in ("earned", "advance", "adjustment", "net", "receivable", "forgiven", "carried", "payable"):
        assert satang["all", component] == sum(satang[org, component] for org in orgs)


@SOME
@given(worlds())
def test_support_and_excellence_are_paid_or_seen_to_stay(world: World) -> None:
    satang, money = amounts(evaluated(world)), world.scheme["money"]
    orgs = [unit.org for unit in world.units]
    if "support" in money:
        people = sum(unit.people.get(money["support"]["people"], unit.people["uc"]) for unit in world.units)
        pot = Decimal(money["support"]["rate"]["value"]) * 100 * people
        assert sum(satang[org, "support"] for org in orgs) + satang["all", "undistributed.support"] == pot
    if "excellence" in money and world.winners:
        pot = sum(Decimal(money["excellence"][name]["value"]) * 100 for name in ("region", "province"))
        left = sum(amount for (_, name), amount in satang.items() if name.startswith("undistributed.excellence"))
        assert sum(satang[org, "excellence"] for org in orgs) + left == pot


@SOME
@given(worlds())
def test_payments_of_the_calendar_add_up_to_what_is_paid_and_debts_only_move(world: World) -> None:
    result = evaluated(world)
    satang, payments = amounts(result), world.scheme["calendar"]["payments"]
    for unit in world.units:
        payable = satang[unit.org, "payable"] if world.ledger else max(satang[unit.org, "net"], 0)
        due = {"advance": satang[unit.org, "advance"], "support": satang[unit.org, "support"], "net": payable}
        for kind in {payment["of"] for payment in payments}:
            names = {payment["id"] for payment in payments if payment["of"] == kind}
            paid = [p.amount for p in result.instalments if p.org == unit.org and p.payment.partition(".")[0] in names]
            assert sum(paid) == due[kind]
        owed = sum(amount for org, _, amount in world.ledger if org == unit.org)
        closing = sum(line.closing for line in result.ledger if line.org == unit.org)
        assert closing == owed - satang[unit.org, "carried"] + satang[unit.org, "receivable"]


# Order and size


@SOME
@given(worlds())
def test_the_order_of_payees_items_results_and_inputs_does_not_matter(world: World) -> None:
    back = turned(world)
    scheme = world.scheme | {"items": world.scheme["items"][::-1], "pools": world.scheme["pools"][::-1]}
    with tempfile.TemporaryDirectory(prefix="samrit-pack-") as folder:
        of = materials(replace(back, scheme=scheme), Path(folder))
        other = evaluate(replace(of, payees=of.payees[::-1]))
    one = evaluated(world)
    assert {(s.org, s.item): s for s in one.scores} == {(s.org, s.item): s for s in other.scores}
    assert amounts(one) == amounts(other)
    assert {(line.org, line.since): line for line in one.ledger} == {
        (line.org, line.since): line for line in other.ledger
    }
    assert sorted(map(repr, one.instalments)) == sorted(map(repr, other.instalments))


@SOME
@given(worlds())
def test_a_thousand_times_people_and_pots_is_a_thousand_times_the_money(world: World) -> None:
    pools = [_times(pool, A_LOT) for pool in world.scheme["pools"]]
    assume(all(_has_reference_to_people(pool) for pool in pools if pool["rule"] == "price_per_point"))
    units = tuple(
        replace(unit, people={base: people * A_LOT for base, people in unit.people.items()}) for unit in world.units
    )
    small = amounts(evaluated(world))
    large = amounts(evaluated(replace(world, scheme=world.scheme | {"pools": pools}, units=units)))
    for (org, component), amount in large.items():
        if component.startswith("earned") and org != "all":
            # a part is whole satang of an exact amount, cut (region, domain, unit, item) three times a pool at most
            assert abs(Decimal(amount) / A_LOT - small[org, component]) <= 3 * len(pools)


def _times(pool: dict[str, Any], times: int) -> dict[str, Any]:
    """A pool with so many times the pot by amount; a pot by rate grows with the people."""
    if "amount" not in pool.get("pot", {}):
        return pool
    amount = pool["pot"]["amount"]
    larger = amount | {"value": str(Decimal(amount["value"]) * times)}
    return pool | {"pot": pool["pot"] | {"amount": larger}}


def _has_reference_to_people(pool: dict[str, Any]) -> bool:
    return any(index["value"] == "people" for index in pool["indices"])


# Better is better, where units are measured against fixed edges


@SOME
@given(worlds(rules=("open_rate",), kinds=("bands", "linear")), st.data())
def test_a_better_value_never_earns_less_at_an_open_rate_and_moves_nobody_else(
    world: World, data: st.DataObject
) -> None:
    paid = {unit.org for unit in world.units}
    typed = sorted(key for key in world.results if key[1] in paid)
    assume(typed)
    code, org = data.draw(st.sampled_from(typed))
    by = data.draw(st.sampled_from([Decimal("0.005"), Decimal(1), Decimal(30)]))
    item = next(item for item in world.scheme["items"] if item["item"] == code)
    a, b, value = world.results[code, org]
    assert value is not None
    better = value + (-by if _better(item) == "lower" else by)
    before, after = evaluated(world), evaluated(_with(world, code, org, (a, b, better)))
    was, is_now = amounts(before), amounts(after)
    assert is_now[org, "earned"] >= was[org, "earned"]
    assert is_now[org, "undistributed"] <= was[org, "undistributed"]
    for unit in world.units:
        if unit.org != org:
            assert of_unit(after, unit.org) == of_unit(before, unit.org)


def _better(item: Mapping[str, Any]) -> str:
    return str(item.get("better") or MEASURES.get(item.get("measure", ""), "higher"))


def _with(world: World, code: str, org: str, result: tuple[int | None, int | None, Decimal | None]) -> World:
    return replace(world, results={**world.results, (code, org): result})


def test_where_units_are_compared_the_progress_of_one_costs_another() -> None:
    """The law above does not hold for mean +- SD (nhso-2552 section 4), nor for money relative to the mean (section 6).

    Two units at 50 have no spread: 3 each. One gets better, the other stays: z is 1 and -1, the scores are 4 and 2.
    """
    same, progress = {"11000": {"A": "50"}, "11001": {"A": "50"}}, {"11000": {"A": "60"}, "11001": {"A": "50"}}
    scores = [
        [line.scored.score for line in evaluated(plain_world(values, NORM)).scores] for values in (same, progress)
    ]
    assert scores == [[3, 3], [4, 2]]
    # at 1 baht per head: 3/5 and 2/5 of 1000 baht
    earned = [evaluated(plain_world(v, NORM, OPEN)).amount("11001", "earned") for v in (same, progress)]
    assert earned == [60_000, 40_000]
    # relative to the mean, and fixed edges: 1 point of 5 for both, then 2 and 1 in 50/60/70/80
    low, one_up = {"11000": {"A": "10"}, "11001": {"A": "10"}}, {"11000": {"A": "50"}, "11001": {"A": "10"}}
    earned = [evaluated(plain_world(v, pool=RELATIVE)).amount("11001", "earned") for v in (low, one_up)]
    # 10 baht x 1000 people each; then 10 x 2/3 for the one that did not change (mean of 4 and 2 points is 3)
    assert earned == [1_000_000, 666_667]


# Missing is not zero


def test_a_report_of_zero_is_a_result_and_no_report_is_none() -> None:
    """qof-2557 section 4: a reported value scores at least 1 however poor, no value scores 0."""
    zero = evaluated(plain_world({"11000": {"A": "0"}}))
    none = evaluated(plain_world({"11000": {"A": None}}))
    assert [(line.scored.score, line.scored.standing) for line in zero.scores] == [(1, "scored")]
    assert [(line.scored.score, line.scored.standing) for line in none.scores] == [(0, "no_data")]
    assert (zero.amount("11000", "earned"), none.amount("11000", "earned")) == (20_000, 0)  # 1/5 of 1000 baht
    assert zero.amount("11000", "of_which.below_full_score") == 80_000
    assert none.amount("11000", "of_which.no_data") == 100_000


def test_no_report_leaves_the_mean_alone_and_a_report_of_zero_moves_it() -> None:
    """nhso-2552 section 4: units without a value are left out of mean and SD and score 0."""
    others = {"11000": {"A": "50"}, "11001": {"A": "50"}}
    none = evaluated(plain_world(others | {"11002": {"A": None}}, NORM))
    zero = evaluated(plain_world(others | {"11002": {"A": "0"}}, NORM))
    assert [line.scored.score for line in none.scores] == [3, 3, 0]  # no spread among those that reported
    assert [line.scored.score for line in zero.scores] == [3, 3, 1]  # z = 0.707 and -1.414


@SOME
@given(worlds(), st.data())
def test_a_dropped_report_is_never_a_score_of_its_own_and_no_value_says_the_same(
    world: World, data: st.DataObject
) -> None:
    paid = {unit.org for unit in world.units}
    typed = sorted(key for key, (_, _, value) in world.results.items() if key[1] in paid and value is not None)
    assume(typed)
    code, org = data.draw(st.sampled_from(typed))
    dropped = evaluated(replace(world, results={key: r for key, r in world.results.items() if key != (code, org)}))
    without = evaluated(_with(world, code, org, (None, None, None)))
    assert amounts(dropped) == amounts(without)
    line = next((line for line in dropped.scores if (line.item, line.org) == (code, org)), None)
    if line is not None and not _looks_at_facts(world, code):
        assert line.scored.standing in {"no_data", "unscored"}
        assert not line.points


def _looks_at_facts(world: World, code: str) -> bool:
    """Whether the rule of an item can score by last year's value or by words of the payee."""
    item = next(item for item in world.scheme["items"] if item["item"] == code)
    kind = world.scheme["scoring"][item["score"]["by"]]["kind"] if "score" in item else ""
    return kind in {"ladder", "conditional"}


# What has no score stays visible


@SOME
@given(worlds())
def test_money_without_a_score_is_always_visible_with_item_and_reason(world: World) -> None:
    result = evaluated(world)
    notes = {(line.org, line.component): line.note for line in result.payments}
    satang = amounts(result)
    said = {
        "unscored": "unscored: ",
        "unmatched": "no rung fits: ",
        "too_few": "too few cases: ",
        "no_data": "no data: ",
    }
    for line in result.scores:
        if (line.org, "earned") not in notes or line.scored.standing == "scored":
            continue
        listed = notes[line.org, "earned"].split("; ")
        assert any(text.startswith(said[line.scored.standing]) and line.item in text.split() for text in listed)
        if line.scored.score is None:
            assert satang[line.org, f"earned.{line.item}"] == 0
            assert line.points is None
    people = {unit.org: unit.people for unit in world.units}
    for pool in world.scheme["pools"]:
        if pool["rule"] not in {"open_rate", "price_per_point"}:
            continue  # there the pot is shared, and nobody has a ceiling of his own
        for line in result.scores:
            paid_here = line.org in people and people[line.org].get(pool["people"], people[line.org]["uc"])
            if paid_here and line.scored.score is None and line.item in codes_by_pool(world)[pool["id"]]:
                assert line.item in notes[line.org, f"of_which.{line.scored.standing}"].split()


def test_an_item_without_a_rule_leaves_its_whole_price_undistributed() -> None:
    world = plain_world({"11000": {"A": "80", "B": "80"}})
    del world.scheme["items"][1]["score"]
    result = evaluated(world)
    assert result.amount("11000", "earned") == 100_000
    assert result.amount("11000", "undistributed") == 100_000
    assert result.amount("11000", "of_which.unscored") == 100_000
    assert result.amount("all", "undistributed") == 100_000


# What is not approved


@SOME
@given(worlds())
def test_pending_adjustments_move_nothing(world: World) -> None:
    approved = tuple(one for one in world.adjustments if one[2])
    with_pending, without = evaluated(world), evaluated(replace(world, adjustments=approved))
    assert +amounts(with_pending) == +amounts(without)
    assert -amounts(with_pending) == -amounts(without)
    assert with_pending.scores == without.scores
    assert with_pending.ledger == without.ledger
    assert with_pending.instalments == without.instalments


def test_an_adjustment_is_paid_to_its_unit_alone_once_it_is_approved() -> None:
    values = {"11000": {"A": "80"}, "11001": {"A": "80"}}
    plain = evaluated(plain_world(values))
    pending = evaluated(plain_world(values, adjustments=(("11000", 777, False),)))
    approved = evaluated(plain_world(values, adjustments=(("11000", 777, True),)))
    nets = [[of.amount(org, "net") for org in ("11000", "11001")] for of in (plain, pending, approved)]
    assert nets == [[100_000, 100_000], [100_000, 100_000], [100_777, 100_000]]
    assert "1 pending, not paid" in next(p.note for p in pending.payments if p.component == "adjustment")
