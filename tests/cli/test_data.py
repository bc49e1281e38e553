"""demo, load, f43 check, snapshots, rejects: the contract of DESIGN section 4, word for word."""

from collections import Counter
from pathlib import Path

import pytest

from builders import person, write_zip
from cli.conftest import STRANGER, Office
from cli.speaking import has_thai, samrit
from samrit.claims import Rule as ClaimsRule
from samrit.cli.rejected import RULES, STATES, show_rejects
from samrit.f43.reader import Rule
from samrit.logs import Rule as LogRule
from samrit.received import Aside
from samrit.warehouse import Reject

ROWS = ("read", "kept", "rejected", "superseded")
PROBLEM = {"code", "level", "file", "entry", "line", "field", "th", "en", "hint"}
GOOD = "F43_11053_20140101080000.zip"


def test_load_says_of_every_package_what_became_of_it(office: Office) -> None:
    told = office.loaded.json
    assert office.loaded.code == 0
    assert len(told["packages"]) == len(list(office.zips.iterdir()))
    for package in told["packages"]:
        assert set(package) == {"sha256", "file", "hospcode", "status", "rows"}
        assert package["status"] == "loaded"
        assert len(package["sha256"]) == 64
        assert package["hospcode"] in package["file"]


def test_rows_that_were_read_were_kept_set_aside_or_superseded(office: Office) -> None:
    sums = dict.fromkeys(ROWS, 0)
    for package in office.loaded.json["packages"]:
        for rows in package["rows"].values():
            assert tuple(rows) == ROWS
            assert rows["read"] == rows["kept"] + rows["rejected"] + rows["superseded"]
            for name in ROWS:
                sums[name] += rows[name]
    assert all(sums.values())


def test_progress_of_a_load_stands_on_stderr(office: Office) -> None:
    assert has_thai(office.loaded.err)
    assert "receive" in office.loaded.err


def test_a_second_load_of_the_same_zip_is_a_duplicate_and_changes_nothing(tmp_path: Path) -> None:
    zips, home = tmp_path / "zips", tmp_path / "home"
    write_zip(zips, GOOD, {"PERSON": [person()]})
    first = samrit("load", zips, "--json", "--home", home)
    again = samrit("load", zips, "--json", "--home", home)
    assert [p["status"] for p in first.json["packages"]] == ["loaded"]
    assert [p["status"] for p in again.json["packages"]] == ["duplicate"]
    assert again.json["snapshot"] == first.json["snapshot"]
    assert again.json["packages"][0]["rows"] == first.json["packages"][0]["rows"]
    assert again.code == 0
    assert len(samrit("snapshots", "--json", "--home", home).json) == 1


def test_a_zip_that_is_none_is_rejected_and_the_others_are_loaded(tmp_path: Path) -> None:
    zips, home = tmp_path / "zips", tmp_path / "home"
    write_zip(zips, GOOD, {"PERSON": [person()]})
    (zips / "F43_11054_20140101080000.zip").write_bytes(b"not a zip")
    said = samrit("load", zips, "--json", "--home", home)
    assert said.code == 1
    assert [(p["status"], p["rows"] != {}) for p in said.json["packages"]] == [("loaded", True), ("rejected", False)]
    assert has_thai(said.err)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    said = samrit("load", tmp_path / "nowhere", "--home", tmp_path / "home")
    assert said.code == 1
    assert "nowhere" in said.err
    assert has_thai(said.err)


def test_a_load_of_refused_zips_only_publishes_nothing_says_so_and_is_1(tmp_path: Path) -> None:
    zips, home = tmp_path / "zips", tmp_path / "home"
    zips.mkdir()
    (zips / GOOD).write_bytes(b"not a zip")
    told = samrit("load", zips, "--json", "--home", home)
    assert told.code == 1
    assert told.json["snapshot"] is None
    assert [p["status"] for p in told.json["packages"]] == ["rejected"]
    assert "warehouse.load.nothing" in {p["code"] for p in told.json["problems"]}
    said = samrit("load", zips, "--home", home)
    assert said.code == 1
    assert "ยังไม่มี / none yet" in said.out
    assert "warehouse.load.nothing" in said.err
    assert samrit("snapshots", "--json", "--home", home).json == []
    (zips / "empty").mkdir()
    assert samrit("load", zips / "empty", "--home", home).code == 1


