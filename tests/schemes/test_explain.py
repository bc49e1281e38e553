"""Explain: from the baht of an item to lines of received files that exist and say what they are said to say."""

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.f43 import table, table_of_entry
from samrit.reference import shipped_register
from samrit.schemes import (
    Asked,
    Counted,
    Explanation,
    RunInputs,
    SchemeRun,
    SchemesError,
    Standing,
    explain,
    read_pack,
    run_scheme,
)
from samrit.warehouse import ReceivedLine
from schemes.building import EVERYONE, PACK, read_rows
from schemes.small_home import UNITS, Small

REGISTER = shipped_register()
ORG = UNITS["4206"]
LOWER = {"scoring.LOW": "{kind: bands, unit: rate, lower_edges: [10, 20, 30, 40]}", "items.2.4.score.by": "LOW"}


@pytest.fixture(scope="module")
def done(small: Small) -> SchemeRun:
    return run_scheme(PACK, small.late, REGISTER, Asked())


@pytest.fixture(scope="module")
def said(small: Small, done: SchemeRun) -> Explanation:
    return explain(done, small.late, REGISTER, ORG, "2.6")


def cells_of(zips: Path, line: ReceivedLine) -> dict[str, str]:
    """The cells of a received line by the standard's column names, read without the reader of the product."""
    (path,) = (p for p in zips.iterdir() if p.name.upper() == line.package.upper())
    with zipfile.ZipFile(path) as package:
        content = package.read(line.path).removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp874")
    rows = [row.rstrip("\r") for row in text.split("\n")]
    known = {alias: c.name for c in table(line.table).columns for alias in c.aliases}
    names = [known.get(name.upper(), name.upper()) for name in rows[0].split("|")]
    return dict(zip(names, rows[line.line - 1].split("|"), strict=False))


def test_examples_of_a_end_at_lines_that_hold_the_readings(small: Small, said: Explanation) -> None:
    """2.6: the last two days with a reading are both below 140/90."""
    assert said.examples["a"]
    for lines in said.examples["a"]:
        readings = [cells_of(small.zips, x) for x in lines if x.table == "CHRONICFU"]
        assert len(readings) == 2
        for cells in readings:
            assert int(cells["SBP"]) < 140
            assert int(cells["DBP"]) < 90
            assert "20130401" <= cells["DATE_SERV"] <= "20140331"
        assert all(cells_of(small.zips, x)["PID"] for x in lines)


def test_examples_of_b_end_at_lines_of_the_register_of_hypertension(small: Small, said: Explanation) -> None:
    for lines in said.examples["b"]:
        found = {x.table: cells_of(small.zips, x) for x in lines}
        assert "PERSON" in found
        assert {name: cells for name, cells in found.items() if name == "CHRONIC"}
        assert re.match(r"I1[0-5]", found["CHRONIC"]["CHRONIC"].upper())


def test_the_numbers_are_those_of_the_files_of_the_run(done: SchemeRun, said: Explanation) -> None:
    scores = read_rows(done.run.folder / "scores.csv")
    row = next(r for r in scores if (r["org"], r["item"]) == (ORG, "2.6"))
    told = said.as_dict()
    assert (str(told["a"]), str(told["b"]), told["score"]) == (row["a"], row["b"], row["score"])
    assert Decimal(told["value"]) == pytest.approx(Decimal(row["value"]), abs=Decimal("0.0001"))
    assert Decimal(told["points"]) == Decimal(row["points"])
    assert told["weight"] == row["weight"]
    assert said.counts["a"] == int(row["a"])
    assert said.counts["b"] == int(row["b"])
    assert said.counts["missing"] == int(row["b"]) - int(row["a"])
    paid = read_rows(done.run.folder / "payments.csv")
    amount = next(r for r in paid if (r["org"], r["component"]) == (ORG, "earned.2.6"))["amount_satang"]
    assert told["earned_satang"] == said.earned == int(amount)
    assert told["run"] == done.run.id


def test_the_words_say_the_money_the_score_the_value_and_where_they_stand(said: Explanation) -> None:
    text = "\n".join(said.sentences())
    line = said.line
    assert f"{said.earned // 100:,}.{said.earned % 100:02d} บาท" in text
    assert f"คะแนน {line.scored.score}/5 x 3.25 บาท x 8,985 คน" in text
    assert "คำนวณย้อนจากตัวเลขที่พิมพ์" in text
    assert "ตามเกณฑ์ B5 (ข้อเสนอ ยังไม่เป็นทางการ)" in text
    assert f"A = {line.counted.a}, B = {line.counted.b}" in text
    assert "1 เม.ย. 2556 - 31 มี.ค. 2557" in text
    assert "28.13" in text


def test_every_line_that_is_told_is_said_with_zip_entry_and_line(said: Explanation) -> None:
    text = "\n".join(said.sentences())
    for of_part in said.examples.values():
        for line in (x for lines in of_part for x in lines):
            assert f"{line.package} > {line.path} บรรทัด {line.line}" in text


