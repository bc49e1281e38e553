"""schemes list, check, show, run, and the commands that keep inputs: the contract of DESIGN section 4."""

import csv
import io
import json
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.conftest import Office
from cli.speaking import has_thai, samrit
from reports.kept_runs import keep
from samrit.cli.schemes import show_run
from samrit.cli.shown import baht, show_table
from samrit.warehouse import Home, current_input
from schemes.building import PACK, read_rows, write_csv

ENTRIES = ("item", "org", "a", "b", "value", "author", "entered_on")
SIGNED = ("สมชาย", "2014-04-15")


def test_list_and_show_name_the_pack_and_its_items() -> None:
    (told,) = [p for p in samrit("schemes", "list", "--json").json if p["id"] == "qof-2557"]
    assert told["year"] == 2557
    assert "qof-2557" in samrit("schemes", "list").out
    shown = samrit("schemes", "show", "qof-2557", "--json").json
    assert [i["item"] for i in shown["items"]] == [i.item for i in PACK.scheme.items]
    assert shown["items"][0]["rate"] == {"value": "4.33", "standing": "printed"}
    text = samrit("schemes", "show", "qof-2557").out
    for item in PACK.scheme.items:
        assert item.measure in text
    assert "คำนวณย้อน" in text


def test_check_of_a_fine_pack_is_0() -> None:
    said = samrit("schemes", "check", "qof-2557")
    assert said.code == 0
    assert "22" in said.out
    assert "14" in said.out


def test_check_of_a_pack_that_is_not_there_is_2() -> None:
    said = samrit("schemes", "check", "qof-255")
    assert (said.code, said.out) == (2, "")
    assert "qof-2557" in said.err


def test_run_keeps_a_folder_copies_it_and_says_the_manifest(office: Office, tmp_path: Path) -> None:
    said = samrit(
        "schemes", "run", "qof-2557", "--org", "42", "--out", tmp_path / "out", "--json", "--home", office.home
    )
    assert said.code == 0
    told = said.json
    folder = Path(told["folder"])
    assert folder == office.home / "runs" / told["run"]
    kept, copied = (
        {f.relative_to(place).as_posix(): f.read_bytes() for f in place.rglob("*") if f.is_file()}
        for place in (folder, tmp_path / "out")
    )
    assert kept == copied
    assert {"cube.csv", "manifest.json", "payments.csv", "scores.csv", "pack/qof-2557/scheme.yaml"} <= set(kept)
    assert json.loads((folder / "manifest.json").read_bytes()) == {k: v for k, v in told.items() if k != "folder"}
    assert told["snapshot"] == office.loaded.json["snapshot"]


def test_scores_and_payments_have_the_columns_of_the_contract(office: Office, tmp_path: Path) -> None:
    samrit("schemes", "run", "qof-2557", "--org", "42", "--out", tmp_path, home=office.home)
    head = {f.name: f.read_text(encoding="utf-8").splitlines()[0] for f in tmp_path.glob("*.csv")}
    assert head["scores.csv"] == "scheme,org,item,a,b,value,score,max_score,weight,points,note"
    assert head["payments.csv"] == "scheme,org,component,population,amount_satang,note"
    assert {"advance", "net", "undistributed", "excellence", "pot"} <= {
        row["component"] for row in read_rows(tmp_path / "payments.csv")
    }


def test_a_run_for_people_is_readable_at_80_columns_and_cuts_no_number(office: Office, tmp_path: Path) -> None:
    said = samrit("schemes", "run", "qof-2557", "--org", "42", "--out", tmp_path, "--home", office.home)
    assert "…" not in said.out
    assert max(cell_len(line) for line in said.lines[:-1]) <= 80
    paid = {(r["org"], r["component"]): int(r["amount_satang"]) for r in read_rows(tmp_path / "payments.csv")}
    for p in PACK.payees:
        (line,) = [x for x in said.lines if x.split()[:1] == [p.org]]
        assert p.name_th in line
        assert line.split()[-3:] == [baht(paid[p.org, name]) for name in ("earned", "advance", "net")]
    for name in ("pot", "earned", "undistributed", "of_which.unscored", "advance", "net"):
        assert any(line.rstrip().endswith(" " + baht(paid["42", name])) for line in said.lines)


@pytest.mark.parametrize("words", [("list",), ("show", "qof-2557")])
def test_lists_are_readable_at_80_columns(words: tuple[str, ...]) -> None:
    said = samrit("schemes", *words)
    assert "…" not in said.out
    assert max(cell_len(line) for line in said.lines) <= 80


