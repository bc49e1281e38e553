"""Norms: mean and variance of a group, and where a value stands."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import Norm, Spread, norm_of
from scoring.reasons import codes_of

ROOT_2 = "1.4142135623730950488016887242096980785696718753769"  # 50 digits, from tables
TWO = Norm(3, Fraction(0), Fraction(2))


def test_mean_and_population_variance_are_exact() -> None:
    """2, 4, 9: mean 5, squares of the differences 9, 1, 16."""
    assert norm_of([Decimal(2), Decimal(4), Decimal(9)]) == Norm(3, Fraction(5), Fraction(26, 3))


def test_sample_variance_divides_by_one_less() -> None:
    assert norm_of([Decimal(2), Decimal(4), Decimal(9)], Spread.SAMPLE) == Norm(3, Fraction(5), Fraction(13))
    assert norm_of([Decimal(2), Decimal(4)], Spread.SAMPLE) == Norm(2, Fraction(3), Fraction(2))


@pytest.mark.parametrize("spread", list(Spread))
def test_one_value_has_no_spread(spread: Spread) -> None:
    assert norm_of([Decimal("7.5")], spread) == Norm(1, Fraction(15, 2), Fraction(0))


def test_units_without_a_value_are_left_out() -> None:
    assert norm_of([None, Decimal(2), None, Decimal(4)]) == Norm(2, Fraction(3), Fraction(1))


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_known_is_no_norm(values: list[None]) -> None:
    assert norm_of(values) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_value_that_is_no_number_is_refused(value: str) -> None:
    assert codes_of(lambda: norm_of([Decimal(1), Decimal(value)])) == ["scoring.value"]


@pytest.mark.parametrize(("n", "variance"), [(0, 1), (-1, 1), (1, -1)])
def test_norm_that_cannot_be_is_refused(n: int, variance: int) -> None:
    assert codes_of(lambda: Norm(n, Fraction(0), Fraction(variance))) == ["scoring.norm"]


@pytest.mark.parametrize(
    ("value", "z", "stands"),
    [
        ("0", "0", 0),
        ("0.0001", "0", 1),
        ("-0.0001", "0", -1),
        ("1.414213562373095048801688724209698078569671875376", "1", -1),  # root of 2 cut below
        ("1.414213562373095048801688724209698078569671875377", "1", 1),
        ("-1.414213562373095048801688724209698078569671875376", "-1", 1),
        ("-1.414213562373095048801688724209698078569671875377", "-1", -1),
        ("-3", "1", -1),  # on the other side of the mean
        ("3", "-1", 1),
        ("0", "0.5", -1),
        ("0", "-0.5", 1),
    ],
)
def test_value_stands_exactly_against_mean_and_spread(value: str, z: str, stands: int) -> None:
    assert TWO.compare(Decimal(value), Decimal(z)) == stands


@pytest.mark.parametrize(("value", "stands"), [("1.9", -1), ("2", 0), ("2.1", 1)])
def test_a_step_that_ends_is_met_exactly(value: str, stands: int) -> None:
    """mean 3/2, SD 1/3, z 1.5: the step lies at 2."""
    assert Norm(4, Fraction(3, 2), Fraction(1, 9)).compare(Decimal(value), Decimal("1.5")) == stands


@pytest.mark.parametrize("z", ["-2", "0", "2"])
def test_without_spread_all_steps_lie_on_the_mean(z: str) -> None:
    flat = Norm(2, Fraction(5), Fraction(0))
    assert [flat.compare(Decimal(value), Decimal(z)) for value in ("4.9", "5", "5.1")] == [-1, 0, 1]


@pytest.mark.parametrize(("value", "z"), [("NaN", "1"), ("1", "NaN")])
def test_comparing_what_is_no_number_is_refused(value: str, z: str) -> None:
    assert codes_of(lambda: TWO.compare(Decimal(value), Decimal(z))) == ["scoring.value"]


def test_spread_is_shown_with_fifty_digits() -> None:
    assert TWO.sd == Decimal(ROOT_2)
    assert TWO.at(Decimal(1)) == Decimal(ROOT_2)
    assert TWO.at(Decimal(-1)) == Decimal("-" + ROOT_2)
    assert TWO.z(Decimal(2)) == Decimal(ROOT_2)  # 2 / root of 2
    assert str(Norm(3, Fraction(1, 3), Fraction(0)).at(Decimal(1))) == "0." + "3" * 50


def test_places_and_distances_that_end_are_shown_as_they_are() -> None:
    norm = Norm(2, Fraction(70), Fraction(100))
    assert (norm.sd, norm.at(Decimal(2)), norm.at(Decimal("-0.5"))) == (10, 90, 65)
    assert (norm.z(Decimal(85)), norm.z(Decimal(50))) == (Decimal("1.5"), -2)


def test_without_spread_there_is_no_z() -> None:
    assert Norm(2, Fraction(5), Fraction(0)).z(Decimal(9)) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_showing_what_is_no_number_is_refused(value: str) -> None:
    assert codes_of(lambda: TWO.z(Decimal(value))) == ["scoring.value"]
    assert codes_of(lambda: TWO.at(Decimal(value))) == ["scoring.value"]


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1):
        assert norm_of([Decimal("2.25"), Decimal("4.25")]) == Norm(2, Fraction(13, 4), Fraction(1))
        assert TWO.at(Decimal("1")) == Decimal(ROOT_2)


GROUPS = st.lists(st.none() | st.decimals(-100, 100, places=2), max_size=12)


@settings(max_examples=100, deadline=None)
@given(GROUPS, st.randoms(use_true_random=False), st.sampled_from(Spread))
def test_the_order_of_units_does_not_matter(group: list[Decimal | None], chance, spread: Spread) -> None:
    shuffled = list(group)
    chance.shuffle(shuffled)
    assert norm_of(shuffled, spread) == norm_of(group, spread)


@settings(max_examples=100, deadline=None)
@given(GROUPS.filter(any), st.decimals(-3, 3, places=1), st.decimals(-100, 100, places=2))
def test_what_is_shown_agrees_with_what_decides(group: list[Decimal | None], z: Decimal, value: Decimal) -> None:
    norm = norm_of(group)
    assert norm is not None
    place = norm.at(z)
    if abs(place - value) > Decimal("1e-40"):
        assert norm.compare(value, z) == (value > place) - (value < place)
