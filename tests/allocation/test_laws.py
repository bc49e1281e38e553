"""Laws of money: more score is never less money by a price list, and may be less where units are compared."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.allocation import RatedItem, cap_amounts, closed_pool, open_rate, split

CODES = st.text("0123456789", min_size=1, max_size=5)
FIFTHS = st.integers(0, 5).map(lambda score: Decimal(score) / 5)
REGIONS = st.dictionaries(CODES, st.tuples(FIFTHS, st.integers(0, 1_000_000)), min_size=2, max_size=8)
SHARES = st.dictionaries(CODES, st.decimals(0, 1000, places=2), min_size=1, max_size=10).filter(
    lambda shares: any(shares.values())
)


def earn(units: dict[str, tuple[Decimal, int]]) -> dict[str, int]:
    """The money of every unit by one price of 2.50 baht per head."""
    return {
        code: open_rate([RatedItem("1.1", Decimal("2.50"), share)], people).total
        for code, (share, people) in units.items()
    }


@settings(max_examples=100, deadline=None)
@given(REGIONS, st.data())
def test_better_unit_earns_no_less_and_others_the_same_by_a_price_list(
    units: dict[str, tuple[Decimal, int]], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(sorted(units)))
    before, after = earn(units), earn({**units, code: (Decimal(1), units[code][1])})
    assert after[code] >= before[code]
    assert {c: a for c, a in after.items() if c != code} == {c: a for c, a in before.items() if c != code}


def test_better_unit_takes_from_the_others_in_a_closed_pool() -> None:
    """A pot that is always spent whole pays one unit's improvement with the money of the others."""
    before = closed_pool(1000, {"a": Decimal(3), "b": Decimal(2)})
    after = closed_pool(1000, {"a": Decimal(8), "b": Decimal(2)})
    assert (before["b"], after["b"]) == (400, 200)


def rank(values: dict[str, int]) -> dict[str, int]:
    """Scores 0-5 by mean and SD, as nhso-2552 section 4 proposes; squares are compared, so no root is needed."""
    mean = Fraction(sum(values.values()), len(values))
    variance = sum((value - mean) ** 2 for value in values.values()) / len(values)
    if variance == 0:
        return dict.fromkeys(values, 3)
    scores = {}
    for code, value in values.items():
        squared = (value - mean) ** 2 / variance
        if value >= mean:
            scores[code] = 3 + (squared >= 1) + (squared >= 4)
        else:
            scores[code] = 2 - (squared > 1) - (squared > 4)
    return scores


def test_better_unit_makes_the_money_of_others_and_the_sum_fall_by_mean_and_sd() -> None:
    """Three equal units score 3 each. a rises from 60 to 70: mean 63 1/3, variance 22 2/9, so z(b) = z(c) = -0.71 and
    z(a) = 1.41. b and c did nothing and drop to 2, a rises to 4: together 8 where there were 9.
    """
    before, after = rank({"a": 60, "b": 60, "c": 60}), rank({"a": 70, "b": 60, "c": 60})
    assert (before, after) == ({"a": 3, "b": 3, "c": 3}, {"a": 4, "b": 2, "c": 2})
    paid = [earn({code: (Decimal(s) / 5, 1000) for code, s in scores.items()}) for scores in (before, after)]
    assert paid == [
        {"a": 150_000, "b": 150_000, "c": 150_000},  # 2.50 x 3/5 x 1,000
        {"a": 200_000, "b": 100_000, "c": 100_000},
    ]
    assert sum(paid[1].values()) < sum(paid[0].values())


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**10), SHARES, st.integers(2, 9))
def test_pot_times_k_is_k_times_the_parts_but_for_rounding(pot: int, shares: dict[str, Decimal], times: int) -> None:
    once, many = split(pot, shares), split(pot * times, shares)
    assert all(abs(many[code] - times * once[code]) < times + 1 for code in shares)
    # where nothing is rounded it is exact
    total = int(sum(Fraction(share) * 100 for share in shares.values()))
    even = split(total, shares)
    assert even == {code: int(share * 100) for code, share in shares.items()}
    assert split(total * times, shares) == {code: part * times for code, part in even.items()}


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**10), SHARES, st.integers(2, 9))
def test_people_times_k_changes_no_part_of_a_closed_pool(pot: int, points: dict[str, Decimal], times: int) -> None:
    assert closed_pool(pot, {code: share * times for code, share in points.items()}) == closed_pool(pot, points)


@settings(max_examples=100, deadline=None)
@given(st.decimals(0, 20, places=2), FIFTHS, st.integers(0, 100_000), st.integers(2, 9))
def test_people_times_k_is_k_times_the_money_of_a_price_list_but_for_rounding(
    rate: Decimal, share: Decimal, people: int, times: int
) -> None:
    once, many = (open_rate([RatedItem("1", rate, share)], people * k).total for k in (1, times))
    assert 2 * abs(many - times * once) <= times + 1


@settings(max_examples=100, deadline=None)
@given(SHARES, st.integers(0, 10_000), st.integers(2, 9))
def test_amounts_and_cap_times_k_keep_the_factor(exact: dict[str, Decimal], cap: int, times: int) -> None:
    once = cap_amounts(exact, cap)
    many = cap_amounts({code: amount * times for code, amount in exact.items()}, cap * times)
    assert many.factor == once.factor
    assert once.total + once.undistributed == cap
    assert once.undistributed >= 0