def test_a_number_is_never_cut_however_narrow_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = [baht(23_456_903_900 + n) for n in range(9)]
    show_table("x", [f"คอลัมน์ {n}" for n in range(9)], [numbers], range(9))
    shown = capsys.readouterr().out
    assert all(number in shown for number in numbers)
    show_table("[x]", ["word"], [["[red]a[/red]"]])
    assert "[red]a[/red]" in capsys.readouterr().out


def test_a_table_of_a_whole_region_stays_within_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    """The widest real numbers: a region of 4,335,091 people, and a net with a minus."""
    names = ["หน่วย", "อำเภอ", "UC", "คะแนน", "ได้รับ (บาท)", "จ่ายล่วงหน้า", "สุทธิ (บาท)"]
    unit = ("10670", "เมืองขอนแก่น", "253,895", "1,000.0", "13,735,719.50", "17,142,066.35", "-13,406,346.85")
    whole = ("รวม", "", "4,335,091", "", "124,568,039.00", "121,946,110.00", "-121,946,110.00")
    show_table("เขตสุขภาพที่ 8", names, [unit, whole], range(2, 7))
    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line) for line in lines) <= 80
    assert all(any(number in line for line in lines) for number in (*unit[2:], *whole[2:]) if number)


def test_out_says_where_it_wrote(office: Office, tmp_path: Path) -> None:
    words = ("schemes", "run", "qof-2557", "--org", "42", "--out", tmp_path / "kept", "--home", office.home)
    assert f"the files of the run are in {tmp_path / 'kept'}" in samrit(*words).err
    assert f"the files of the run are in {tmp_path / 'kept'}" in samrit(*words, "--json").err
    assert "the files of the run" not in samrit(*words[:5], "--home", office.home).err


def test_set_as_of_and_trend_reach_the_run(office: Office, tmp_path: Path) -> None:
    words = ("--as-of", "2013-05-31", "--set", "money.netting=floor_zero", "--trend", "--out", tmp_path, "--json")
    told = samrit("schemes", "run", "qof-2557", "--org", "11033", *words, "--home", office.home).json
    assert told["changes"] == {"money.netting": "floor_zero"}
    assert told["parameters"]["period"] == "2013-04-01..2013-05-31"
    assert told["parameters"]["as_of"] == "2013-05-31"
    assert {row["period_end"] for row in read_rows(tmp_path / "trend.csv")} == {"2013-04-30", "2013-05-31"}
    paid = {(r["org"], r["component"]): int(r["amount_satang"]) for r in read_rows(tmp_path / "payments.csv")}
    assert paid["11033", "net"] >= 0
    assert paid["11033", "forgiven"] - paid["11033", "net"] == paid["11033", "advance"] - paid["11033", "earned"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("qof-2558",), "qof-2557"),
        (("qof-2557", "--org", "41"), "41"),
        (("qof-2557", "--set", "money.neting=recover"), "money.netting"),
        (("qof-2557", "--set", "money.netting"), "path=value"),
        (("qof-2557", "--set", "pools.qof.rule=closed_pool", "--org", "42"), "4,335,091"),
        (("qof-2557", "--as-of", "2013-03-31"), "2013-04-01"),
        (("qof-2557", "--as-of", "31/03/2014"), "31/03/2014"),
        (("qof-2557", "--snapshot", "99"), "99"),
        (("qof-2557", "--inputs", "nowhere"), "--inputs"),
        (("qof-2557", "--out", __file__), "--out"),
    ],
)
def test_a_run_that_cannot_be_is_2_and_says_why(office: Office, words: tuple[str, ...], told: str) -> None:
    before = sorted((office.home / "runs").iterdir())
    said = samrit("schemes", "run", *words, "--json", "--home", office.home)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert has_thai(said.err)
    assert sorted((office.home / "runs").iterdir()) == before


def test_a_run_without_data_is_2(tmp_path: Path) -> None:
    said = samrit("schemes", "run", "qof-2557", "--home", tmp_path / "empty")
    assert (said.code, said.out) == (2, "")
    assert "samrit load" in said.err


def test_inputs_of_a_folder_go_before_those_of_the_home(office: Office, tmp_path: Path) -> None:
    home = tmp_path / "home"
    samrit("load", *sorted(office.zips.iterdir())[:1], "--home", home)
    kept = write_csv(tmp_path / "mine.csv", ENTRIES, [("3.1", "11033", 80, 100, "", *SIGNED)])
    said = samrit("entries", "import", kept, "--home", home)
    assert said.code == 0
    assert "entries" in said.out
    paper = current_input(Home(home), "entries")
    assert paper is not None
    assert paper.file == "mine.csv"
    run = ("schemes", "run", "qof-2557", "--org", "42", "--out", tmp_path / "out", "--json", "--home", home)

    def score() -> tuple[str, str]:
        told = samrit(*run).json
        (row,) = [r for r in read_rows(tmp_path / "out" / "scores.csv") if (r["org"], r["item"]) == ("11033", "3.1")]
        return row["score"], told["inputs"]["entries"]["sha256"]

    assert score() == ("5", paper.sha256)
    assert samrit(*run).json["inputs"]["entries"]["file"] == "mine.csv"
    write_csv(tmp_path / "other" / "entries.csv", ENTRIES, [("3.1", "11033", 55, 100, "", *SIGNED)])
    run = (*run, "--inputs", tmp_path / "other")
    assert score()[0] == "2"


