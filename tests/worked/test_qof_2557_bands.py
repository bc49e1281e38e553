"""QOF 2557, section 4: the printed bands meet without gap, and all cases at their edges."""

from decimal import Decimal

import pytest

from samrit.scoring import Bands, Better, band
from worked.qof_2557_tables import rows

BANDS = {
    row["band_id"]: Bands(
        (1, 2, 3, 4, 5),
        tuple(Decimal(edge) for edge in row["edges_lower_inclusive_2_3_4_5"].split(";")),
        2,
        Better.HIGHER,
    )
    for row in rows("qof2557_bands.csv")
}
CASES = rows("qof2557_band_cases.csv")
PRINTED = [
    (row["band_id"], score, row[f"score_{score}"]) for row in rows("qof2557_bands.csv") for score in (1, 2, 3, 4, 5)
]


def test_all_cases_are_read() -> None:
    assert len(CASES) == 29


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['band_id']} {case['value']}")
def test_value_earns_the_expected_score(case: dict[str, str]) -> None:
    """Section 4: rounded half up to two decimals, then compared."""
    assert band(Decimal(case["value"]), BANDS[case["band_id"]]).score == int(case["expected_score"])


@pytest.mark.parametrize(("band_id", "score", "text"), PRINTED)
def test_both_ends_of_every_printed_band_earn_its_score(band_id: str, score: int, text: str) -> None:
    """Section 4: `<65`, `65-69.99`, `>=80`, `>1.70` as printed."""
    satang = Decimal("0.01")
    if text.startswith(">="):
        ends = [Decimal(text[2:])]
    elif text.startswith(">"):
        ends = [Decimal(text[1:]) + satang]
    elif text.startswith("<"):
        ends = [Decimal(text[1:]) - satang]
    else:
        ends = [Decimal(end) for end in text.split("-")]
    assert [band(end, BANDS[band_id]).score for end in ends] == [score] * len(ends)


@pytest.mark.parametrize("band_id", sorted(BANDS))
def test_no_data_scores_zero_but_any_value_scores_at_least_one(band_id: str) -> None:
    """Section 4: without this a unit without data would earn 20%."""
    assert band(None, BANDS[band_id]).score == 0
    assert band(Decimal(0), BANDS[band_id]).score == 1
