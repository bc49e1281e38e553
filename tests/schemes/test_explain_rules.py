"""How the score came about, for every kind of rule and every reason for no score."""

from datetime import date
from decimal import Decimal

import pytest

from samrit.reports import words as reports
from samrit.schemes import Counted, Pack, RunInputs, read_pack
from samrit.schemes.explaining.words import NO_REPORT, NO_TARGET, NOT_ENTERED
from samrit.scoring import Fact
from schemes.building import PACK
from schemes.explained import evaluated, explained, of_ab, payee, text, typed

UNIT = payee("11033", {"uc": 10_000})
NHSO = read_pack("nhso-2552")
H = [payee(f"H{n}", {"uc": 1000, "referral_uc": 1000}) for n in range(4)]
BRANCHES = "[{when: [{fact: last, at_least: 80}], by: B1}, {when: [{fact: last, at_least: 70}], by: B2}]"


def facts(item: str, of: dict[str, dict[str, Fact]], unit: str = "") -> RunInputs:
    """Facts of payees."""
    return RunInputs(facts={(item, org): {unit: known} for org, known in of.items()})


def test_bands_are_told_step_by_step_with_who_says_so() -> None:
    said = explained(evaluated(PACK, [UNIT], {("2.6", "11033"): of_ab(65, 100, "65")}), "11033", "2.6")
    told = text(said)
    assert "คะแนน 3 จาก 5 ตามเกณฑ์ B5 (ข้อเสนอ ยังไม่เป็นทางการ) ได้ 36 จาก 60 คะแนน (คำนวณย้อนจากตัวเลขที่พิมพ์)" in told
    assert "ต่ำกว่า 50 ได้ 1; 50 ถึงต่ำกว่า 60 ได้ 2; 60 ถึงต่ำกว่า 70 ได้ 3" in told
    assert said.as_dict()["band"] == 3
    assert said.as_dict()["steps"][0] == {"score": "1", "th": "ต่ำกว่า 50", "en": "below 50"}


@pytest.mark.parametrize(
    ("last", "by", "why"),
    [("85", "B1", "เกณฑ์ C ใช้เงื่อนไขที่ 1 (ผลงานปีก่อน ตั้งแต่ 80 (ขณะนี้ 85)): ให้คะแนนตามเกณฑ์ B1"),
     ("75", "B2", "เกณฑ์ C ใช้เงื่อนไขที่ 2 (ผลงานปีก่อน ตั้งแต่ 70 (ขณะนี้ 75)): ให้คะแนนตามเกณฑ์ B2"),
     ("69", "B5", "เกณฑ์ C ไม่เข้าเงื่อนไขใด: ให้คะแนนตามเกณฑ์ B5")],
)  # fmt: skip
def test_a_conditional_rule_says_which_branch_judged_and_why(last: str, by: str, why: str) -> None:
    rule = f"{{kind: conditional, standing: assumed, branches: {BRANCHES}, otherwise: B5}}"
    pack = read_pack("qof-2557", {"scoring.C": rule, "items.2.6.score.by": "C"})
    inputs = RunInputs(last={("2.6", "11033"): Decimal(last)})
    said = explained(evaluated(pack, [UNIT], {("2.6", "11033"): of_ab(65, 100, "65")}, inputs), "11033", "2.6")
    assert why in said.sentences()
    assert [stop["rule"] for stop in said.as_dict()["way"]] == ["C", by]
    assert f"เกณฑ์ {by} (พิมพ์ในเอกสาร)" in text(said)


def test_a_conditional_rule_without_a_branch_that_holds_waits_for_a_decision() -> None:
    rule = f"{{kind: conditional, standing: assumed, branches: {BRANCHES}}}"
    pack = read_pack("qof-2557", {"scoring.C": rule, "items.2.6.score.by": "C"})
    said = explained(evaluated(pack, [UNIT], {("2.6", "11033"): of_ab(65, 100, "65")}), "11033", "2.6")
    assert "รอพิจารณา" in text(said)
    assert [stop["rule"] for stop in said.as_dict()["way"]] == ["C"]


def test_an_improvement_names_last_year_and_the_change() -> None:
    unit = payee("11033", {"uc": 1000, "thai": 1000})
    inputs = RunInputs(last={("2.2", "11033"): Decimal(20)})
    run = evaluated(read_pack("qof-2560"), [unit], {("2.2", "11033"): of_ab(19, 100, "19")}, inputs)
    assert "ปีก่อน 20.00 ปีนี้ลดลง 5.00 (ร้อยละของปีก่อน)" in explained(run, "11033", "2.2").sentences()


def test_an_improvement_without_last_year_says_so() -> None:
    unit = payee("11033", {"uc": 1000, "thai": 1000})
    run = evaluated(read_pack("qof-2560"), [unit], {("2.2", "11033"): of_ab(19, 100, "19")})
    assert "ยังไม่ให้คะแนน: ไม่มีผลงานปีก่อนให้เทียบตามเกณฑ์ LESS_THAN_LAST คะแนนเต็ม 150" in text(explained(run, "11033", "2.2"))


