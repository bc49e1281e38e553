"""How points become satang, for every rule of a pool, and from the sum of a unit to what is paid."""

from dataclasses import replace
from decimal import Decimal

from samrit.schemes import Adjustment, AdjustmentKind, Receivable, RunInputs, read_pack
from schemes.building import EVERYONE, PACK
from schemes.explained import evaluated, explained, of_ab, payee, text, typed

UNIT = payee("11033", {"uc": 10_000})
FULL = {("2.6", "11033"): of_ab(80, 100, "80")}


def test_an_open_rate_is_score_x_rate_x_people() -> None:
    said = explained(evaluated(PACK, [UNIT], FULL), "11033", "2.6")
    assert said.subject.earned == 325 * 10_000
    assert "เงินที่ได้จากตัวชี้วัดนี้ 32,500.00 บาท = คะแนน 5/5 x 3.25 บาท x 10,000 คน" in text(said)
    assert "อัตราเมื่อได้คะแนนเต็ม 3.25 บาทต่อประชากรสิทธิ UC 1 คน (คำนวณย้อนจากตัวเลขที่พิมพ์)" in text(said)


def test_an_item_without_a_score_has_no_money_and_still_says_its_rate() -> None:
    said = text(explained(evaluated(PACK, [UNIT], {}), "11033", "2.4"))
    assert "ยังไม่คิดเป็นเงิน เพราะยังไม่ให้คะแนน" in said
    assert "2.43 บาทต่อ" in said


def test_a_closed_pot_is_shared_by_points_x_people() -> None:
    """Only two units have points, 60 each: the pot is shared by their people alone."""
    pack = read_pack("qof-2557", {"pools.qof.rule": "closed_pool"})
    org, other = EVERYONE[0], EVERYONE[-1]
    counts = {("2.6", p.org): of_ab(80, 100, "80") for p in (org, other)}
    said = explained(evaluated(pack, EVERYONE, counts), org.org, "2.6")
    exact = Decimal(23_456_903_900) * org.population / (org.population + other.population)
    assert abs(said.subject.earned - exact) < 1
    share = said.as_dict()["pool"]
    assert share["pot_satang"] == 23_456_903_900
    assert Decimal(share["share_own"]) == 60 * org.population
    assert Decimal(share["share_all"]) == 60 * (org.population + other.population)
    assert "วงเงินปิด 234,569,039.00 บาท (พิมพ์ในเอกสาร)" in text(said)
    assert "x 3.25" not in text(said)


def test_a_pot_that_is_split_by_domain_says_the_part_of_the_domain() -> None:
    """Domain 2 has 300 of 1,000 points, so 30 % of the pot; only one unit has points in it."""
    closed = read_pack("qof-2557", {"pools.qof.rule": "closed_pool"})
    pools = tuple(pool.model_copy(update={"by_domain": True}) for pool in closed.scheme.pools)
    pack = replace(closed, scheme=closed.scheme.model_copy(update={"pools": pools}))
    org = EVERYONE[0].org
    counts = {("2.6", org): of_ab(80, 100, "80"), ("3.1", EVERYONE[1].org): of_ab(80, 100, "80")}
    said = explained(evaluated(pack, EVERYONE, counts), org, "2.6")
    assert said.subject.earned == said.as_dict()["pool"]["pot_satang"] == 7_037_071_170
    assert "ด้านที่ 2 ของ" in text(said)


def test_relative_to_the_mean_names_mean_rate_and_factor() -> None:
    """Levels 5, 3 and 1 of R3: points 75, 45, 15, mean 45, rates 16.67, 10, 3.33 baht; 1,000, 1,000 and 3,000 people
    would get 36,666.67 baht of a pot of 50,000: nothing is cut."""
    units = [payee(f"H{n}", {"referral_uc": people}) for n, people in enumerate((1000, 1000, 3000))]
    run = evaluated(read_pack("nhso-2552"), units, {("R3", f"H{n}"): typed(v) for n, v in enumerate(("5", "3", "1"))})
    said = explained(run, "H0", "R3")
    assert said.subject.earned == 1_666_667
    assert "16,666.67 บาท = 16.67 บาทต่อคน x ประชากร UC ของเครือข่ายที่ส่งต่อมา 1,000 คน" in text(said)
    wanted = "อัตรา 16.67 = อัตราฐาน 10 บาทต่อคน (พิมพ์ในเอกสาร) x คะแนนรวมของหน่วย 75 / ค่าเฉลี่ยอย่างง่ายของเขต 45"
    assert wanted in said.sentences()
    assert "ตัวคูณ" not in text(said)
    assert said.as_dict()["pool"]["points"] == "75"


def test_relative_to_the_mean_says_the_factor_that_holds_it_to_the_pot() -> None:
    """The large unit is above the mean: 3,000 x 15 + 1,000 x 5 = 50,000 baht of a pot of 40,000: x 0.8."""
    units = [payee("H0", {"referral_uc": 3000}), payee("H1", {"referral_uc": 1000})]
    run = evaluated(read_pack("nhso-2552"), units, {("R3", "H0"): typed("3"), ("R3", "H1"): typed("1")})
    said = explained(run, "H0", "R3")
    assert said.subject.earned == 3_600_000
    assert "36,000.00 บาท = 15.00 บาทต่อคน x ประชากร UC ของเครือข่ายที่ส่งต่อมา 3,000 คน x 0.8" in text(said)


