"""schemes explain: made now or kept, in Thai or English, and what it refuses before anything is counted."""

import shutil
from pathlib import Path

import pytest

from cli.conftest import Office
from cli.speaking import Said, has_thai, samrit
from schemes.building import read_rows

ASKED = ("--org", "11033", "--item", "2.6")


@pytest.fixture(scope="module")
def kept(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home of its own with one kept run."""
    home = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(office.home, home)
    run: str = samrit("schemes", "run", "qof-2557", "--org", "42", "--json", "--home", home).json["run"]
    return home, run


def explain(home: Path, *words: str) -> Said:
    """`samrit schemes explain qof-2557 ...`."""
    return samrit("schemes", "explain", "qof-2557", *words, "--home", home)


def test_explain_ends_at_received_lines_and_belongs_to_a_run(office: Office) -> None:
    told = explain(office.home, *ASKED, "--level", "contracting_unit", "--json").json
    assert (told["org"], told["item"], told["snapshot"]) == ("11033", "2.6", office.loaded.json["snapshot"])
    lines = [x for examples in told["lines"].values() for of_one in examples for x in of_one]
    assert lines
    assert {x["file"] for x in lines} <= {path.name for path in office.zips.iterdir()}
    assert {x["package"] for x in lines} <= {path.name.upper() for path in office.zips.iterdir()}
    said = explain(office.home, *ASKED)
    assert told["run"] in said.lines[-1]
    rows = read_rows(office.home / "runs" / told["run"] / "scores.csv")
    (row,) = [r for r in rows if (r["org"], r["item"]) == ("11033", "2.6")]
    assert f"A = {row['a']}, B = {row['b']}" in said.out


def test_english_is_said_on_demand(office: Office) -> None:
    said = explain(office.home, *ASKED, "--lang", "en")
    assert said.lines[0] == "item 2.6 HT with BP below 140/90 (increase)"
    assert not has_thai("".join(said.lines[:-1]))
    assert explain(office.home, *ASKED, "--lang", "fr").code == 2


def test_a_kept_run_is_explained_without_counting(kept: tuple[Path, str]) -> None:
    home, run = kept
    said = explain(home, *ASKED, "--run", run[:6])
    assert said.code == 0
    assert said.err == ""  # no bars: nothing was counted
    assert run in said.lines[-1]
    assert "CHRONIC" in said.out
    assert [path.name for path in (home / "runs").iterdir() if path.is_dir()].count(run) == 1


def test_a_frozen_run_says_that_it_is_final(kept: tuple[Path, str]) -> None:
    home, run = kept
    assert explain(home, *ASKED, "--run", run, "--json").json["frozen_on"] is None
    samrit("runs", "freeze", run, "--reason", "มติที่ประชุม", "--home", home)
    assert "รับรองเมื่อ" in explain(home, *ASKED, "--run", run).lines[-1]
    assert explain(home, *ASKED, "--run", run, "--json").json["frozen_on"]


def test_a_kept_run_whose_data_is_gone_is_explained_without_rows(kept: tuple[Path, str], tmp_path: Path) -> None:
    home, run = kept
    shutil.copytree(home / "runs", tmp_path / "runs")
    said = explain(tmp_path, *ASKED, "--run", run)
    assert said.code == 0
    assert "ไม่มีข้อมูลชุด" in said.err
    assert "บรรทัด" not in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--org", "11003", "--item", "2.6"), "'1103"),
        (("--org", "4206", "--item", "2.6"), "11033"),
        (("--org", "11033", "--item", "2.7"), "'2."),
        ((*ASKED, "--level", "facility"), "contracting_unit"),
    ],
)
@pytest.mark.parametrize("from_run", [False, True])
def test_what_is_not_there_is_2_and_is_told_before_anything_is_counted(
    kept: tuple[Path, str], words: tuple[str, ...], told: str, from_run: bool
) -> None:
    home, run = kept
    before = sorted((home / "runs").iterdir())
    said = explain(home, *words, *(("--run", run) if from_run else ()))
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert sorted((home / "runs").iterdir()) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--run", "none"), "none"),
        (("--set", "money.netting=floor_zero"), "--set"),
        (("--as-of", "2013-06-30"), "--as-of"),
    ],
)
def test_a_kept_run_has_its_own_of_everything(kept: tuple[Path, str], words: tuple[str, ...], told: str) -> None:
    home, run = kept
    said = explain(home, *ASKED, *(words if "--run" in words else ("--run", run, *words)))
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_run_of_another_pack_is_told(kept: tuple[Path, str]) -> None:
    home, run = kept
    said = samrit("schemes", "explain", "qof-2560", *ASKED, "--run", run, "--home", home)
    assert said.code == 2
    assert "schemes.explain.other_pack" in said.err


def test_a_damaged_run_is_not_explained(kept: tuple[Path, str], tmp_path: Path) -> None:
    home, run = kept
    shutil.copytree(home / "runs", tmp_path / "runs")
    with (tmp_path / "runs" / run / "scores.csv").open("a", encoding="utf-8") as scores:
        scores.write("x\n")
    said = explain(tmp_path, *ASKED, "--run", run)
    assert said.code == 2
    assert "scores.csv" in said.err