def test_a_home_knows_the_people_that_entries_may_name(tmp_path: Path) -> None:
    home = tmp_path / "home"
    people = write_csv(tmp_path / "people.csv", ("org", "district_code", "uc_population"), [("90001", "4101", 5)])
    entries = write_csv(tmp_path / "entries.csv", ENTRIES, [("3.1", "90001", 80, 100, "", *SIGNED)])
    assert samrit("entries", "import", entries, "--home", home).code == 1
    assert samrit("population", "import", people, "--home", home).code == 0
    assert samrit("entries", "import", entries, "--home", home).code == 0


@pytest.mark.parametrize(
    ("command", "columns", "row", "told"),
    [
        ("entries", ENTRIES, ("2.6", "11033", 1, 2, "", *SIGNED), "wrong.csv:2 item"),
        (
            "population",
            ("org", "district_code", "uc_population"),
            ("11033", "4206", "many"),
            "wrong.csv:2 uc_population",
        ),
        ("winners", ("org", "pool", "author", "entered_on"), ("11033", "both", *SIGNED), "wrong.csv:2 pool"),
        ("changes", ("path", "value", "author", "entered_on"), ("monee", "1", *SIGNED), "wrong.csv:2 path"),
    ],
)
def test_an_input_with_a_mistake_is_1_and_not_kept(
    tmp_path: Path, command: str, columns: tuple[str, ...], row: tuple[object, ...], told: str
) -> None:
    said = samrit(command, "import", write_csv(tmp_path / "wrong.csv", columns, [row]), "--home", tmp_path / "home")
    assert (said.code, said.out) == (1, "")
    assert told in said.err
    assert has_thai(said.err)
    assert list((tmp_path / "home" / "inputs").iterdir()) == []


def test_an_input_that_is_not_there_is_1_and_of_an_unknown_pack_2(tmp_path: Path) -> None:
    assert samrit("entries", "import", tmp_path / "no.csv", "--home", tmp_path / "home").code == 1
    assert samrit("entries", "import", tmp_path / "no.csv", "--scheme", "x", "--home", tmp_path / "home").code == 2


def test_the_register_of_a_folder_of_inputs_is_used_and_named(office: Office, tmp_path: Path) -> None:
    columns = ("hospcode", "hostype", "service_level", "size", "cup", "district_code", "province_code", "health_region")
    write_csv(tmp_path / "in" / "ORG.csv", columns, [("11033", "07", "", "", "", "4206", "42", "8")])
    words = ("--inputs", tmp_path / "in", "--out", tmp_path / "out", "--json")
    told = samrit("schemes", "run", "qof-2557", *words, "--home", office.home).json
    assert told["inputs"]["org"]["file"] == "ORG.csv"
    usual = samrit("schemes", "run", "qof-2557", "--json", "--home", office.home).json
    assert usual["inputs"]["org"]["file"] == "shipped"
    assert told["run"] != usual["run"]
    cube = list(csv.DictReader(io.StringIO((tmp_path / "out" / "cube.csv").read_text(encoding="utf-8"))))
    assert {c["contracting_unit"] for c in cube if c["item"] == "2.6"} <= {"11033", ""}


@pytest.mark.parametrize(
    ("pack_id", "people", "money"),
    [("qof-2557", "ประชากรสิทธิ UC", "บาท"), ("uk-qof", "ผู้ขึ้นทะเบียนกับคลินิก", "ปอนด์")],
)
def test_the_heads_of_a_run_are_the_words_of_its_pack(tmp_path: Path, pack_id: str, people: str, money: str) -> None:
    """uk-qof pays by registered list and in pounds, so UC and baht would be wrong."""
    said = io.StringIO()
    with redirect_stdout(said):
        show_run(keep(pack_id, tmp_path))
    heads = "".join(said.getvalue().partition("10705" if pack_id == "qof-2557" else "A1")[0].split())
    assert people.replace(" ", "")[:12] in heads or all(word in heads for word in people.split())
    assert f"({money})" in heads
    assert ("UC" in heads) is (pack_id == "qof-2557")
    assert ("(บาท)" in said.getvalue()) is (pack_id == "qof-2557")
