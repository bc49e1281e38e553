"""The next better step: what is missing in the value, in A at the same B, and what it is worth in satang."""

from decimal import Decimal
from fractions import Fraction

import pytest

from samrit.schemes import Counted, RunInputs, Standing, read_pack
from schemes.building import PACK
from schemes.explained import evaluated, explained, of_ab, payee, text, typed

UNIT = payee("11033", {"uc": 10_000})
LOW = {"scoring.LOW": "{kind: bands, unit: rate, standing: assumed, lower_edges: [10, 20, 30, 40]}"}


def test_bands_say_how_many_more_of_a_reach_the_next_one_and_its_money() -> None:
    """694 of 1,000 is 69.4: score 3. 70 opens score 4: 6 more. One step is 1/5 x 3.25 baht x 10,000 people."""
    run = evaluated(PACK, [UNIT], {("2.6", "11033"): of_ab(694, 1000, "69.4")})
    said = explained(run, "11033", "2.6")
    (step,) = said.steps
    assert (step.score, step.edge, step.distance) == (4, 70, Decimal("0.6"))
    assert (step.more, step.a, step.worth, step.estimate) == (6, 700, 650_000, False)
    assert "ถึงขั้นถัดไป (คะแนน 4) เมื่อค่าถึง 70 ยังขาดอีก 0.6" in said.sentences()
    assert "คือ A เพิ่มอีก 6 คน เป็น 700 ที่ B เท่าเดิม (1,000)" in said.sentences()
    assert "ถ้าถึงขั้นนั้นหน่วยจะได้เงินเพิ่ม 6,500.00 บาท" in said.sentences()


def test_what_the_unit_earns_with_other_items_is_no_part_of_the_worth() -> None:
    counts = {("2.6", "11033"): of_ab(694, 1000, "69.4"), ("1.1", "11033"): of_ab(80, 100, "80")}
    (step,) = explained(evaluated(PACK, [UNIT], counts), "11033", "2.6").steps
    assert step.worth == 650_000


def test_rounding_before_banding_is_part_of_the_distance() -> None:
    """Of 20,000, 13,999 are 69.995, which is read as 70.00: one more is enough."""
    run = evaluated(PACK, [UNIT], {("2.6", "11033"): of_ab(13_998, 20_000, "69.99")})
    (step,) = explained(run, "11033", "2.6").steps
    assert step.more == 1


def test_where_less_is_better_the_way_leads_down() -> None:
    """25 of 100 is score 3 (20-30); up to 20 is score 4."""
    pack = read_pack("qof-2557", {**LOW, "items.2.4.score.by": "LOW"})
    run = evaluated(pack, [UNIT], {("2.4", "11033"): of_ab(25, 100, "25")})
    said = explained(run, "11033", "2.4")
    (step,) = said.steps
    assert (step.more, step.a) == (-5, 20)
    assert "ถึงขั้นถัดไป (คะแนน 4) เมื่อค่าไม่เกิน 20 ต้องลดลงอีก 5" in said.sentences()
    assert "A ลดลงอีก 5 ครั้ง เป็น 20" in text(said)


def test_a_ratio_may_need_more_of_a_than_there_are_of_b() -> None:
    """93/117 = 0.79; 118/117 = 1.0085 is read as 1.01, 117/117 is not."""
    run = evaluated(PACK, [UNIT], {("2.1", "11033"): Counted(93, 117, Decimal(93) / 117)})
    (step,) = explained(run, "11033", "2.1").steps
    assert (step.more, step.a) == (25, 118)


def test_a_step_that_all_of_b_do_not_reach_is_out_of_reach() -> None:
    changes = {"scoring.HARD": "{kind: bands, unit: percent, lower_edges: [50, 101], standing: assumed}"}
    pack = read_pack("qof-2557", {**changes, "items.2.6.score.by": "HARD"})
    run = evaluated(pack, [UNIT], {("2.6", "11033"): of_ab(60, 100, "60")})
    said = explained(run, "11033", "2.6")
    (step,) = said.steps
    assert (step.reachable, step.more, step.worth) == (False, None, None)
    assert "ยังไม่ถึงขั้นถัดไป" in text(said)


def test_the_best_band_has_no_step_and_says_so() -> None:
    run = evaluated(PACK, [UNIT], {("2.6", "11033"): of_ab(80, 100, "80")})
    said = explained(run, "11033", "2.6")
    assert said.steps == ()
    assert "ได้คะแนนสูงสุดของเกณฑ์นี้แล้ว" in said.sentences()


@pytest.mark.parametrize("counted", [None, Counted(0, 0, None)])
def test_what_has_no_value_has_no_step(counted: Counted | None) -> None:
    said = explained(evaluated(PACK, [UNIT], {("2.6", "11033"): counted} if counted else {}), "11033", "2.6")
    assert said.steps == ()
    assert "ขั้นถัดไป" not in text(said)


def test_linear_points_lead_to_full_marks() -> None:
    """58.5 is half of the way from 40 to 77: 7 of 14 points of 201.16 pounds at the mean list; 7 are missing."""
    unit = payee("A1", {"list": 9103})
    counts = {("2.1", "A1"): of_ab(585, 1000, "58.5", Standing.TYPED_IN)}
    said = explained(evaluated(read_pack("uk-qof"), [unit], counts), "A1", "2.1")
    (step,) = said.steps
    assert (step.edge, step.more, step.worth) == (77, 185, 140_812)
    assert "คะแนนเต็มเมื่อค่าถึง 77 ยังขาดอีก 18.5" in said.sentences()
    assert "ถ้าถึงขั้นนั้นหน่วยจะได้เงินเพิ่ม 1,408.12 ปอนด์" in said.sentences()


