"""QOF 2557, section 3 (points and rates) and section 6 (checks against the UK scheme)."""

from collections import Counter
from decimal import Decimal
from itertools import combinations_with_replacement, product

import pytest

from samrit.allocation import to_satang
from samrit.formula import parse, round_half_up
from worked.qof_2557_tables import indicators, rows

PRINTED = {80: "4.33", 60: "3.25", 50: "2.71", 45: "2.43", 40: "2.16", 20: "1.08", 15: "0.81"}
RATE = parse("A x B")


def rate(points: int, value_per_point: str) -> str:
    found = RATE.evaluate({"A": points, "B": Decimal(value_per_point)})
    assert found is not None
    return str(round_half_up(found, 2))


@pytest.mark.parametrize("value_per_point", ["0.0541", "0.0541035", "0.05411"])
def test_rates_are_points_times_the_value_of_a_point(value_per_point: str) -> None:
    """Section 3: 0.0541, 54.65 x 0.99 / 1000 and 54.11 / 1000 give the same two decimals."""
    assert {points: rate(points, value_per_point) for points in PRINTED} == PRINTED


def test_value_of_a_point_is_after_the_one_percent_cut() -> None:
    """Section 3: 54.65 x 0.99 / 1000 = 0.0541035; without the cut 80 points would be 4.37."""
    assert parse("A x 0.99 / 1000").evaluate({"A": Decimal("54.65")}) == Decimal("0.0541035")
    assert rate(80, "0.05465") == "4.37"


def test_points_make_four_domains_of_1000() -> None:
    """Section 3: 400/300/200/100."""
    domains: Counter[str] = Counter()
    for domain, _, points, _ in indicators():
        domains[domain] += points
    assert domains == {"1": 400, "2": 300, "3": 200, "4": 100}


def test_every_indicator_shows_the_rate_of_its_points() -> None:
    """Section 3: the restored table, 22 indicators."""
    assert len(indicators()) == 22
    assert all(str(shown) == PRINTED[points] for _, _, points, shown in indicators())


@pytest.mark.parametrize(("domain", "total"), [("1", 2166), ("2", 1622), ("3", 1082), ("4", 540)])
def test_rates_add_up_to_the_printed_sum_of_the_domain(domain: str, total: int) -> None:
    """Section 3: 21.66, 16.22, 10.82, 5.40."""
    assert sum(to_satang(shown) for d, _, _, shown in indicators() if d == domain) == total


def test_domains_add_up_to_54_10_one_satang_below_54_11() -> None:
    """Section 3: the sum of the domain totals."""
    assert sum(to_satang(shown) for _, _, _, shown in indicators()) == 5410 == 5411 - 1


@pytest.mark.parametrize(
    ("printed", "lost", "total", "only"),
    [
        ((433, 271, 325), 3, 2166, (271, 433, 433)),
        ((243, 325), 4, 1622, (243, 243, 243, 325)),
        ((325, 216), 2, 1082, (216, 325)),
    ],
)
def test_lost_cells_have_one_solution(printed: tuple[int, ...], lost: int, total: int, only: tuple[int, ...]) -> None:
    """Section 3: a lost cell repeats a printed value and the sum must match (domains 1, 2, 3)."""
    fits = [c for c in combinations_with_replacement(sorted(printed), lost) if sum(c) + sum(printed) == total]
    assert fits == [only]


def test_lost_cells_of_domain_4_have_four_solutions() -> None:
    """Section 3, W1: one of rows 3-6 is 1.08."""
    fits = [cells for cells in product((108, 81), repeat=4) if sum(cells) + 108 + 81 == 540]
    assert len(fits) == 4
    assert all(sorted(cells) == [81, 81, 81, 108] for cells in fits)


def test_break_even_is_at_52_percent_of_points() -> None:
    """Section 5: 28.13 / 54.10."""
    found = parse("A / B x 100").evaluate({"A": Decimal("28.13"), "B": Decimal("54.10")})
    assert found is not None
    assert str(round_half_up(found, 1)) == "52.0"


def test_unscored_indicators_hold_215_points_and_11_61_baht() -> None:
    """Section 4: 2.2-2.4 (lower is better), 3.3 and 3.4 (levels) have no bands."""
    without = [
        f"{row['domain']}.{row['no']}"
        for row in rows("qof2557_indicators.csv")
        if row["direction"] == "lower" or row["unit"] == "level"
    ]
    assert without == ["2.2", "2.3", "2.4", "3.3", "3.4"]
    assert sum(points for _, code, points, _ in indicators() if code in without) == 215
    assert sum(to_satang(shown) for _, code, _, shown in indicators() if code in without) == 1161


@pytest.mark.parametrize(("lists", "pence"), [("1", 1488584), ("0.5", 744292), ("2", 2977168)])
def test_uk_points_by_list_size(lists: str, pence: int) -> None:
    """Section 6: 74 points x 201.16 = 14,885.84 for the mean list; half the list 7,442.92, double 29,771.68."""
    found = parse("A x B x C").evaluate({"A": 74, "B": Decimal("201.16"), "C": Decimal(lists)})
    assert found is not None
    assert to_satang(found) == pence