def test_an_improvement_may_hand_over_to_another_rule() -> None:
    rise = "{kind: improvement, change: points, standing: assumed, lower_edges: [1], scores: [1, 5], otherwise: B5}"
    pack = read_pack("qof-2557", {"scoring.RISE": rise, "items.2.6.score.by": "RISE"})
    said = explained(evaluated(pack, [UNIT], {("2.6", "11033"): of_ab(65, 100, "65")}), "11033", "2.6")
    assert "เกณฑ์ RISE ไม่มีผลงานปีก่อนให้เทียบ: ให้คะแนนตามเกณฑ์ B5" in said.sentences()
    assert said.subject.line.scored.score == 3


def test_too_few_cases_are_told_with_the_least() -> None:
    unit = payee("11033", {"uc": 1000, "thai": 1000})
    run = evaluated(read_pack("qof-2560"), [unit], {("2.3", "11033"): of_ab(1, 12, "8.33")})
    said = text(explained(run, "11033", "2.3"))
    assert "จำนวนที่ใช้คิด (B) 12 น้อยกว่าขั้นต่ำ 30 (ข้อเสนอ ยังไม่เป็นทางการ): ไม่ให้คะแนน" in said
    assert "ยังไม่คิดเป็นเงิน" in said


def test_a_norm_is_told_with_its_group_mean_sd_and_z() -> None:
    """60, 70, 80, 90: mean 75, SD the root of 125 = 11.18; 90 is 1.34 SD above."""
    counts = {("P7", f"H{n}"): of_ab(a, 100, str(a)) for n, a in enumerate((60, 70, 80, 90))}
    said = text(explained(evaluated(NHSO, H, counts), "H3", "P7"))
    assert "เทียบกับกลุ่ม 4 หน่วยทั้งเขต ค่าเฉลี่ย 75.00 SD 11.18 หน่วยนี้อยู่ที่ค่าเฉลี่ย + 1.34 SD" in said
    assert "คะแนนเต็ม = น้ำหนัก 15 (ข้อเสนอ ยังไม่เป็นทางการ) x คะแนนสูงสุด 5" in said


def test_a_norm_without_spread_says_that_all_are_alike() -> None:
    counts = {("P7", f"H{n}"): of_ab(70, 100, "70") for n in range(4)}
    assert "SD เป็น 0 ทุกหน่วยได้คะแนนเท่ากัน" in text(explained(evaluated(NHSO, H, counts), "H3", "P7"))


def test_a_norm_within_units_of_one_kind_names_the_kind() -> None:
    pack = read_pack("nhso-2552", {"items.R3.score.by": "Z_LEVEL"})
    levels = ("M1", "M1", "M1", "S")
    units = [payee(f"H{n}", {"referral_uc": 1000}, service_level=level) for n, level in enumerate(levels)]
    run = evaluated(pack, units, {("R3", f"H{n}"): typed(str(n + 1)) for n in range(4)})
    assert "เทียบกับกลุ่ม 3 หน่วยที่มีระดับบริการ M1 เหมือนกัน ค่าเฉลี่ย 2.00" in text(explained(run, "H0", "R3"))


def test_a_rung_is_told_with_the_facts_that_make_it_and_what_the_next_one_lacks() -> None:
    known: dict[str, Fact] = {"certificate": "ha_step_2", "certificate_until": date(2009, 12, 31)}
    said = explained(evaluated(NHSO, H, {}, facts("R1", {"H0": known})), "H0", "R1")
    (rungs,) = said.judged.rungs
    assert rungs.held is not None
    assert (rungs.held.code, said.subject.line.scored.score) == ("step_2", 4)
    assert rungs.better is not None
    better, missing = rungs.better
    assert (better.code, [c.fact for c in missing]) == ("certified", ["certificate"])
    told = text(said)
    assert "เข้าเกณฑ์: บันไดขั้นที่ 2 สู่ HA และยังไม่หมดอายุ ได้ 4 (พิมพ์ในเอกสาร)" in told
    assert "ยังขาด การรับรองที่มี เป็นหนึ่งใน ผ่านการรับรอง HA หรือ ผ่าน TQC (ขณะนี้ บันไดขั้นที่ 2 สู่ HA)" in told
    assert "วันหมดอายุ: 31 ธ.ค. 2552 (คีย์เข้า)" in told
    assert "ผ่อนผัน" not in "\n".join(w.th for w in rungs.say())


@pytest.mark.parametrize(("until", "graced"), [(date(2009, 3, 31), False), (date(2008, 10, 15), True)])
def test_a_certificate_that_counts_by_grace_alone_says_so(until: date, graced: bool) -> None:
    """Judged on 31 March 2009 with six months of grace (nhso-2552 section 4)."""
    known: dict[str, Fact] = {"certificate": "ha", "certificate_until": until}
    said = explained(evaluated(NHSO, H, {}, facts("R1", {"H0": known})), "H0", "R1")
    assert said.subject.line.scored.score == 5
    assert ("พ้นแล้ว แต่ยังอยู่ในระยะผ่อนผัน จึงยังนับ" in text(said)) is graced
    assert said.as_dict()["rungs"][0]["grace"] == (["certificate_until"] if graced else [])