def test_snapshots_say_when_their_newest_package_was_sent(tmp_path: Path) -> None:
    write_zip(tmp_path / "zips", GOOD, {"PERSON": [person()]})
    samrit("load", tmp_path / "zips", "--home", tmp_path / "home")
    assert [s["newest"] for s in samrit("snapshots", "--json", "--home", tmp_path / "home").json] == ["2014-01-01"]
    assert "2014-01-01" in samrit("snapshots", "--home", tmp_path / "home").out


def test_load_for_people_tells_the_same_numbers(tmp_path: Path) -> None:
    write_zip(tmp_path / "zips", GOOD, {"PERSON": [person(str(n)) for n in range(1234)]})
    said = samrit("load", tmp_path / "zips", "--home", tmp_path / "home")
    assert said.code == 0
    assert any("rows read" in line and line.split()[-1] == "1,234" for line in said.lines)
    assert any("loaded" in line and line.split()[-1] == "1" for line in said.lines)


def test_snapshots_are_listed_oldest_first(office: Office, tmp_path: Path) -> None:
    (only,) = samrit("snapshots", "--json", "--home", office.home).json
    assert only["snapshot"] == office.loaded.json["snapshot"]
    assert only["packages"] == len(office.loaded.json["packages"])
    zips, home = tmp_path / "zips", tmp_path / "home"
    for number in (1, 2):
        write_zip(zips, f"F43_11053_2014010{number}080000.zip", {"PERSON": [person(str(number))]})
        samrit("load", zips, "--home", home)
    told = samrit("snapshots", "--json", "--home", home).json
    assert [(s["number"], s["packages"]) for s in told] == [(1, 1), (2, 2)]


def test_rejects_name_package_entry_line_field_rule_and_state(office: Office) -> None:
    told = samrit("rejects", "--json", "--home", office.home).json["rejects"]
    mine = [r for r in told if STRANGER in r["package"]]
    assert {(r["entry"], r["line"], r["field"], r["state"]) for r in mine} == {
        ("CHRONIC.txt", 2, "DATE_DISCH", "voided"),
        ("CHRONIC.txt", 3, "CHRONIC", "aside"),
    }
    assert {r["state"] for r in told} == {"aside", "voided"}
    assert {"package", "entry", "line", "field", "rule", "state"} <= set(mine[0])
    rows = [rows for p in office.loaded.json["packages"] for rows in p["rows"].values()]
    assert len({(r["package"], r["entry"], r["line"]) for r in told if r["state"] == "aside"}) == sum(
        r["rejected"] for r in rows
    )


def test_rejects_of_one_package_by_the_start_of_its_hash(office: Office) -> None:
    (mine,) = [p for p in office.loaded.json["packages"] if p["hospcode"] == STRANGER]
    told = samrit("rejects", "--json", "--package", mine["sha256"][:10], "--home", office.home).json["rejects"]
    assert [r["sha256"] for r in told] == [mine["sha256"]] * 2


def test_rejects_for_people_say_under_a_head_what_and_where_in_one_line_each(office: Office) -> None:
    said = samrit("rejects", "--home", office.home)
    told = samrit("rejects", "--json", "--home", office.home).json["rejects"]
    assert said.lines[0].split() == ["สถานะ/state", "กฎ/rule", "ช่อง/field", "ที่/place"]
    listed = said.lines[1 : said.lines.index("")]
    assert len(listed) == len(told)
    assert all(has_thai(line.partition(" F43_")[0]) for line in listed)
    zip_name = f"F43_{STRANGER}_20140401080000.zip"
    (aside,) = [line for line in listed if f"{zip_name} > CHRONIC.txt:3" in line]
    assert aside.split()[:3] == ["พักไว้", "คีย์ว่าง", "CHRONIC"]
    (voided,) = [line for line in listed if f"{zip_name} > CHRONIC.txt:2" in line]
    assert voided.split()[:3] == ["ช่องเป็นว่าง", "ไม่ใช่วันที่", "DATE_DISCH"]
    assert f"{len(told):,} in all" in said.lines[-1]


