"""What full marks would add, and how far the next score is: worked out by hand from rates and people."""

from decimal import Decimal

import pytest

from reports.building import COUNTS, FAR, NEAR, make_run
from samrit.reports.figures import Figures
from samrit.reports.values import needed_for_next_score
from samrit.schemes import Counted


def test_what_a_unit_misses_adds_up_to_its_undistributed() -> None:
    figures = Figures(make_run())
    for org in (NEAR, FAR):
        missed = sum(m.amount for m in figures.missed if m.payee.org == org)
        assert missed == figures.amount(org, "undistributed") > 0


def test_what_is_missed_of_an_item_is_its_rate_times_people_times_the_open_part() -> None:
    """1.1: 4.33 baht; the near unit has full marks, the far unit one fifth of them."""
    missed = {(m.payee.org, m.item.item): m.amount for m in Figures(make_run()).missed}
    assert missed[NEAR, "1.1"] == 0
    assert missed[FAR, "1.1"] == 4_33 * 50_000 * 4 // 5
    assert missed[NEAR, "3.1"] == 3_25 * 100_000 // 5


def test_the_reasons_of_the_run_are_those_of_the_missed_items() -> None:
    """No bands: 2.2-2.4 and 3.3-3.4, 3 x 2.43 + 2 x 2.16 = 11.61 baht per head (qof-2557 section 4)."""
    figures = Figures(make_run())
    unscored = sum(m.amount for m in figures.missed if m.line.scored.standing.value == "unscored")
    assert unscored == 11_61 * 150_000 == figures.total("of_which.unscored")


def test_money_without_bands_is_nobodys_fault() -> None:
    standings = {m.line.scored.standing.value for m in Figures(make_run()).missed_by_performance}
    assert standings == {"scored", "no_data"}


@pytest.mark.parametrize(
    ("a", "b", "need"),
    [(64, 100, 1), (649, 1000, 1), (64_990, 100_000, 5), (60, 100, 5), (0, 3, 2)],
)
def test_the_next_score_is_reached_by_so_many_more_and_not_by_one_less(a: int, b: int, need: int) -> None:
    """The edge is 65.00 and values are rounded to two places, so 64.995 is enough."""
    counts = {**COUNTS, ("1.1", FAR): Counted(a, b, (Decimal(a) * 100 / b).quantize(Decimal("0.0001")))}
    figures = Figures(make_run(counts=counts))
    item = figures.run.pack.item("1.1")
    assert needed_for_next_score(figures, item, figures.lines[FAR, "1.1"]) == need
    assert (a + need) * 100 * 1000 >= 64_995 * b > (a + need - 1) * 100 * 1000


def test_no_number_is_said_at_full_marks_or_without_a_value() -> None:
    figures = Figures(make_run())
    for item in ("1.1", "1.2", "2.2", "3.1"):
        assert needed_for_next_score(figures, figures.run.pack.item(item), figures.lines[NEAR, item]) is None


def test_the_place_is_named_as_people_name_it() -> None:
    assert Figures(make_run()).place_th == "จังหวัดเลย"
    assert Figures(make_run(whole="region:8")).place_th == "เขตสุขภาพที่ 8"
    assert Figures(make_run(whole=FAR)).place_th == "หน่วยบริการประจำ เมืองไกล"
    assert Figures(make_run(whole="all")).place_th == "ทุกหน่วยบริการประจำ"
