"""A notice is what a hospital gets: one page, the right name, the net in figures and in words."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

from reports.building import NEAR, PAYEES, RUN_ID, make_run, pack_with, read_rows, satang
from reports.conftest import Kept
from samrit.reports import write_notices
from samrit.schemes import Winner


def text_of(path: Path, sheet: str) -> str:
    return "\n".join(str(cell) for row in read_rows(path, sheet) for cell in row)


def notices(tmp_path: Path, **wanted: object) -> Path:
    path = tmp_path / "notices.xlsx"
    write_notices(make_run(**wanted), path, {NEAR: "โรงพยาบาลใกล้"})  # type: ignore[arg-type]
    return path


def test_every_unit_has_a_page_of_its_own_in_the_order_of_districts(tmp_path: Path) -> None:
    path = notices(tmp_path, payees=PAYEES[::-1])
    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["90001 เมืองใกล้", "90002 เมืองไกล"]
    with zipfile.ZipFile(path) as files:
        for number in (1, 2):
            sheet = files.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert 'paperSize="9"' in sheet
            assert "landscape" not in sheet
            assert "fitToHeight" not in sheet  # one page wide and one high is the default of fitToPage
            assert "<pageSetUpPr fitToPage=" in sheet


def test_the_net_stands_in_figures_and_in_words(tmp_path: Path) -> None:
    """Near: 433,000 + 260,000 earned, 2,813,000 advanced: it owes 2,120,000 baht."""
    path = notices(tmp_path)
    rows = read_rows(path, "90001 เมืองใกล้")
    net = next(row for row in rows if str(row[1]).startswith("สุทธิ"))
    assert satang(net[4]) == -2_120_000_00
    assert "ลูกหนี้" in str(net[1])
    assert "ยอดลูกหนี้ (ตัวอักษร)  สองล้านหนึ่งแสนสองหมื่นบาทถ้วน" in text_of(path, "90001 เมืองใกล้")


def test_a_unit_that_is_paid_more_is_told_so(tmp_path: Path) -> None:
    pack = pack_with(money__advance__rate__value="1.00")
    text = text_of(notices(tmp_path, pack=pack), "90001 เมืองใกล้")
    assert "สุทธิ: จ่ายเพิ่มให้หน่วยบริการ" in text
    assert "ยอดจ่ายสุทธิ (ตัวอักษร)  ห้าแสนเก้าหมื่นสามพันบาทถ้วน" in text


def test_points_and_money_stand_by_domain_and_add_up(tmp_path: Path) -> None:
    rows = read_rows(notices(tmp_path), "90001 เมืองใกล้")
    domains = [row for row in rows if row[0] in {"1", "2", "3", "4"}]
    assert [row[2:4] for row in domains] == [[400, 80], [300, 0], [200, 48], [100, 0]]
    assert [satang(row[4]) for row in domains] == [433_000_00, 0, 260_000_00, 0]
    total = next(row for row in rows if row[1] == "รวมได้ตามผลงาน")
    assert [*total[2:4], satang(total[4])] == [1000, 128, 693_000_00]


def test_the_director_is_named_when_the_register_knows_the_hospital(tmp_path: Path) -> None:
    path = notices(tmp_path)
    assert "เรียน  ผู้อำนวยการโรงพยาบาลใกล้" in text_of(path, "90001 เมืองใกล้")
    assert "เรียน  ผู้อำนวยการหน่วยบริการประจำ" in text_of(path, "90002 เมืองไกล")


def test_what_is_assumed_or_missing_stands_on_the_notice_with_its_money(tmp_path: Path) -> None:
    """No bands 11.61 baht a head; 1.2 has nobody to count, 4.33 baht a head; 1.1 and 3.1 rest on assumed bands."""
    text = text_of(notices(tmp_path), "90001 เมืองใกล้")
    assert "เงิน 693,000.00 บาทอิงเกณฑ์หรืออัตราสมมติ" in text
    assert "ยังไม่มีเกณฑ์: ข้อ 2.2, 2.3, 2.4, 3.3, 3.4 เงินที่ยังไม่จัดสรร 1,161,000.00 บาท" in text
    assert "ไม่มีกลุ่มเป้าหมาย (B = 0): ข้อ 1.2 เงินที่ยังไม่จัดสรร 433,000.00 บาท" in text
    assert "คะแนนไม่เต็ม: ยังเพิ่มได้ด้วยผลงานอีก 65,000.00 บาท" in text


def test_run_draft_and_signature_stand_on_the_notice(tmp_path: Path) -> None:
    text = text_of(notices(tmp_path), "90002 เมืองไกล")
    for said in (RUN_ID, "ร่างก่อนปิดงวด", "ลงชื่อ", "1 เม.ย. 2556 - 28 ก.พ. 2557", "ประชากรสิทธิ UC 50,000 คน"):
        assert said in text


def test_money_that_is_forgiven_and_excellence_have_lines_of_their_own(tmp_path: Path) -> None:
    payees = [replace(PAYEES[0], people={"uc": 4_000_000}), replace(PAYEES[1], people={"uc": 335_091})]
    pack = pack_with(money__netting="floor_zero")
    path = notices(tmp_path, pack=pack, payees=payees, winners=[Winner(NEAR, "region")], whole="region:8")
    rows = {str(row[1]): row[4] for row in read_rows(path, "90001 เมืองใกล้")}
    assert satang(rows["เงินรางวัลผลงานดีเด่น (excellence) จ่ายต่างหาก"]) == 710_815_00
    assert satang(rows["ส่วนที่ขาดและไม่เรียกคืน"]) == (28_13 - 4_33 - 2_60) * 4_000_000


def test_names_that_no_sheet_may_carry_are_made_fit_and_stay_apart(tmp_path: Path) -> None:
    odd = [replace(PAYEES[0], org="a/b", name_th="x"), replace(PAYEES[1], org="a:b", name_th="x")]
    path = notices(tmp_path, payees=[replace(p, district_code="4201") for p in odd], counts={})
    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["a b x", "a b x 2"]


def test_the_same_run_gives_the_same_notices(tmp_path: Path) -> None:
    assert notices(tmp_path).read_bytes() == notices(tmp_path).read_bytes()


def test_the_items_of_a_pool_without_domains_stand_below_its_sum_and_add_up(kept: Kept, tmp_path: Path) -> None:
    """nhso-2552 has two pools and no domains: every unit must see where its points and baht come from."""
    path = tmp_path / "nhso.xlsx"
    write_notices(kept["nhso-2552"], path)
    name = next(n for n in CalamineWorkbook.from_path(str(path)).sheet_names if n.startswith("10705"))
    rows = read_rows(path, name)
    start = next(n for n, row in enumerate(rows) if row[2] == "คะแนนเต็ม")
    end = next(n for n, row in enumerate(rows) if row[1] == "รวมได้ตามผลงาน")
    pools = [n for n in range(start + 2, end) if rows[n][0]]
    assert len(pools) == 2
    for pool, after in zip(pools, [*pools[1:], end], strict=True):
        items = rows[pool + 1 : after]
        assert len(items) == 7
        assert [str(row[1])[:2] for row in items] == [f"{'PR'[pools.index(pool)]}{n}" for n in range(1, 8)]
        for column in (2, 3):
            assert sum(Decimal(str(row[column] or 0)) for row in items) == Decimal(str(rows[pool][column]))
        assert sum(satang(row[4]) for row in items) == satang(rows[pool][4])


def test_items_of_domains_are_left_to_the_workbook(tmp_path: Path) -> None:
    assert not [row for row in read_rows(notices(tmp_path), "90001 เมืองใกล้") if str(row[1]).startswith("1.1")]
