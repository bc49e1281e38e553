"""Open rate and satang: rounded once, items add up, the rest is undistributed."""

import decimal
import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.allocation import (
    AllocationError,
    Earned,
    RatedColumn,
    RatedItem,
    open_rate,
    open_rates,
    rate_amount,
    split,
    to_satang,
)


def codes(items: list[RatedItem], population: int = 100) -> list[str]:
    with pytest.raises(AllocationError) as caught:
        open_rate(items, population)
    return [p.code for p in caught.value.problems]


def test_full_marks_earn_the_whole_rate() -> None:
    items = [RatedItem("1", Decimal("4.33"), Decimal(1)), RatedItem("2", Decimal("2.71"), Decimal(1))]
    assert open_rate(items, 1000) == Earned(704000, {"1": 433000, "2": 271000}, 704000, 0)


def test_total_is_rounded_once_and_items_are_its_split() -> None:
    # three items of 0.5 satang: 1.5 satang in all, half up 2; item by item it would be 3
    items = [RatedItem(code, Decimal("0.005"), Decimal(1)) for code in "abc"]
    assert open_rate(items, 1) == Earned(2, {"a": 1, "b": 1, "c": 0}, 2, 0)


def test_what_is_not_earned_stays_undistributed() -> None:
    earned = open_rate([RatedItem("1", Decimal("2.50"), Decimal("0.2"))], 40)
    assert earned == Earned(2000, {"1": 2000}, 10000, 8000)


def test_unscored_item_earns_nothing_and_stays_in_the_ceiling() -> None:
    earned = open_rate([RatedItem("1", Decimal(1), Decimal(1)), RatedItem("2", Decimal(3), None)], 10)
    assert earned == Earned(1000, {"1": 1000, "2": 0}, 4000, 3000)


@pytest.mark.parametrize(
    ("items", "population"),
    [([], 100), ([RatedItem("1", Decimal(1), Decimal(0))], 100), ([RatedItem("1", Decimal(1), Decimal(1))], 0)],
)
def test_nothing_earned_is_zero_and_no_refusal(items: list[RatedItem], population: int) -> None:
    earned = open_rate(items, population)
    assert earned.total == 0
    assert set(earned.items.values()) <= {0}
    assert earned.undistributed == earned.ceiling


def test_all_mistakes_are_shown_together() -> None:
    items = [
        RatedItem("1", Decimal(1), Decimal("1.01")),
        RatedItem("1", Decimal(-1), Decimal("-0.01")),
        RatedItem("2", Decimal("NaN"), Decimal("Infinity")),
    ]
    assert codes(items, -1) == [
        "allocation.share",
        "allocation.code.repeated",
        "allocation.negative",
        "allocation.share",
        "allocation.number",
        "allocation.number",
        "allocation.negative",
    ]


def test_a_negative_population_is_named() -> None:
    with pytest.raises(AllocationError) as caught:
        open_rate([], -1)
    assert [p.en.split("'")[1] for p in caught.value.problems] == ["population"]


def test_long_shares_and_rates_are_still_added_exactly() -> None:
    third = Decimal("0." + "3" * 100)
    items = [RatedItem(code, Decimal("0." + "7" * 100), third) for code in "abc"]
    # 3 x 0.777... x 0.333... x 3,000,000 = 2,333,333.33 baht
    assert open_rate(items, 3_000_000).total == 233333333


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP) as context:
        context.traps[decimal.Inexact] = True
        assert open_rate([RatedItem("1", Decimal("4.33"), Decimal("0.8"))], 92589).total == 32072830
        assert rate_amount(Decimal("28.13"), 92589) == 260452857
        assert to_satang(Decimal("1234567.895")) == 123456790


@pytest.mark.parametrize(
    ("baht", "satang"),
    [("1.004", 100), ("1.005", 101), ("-1.005", -101), ("0", 0), ("1E+3", 100000), ("0.00499999999999999999999999", 0)],
)
def test_satang_are_rounded_half_up(baht: str, satang: int) -> None:
    assert to_satang(Decimal(baht)) == satang


def test_baht_that_are_no_number_are_refused() -> None:
    with pytest.raises(AllocationError) as caught:
        to_satang(Decimal("NaN"))
    assert "'baht'" in caught.value.problems[0].en


def test_amount_of_a_rate_is_rounded_after_the_product() -> None:
    assert rate_amount(Decimal("0.005"), 3) == 2  # 1.5 satang
    assert rate_amount(Decimal(20), 0) == 0


@pytest.mark.parametrize(
    ("rate", "population", "named"), [("-1", 1, "rate"), ("1", -1, "population"), ("NaN", 1, "rate")]
)
def test_amount_of_a_rate_refuses_what_cannot_be(rate: str, population: int, named: str) -> None:
    with pytest.raises(AllocationError) as caught:
        rate_amount(Decimal(rate), population)
    assert [p.en.split("'")[1] for p in caught.value.problems] == [named]


