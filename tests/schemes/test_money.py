"""What happens around the pools: support, adjustments, advance, receivables of earlier periods, instalments, sums."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from samrit.allocation import Activity
from samrit.problems import codes
from samrit.schemes import (
    Adjustment,
    AdjustmentKind,
    Counted,
    Evaluation,
    Materials,
    Pack,
    Payee,
    Receivable,
    RunInputs,
    SchemesError,
    Winner,
    evaluate,
    read_pack,
)
from schemes.building import EVERYONE, PACK, all_at, evaluate_all, half_up, lines_of, payee, share_out

NHSO = read_pack("nhso-2552")
NA_HAEO = payee("Na Haeo")
PEOPLE = {"a": 150_000, "b": 100_000, "c": 100_000}
UNITS = tuple(Payee(org, "4201", "", "", {"uc": n, "referral_uc": n}) for org, n in PEOPLE.items())
P2 = {("P2", org): Counted(None, None, Decimal(value)) for org, value in (("a", 10), ("b", 20), ("c", 30))}


def nhso(counts: Mapping[tuple[str, str], Counted] = P2, pack: Pack = NHSO, **given: Any) -> Evaluation:
    return evaluate(Materials(pack, UNITS, "all", counts, RunInputs(**given)))


def adjusted(amount: int, by: str = "ผู้อนุมัติ", org: str = NA_HAEO.org) -> Adjustment:
    on = "2014-07-01" if by else ""
    return Adjustment(org, "", AdjustmentKind.APPEAL, amount, "เหตุผล", "ผู้บันทึก", "2014-06-01", by, on)


def test_money_relative_to_the_mean_is_what_fractions_say_and_the_rest_of_the_pot_is_seen() -> None:
    """P2 alone: scores 1, 3, 4 x 15 points; mean 40; rates 3.75, 11.25, 15; the pot is 350,000 people x 10 baht."""
    lines = lines_of(nhso())
    rates = {"a": Fraction(375, 100), "b": Fraction(1125, 100), "c": Fraction(15)}
    for org, rate in rates.items():
        assert lines[org, "earned.primary"] == lines[org, "earned"] == rate * 100 * PEOPLE[org]
    total = sum(rates[org] * 100 * PEOPLE[org] for org in PEOPLE)
    assert lines["all", "pot.primary"] == 350_000_000
    assert lines["all", "undistributed.primary"] == 350_000_000 - total
    assert lines["all", "pot"] == lines["all", "earned"] + lines["all", "undistributed"]


def test_what_passes_the_pot_is_cut_in_proportion() -> None:
    """Better unit with more people: 4, 3, 1 for a, b, c sum above the pot; the pot is spent to the satang."""
    counts = {("P2", org): Counted(None, None, Decimal(value)) for org, value in (("a", 30), ("b", 20), ("c", 10))}
    lines = lines_of(nhso(counts))
    weights = {org: Fraction(score) * PEOPLE[org] for org, score in (("a", 4), ("b", 3), ("c", 1))}
    assert sum(weights.values()) * 15 * 10 * 100 / Fraction(40) > 350_000_000
    assert {org: lines[org, "earned.primary"] for org in PEOPLE} == share_out(350_000_000, weights)
    assert lines["all", "undistributed.primary"] == 0


def test_a_mean_of_0_pays_nobody_and_is_told_as_an_error() -> None:
    """nhso-2552 A8."""
    done = nhso({})
    lines = lines_of(done)
    assert lines["all", "earned"] == 0
    assert lines["all", "undistributed"] == lines["all", "pot"] == 700_000_000
    assert {p.code for p in done.problems} == {"schemes.pool.mean_of_zero"}
    assert codes()["schemes.pool.mean_of_zero"]["level"] == "error"


def test_support_is_shared_by_hospitals_beds_and_units_on_top_of_the_pools() -> None:
    """1 baht x 350,000 people in three equal parts: hospitals 1:1:2, beds 300:100:0, units 1:1:1."""
    activities = {"a": Activity(1, 300, 5), "b": Activity(1, 100, 5), "c": Activity(2, 0, 5)}
    lines = lines_of(nhso(activities=activities))
    thirds = share_out(35_000_000, dict.fromkeys(("hospitals", "beds", "units"), Fraction(1)))
    wanted = dict.fromkeys(PEOPLE, 0)
    for ground, part in thirds.items():
        numbers = {org: Fraction(getattr(activity, ground)) for org, activity in activities.items()}
        for org, amount in share_out(part, numbers).items():
            wanted[org] += amount
    assert {org: lines[org, "support"] for org in PEOPLE} == wanted
    assert lines["all", "support"] == 35_000_000
    assert lines["all", "pot.primary"] == 350_000_000  # not cut
    assert all(lines[org, "net"] == lines[org, "earned"] for org in PEOPLE)


def test_support_that_nobody_was_entered_for_stays_and_says_so() -> None:
    done = nhso()
    line = next(p for p in done.payments if p.component == "undistributed.support")
    assert line.amount == 35_000_000
    assert line.note == "activities not entered: a b c"


def test_support_inside_a_pool_is_cut_from_it() -> None:
    """nhso-2552 A1: the other reading."""
    pack = read_pack("nhso-2552", {"money.support.inside": "primary"})
    lines = lines_of(nhso(pack=pack, activities={"a": Activity(1, 1, 1)}))
    assert lines["all", "pot.primary"] == 350_000_000 - 35_000_000
    assert lines["all", "pot.referral"] == 350_000_000
    assert lines["a", "support"] == 35_000_000


def test_support_larger_than_its_pool_is_refused() -> None:
    pack = read_pack("nhso-2552", {"money.support.inside": "primary", "money.support.rate.value": "10.01"})
    with pytest.raises(SchemesError, match=r"schemes\.support\.too_large"):
        nhso(pack=pack)


@pytest.mark.parametrize("rule", ["relative", "norm", "support"])
def test_a_part_of_the_table_is_refused_where_units_are_compared(rule: str) -> None:
    with pytest.raises(SchemesError) as refused:
        evaluate(Materials(NHSO, UNITS[:2], is_cut=True))
    (why,) = refused.value.problems
    assert why.code == "schemes.money.needs_all"
    assert rule in why.en


def test_only_approved_adjustments_are_paid_and_pending_ones_are_told() -> None:
    """They stand beside the pot and are netted with the rest of a unit's money."""
    plain = lines_of(evaluate_all(PACK, all_at(3), PACK.payees, "42"))
    given = (adjusted(150_000), adjusted(-20_050), adjusted(999_999, by=""))
    done = evaluate_all(PACK, all_at(3), PACK.payees, "42", adjustments=given)
    lines = lines_of(done)
    assert lines[NA_HAEO.org, "adjustment"] == lines["42", "adjustment"] == 129_950
    assert lines[NA_HAEO.org, "net"] == plain[NA_HAEO.org, "net"] + 129_950
    assert lines["42", "net"] == plain["42", "net"] + 129_950
    assert lines["42", "pot"] == plain["42", "pot"]
    note = next(p.note for p in done.payments if (p.org, p.component) == (NA_HAEO.org, "adjustment"))
    assert note == "2 approved; 1 pending, not paid; beside the pot"
    assert (payee("Dan Sai").org, "adjustment") not in lines