def test_an_improvement_is_counted_from_last_year() -> None:
    """20 last year and 19 now is 5 percent less: score 3. 10 percent less is 18 of 100."""
    pack = read_pack("qof-2560")
    unit = payee("11033", {"uc": 1000, "thai": 1500})
    counts = {("2.2", "11033"): of_ab(19, 100, "19")}
    run = evaluated(pack, [unit], counts, RunInputs(last={("2.2", "11033"): Decimal(20)}))
    said = explained(run, "11033", "2.2")
    (step,) = said.steps
    assert said.subject.line.scored.score == 3
    assert (step.edge, step.distance, step.of_change, step.more) == (10, 5, True, -1)
    assert "ถึงขั้นถัดไป (คะแนน 4) เมื่อลดลงจากปีก่อนถึง 10 ยังขาดอีก 5" in said.sentences()
    assert step.worth == 1000 * 300 // 5  # a fifth of 3 baht


def test_an_improvement_of_a_typed_in_value_is_worth_its_step_too() -> None:
    """Nobody knows A and B; 85 last year, 87 now: 2 points more. 90 is 5 points more."""
    rise = "{kind: improvement, change: points, standing: assumed, lower_edges: [1, 5], scores: [1, 3, 5]}"
    pack = read_pack("qof-2557", {"scoring.RISE": rise, "items.3.1.score.by": "RISE"})
    inputs = RunInputs(last={("3.1", "11033"): Decimal(85)})
    said = explained(evaluated(pack, [UNIT], {("3.1", "11033"): typed("87")}, inputs), "11033", "3.1")
    (step,) = said.steps
    assert (step.score, step.edge, step.distance, step.more) == (5, 5, 3, None)
    assert step.worth == 2 * 325 * 10_000 // 5


def test_the_next_level_is_the_next_that_scores_more() -> None:
    pack = read_pack("qof-2557", {"items.3.3.score.by": "LEVEL"})
    said = explained(evaluated(pack, [UNIT], {("3.3", "11033"): typed("2")}), "11033", "3.3")
    (step,) = said.steps
    assert (step.score, step.edge, step.distance, step.worth) == (3, 3, 1, 216 * 10_000 // 5)
    assert "ระดับ 2 (คีย์เข้า)" in said.sentences()


REFERRAL = [payee(f"H{n}", {"uc": 1000, "referral_uc": 1000}) for n in range(5)]
CHARTS = (50, 60, 70, 80, 90)


def variance(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Mean and variance of all, in plain fractions."""
    mean = sum(values) / len(values)
    return mean, sum((v - mean) ** 2 for v in values) / len(values)


def test_a_norm_moves_with_the_unit_that_steps() -> None:
    """70 is the mean: score 3. The edge of score 4, mean + 1 SD, rises when the unit itself rises."""
    counts = {("P7", f"H{n}"): of_ab(a, 100, str(a), Standing.TYPED_IN) for n, a in enumerate(CHARTS)}
    said = explained(evaluated(read_pack("nhso-2552"), REFERRAL, counts), "H2", "P7")
    assert said.subject.line.scored.score == 3
    (step,) = said.steps

    def reaches(a: int) -> bool:
        mean, spread = variance([Fraction(v) for v in (50, 60, a, 80, 90)])
        return a > mean and (a - mean) ** 2 >= spread

    assert step.a == next(a for a in range(71, 101) if reaches(a))
    assert step.a > Fraction("84.15")  # where the edge is today
    assert step.estimate
    assert "(ประมาณการ หากหน่วยอื่นไม่เปลี่ยนแปลง)" in text(said)


def test_a_norm_of_typed_in_values_is_walked_after_until_it_is_reached() -> None:
    counts = {("P7", f"H{n}"): typed(str(a)) for n, a in enumerate(CHARTS)}
    said = explained(evaluated(read_pack("nhso-2552"), REFERRAL, counts), "H2", "P7")
    (step,) = said.steps
    assert (step.more, step.score) == (None, 4)
    assert step.worth is not None
    assert step.worth > 0


def test_what_no_percentage_can_reach_is_worth_nothing_that_can_be_told() -> None:
    """0, 0, 0 and 60: one alone is the root of 3 = 1.73 SD above the mean, however high it goes; 2 SD are asked."""
    counts = {("P7", f"H{n}"): typed(a) for n, a in enumerate(("0", "0", "0", "60"))}
    said = explained(evaluated(read_pack("nhso-2552"), REFERRAL[:4], counts), "H3", "P7")
    assert said.subject.line.scored.score == 4
    (step,) = said.steps
    assert (step.worth, step.score) == (None, None)
    assert step.edge is not None


def test_in_a_pool_by_the_mean_the_worth_is_what_paying_again_gives() -> None:
    """Two units of 1,000 people, levels 1 and 3 of R3 alone: points 15 and 45, mean 30, rates 5 and 15 baht, 20,000 in
    all, which is the pot. With level 2: points 30 and 45, mean 37.5, rates 8 and 12: 8,000 instead of 5,000 baht."""
    units = [payee("H1", {"referral_uc": 1000}), payee("H2", {"referral_uc": 1000})]
    counts = {("R3", "H1"): typed("1"), ("R3", "H2"): typed("3")}
    said = explained(evaluated(read_pack("nhso-2552"), units, counts), "H1", "R3")
    assert said.subject.earned == 500_000
    assert (said.steps[0].worth, said.steps[0].estimate) == (300_000, True)
