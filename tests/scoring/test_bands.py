"""Bands: which sets are accepted, what a value earns in them, and how the edges are rounded to."""

import decimal
import pickle
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import NO_DATA, UNSCORED, Bands, Better, ScoreStanding, band
from scoring.reasons import codes_of

EDGES = (Decimal(65), Decimal(70), Decimal(75), Decimal(80))
B1 = Bands((1, 2, 3, 4, 5), EDGES, 2, Better.HIGHER)
LOW = Bands((1, 2, 3), (Decimal(4), Decimal(8)), 1, Better.LOWER)
AROUND_ZERO = (Decimal(-1), Decimal(0), Decimal(1))


def codes(scores: tuple[Decimal | int, ...], edges: tuple[str, ...], decimals: int = 2) -> list[str]:
    return codes_of(lambda: Bands(scores, tuple(Decimal(edge) for edge in edges), decimals, Better.HIGHER))


def test_printed_set_is_accepted() -> None:
    assert (B1.max_score, B1.best, B1.worst) == (5, 5, 1)


def test_single_band_needs_no_edge() -> None:
    only = Bands((3,), (), 0, Better.HIGHER)
    assert (only.best, only.worst, band(Decimal(-7), only).score) == (3, 3, 3)


def test_scores_may_be_broken_numbers() -> None:
    halves = Bands((Decimal("0.5"), Decimal("1.5")), (Decimal(10),), 0, Better.HIGHER)
    assert band(Decimal(10), halves).score == Decimal("1.5")
    assert (halves.best, halves.worst) == (Decimal("1.5"), Decimal("0.5"))


@pytest.mark.parametrize("edges", [(), ("65", "70"), ("65", "70", "75")])
def test_edges_are_one_fewer_than_scores(edges: tuple[str, ...]) -> None:
    assert codes((1, 2), edges) == ["scoring.edges.count"]
    with pytest.raises(Exception, match=f"2 scores need 1 edges, found {len(edges)}"):
        Bands((1, 2), tuple(Decimal(edge) for edge in edges), 2, Better.HIGHER)


@pytest.mark.parametrize("edges", [("70", "65"), ("65", "65"), ("65", "65.00")])
def test_edges_rise(edges: tuple[str, ...]) -> None:
    assert codes((1, 2, 3), edges) == ["scoring.edges.rising"]


@pytest.mark.parametrize("scores", [(2, 1), (1, 1), (-1, 0), (Decimal("NaN"), 1), (0, Decimal("Infinity"))])
def test_scores_rise_and_are_finite_and_not_negative(scores: tuple[Decimal | int, ...]) -> None:
    assert codes(scores, ("65",)) == ["scoring.scores"]


def test_no_scores_are_refused_without_asking_for_minus_one_edges() -> None:
    assert codes((), ()) == ["scoring.scores", "scoring.edges.count"]
    with pytest.raises(Exception, match="need 0 edges, found 0"):
        Bands((), (), 2, Better.HIGHER)


def test_edge_between_two_rounded_values_is_refused() -> None:
    assert codes((1, 2), ("69.995",)) == ["scoring.edges.decimals"]
    assert Bands((1, 2), (Decimal("69.995"),), 3, Better.HIGHER).decimals == 3


@pytest.mark.parametrize("edge", ["NaN", "Infinity"])
def test_edge_that_is_no_number_is_refused(edge: str) -> None:
    assert codes((1, 2), (edge,)) == ["scoring.edges.number"]


def test_edge_that_is_no_number_does_not_hide_that_the_next_ones_fall() -> None:
    assert codes((1, 2, 3, 4), ("9", "NaN", "8")) == ["scoring.edges.number", "scoring.edges.rising"]


@pytest.mark.parametrize("decimals", [-1, 11])
def test_decimals_outside_zero_to_ten_are_refused(decimals: int) -> None:
    assert codes((1, 2), ("1",), decimals) == ["scoring.decimals"]


@pytest.mark.parametrize("decimals", [0, 10])
def test_decimals_of_zero_to_ten_are_accepted(decimals: int) -> None:
    assert Bands((1, 2), (Decimal(1),), decimals, Better.HIGHER).decimals == decimals


def test_all_mistakes_are_shown_together_with_the_place_of_the_edge() -> None:
    assert codes((2, 1), ("70", "65", "1.001"), 2) == [
        "scoring.scores",
        "scoring.edges.count",
        "scoring.edges.rising",
        "scoring.edges.rising",
        "scoring.edges.decimals",
    ]
    with pytest.raises(Exception, match=r"Edge 3 \(1.001\) cannot be written with 2 decimals"):
        Bands((1, 2, 3, 4), (Decimal(-1), Decimal(0), Decimal("1.001")), 2, Better.HIGHER)
    with pytest.raises(Exception, match=r"Edge 2 \(65\) must be above the edge before it \(70\)"):
        Bands((1, 2, 3), (Decimal(70), Decimal(65)), 2, Better.HIGHER)
    with pytest.raises(Exception, match="Edge 1 is not a finite number"):
        Bands((1, 2), (Decimal("NaN"),), 2, Better.HIGHER)


def test_value_on_the_edge_earns_the_higher_band() -> None:
    scored = band(Decimal(70), B1)
    assert (scored.score, scored.standing, scored.band) == (3, ScoreStanding.SCORED, 3)
    assert (scored.next_edge, scored.distance, scored.basis) == (75, 5, ())