def test_receivables_of_earlier_periods_are_taken_out_of_the_net_oldest_first() -> None:
    full = evaluate_all(PACK, all_at(5), [NA_HAEO], "42")
    net = full.amount(NA_HAEO.org, "net")
    assert net > 0
    owed = (Receivable(NA_HAEO.org, "2555", 1_000), Receivable(NA_HAEO.org, "2556", net))
    done = evaluate_all(PACK, all_at(5), [NA_HAEO], "42", ledger=owed)
    lines = lines_of(done)
    assert (lines[NA_HAEO.org, "carried"], lines[NA_HAEO.org, "payable"]) == (net, 0)
    assert lines[NA_HAEO.org, "net"] == net
    assert [(x.since, x.opening, x.set_off, x.new, x.closing) for x in done.ledger] == [
        ("2555", 1_000, 1_000, 0, 0),
        ("2556", net, net - 1_000, 0, 1_000),
    ]


def test_a_net_below_zero_is_a_new_receivable_and_takes_nothing_off_the_old_ones() -> None:
    done = evaluate_all(PACK, all_at(1), [NA_HAEO], "42", ledger=(Receivable(NA_HAEO.org, "2556", 500),))
    net = done.amount(NA_HAEO.org, "net")
    assert net < 0
    assert [(x.since, x.opening, x.new, x.closing) for x in done.ledger] == [
        ("2556", 500, 0, 500),
        ("2557", 0, -net, -net),
    ]
    assert done.amount(NA_HAEO.org, "payable") == 0


def test_what_is_forgiven_is_never_owed() -> None:
    done = evaluate_all(read_pack("qof-2557", {"money.netting": "floor_zero"}), all_at(1), [NA_HAEO], "42")
    assert done.amount(NA_HAEO.org, "forgiven") > 0
    assert done.ledger == ()


def test_without_a_ledger_there_is_nothing_carried() -> None:
    lines = lines_of(evaluate_all(PACK, all_at(5), [NA_HAEO], "42"))
    assert not {"carried", "payable", "adjustment", "support"} & {name for _, name in lines}


def test_instalments_follow_the_calendar_and_add_up() -> None:
    """qof-2557: the advance in October, the net in July; a unit that owes is paid nothing in July."""
    for score, second in ((5, True), (1, False)):
        done = evaluate_all(PACK, all_at(score), [NA_HAEO], "42")
        paid = [(i.payment, i.due, i.amount) for i in done.instalments]
        assert paid[0] == ("advance", "2013-10-01", done.amount(NA_HAEO.org, "advance"))
        assert paid[1:] == ([("final", "2014-07-01", done.amount(NA_HAEO.org, "net"))] if second else [])