def test_below_the_rejects_every_state_and_rule_is_explained_and_counted(office: Office) -> None:
    said = samrit("rejects", "--home", office.home)
    told = samrit("rejects", "--json", "--home", office.home).json["rejects"]
    counts = Counter((r["state"], r["rule"]) for r in told)
    explained = said.lines[said.lines.index("") + 1 : -1]
    assert sorted(int(line.split()[0]) for line in explained) == sorted(counts.values())
    assert any("a key column is blank (aside: the row is not used)" in line for line in explained)


def test_every_state_and_rule_has_words_and_no_two_share_them() -> None:
    assert set(STATES) == set(Aside)
    assert set(RULES) == {*Rule, *LogRule, *ClaimsRule}
    for words in (STATES, RULES):
        assert len(set(words.values())) == len(words)
        assert all(has_thai(thai) and not has_thai(english) for thai, english in words.values())


def test_a_long_list_of_rejects_is_cut_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    long = "DATETIME_DSTART_OF_A_LONG_NAME"
    show_rejects(Reject("F", "", "e", "t", n, long, "date", "voided", "f.zip") for n in range(2, 300))
    shown = capsys.readouterr().out.splitlines()
    assert sum("f.zip > e:" in line for line in shown) == 200
    assert all(long in line for line in shown if "f.zip" in line)
    assert "298 in all, the first 200 are shown, --json shows all" in shown[-1]
    assert any(line.split()[:1] == ["298"] for line in shown)


def test_f43_check_finds_what_load_would_set_aside_and_keeps_nothing(office: Office, tmp_path: Path) -> None:
    (path,) = office.zips.glob(f"F43_{STRANGER}*")
    said = samrit("f43", "check", path, "--json", home=tmp_path / "home")
    assert not (tmp_path / "home").exists()
    assert said.code == 1
    assert set(said.json) == {"problems", "summary"}
    (error,) = [p for p in said.json["problems"] if p["level"] == "error"]
    assert set(error) == PROBLEM
    assert (error["entry"], error["line"], error["field"]) == ("CHRONIC.txt", 3, "CHRONIC")
    assert has_thai(error["th"])
    assert said.json["summary"]["packages"] == 1


def test_f43_check_of_a_fine_zip_is_0(tmp_path: Path) -> None:
    write_zip(tmp_path, GOOD, {"PERSON": [person()]})
    said = samrit("f43", "check", tmp_path)
    assert said.code == 0
    assert said.lines == ["1 zip (ปฏิเสธ / refused 0), แฟ้มย่อย / entries 1, แถว / rows 1 (พักไว้ / set aside 0)"]


def test_f43_check_for_people_tells_errors_first_and_where_each_was_found_first(office: Office) -> None:
    said = samrit("f43", "check", office.zips)
    levels = [line.split()[0] for line in said.lines if " x f43." in line]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert levels[0] == "error"
    assert "CHRONIC.txt:3 CHRONIC" in said.out


def test_demo_writes_zips_that_can_be_loaded_and_nothing_else(tmp_path: Path) -> None:
    said = samrit("demo", tmp_path / "new", "--people", "20", "--seed", "7")
    assert said.code == 0
    assert said.out == ""
    written = sorted((tmp_path / "new").iterdir())
    assert written
    assert {path.suffix.lower() for path in written} == {".zip"}
    assert f"wrote {len(written)} zips" in said.err


@pytest.mark.parametrize("words", [("--people", "0"), ("--year", "2014"), ("--province", "99")])
def test_demo_of_what_cannot_be_is_2(tmp_path: Path, words: tuple[str, str]) -> None:
    said = samrit("demo", tmp_path / "new", *words)
    assert said.code == 2
    assert said.out == ""


def test_demo_does_not_write_into_a_folder_that_is_used(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("", encoding="utf-8")
    said = samrit("demo", tmp_path)
    assert said.code == 2
    assert has_thai(said.err)
