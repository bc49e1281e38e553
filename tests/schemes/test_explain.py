"""Explain: from the baht of an item to lines of received files that exist and say what they are said to say."""

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from cli.speaking import has_thai
from samrit.f43 import table, table_of_entry
from samrit.reference import shipped_register
from samrit.schemes import (
    Asked,
    Explanation,
    RunInputs,
    SchemeRun,
    SchemesError,
    explain,
    run_scheme,
)
from samrit.warehouse import ReceivedLine
from schemes.building import PACK, read_rows
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


def examples(of: Explanation, part: str) -> list[tuple[ReceivedLine, ...]]:
    """The received lines of the examples of a part."""
    assert of.behind is not None
    return [example.lines for example in of.behind.examples[part]]


def counts(of: Explanation) -> dict[str, int]:
    """How many are in each part."""
    assert of.behind is not None
    return of.behind.counts


def test_examples_of_a_end_at_lines_that_hold_the_readings(small: Small, said: Explanation) -> None:
    """2.6: the last two days with a reading are both below 140/90."""
    assert examples(said, "a")
    for lines in examples(said, "a"):
        readings = [cells_of(small.zips, x) for x in lines if x.table == "CHRONICFU"]
        assert len(readings) == 2
        for cells in readings:
            assert int(cells["SBP"]) < 140
            assert int(cells["DBP"]) < 90
            assert "20130401" <= cells["DATE_SERV"] <= "20140331"
        assert all(cells_of(small.zips, x)["PID"] for x in lines)


def test_examples_of_b_end_at_lines_of_the_register_of_hypertension(small: Small, said: Explanation) -> None:
    for lines in examples(said, "b"):
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
    assert counts(said)["a"] == int(row["a"])
    assert counts(said)["b"] == int(row["b"])
    assert counts(said)["missing"] == int(row["b"]) - int(row["a"])
    paid = read_rows(done.run.folder / "payments.csv")
    amount = next(r for r in paid if (r["org"], r["component"]) == (ORG, "earned.2.6"))["amount_satang"]
    assert told["earned_satang"] == said.subject.earned == int(amount)
    assert told["run"] == done.run.id


def test_the_words_say_the_money_the_score_the_value_and_where_they_stand(said: Explanation) -> None:
    text = "\n".join(said.sentences())
    line = said.subject.line
    assert f"{said.subject.earned // 100:,}.{said.subject.earned % 100:02d} บาท" in text
    assert f"คะแนน {line.scored.score}/5 x 3.25 บาท x 8,985 คน" in text
    assert "คำนวณย้อนจากตัวเลขที่พิมพ์" in text
    assert "ตามเกณฑ์ B5 (ข้อเสนอ ยังไม่เป็นทางการ)" in text
    assert f"A = {line.counted.a}, B = {line.counted.b}" in text
    assert "1 เม.ย. 2556 - 31 มี.ค. 2557" in text
    assert "28.13" in text


def test_every_line_that_is_told_is_said_with_zip_as_received_entry_and_line(small: Small, said: Explanation) -> None:
    text = "\n".join(said.sentences())
    for part in ("a", "b", "missing"):
        for line in (x for lines in examples(said, part) for x in lines):
            assert f"{line.file} > {line.path} บรรทัด {line.line}" in text
            assert (small.zips / line.file).is_file()


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


def test_counts_of_others_are_told_and_no_lines_are_shown_for_them(small: Small) -> None:
    """The snapshot's rows are not what was counted."""
    done = run_scheme(PACK, small.late, REGISTER, Asked(), RunInputs(cube={("2.6", ORG): (999, 1000)}))
    told = explain(done, small.late, REGISTER, ORG, "2.6")
    assert told.behind is None
    assert told.as_dict()["lines"] == {}
    assert told.sentences()[-1] == "ค่า = (A/B)x100 = 99.90 เมื่อ A = 999, B = 1000 (คีย์เข้า)"


def test_an_item_that_nobody_judges_still_shows_its_rows(small: Small, done: SchemeRun) -> None:
    told = explain(done, small.late, REGISTER, ORG, "2.4")
    assert told.behind is not None
    assert told.behind.counts["b"] == told.subject.line.counted.b
    assert "B: " in "\n".join(told.sentences())


def test_without_a_snapshot_nothing_is_said_about_rows(done: SchemeRun) -> None:
    told = explain(done, None, REGISTER, ORG, "2.6")
    assert told.behind is None
    assert "บรรทัด" not in "\n".join(told.sentences())


def test_rows_that_do_not_give_the_a_and_b_of_the_run_say_so(small: Small, done: SchemeRun) -> None:
    """The early snapshot has half of the packages of the run."""
    told = explain(done, small.early, REGISTER, ORG, "2.6")
    assert told.behind is not None
    assert not told.behind.agrees
    assert "ไม่ตรงกับ A และ B ของผลนี้" in "\n".join(told.sentences())


def test_the_missing_are_shown_with_what_a_looked_at(small: Small, done: SchemeRun) -> None:
    """2.6 looks at readings of the period: every row shown is one, and the last two are not both below 140/90."""
    said = explain(done, small.late, REGISTER, UNITS["4214"], "2.6")
    assert said.behind is not None
    assert done.period.start.isoformat() == "2013-04-01"
    shown = said.behind.examples["missing"]
    assert shown
    for example in shown:
        assert example.seen is not None
        readings = []
        for seen in example.seen:
            cells = cells_of(small.zips, seen.line)
            assert seen.line.table == "CHRONICFU"
            assert cells["DATE_SERV"] == seen.day.strftime("%Y%m%d")
            assert done.period.start <= seen.day <= done.period.end
            if not seen.passed_over:
                readings.append(int(cells["SBP"]) < 140 and int(cells["DBP"]) < 90)
        assert [s.day for s in example.seen] == sorted((s.day for s in example.seen), reverse=True)
        assert len(readings) < 2 or not all(readings[:2])
    text = "\n".join(said.sentences())
    assert text.count("แถวที่ A ดูแล้วไม่นับ") == sum(bool(e.seen) for e in shown)
    assert text.count("ไม่มีแถวใดให้ A ดู") == sum(not e.seen for e in shown)
    assert len(said.as_dict()["evidence"]) == len(shown)


def test_english_says_the_same_without_a_thai_letter_but_names(small: Small, said: Explanation) -> None:
    thai, english = said.sentences("th"), said.sentences("en")
    assert len(thai) == len(english)
    assert [line for line in english if has_thai(line)] == []
    assert f"= score {said.subject.line.scored.score}/5 x 3.25 baht" in "\n".join(english)


def test_the_explanation_belongs_to_its_run(said: Explanation, done: SchemeRun) -> None:
    assert said.run is done
    assert said.as_dict()["run"] == done.run.id