def test_a_rung_by_the_norm_says_where_its_edge_is() -> None:
    """HAI 3, 3, 3, 5: mean 3.5, SD 0.866: above 4.37 scores 4."""
    known: dict[str, dict[str, Fact]] = {f"H{n}": {"hai_score": Decimal(s)} for n, s in enumerate((3, 3, 3, 5))}
    run = evaluated(NHSO, H, {}, facts("R1", known))
    assert "คะแนนประเมินของ พรพ. มากกว่าค่าเฉลี่ย + 1 SD = 4.37 (ขณะนี้ 5)" in text(explained(run, "H3", "R1"))
    below = explained(run, "H0", "R1")
    assert below.judged.rungs[0].better is not None
    assert below.judged.rungs[0].better[0].code == "hai_high"


def test_facts_that_fit_no_rung_are_told_and_the_lowest_rung_is_the_next() -> None:
    known: dict[str, Fact] = {"certificate": "none", "quality_centre": True}
    said = explained(evaluated(NHSO, H, {}, facts("R1", {"H0": known})), "H0", "R1")
    told = text(said)
    assert "ยังไม่ให้คะแนน: ข้อเท็จจริงที่คีย์ไม่ตรงเกณฑ์ขั้นใด รอพิจารณา" in told
    assert "มีผู้รับผิดชอบหรือศูนย์คุณภาพ: ใช่ (คีย์เข้า)" in told


def test_a_score_over_primary_units_is_told_unit_by_unit() -> None:
    """4,000 people, a nurse practitioner: 4 + 1; 12,000 people, one nurse: 2. By people: (5 x 4 + 2 x 12) / 16."""
    first: dict[str, Fact] = {"people": Decimal(4000), "nurses": Decimal(1), "nurse_practitioners": Decimal(1)}
    second: dict[str, Fact] = {"people": Decimal(12_000), "nurses": Decimal(1), "nurse_practitioners": Decimal(0)}
    inputs = RunInputs(facts={("P1", "H0"): {"U1": first, "U2": second}})
    said = explained(evaluated(NHSO, H, {}, inputs), "H0", "P1")
    assert said.subject.line.scored.score == Decimal("2.75")
    assert "คะแนน 2.75 จาก 5" in text(said)
    assert "รวมจากหน่วยบริการปฐมภูมิ 2 แห่ง ด้วยค่าเฉลี่ยถ่วงน้ำหนัก (น้ำหนัก: ประชากรที่รับผิดชอบ)" in text(said)
    assert [(r.unit, r.score) for r in said.judged.rungs] == [("U1", 5), ("U2", 2)]
    assert "    U1: คะแนน 5" in said.sentences()
    (step,) = said.steps  # U2 to fewer than 10,000 people a nurse: (5 x 4 + 3 x 12) / 16
    assert (step.unit, step.score) == ("U2", Decimal("3.5"))
    assert step.worth is not None
    missing = said.judged.rungs[1].better
    assert missing is not None
    assert [(c.fact, c.tests) for c in missing[1]] == [("people_per_nurse", {"at_most": Decimal(10_000)})]


@pytest.mark.parametrize(
    ("item", "counted", "why"),
    [
        ("2.6", None, "คะแนน 0: ไม่มีผลงานที่รายงาน ได้ 0 จาก 60 คะแนน"),
        ("2.6", Counted(0, 0, None), "คะแนน 0: ไม่มีกลุ่มเป้าหมาย (B = 0) ได้ 0 จาก 60 คะแนน"),
        ("3.1", None, "คะแนน 0: ยังไม่กรอก ได้ 0 จาก 60 คะแนน"),
    ],
)
def test_no_data_is_told_by_its_reason(item: str, counted: Counted | None, why: str) -> None:
    run = evaluated(PACK, [UNIT], {(item, "11033"): counted} if counted else {})
    assert why in text(explained(run, "11033", item))


def test_the_terms_are_those_of_the_reports() -> None:
    assert (NO_REPORT.th, NO_TARGET.th, NOT_ENTERED.th) == (
        reports.NO_REPORT_TH, reports.NO_TARGET_TH, reports.NOT_ENTERED_TH,
    )  # fmt: skip


@pytest.mark.parametrize("pack", [PACK, NHSO, read_pack("uk-qof"), read_pack("qof-2560")], ids=lambda p: p.id)
def test_every_figure_of_every_item_has_a_standing_in_words(pack: Pack) -> None:
    unit = payee("11033", dict.fromkeys(pack.scheme.people, 1000))
    other = payee("11034", dict.fromkeys(pack.scheme.people, 4_334_091 if pack is PACK else 3000))
    run = evaluated(pack, [unit, other], {})
    for item in pack.scheme.items:
        told = explained(run, "11033", item.item).as_dict()["figures"]
        names = {figure["figure"] for figure in told}
        assert {"value", "people"} <= names
        assert {"points", "weight"} & names
        assert ("rule" in names) is (item.score is not None)
        assert ("rate" in names) is (item.rate is not None)