RATES = st.decimals(0, 20, places=2)
PARTS = st.one_of(st.none(), st.sampled_from([Decimal(n) / 5 for n in range(6)]), st.decimals(0, 1, places=4))


@st.composite
def price_lists(draw: st.DrawFn) -> list[RatedItem]:
    return [RatedItem(f"{n:02}", draw(RATES), draw(PARTS)) for n in range(draw(st.integers(1, 8)))]


@settings(max_examples=150, deadline=None)
@given(price_lists(), st.integers(0, 5_000_000))
def test_earned_and_undistributed_make_the_ceiling(items: list[RatedItem], population: int) -> None:
    earned = open_rate(items, population)
    assert sum(earned.items.values()) == earned.total
    assert earned.total + earned.undistributed == earned.ceiling
    assert earned.undistributed >= 0
    assert list(earned.items) == [item.code for item in items]
    exact = sum(Fraction(i.rate) * Fraction(i.share or 0) for i in items) * population * 100
    assert earned.total == (2 * exact + 1) // 2  # half up, in fractions


@settings(max_examples=80, deadline=None)
@given(price_lists(), st.integers(0, 5_000_000), st.randoms(use_true_random=False))
def test_order_of_items_does_not_matter(items: list[RatedItem], population: int, shuffler: random.Random) -> None:
    mixed = items.copy()
    shuffler.shuffle(mixed)
    assert open_rate(mixed, population) == open_rate(items, population)


@settings(max_examples=80, deadline=None)
@given(price_lists(), st.integers(0, 5_000_000), st.integers(0, 7))
def test_better_score_never_earns_less(items: list[RatedItem], population: int, at: int) -> None:
    place = at % len(items)
    raised = items.copy()
    raised[place] = RatedItem(items[place].code, items[place].rate, Decimal(1))
    assert open_rate(raised, population).total >= open_rate(items, population).total


SCORES = st.none() | st.integers(0, 5).map(Decimal) | st.decimals(0, 5, places=6)


@st.composite
def priced_units(draw: st.DrawFn) -> tuple[list[RatedColumn], list[int]]:
    units = draw(st.integers(1, 5))
    columns = [
        RatedColumn(f"{n:02}", draw(RATES), Decimal(5), draw(st.lists(SCORES, min_size=units, max_size=units)))
        for n in range(draw(st.integers(1, 6)))
    ]
    return columns, draw(st.lists(st.integers(0, 500_000), min_size=units, max_size=units))


@settings(max_examples=200, deadline=None)
@given(priced_units())
def test_many_units_at_once_earn_what_each_earns_alone(given: tuple[list[RatedColumn], list[int]]) -> None:
    columns, populations = given
    for place, priced in enumerate(open_rates(columns, populations)):
        earned, missed = priced.earned, priced.missed()
        scores = [column.scores[place] for column in columns]
        shares = [None if score is None else Fraction(score) / 5 for score in scores]
        items = [RatedItem(c.code, c.rate, share) for c, share in zip(columns, shares, strict=True)]
        assert earned == open_rate(items, populations[place])
        left = {item.code: Fraction(item.rate) - item.earned for item in items}
        if earned.undistributed:
            assert missed == split(earned.undistributed, left)
        else:
            assert missed == dict.fromkeys(left, 0)


def column(code: str = "1", rate: str = "1", best: str = "5", *scores: str) -> RatedColumn:
    return RatedColumn(code, Decimal(rate), Decimal(best), [Decimal(score) for score in scores or ("4",)])


@pytest.mark.parametrize(
    ("columns", "populations", "found"),
    [
        ([column(), column()], [1], ["allocation.code.repeated"]),
        ([column("1", "-1")], [1], ["allocation.negative"]),
        ([column("1", "1", "0")], [1], ["allocation.best"]),
        ([column("1", "1", "-5")], [1], ["allocation.negative"]),
        ([column("1", "1", "NaN")], [1], ["allocation.number"]),
        ([column("1", "1", "5", "5.1")], [1], ["allocation.share"]),
        ([column("1", "1", "5", "-1", "NaN")], [1, 1], ["allocation.share", "allocation.number"]),
        ([column()], [-1], ["allocation.negative"]),
    ],
)
def test_a_price_list_of_many_units_is_refused_with_every_mistake(
    columns: list[RatedColumn], populations: list[int], found: list[str]
) -> None:
    with pytest.raises(AllocationError) as caught:
        open_rates(columns, populations)
    assert [problem.code for problem in caught.value.problems] == found
