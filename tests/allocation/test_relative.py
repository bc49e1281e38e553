"""Relative to the mean: which mean, which rounding, which cap; the identities of nhso-2552 section 6 are laws."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.allocation import AllocationError, Mean, MeanOfZero, Scale, relative_to_mean

Units = dict[str, tuple[Decimal, int]]
PAIR: Units = {"a": (Decimal(300), 100), "b": (Decimal(400), 300)}


def test_simple_mean_counts_every_unit_once() -> None:
    found = relative_to_mean(PAIR, Decimal(7))
    assert found.mean == 350
    assert found.rates == {"a": 6, "b": 8}
    assert found.unadjusted == {"a": 60_000, "b": 240_000}
    assert (found.factor, found.paid, found.total, found.undistributed) == (1, {"a": 60_000, "b": 240_000}, 300_000, 0)


def test_weighted_mean_counts_every_unit_with_its_people() -> None:
    found = relative_to_mean(PAIR, Decimal(3), Mean.WEIGHTED)
    assert found.mean == 375
    assert found.rates == {"a": Fraction(12, 5), "b": Fraction(16, 5)}


def test_given_mean_is_of_a_wider_region() -> None:
    found = relative_to_mean(PAIR, Decimal(10), Decimal(500))
    assert found.mean == 500
    assert found.rates == {"a": 6, "b": 8}


@pytest.mark.parametrize(
    ("rounding", "rate", "satang"),
    [
        (None, Fraction(20, 3), 2000),  # 6.666... x 3 people
        (0, Fraction(7), 2100),
        ("whole_baht", Fraction(7), 2100),
        (1, Fraction("6.7"), 2010),
        (2, Fraction("6.67"), 2001),
    ],
)
def test_rate_is_rounded_half_up_before_it_is_multiplied(rounding: int, rate: Fraction, satang: int) -> None:
    found = relative_to_mean({"a": (Decimal(2), 3)}, Decimal(10), Decimal(3), rate_rounding=rounding)
    assert found.rates == {"a": rate}
    assert found.paid == {"a": satang}


def test_half_a_baht_is_rounded_up() -> None:
    found = relative_to_mean({"a": (Decimal(5), 1)}, Decimal(1), Decimal(2), rate_rounding="whole_baht")
    assert found.rates == {"a": 3}


def test_slack_stays_undistributed_unless_scaled_both_ways() -> None:
    down = relative_to_mean(PAIR, Decimal(7), cap=400_000)
    assert (down.factor, down.total, down.undistributed) == (1, 300_000, 100_000)
    both = relative_to_mean(PAIR, Decimal(7), cap=400_000, scale=Scale.BOTH)
    assert (both.factor, both.paid, both.undistributed) == (Fraction(4, 3), {"a": 80_000, "b": 320_000}, 0)
    assert both.unadjusted == down.unadjusted


def test_slack_total_is_rounded_once_and_shared_by_largest_remainder() -> None:
    # three times 2.5 satang: 7.5 rounds to 8 (rounding each would pay 9)
    units = {code: (Decimal(1), 1) for code in "abc"}
    found = relative_to_mean(units, Decimal("0.025"), cap=1_000)
    assert (found.paid, found.total, found.undistributed) == ({"a": 3, "b": 3, "c": 2}, 8, 992)


def test_unit_without_a_score_is_in_the_mean_and_gets_nothing() -> None:
    found = relative_to_mean({"a": (Decimal(4), 10), "b": (Decimal(0), 10)}, Decimal(1))
    assert found.mean == 2
    assert found.paid == {"a": 2000, "b": 0}


@pytest.mark.parametrize(
    ("units", "mean"),
    [
        ({"a": (Decimal(0), 10)}, Mean.SIMPLE),
        ({"a": (Decimal(0), 10), "b": (Decimal(5), 0)}, Mean.WEIGHTED),
        ({"a": (Decimal(5), 0)}, Mean.WEIGHTED),
        ({"a": (Decimal(5), 10)}, Decimal(0)),
        ({}, Mean.SIMPLE),
        ({}, Mean.WEIGHTED),
    ],
)
@pytest.mark.parametrize(("cap", "left"), [(None, 0), (500, 500)])
def test_mean_of_zero_is_an_error_that_pays_nobody(
    units: Units, mean: Mean | Decimal, cap: int | None, left: int
) -> None:
    """Section 6, A8: pay 0 and raise an error."""
    with pytest.raises(MeanOfZero) as caught:
        relative_to_mean(units, Decimal(10), mean, cap, Scale.BOTH)
    assert [p.code for p in caught.value.problems] == ["allocation.mean_of_zero"]
    result = caught.value.result
    nothing = dict.fromkeys(units, 0)
    assert (result.mean, result.rates, result.unadjusted, result.paid) == (0, nothing, nothing, nothing)
    assert (result.factor, result.total, result.undistributed) == (1, 0, left)


def test_nobody_with_people_leaves_the_cap() -> None:
    found = relative_to_mean({"a": (Decimal(5), 0)}, Decimal(10), cap=700, scale=Scale.BOTH)
    assert (found.rates, found.paid, found.undistributed) == ({"a": 10}, {"a": 0}, 700)


def test_all_mistakes_are_shown_together() -> None:
    with pytest.raises(AllocationError) as caught:
        relative_to_mean({"a": (Decimal(-1), -1)}, Decimal(-1), Decimal("NaN"), -1, rate_rounding=-1)
    assert [(p.code, p.en.split("'")[1]) for p in caught.value.problems] == [
        ("allocation.negative", "base"),
        ("allocation.negative", "a"),
        ("allocation.negative", "a"),
        ("allocation.negative", "cap"),
        ("allocation.number", "mean"),
        ("allocation.rounding", "-1"),
    ]


@pytest.mark.parametrize("rounding", ["baht", 101])
def test_rounding_that_is_none_is_refused(rounding: int) -> None:
    with pytest.raises(AllocationError) as caught:
        relative_to_mean(PAIR, Decimal(1), rate_rounding=rounding)
    assert f"'{rounding}'" in caught.value.problems[0].en


def test_a_hundred_decimals_are_the_most() -> None:
    found = relative_to_mean({"a": (Decimal(1), 3)}, Decimal(1), Decimal(3), rate_rounding=100)
    assert found.rates == {"a": Fraction(10**100 // 3, 10**100)}


def test_names_of_means_are_those_of_a_pack() -> None:
    assert [mean.value for mean in Mean] == ["simple", "weighted"]


SCORES = st.decimals(0, 500, places=2)
PEOPLE = st.integers(0, 3_000_000)
BASES = st.decimals(Decimal("0.01"), 50, places=2)
REGIONS = st.dictionaries(st.text("0123456789", min_size=1, max_size=5), st.tuples(SCORES, PEOPLE), min_size=1).filter(
    lambda units: any(score and people for score, people in units.values())
)


@settings(max_examples=80, deadline=None)
@given(REGIONS, st.integers(1, 30))
def test_exact_rates_with_the_weighted_mean_spend_the_cap_without_scaling(units: Units, base: int) -> None:
    """Section 6: the sum equals the cap (base x people) without scaling."""
    cap = base * 100 * sum(people for _, people in units.values())
    found = relative_to_mean(units, Decimal(base), Mean.WEIGHTED, cap)
    assert (found.factor, found.total, found.undistributed) == (1, cap, 0)
    assert sum(found.unadjusted.values()) == cap


@settings(max_examples=80, deadline=None)
@given(REGIONS, BASES, BASES, SCORES.filter(bool), st.integers(0, 10**11))
def test_base_and_mean_cancel_when_always_scaled(
    units: Units, base: Decimal, other: Decimal, mean: Decimal, cap: int
) -> None:
    """Section 6: paid = cap x UC x score / sum of UC x score."""
    first = relative_to_mean(units, base, Mean.SIMPLE, cap, Scale.BOTH)
    second = relative_to_mean(units, other, mean, cap, Scale.BOTH)
    assert first.paid == second.paid
    assert first.undistributed == second.undistributed == 0
    whole = sum(Fraction(score) * people for score, people in units.values())
    for code, (score, people) in units.items():
        assert abs(first.paid[code] - cap * people * Fraction(score) / whole) < 1


@settings(max_examples=80, deadline=None)
@given(REGIONS, BASES, st.sampled_from(Mean), st.integers(0, 10**11), st.sampled_from(Scale), st.data())
def test_no_satang_is_lost_and_the_order_of_units_does_not_matter(
    units: Units, base: Decimal, mean: Mean, cap: int, scale: Scale, data: st.DataObject
) -> None:
    found = relative_to_mean(units, base, mean, cap, scale, rate_rounding=2)
    assert sum(found.paid.values()) == found.total
    assert found.total + found.undistributed == cap
    assert found.undistributed >= 0
    assert found.factor * sum(found.unadjusted.values()) <= cap
    order = data.draw(st.permutations(list(units)))
    assert relative_to_mean({code: units[code] for code in order}, base, mean, cap, scale, 2) == found


@settings(max_examples=80, deadline=None)
@given(REGIONS, BASES, st.integers(1, 10**9), st.integers(2, 9))
def test_more_people_or_more_money_in_proportion_change_no_rate(
    units: Units, base: Decimal, cap: int, times: int
) -> None:
    once = relative_to_mean(units, base, cap=cap)
    crowd = {code: (score, people * times) for code, (score, people) in units.items()}
    many = relative_to_mean(crowd, base, cap=cap * times)
    assert (many.rates, many.factor) == (once.rates, once.factor)
    richer = relative_to_mean(units, base * times, cap=cap * times)
    assert richer.rates == {code: rate * times for code, rate in once.rates.items()}
    assert richer.factor == once.factor


def _improve(units: Units, choose: Callable[[list[str]], str]) -> tuple[str, Units]:
    code = choose(sorted(units))
    score, people = units[code]
    return code, {**units, code: (score + 1, people)}


@settings(max_examples=80, deadline=None)
@given(REGIONS, BASES, st.data())
def test_better_unit_never_lowers_its_own_rate(units: Units, base: Decimal, data: st.DataObject) -> None:
    code, better = _improve(units, lambda codes: data.draw(st.sampled_from(codes)))
    assert relative_to_mean(better, base).rates[code] >= relative_to_mean(units, base).rates[code]


def test_better_unit_makes_the_money_of_another_fall() -> None:
    """What relative money does and a price list does not: b changes nothing and is paid less."""
    before = relative_to_mean({"a": (Decimal(300), 1000), "b": (Decimal(300), 1000)}, Decimal(10))
    after = relative_to_mean({"a": (Decimal(400), 1000), "b": (Decimal(300), 1000)}, Decimal(10))
    assert before.paid["b"] == 1_000_000
    assert after.paid["b"] == 857_143  # 10 x 300/350 x 1,000 baht


def test_better_small_unit_can_lower_the_money_of_the_whole_region() -> None:
    """The simple mean counts a small unit like a large one: a doubles its score and the region is paid a third less."""
    before = relative_to_mean({"a": (Decimal(300), 100), "b": (Decimal(300), 10_000)}, Decimal(9))
    after = relative_to_mean({"a": (Decimal(600), 100), "b": (Decimal(300), 10_000)}, Decimal(9))
    assert before.total == 9 * 10_100 * 100
    assert after.paid == {"a": 12 * 100 * 100, "b": 6 * 10_000 * 100}
    assert after.total < before.total * 7 // 10