def test_value_is_rounded_half_up_before_it_is_compared() -> None:
    assert band(Decimal("69.994"), B1).score == 2
    assert band(Decimal("69.99499999999999999999999999999999999999999999999999999999999"), B1).score == 2
    assert band(Decimal("69.995"), B1).score == 3


def test_reported_value_however_poor_earns_the_lowest_score() -> None:
    scored = band(Decimal(0), B1)
    assert (scored.score, scored.band, scored.next_edge, scored.distance) == (1, 1, 65, 65)
    assert band(Decimal(-50), B1).score == 1


def test_best_band_has_nothing_above() -> None:
    scored = band(Decimal(100), B1)
    assert (scored.score, scored.band, scored.next_edge, scored.distance) == (5, 5, None, None)


def test_no_value_scores_zero_and_says_so() -> None:
    assert band(None, B1) == NO_DATA


def test_no_bands_is_no_score_and_not_zero() -> None:
    assert band(Decimal(90), None) == UNSCORED
    assert band(None, None) == UNSCORED


@pytest.mark.parametrize(
    ("value", "score", "next_edge", "distance"),
    [
        ("0", 3, None, None),
        ("4", 3, None, None),
        ("4.04", 3, None, None),
        ("4.05", 2, "4", "0.1"),
        ("8", 2, "4", "4"),
        ("8.04", 2, "4", "4.0"),
        ("8.05", 1, "8", "0.1"),
        ("99", 1, "8", "91"),
    ],
)
def test_lower_is_better_mirrors_the_edges(value: str, score: int, next_edge: str | None, distance: str | None) -> None:
    scored = band(Decimal(value), LOW)
    assert scored.score == score
    assert scored.band == score
    assert scored.next_edge == (None if next_edge is None else Decimal(next_edge))
    assert scored.distance == (None if distance is None else Decimal(distance))


@pytest.mark.parametrize(
    ("value", "higher", "lower"),
    [
        ("-1.51", 0, 3),  # -2
        ("-1.5", 0, 3),  # a half is rounded away from zero: -2
        ("-1.49", 1, 3),  # -1
        ("-1", 1, 3),
        ("-0.5", 1, 3),  # -1
        ("-0.49", 2, 2),  # 0
        ("0", 2, 2),
        ("0.49", 2, 2),
        ("0.5", 3, 1),  # 1
        ("1", 3, 1),
        ("1.49", 3, 1),
        ("1.5", 3, 0),  # 2
    ],
)
def test_a_half_is_rounded_away_from_zero_on_both_sides_of_it(value: str, higher: int, lower: int) -> None:
    assert band(Decimal(value), Bands((0, 1, 2, 3), AROUND_ZERO, 0, Better.HIGHER)).score == higher
    assert band(Decimal(value), Bands((0, 1, 2, 3), AROUND_ZERO, 0, Better.LOWER)).score == lower


@pytest.mark.parametrize("better", list(Better))
def test_edges_of_many_digits_stay_exact(better: Better) -> None:
    edge = Decimal("1e30")
    bands = Bands((0, 1), (edge,), 10, better)
    just_below, just_above = edge - Decimal("1e-10"), edge + Decimal("1e-10")
    with decimal.localcontext(prec=60):
        just_below, just_above = edge - Decimal("1e-10"), edge + Decimal("1e-10")
    scores = [band(value, bands).score for value in (just_below, edge, just_above)]
    assert scores == ([0, 1, 1] if better is Better.HIGHER else [1, 1, 0])


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_value_that_is_no_number_is_refused(value: str) -> None:
    assert codes_of(lambda: band(Decimal(value), B1)) == ["scoring.value"]


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP) as context:
        context.traps[decimal.Inexact] = True
        scored = band(Decimal("69.994"), Bands((1, 2, 3, 4, 5), EDGES, 2, Better.HIGHER))
        assert scored.score == 2
        assert scored.distance == Decimal("0.01")


def test_bands_are_values() -> None:
    same = Bands((1, 2, 3, 4, 5), EDGES, 2, Better.HIGHER)
    assert {B1, same} == {B1}
    assert pickle.loads(pickle.dumps(B1)) == B1
    assert "_cuts" not in repr(B1)


VALUES = st.decimals(-20, 130, places=3)


@st.composite
def any_bands(draw: st.DrawFn, better: Better) -> Bands:
    edges = sorted(draw(st.sets(st.decimals(-10, 100, places=2), max_size=6)))
    return Bands(tuple(range(len(edges) + 1)), tuple(edges), 2, better)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(Better).flatmap(any_bands), VALUES, VALUES)
def test_better_value_never_scores_less(bands: Bands, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other), reverse=bands.better is Better.LOWER)
    assert (band(worse, bands).score or 0) <= (band(better, bands).score or 0)


@settings(max_examples=100, deadline=None)
@given(any_bands(Better.LOWER), VALUES)
def test_lower_is_better_is_the_mirror_image(bands: Bands, value: Decimal) -> None:
    mirrored = Bands(bands.scores, tuple(-edge for edge in reversed(bands.lower_edges)), 2, Better.HIGHER)
    here, there = band(value, bands), band(-value, mirrored)
    assert (here.score, here.band, here.distance) == (there.score, there.band, there.distance)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(Better).flatmap(any_bands), VALUES)
def test_walking_the_distance_reaches_exactly_the_next_band(bands: Bands, value: Decimal) -> None:
    here = band(value, bands)
    if here.next_edge is not None:
        assert here.band is not None
        assert here.distance is not None
        assert here.distance > 0
        assert band(here.next_edge, bands).band == here.band + 1