def test_a_price_per_point_names_every_index() -> None:
    """7 of 14 points, a list of twice the mean, half the prevalence: 7 x 201.16."""
    units = [payee("A1", {"list": 18_206})]
    counts = {("2.1", "A1"): of_ab(585, 1000, "58.5")}
    inputs = RunInputs(indices={("A1", "2.1", "prevalence"): Decimal("0.5")}, last_paid={"A1": 100_000})
    said = explained(evaluated(read_pack("uk-qof"), units, counts, inputs), "A1", "2.1")
    assert said.subject.earned == 140_812
    assert "1,408.12 ปอนด์ = 7 คะแนน x 201.16 ปอนด์ต่อคะแนน x 2 x 0.5" in text(said)
    assert "ดัชนีขนาดคลินิกเทียบกับค่าเฉลี่ย 2 = 18,206 / 9,103 (พิมพ์ในเอกสาร)" in said.sentences()
    assert "จ่ายล่วงหน้า 600.00 ปอนด์ = 0.6 (พิมพ์ในเอกสาร) x เงินที่จ่ายปีก่อน 1,000.00 ปอนด์ (คีย์เข้า)" in text(said)
    assert "แบ่ง 12 งวด เริ่ม 30 เม.ย. 2564" in text(said)


def test_an_index_that_nobody_typed_in_is_taken_as_one_and_says_so() -> None:
    run = evaluated(read_pack("uk-qof"), [payee("A1", {"list": 9103})], {("2.1", "A1"): of_ab(77, 100, "77")})
    said = explained(run, "A1", "2.1")
    assert "ดัชนีความชุกเทียบกับทั้งประเทศ: ยังไม่กรอก จึงใช้ 1" in said.sentences()
    assert [index["entered"] for index in said.as_dict()["pool"]["indices"]] == [True, False]
    assert "ยังไม่กรอกเงินที่จ่ายปีก่อน จึงเป็น 0" in text(said)


def test_the_net_of_a_unit_is_told_from_its_parts() -> None:
    """32,500 earned - 28.13 x 10,000 advance."""
    said = text(explained(evaluated(PACK, [UNIT], FULL), "11033", "2.6"))
    assert "ทั้งหน่วย: สุทธิ -248,800.00 บาท = ได้จากทุกตัวชี้วัด 32,500.00 - จ่ายล่วงหน้าแล้ว 281,300.00" in said
    assert "281,300.00 บาท = 28.13 บาทต่อคน (พิมพ์ในเอกสาร) x 10,000 คน" in said
    assert "248,800.00 บาท เป็นลูกหนี้" in said


def test_what_is_forgiven_is_told() -> None:
    pack = read_pack("qof-2557", {"money.netting": "floor_zero"})
    said = text(explained(evaluated(pack, [UNIT], FULL), "11033", "2.6"))
    assert "ส่วนที่ขาด 248,800.00 บาท ไม่เรียกคืน" in said
    assert "ทั้งหน่วย: สุทธิ 0.00 บาท" in said


def test_adjustments_and_old_receivables_are_told_and_only_approved_ones_are_paid() -> None:
    """32,500 + 300,000 approved - 281,300 = 51,200; 1,200 owed since 2556 is set off."""

    def adjustment(kind: AdjustmentKind, satang: int, approver: str) -> Adjustment:
        day = "2014-07-02" if approver else ""
        return Adjustment("11033", "", kind, satang, "ลับ", "สมชาย", "2014-07-01", approver, day)

    inputs = RunInputs(
        adjustments=(
            adjustment(AdjustmentKind.ADJUSTMENT, 30_000_000, "สมหญิง"),
            adjustment(AdjustmentKind.APPEAL, 777_700, ""),
        ),
        ledger=(Receivable("11033", "2556", 120_000),),
    )
    said = explained(evaluated(PACK, [UNIT], FULL, inputs), "11033", "2.6")
    told = text(said)
    assert "สุทธิ 51,200.00 บาท = ได้จากทุกตัวชี้วัด 32,500.00 + ปรับยอด 300,000.00 - จ่ายล่วงหน้าแล้ว 281,300.00" in told
    assert "อุทธรณ์ 7,777.00 บาท: รออนุมัติ ยังไม่จ่าย" in told
    assert "หักลูกหนี้จากงวดก่อน (2556) 1,200.00 บาท คงเหลือจ่าย 50,000.00 บาท" in told
    assert "ลับ" not in told + str(said.as_dict())
    assert said.as_dict()["unit"]["satang"]["payable"] == 5_000_000


def test_each_pool_of_a_unit_has_its_own_sum() -> None:
    units = [payee("H1", {"uc": 1000, "referral_uc": 1000}), payee("H2", {"uc": 1000, "referral_uc": 1000})]
    counts = {("R3", "H1"): typed("5"), ("R3", "H2"): typed("5"), ("P7", "H1"): of_ab(80, 100, "80")}
    run = evaluated(read_pack("nhso-2552"), units, counts)
    said = explained(run, "H1", "R3")
    assert said.money.unit_satang == 1_000_000  # 10 baht x 1,000 people of the referral pool alone
    assert run.evaluation.amount("H1", "earned") > 1_000_000
