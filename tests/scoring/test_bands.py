"""Bands: which sets are accepted."""

from decimal import Decimal

import pytest

from samrit.scoring import Bands, Better, ScoringError

EDGES = (Decimal(65), Decimal(70), Decimal(75), Decimal(80))


def codes(scores: tuple[int, ...], edges: tuple[str, ...], decimals: int = 2) -> list[str]:
    with pytest.raises(ScoringError) as caught:
        Bands(scores, tuple(Decimal(edge) for edge in edges), decimals, Better.HIGHER)
    return [p.code for p in caught.value.problems]


def test_printed_set_is_accepted() -> None:
    assert Bands((1, 2, 3, 4, 5), EDGES, 2, Better.HIGHER).max_score == 5


def test_single_band_needs_no_edge() -> None:
    assert Bands((3,), (), 0, Better.HIGHER).max_score == 3


@pytest.mark.parametrize("edges", [(), ("65", "70"), ("65", "70", "75")])
def test_edges_are_one_fewer_than_scores(edges: tuple[str, ...]) -> None:
    assert codes((1, 2), edges) == ["scoring.edges.count"]


@pytest.mark.parametrize("edges", [("70", "65"), ("65", "65"), ("65", "65.00")])
def test_edges_rise(edges: tuple[str, ...]) -> None:
    assert codes((1, 2, 3), edges) == ["scoring.edges.rising"]


@pytest.mark.parametrize("scores", [(2, 1), (1, 1), (-1, 0)])
def test_scores_rise_and_are_not_negative(scores: tuple[int, ...]) -> None:
    assert codes(scores, ("65",)) == ["scoring.scores"]


def test_no_scores_are_refused_without_asking_for_minus_one_edges() -> None:
    with pytest.raises(ScoringError) as caught:
        Bands((), (), 2, Better.HIGHER)
    assert "need 0 edges, found 0" in caught.value.problems[1].en


def test_edge_between_two_rounded_values_is_refused() -> None:
    assert codes((1, 2), ("69.995",)) == ["scoring.edges.decimals"]
    assert Bands((1, 2), (Decimal("69.995"),), 3, Better.HIGHER).decimals == 3


@pytest.mark.parametrize("edge", ["NaN", "Infinity"])
def test_edge_that_is_no_number_is_refused(edge: str) -> None:
    assert codes((1, 2), (edge,)) == ["scoring.edges.number"]


@pytest.mark.parametrize("decimals", [-1, 11])
def test_decimals_outside_zero_to_ten_are_refused(decimals: int) -> None:
    assert codes((1, 2), ("1",), decimals) == ["scoring.decimals"]


def test_all_mistakes_are_shown_together() -> None:
    assert codes((2, 1), ("70", "65", "1.001"), 2) == [
        "scoring.scores",
        "scoring.edges.count",
        "scoring.edges.rising",
        "scoring.edges.decimals",
        "scoring.edges.rising",
    ]