def test_no_citizen_id_name_or_pid_is_told(small: Small, said: Explanation) -> None:
    secrets: set[str] = set()
    for path in small.zips.glob("*.zip"):
        with zipfile.ZipFile(path) as package:
            for info in package.infolist():
                if table_of_entry(info.filename) == "PERSON":
                    count = package.read(info).count(b"\n")
                    for number in range(2, count + 1):
                        line = ReceivedLine(path.name, "", 0, info.filename, number, "PERSON", "", path.name)
                        cells = cells_of(small.zips, line)
                        secrets |= {cells.get(name, "").strip() for name in ("CID", "NAME", "LNAME", "PID")}
    secrets.discard("")
    assert len(secrets) > 50
    words = set(re.split(r"\s+", "\n".join(said.sentences())))
    values = set(re.findall(r'"([^"]*)"', str(said.as_dict()).replace("'", '"')))
    assert not secrets & words
    assert not secrets & values


@pytest.mark.parametrize(("org", "near"), [("11034X", "'11034'"), ("28816", "'28861'"), ("x", "")])
def test_an_unknown_payee_names_the_nearest(small: Small, done: SchemeRun, org: str, near: str) -> None:
    with pytest.raises(SchemesError) as refused:
        explain(done, small.late, REGISTER, org, "2.6")
    assert refused.value.problems[0].code == "schemes.payee.unknown"
    said = refused.value.problems[0].th
    assert near in said
    assert ("ใกล้เคียง" in said) is bool(near)


def test_an_unknown_item_names_the_nearest(small: Small, done: SchemeRun) -> None:
    with pytest.raises(SchemesError, match=r"'2\.6'|'2\.1'|'2\."):
        explain(done, small.late, REGISTER, ORG, "2.66")


def test_an_item_without_bands_says_so_and_that_there_is_no_money(small: Small, done: SchemeRun) -> None:
    text = "\n".join(explain(done, small.late, REGISTER, ORG, "2.4").sentences())
    assert "ยังไม่ให้คะแนน" in text
    assert "ยังไม่คิดเป็นเงิน" in text
    assert "B:" in text


def test_an_item_that_nobody_typed_in_says_so(small: Small, done: SchemeRun) -> None:
    told = explain(done, small.late, REGISTER, ORG, "3.1")
    assert told.examples == {}
    assert told.sentences()[-1] == "ตัวชี้วัดนี้ใช้ผลงานที่คีย์เข้า หน่วยนี้ยังไม่มีผลงาน"
    assert any("คะแนน 0" in sentence for sentence in told.sentences())


def test_a_typed_in_value_says_that_it_was_typed_in(small: Small) -> None:
    entries = {("3.1", ORG): Counted(Decimal(80), Decimal(100), Decimal(80), Standing.TYPED_IN)}
    done = run_scheme(PACK, small.late, REGISTER, Asked(), RunInputs(entries=entries))
    assert explain(done, small.late, REGISTER, ORG, "3.1").sentences()[-1] == "ค่า = 80.00 เมื่อ A = 80, B = 100 (คีย์เข้า)"


def test_counts_of_others_are_told_and_no_lines_are_shown_for_them(small: Small) -> None:
    """The snapshot's rows are not what was counted."""
    done = run_scheme(PACK, small.late, REGISTER, Asked(), RunInputs(cube={("2.6", ORG): (999, 1000)}))
    told = explain(done, small.late, REGISTER, ORG, "2.6")
    assert told.examples == {}
    assert told.counts == {}
    assert told.sentences()[-1] == "ค่า = (A/B)x100 = 99.90 เมื่อ A = 999, B = 1000 (คีย์เข้า)"


def test_the_way_up_of_a_lower_is_better_item_leads_down(small: Small) -> None:
    pack = read_pack("qof-2557", LOWER)
    inputs = RunInputs(cube={("2.4", ORG): (25, 100)})
    done = run_scheme(pack, small.late, REGISTER, Asked(), inputs)
    told = explain(done, small.late, REGISTER, ORG, "2.4")
    assert told.line.scored.score == 3
    assert "ถึงขั้นถัดไปเมื่อค่าไม่เกิน 20 ต้องลดลงอีก 5" in told.sentences()


def test_the_way_up_of_a_higher_is_better_item_leads_up(small: Small) -> None:
    done = run_scheme(PACK, small.late, REGISTER, Asked(), RunInputs(cube={("2.6", ORG): (694, 1000)}))
    assert "ถึงขั้นถัดไปเมื่อค่าถึง 70 ยังขาดอีก 0.6" in explain(done, small.late, REGISTER, ORG, "2.6").sentences()


def test_the_money_of_a_closed_pool_is_a_part_of_the_pot_and_no_rate_times_people(small: Small) -> None:
    pack = read_pack("qof-2557", {"pools.qof.rule": "closed_pool"})
    done = run_scheme(pack, small.late, REGISTER, Asked("region:8"), RunInputs(populations=EVERYONE))
    told = explain(done, small.late, REGISTER, ORG, "2.6")
    (money,) = [s for s in told.sentences() if s.startswith("เงินที่ได้")]
    assert "วงเงินปิด 234,569,039 บาท" in money
    assert "3.25" not in money


def test_the_explanation_belongs_to_its_run(said: Explanation, done: SchemeRun) -> None:
    assert said.run is done
    assert replace(said, earned=1).as_dict()["earned_satang"] == 1
