"""Scores: edges, rounding, the ways to have no score, points."""

import decimal
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import (
    NO_DATA,
    NOT_COMPUTED,
    UNSCORED,
    Bands,
    Better,
    Scored,
    ScoreStanding,
    ScoringError,
    band,
    points,
    share,
)

B1 = Bands((1, 2, 3, 4, 5), (Decimal(65), Decimal(70), Decimal(75), Decimal(80)), 2, Better.HIGHER)
LOW = Bands((1, 2, 3), (Decimal(4), Decimal(8)), 1, Better.LOWER)


def test_value_on_the_edge_earns_the_higher_band() -> None:
    assert band(Decimal(70), B1) == Scored(Decimal(3), ScoreStanding.SCORED, 3, Decimal(75), Decimal(5))


def test_value_is_rounded_half_up_before_it_is_compared() -> None:
    assert band(Decimal("69.994"), B1).score == 2
    assert band(Decimal("69.995"), B1).score == 3


def test_reported_value_however_poor_earns_the_lowest_score() -> None:
    assert band(Decimal(0), B1) == Scored(Decimal(1), ScoreStanding.SCORED, 1, Decimal(65), Decimal(65))
    assert band(Decimal(-50), B1).score == 1


def test_best_band_has_nothing_above() -> None:
    assert band(Decimal(100), B1) == Scored(Decimal(5), ScoreStanding.SCORED, 5, None, None)


def test_distance_counts_from_the_rounded_value() -> None:
    assert band(Decimal("69.9949"), B1).distance == Decimal("0.01")


def test_no_value_scores_zero_and_says_so() -> None:
    assert band(None, B1) == NO_DATA
    assert NO_DATA.score == 0
    assert NO_DATA.standing is ScoreStanding.NO_DATA


def test_no_bands_is_no_score_and_not_zero() -> None:
    assert band(Decimal(90), None) == UNSCORED
    assert band(None, None) == UNSCORED
    assert UNSCORED.score is None


def test_the_four_standings_are_four_different_results() -> None:
    results = {band(Decimal(0), B1), NO_DATA, UNSCORED, NOT_COMPUTED}
    assert len(results) == 4
    assert NOT_COMPUTED.score is None


@pytest.mark.parametrize(
    ("value", "score", "next_edge", "distance"),
    [
        ("0", 3, None, None),
        ("4", 3, None, None),
        ("4.04", 3, None, None),
        ("4.05", 2, "4", "0.1"),
        ("8", 2, "4", "4"),
        ("8.1", 1, "8", "0.1"),
        ("99", 1, "8", "91"),
    ],
)
def test_lower_is_better_mirrors_the_edges(value: str, score: int, next_edge: str | None, distance: str | None) -> None:
    scored = band(Decimal(value), LOW)
    assert scored.score == score
    assert scored.band == score
    assert scored.next_edge == (None if next_edge is None else Decimal(next_edge))
    assert scored.distance == (None if distance is None else Decimal(distance))


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_value_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ScoringError) as caught:
        band(Decimal(value), B1)
    assert caught.value.problems[0].code == "scoring.value"


def test_points_are_the_part_of_full_marks_times_the_weight() -> None:
    assert points(band(Decimal(76), B1), B1.max_score, Decimal(45)) == 36
    assert points(NO_DATA, 5, Decimal(45)) == 0


def test_points_multiply_before_they_divide() -> None:
    assert points(Scored(Decimal(1), ScoreStanding.SCORED), 3, Decimal(60)) == 20


@pytest.mark.parametrize("nothing", [UNSCORED, NOT_COMPUTED])
def test_no_score_gives_no_points_and_no_share(nothing: Scored) -> None:
    assert points(nothing, 5, Decimal(45)) is None
    assert share(nothing, 5) is None


def test_share_is_the_part_of_full_marks() -> None:
    assert share(band(Decimal(70), B1), 5) == Decimal("0.6")


@pytest.mark.parametrize(("scored", "max_score"), [(NO_DATA, 0), (NO_DATA, -5), (band(Decimal(99), B1), 4)])
def test_full_score_below_the_score_is_refused(scored: Scored, max_score: int) -> None:
    with pytest.raises(ScoringError) as caught:
        points(scored, max_score, Decimal(1))
    assert caught.value.problems[0].code == "scoring.max_score"


@pytest.mark.parametrize("weight", ["-1", "NaN", "Infinity"])
def test_weight_that_cannot_be_one_is_refused(weight: str) -> None:
    with pytest.raises(ScoringError) as caught:
        points(NO_DATA, 5, Decimal(weight))
    assert caught.value.problems[0].code == "scoring.weight"


def test_caller_context_changes_nothing() -> None:
    with decimal.localcontext(prec=1, rounding=decimal.ROUND_UP) as context:
        context.traps[decimal.Inexact] = True
        scored = band(Decimal("69.994"), B1)
        assert scored.score == 2
        assert scored.distance == Decimal("0.01")
        assert points(scored, 5, Decimal("12.345")) == Decimal("4.938")


VALUES = st.decimals(-20, 130, places=3)


@st.composite
def any_bands(draw: st.DrawFn, better: Better) -> Bands:
    edges = sorted(draw(st.sets(st.decimals(0, 100, places=2), max_size=6)))
    return Bands(tuple(range(len(edges) + 1)), tuple(edges), 2, better)


@settings(max_examples=100, deadline=None)
@given(any_bands(Better.HIGHER), VALUES, VALUES)
def test_better_value_never_scores_less(bands: Bands, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other))
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