PRACTICE = Payee("A", "4201", "", "", {"list": 9103})
UK = read_pack("uk-qof")
FULL = {(i.item, "A"): Counted(None, None, Decimal(100)) for i in UK.scheme.items}


def test_the_uk_advance_is_60_percent_of_last_year_in_twelve_months() -> None:
    done = evaluate(Materials(UK, (PRACTICE,), "all", FULL, RunInputs(last_paid={"A": 1_000_003})))
    assert done.amount("A", "advance") == 600_002  # 600,001.8
    months = [i for i in done.instalments if i.payment.startswith("aspiration")]
    assert [i.amount for i in months] == [50_001] * 2 + [50_000] * 10
    assert [i.due for i in months][:3] == ["2021-04-30", "2021-05-31", "2021-06-30"]
    assert months[-1].due == "2022-03-31"


def test_a_practice_without_last_year_got_no_advance_and_it_is_said() -> None:
    done = evaluate(Materials(UK, (PRACTICE,), "all", FULL))
    line = next(p for p in done.payments if p.component == "advance" and p.org == "A")
    assert (line.amount, line.note) == (0, "last year's payment not entered")


def test_an_index_that_is_not_entered_counts_as_1_and_the_basis_says_so() -> None:
    """93 points x 201.16 pounds at the mean list; twice the prevalence of 2.1 doubles its 14 points."""
    plain = evaluate(Materials(UK, (PRACTICE,), "all", FULL))
    assert plain.amount("A", "earned") == 93 * 201_16
    assert ("A", "index.prevalence", "not entered, taken as 1: 1.1 1.2 2.1 2.2") in plain.basis
    indices = {("A", "2.1", "prevalence"): Decimal(2)}
    done = evaluate(Materials(UK, (PRACTICE,), "all", FULL, RunInputs(indices=indices)))
    assert done.amount("A", "earned.2.1") == 28 * 201_16
    assert done.amount("A", "ceiling") == done.amount("A", "earned") + done.amount("A", "undistributed")


def test_a_closed_pool_by_domain_gives_every_domain_its_own_pot() -> None:
    """400:300:200:100 of the pot; a domain where nobody has a point keeps its part and says so."""
    closed = read_pack("qof-2557", {"pools.qof.rule": "closed_pool"})
    pools = tuple(pool.model_copy(update={"by_domain": True}) for pool in closed.scheme.pools)
    pack = replace(closed, scheme=closed.scheme.model_copy(update={"pools": pools}))
    counts = {key: counted for key, counted in all_at(5, EVERYONE).items() if not key[0].startswith("4.")}
    done = evaluate_all(pack, counts, EVERYONE, "region:8")
    pots = share_out(
        234_569_039_00, {no: Fraction(points) for no, points in (("1", 400), ("2", 300), ("3", 200), ("4", 100))}
    )
    for no in "123":
        codes_of = [i.item for i in pack.scheme.items if i.item.startswith(no)]
        assert sum(done.amount(p.org, f"earned.{c}") for p in EVERYONE for c in codes_of) == pots[no]
    assert done.amount("region:8", "undistributed") == pots["4"]
    line = next(p for p in done.payments if (p.org, p.component) == ("region:8", "undistributed"))
    assert line.note == "nobody has a point in domain 4"


def test_two_pools_with_their_own_people_are_paid_and_summed_apart() -> None:
    """qof-2560: prevention by all people, outpatient care by UC people; full marks are 10 baht in each."""
    pack = read_pack("qof-2560")
    of = Payee("a", "4201", "", "", {"uc": 1001, "thai": 1203})
    counts = {(i.item, "a"): Counted(None, None, Decimal(95)) for i in pack.scheme.items if i.item[0] == "1"}
    lines = lines_of(evaluate(Materials(pack, (of,), "all", counts)))
    assert lines["a", "earned.pp"] == lines["all", "pot.pp"] == half_up(Fraction(1203) * 1000)
    assert (lines["a", "earned.op"], lines["a", "undistributed.op"]) == (0, 1_001_000)
    assert lines["all", "pot"] == 1_203_000 + 1_001_000


def test_winners_of_a_scheme_without_excellence_money_are_refused() -> None:
    with pytest.raises(SchemesError) as refused:
        evaluate_all(NHSO, P2, UNITS, "all", winners=[Winner("a", "region")])
    assert [p.code for p in refused.value.problems] == ["schemes.winner.no_pot"]


def test_support_is_for_payees_with_people_of_its_base() -> None:
    """A referral hospital without contracting people is in no share, whatever beds were entered for it."""
    alone = Payee("d", "4201", "", "", {"referral_uc": 5_000})
    given = RunInputs(activities={"a": Activity(1, 10, 1), "d": Activity(1, 10, 1)})
    lines = lines_of(evaluate(Materials(NHSO, (*UNITS, alone), "all", P2, given)))
    assert lines["a", "support"] == lines["all", "support"] == 35_000_000
    assert ("d", "support") not in lines
