"""Norm bands: scores by standard deviations from the mean of the group."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import NO_DATA, Better, Known, Norm, NormBands, ScoreStanding, norm_of
from scoring.reasons import codes_of

NORM = Norm(20, Fraction(70), Fraction(100))  # SD 10
HIGHER, LOWER = NormBands(), NormBands(better=Better.LOWER)


def known(value: str, norm: Norm | None = NORM) -> Known:
    return Known(Decimal(value), norms={} if norm is None else {"": norm})


def test_basis_says_group_mean_spread_and_z() -> None:
    assert HIGHER.score(known("85")).basis == (
        ("n", 20),
        ("mean", Decimal(70)),
        ("sd", Decimal(10)),
        ("z", Decimal("1.5")),
    )


def test_next_edge_lies_on_the_way_up() -> None:
    scored = HIGHER.score(known("65"))
    assert (scored.score, scored.band, scored.next_edge, scored.distance) == (2, 3, 70, 5)
    assert scored.standing is ScoreStanding.SCORED


def test_next_edge_lies_on_the_way_down_when_lower_is_better() -> None:
    scored = LOWER.score(known("75"))
    assert (scored.score, scored.band, scored.next_edge, scored.distance) == (2, 3, 70, 5)


def test_best_band_has_nothing_above() -> None:
    assert HIGHER.score(known("90")).next_edge is None
    assert LOWER.score(known("50")).next_edge is None


def test_next_edge_after_the_last_but_one_is_the_last() -> None:
    assert HIGHER.score(known("80")).next_edge == 90


def test_no_value_scores_zero_and_needs_no_norm() -> None:
    assert HIGHER.score(Known()) == NO_DATA


def test_without_spread_all_get_the_middle_score_and_no_z() -> None:
    flat = norm_of([Decimal(7), Decimal(7)])
    scored = HIGHER.score(known("7", flat))
    assert (scored.score, scored.standing, scored.band, scored.next_edge) == (3, ScoreStanding.SCORED, None, None)
    assert scored.value == 7
    assert scored.basis == (("n", 2), ("mean", Decimal(7)), ("sd", Decimal(0)))
    assert NormBands(sd_zero=Decimal("2.5")).score(known("7", flat)).score == Decimal("2.5")


def test_edges_and_scores_are_those_of_the_pack() -> None:
    own = NormBands((Decimal("-0.5"), Decimal("0.5")), (1, 2, Decimal("3.5")), sd_zero=2)
    assert [own.score(known(value)).score for value in ("64.99", "65", "74.99", "75")] == [1, 2, 2, Decimal("3.5")]
    assert (own.best, own.worst) == (Decimal("3.5"), 1)


def test_defaults_give_zero_to_five() -> None:
    assert (HIGHER.best, HIGHER.worst) == (5, 0)


def test_value_without_the_norm_of_its_group_is_refused() -> None:
    assert codes_of(lambda: HIGHER.score(known("70", None))) == ["scoring.norm.missing"]
    with pytest.raises(Exception, match="'value' is compared with the mean of its group"):
        HIGHER.score(known("70", None))
    assert codes_of(lambda: HIGHER.score(Known(Decimal(1), norms={"hai": NORM}))) == ["scoring.norm.missing"]


@pytest.mark.parametrize("norm", [NORM, Norm(1, Fraction(0), Fraction(0))])
@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_value_that_is_no_number_is_refused(value: str, norm: Norm) -> None:
    assert codes_of(lambda: HIGHER.score(known(value, norm))) == ["scoring.value"]


def test_edges_and_scores_that_cannot_be_are_refused_together() -> None:
    made = codes_of(lambda: NormBands((Decimal(1), Decimal(1)), (2, 1)))
    assert made == ["scoring.scores", "scoring.edges.count", "scoring.edges.rising"]


@pytest.mark.parametrize(("sd_zero", "fits"), [(0, False), (1, True), (3, True), (4, False)])
def test_score_without_spread_lies_between_worst_and_best(sd_zero: int, fits: bool) -> None:
    def make() -> NormBands:
        return NormBands((Decimal(0), Decimal(1)), (1, 2, 3), sd_zero=sd_zero)

    if fits:
        assert make().sd_zero == sd_zero
    else:
        assert codes_of(make) == ["scoring.norm.sd_zero"]
        with pytest.raises(Exception, match=f"The score for an SD of 0 must be 1 to 3, found {sd_zero}"):
            make()


GROUPS = st.lists(st.decimals(-50, 50, places=1), min_size=1, max_size=10)


def scores(group: list[Decimal], bands: NormBands) -> list[Decimal | None]:
    norm = norm_of(group)
    assert norm is not None
    return [bands.score(Known(value, norms={"": norm})).score for value in group]


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.decimals(-1000, 1000, places=2), st.decimals("0.01", 100, places=2), st.sampled_from(Better))
def test_shifting_and_stretching_all_values_changes_no_score(
    group: list[Decimal], shift: Decimal, stretch: Decimal, better: Better
) -> None:
    bands = NormBands(better=better)
    assert scores([value * stretch + shift for value in group], bands) == scores(group, bands)


@settings(max_examples=60, deadline=None)
@given(GROUPS)
def test_lower_is_better_is_the_mirror_image(group: list[Decimal]) -> None:
    assert scores([-value for value in group], HIGHER) == scores(group, LOWER)


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.sampled_from(Better))
def test_a_better_value_of_one_group_never_scores_less(group: list[Decimal], better: Better) -> None:
    in_order = sorted(group, reverse=better is Better.LOWER)
    made = [score or Decimal(0) for score in scores(in_order, NormBands(better=better))]
    assert made == sorted(made)


@pytest.mark.parametrize(("better", "below", "above"), [(Better.HIGHER, 0, 1), (Better.LOWER, 1, 0)])
def test_a_value_within_a_hair_of_an_edge_is_compared_exactly(better: Better, below: int, above: int) -> None:
    """The mean is 1/3: with 110 digits a value lies below or above it, nearer than any rounded edge could tell."""
    norms = {"": Norm(3, Fraction(1, 3), Fraction(1))}
    bands = NormBands((Decimal(0),), (0, 1), better, 0)
    hair_below = Decimal("0." + "3" * 110)
    hair_above = Decimal("0." + "3" * 109 + "4")
    scores = [bands.score(Known(value, norms=norms)).score for value in (hair_below, hair_above)]
    assert scores == [below, above]
