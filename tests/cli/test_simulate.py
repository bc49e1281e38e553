"""schemes simulate: who gains and who loses, for people, as CSV and as JSON; nothing is kept as a run."""

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from cli.conftest import Office
from cli.speaking import Said, has_thai, samrit
from schemes.building import PACK, read_rows, write_csv

WIDE = "scoring.B3.lower_edges=[1.01, 1.36, 1.4, 1.45]"  # 16 to 11 earns 5 where it earned 3
FLOOR = "money.netting=floor_zero"
SCENARIO_COLUMNS = ["scenario", "org", "component", "in", "before", "after", "difference"]


@pytest.fixture(scope="module")
def kept(office: Office) -> str:
    """The id of a run to start from."""
    return str(samrit("schemes", "run", "qof-2557", "--org", "42", "--json", home=office.home).json["run"])


def simulate(office: Office, *words: object) -> Said:
    return samrit("schemes", "simulate", "qof-2557", *map(str, words), home=office.home)


def paid_by(office: Office, folder: Path, *words: object) -> dict[tuple[str, str], int]:
    """(org, component) -> satang of a full run."""
    samrit("schemes", "run", "qof-2557", "--org", "42", *map(str, words), "--out", folder, home=office.home)
    return {(r["org"], r["component"]): int(r["amount_satang"]) for r in read_rows(folder / "payments.csv")}


def test_the_csv_files_say_what_full_runs_say_and_no_run_is_kept(office: Office, kept: str, tmp_path: Path) -> None:
    before = paid_by(office, tmp_path / "before")
    after = paid_by(office, tmp_path / "after", "--set", WIDE, "--set", FLOOR)
    runs = sorted((office.home / "runs").iterdir())
    said = simulate(office, "--base", kept[:8], "--set", WIDE, "--set", FLOOR, "--out", tmp_path / "out")
    assert said.code == 0
    assert "never kept as runs" in said.out
    assert sorted((office.home / "runs").iterdir()) == runs
    rows = read_rows(tmp_path / "out" / "scenarios.csv")
    assert list(rows[0]) == SCENARIO_COLUMNS
    assert {row["org"] for row in rows} == {*(p.org for p in PACK.payees), "42"}
    for row in rows:
        if row["in"] == "satang":
            key = row["org"], row["component"]
            assert (int(row["before"]), int(row["after"])) == (before[key], after[key])
            assert int(row["difference"]) == after[key] - before[key]
    (line,) = read_rows(tmp_path / "out" / "summary.csv")
    gained = {o: after[o, "earned"] - before[o, "earned"] for o in (p.org for p in PACK.payees)}
    assert int(line["gainers"]) == sum(change > 0 for change in gained.values()) > 0
    assert int(line["losers"]) + int(line["unchanged"]) == len(PACK.payees) - int(line["gainers"])
    assert int(line["gains_satang"]) + int(line["losses_satang"]) == sum(gained.values())
    assert int(line["difference_satang"]) == after["42", "earned"] - before["42", "earned"]
    assert int(line["undistributed_after_satang"]) == after["42", "undistributed"]
    assert (int(line["owed_before_satang"]), int(line["owed_after_satang"])) == (before["42", "receivable"], 0)


def test_what_is_asked_for_as_a_run_is_the_same_base(office: Office, kept: str) -> None:
    documents = []
    for words in (("--base", kept), ("--org", "42")):
        told: dict[str, Any] = simulate(office, *words, "--set", WIDE, "--json").json
        assert told.pop("base") == (kept if words[0] == "--base" else None)
        documents.append(told)
    assert documents[0] == documents[1]
    assert documents[0]["scenarios"][0]["values"] == {"scoring.B3.lower_edges": "[1.01, 1.36, 1.4, 1.45]"}


def test_inputs_and_days_reach_the_base(office: Office, tmp_path: Path) -> None:
    columns = ("item", "org", "value", "author", "entered_on")
    write_csv(tmp_path / "in" / "entries.csv", columns, [("3.1", "11033", "75", "สมชาย", "2014-04-15")])
    words = ("--org", "11033", "--inputs", tmp_path / "in", "--as-of", "2013-09-30")
    (one,) = simulate(office, *words, "--set", "entries.3.1.11033=85", "--json").json["scenarios"]
    full = paid_by(office, tmp_path / "full", *words)
    lines = {(row["org"], row["component"]): row for row in one["lines"]}
    assert lines["11033", "earned"]["before"] == full["11033", "earned"]
    people = next(p.population for p in PACK.payees if p.org == "11033")
    step = lines["11033", "earned"]["difference"]
    assert abs(step * 5 - 325 * people) <= 5  # one step of five of 3.25 baht a head, rounded with the unit's sum
    assert lines["all", "points"]["difference"] == "12"  # one step of five of 60 points


def test_grids_multiply_and_a_file_stands_beside_them(office: Office, kept: str, tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(
        "scenarios:\n- {name: one, title: {th: แบบหนึ่ง, en: One}}\n- {name: two, set: {money.netting: floor_zero}}\n",
        encoding="utf-8",
    )
    words = ("--base", kept, "--scenario", file, "--grid", "scoring.B1.lower_edges.0=1,20,64", "--out", tmp_path)
    said = simulate(office, *words)
    assert said.code == 0
    names = [row["scenario"] for row in read_rows(tmp_path / "summary.csv")]
    points = [f"scoring.B1.lower_edges.0={edge}" for edge in (1, 20, 64)]
    assert names == [f"{own} {point}" for own in ("one", "two") for point in points]
    assert "แบบหนึ่ง" in said.out
    assert "3 more" in said.out


def test_the_tables_for_people_are_thai_first_and_fit_80_columns(office: Office, kept: str) -> None:
    said = simulate(office, "--base", kept, "--set", WIDE)
    assert has_thai(said.lines[0])
    assert "…" not in said.out
    assert max(cell_len(line) for line in said.lines[:-1]) <= 80
    same = simulate(office, "--base", kept, "--set", "items.2.6.points.value=60")
    assert "no unit changes" in same.out


def test_a_scenario_that_cannot_be_is_told_and_ends_with_1(office: Office, kept: str) -> None:
    said = simulate(office, "--base", kept, "--grid", "money.netting=floor_zero,floor", "--json")
    assert said.code == 1
    assert [one["scenario"] for one in said.json["scenarios"]] == ["money.netting=floor_zero"]
    assert [one["code"] for one in said.json["problems"]] == ["authored.value"]
    assert "money.netting" in said.err
    wrong = simulate(office, "--base", kept, "--set", "population.uc.1103=5")
    assert wrong.code == 1
    assert "no payee '1103'" in wrong.err
    assert "who gains" not in wrong.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "--grid"),
        (("--set", "money.netting"), "path=value"),
        (("--grid", "money.netting"), "path=v1,v2"),
        (("--base", "KEPT", "--org", "42", "--set", WIDE), "--base"),
        (("--base", "ffffffff", "--set", WIDE), "ffffffff"),
        (("--org", "41", "--set", WIDE), "41"),
        (("--scenario", "nowhere.yaml"), "nowhere.yaml"),
        (("--base", "KEPT", "--set", WIDE, "--out", __file__), "--out"),
    ],
)
def test_wrong_usage_is_2(office: Office, kept: str, words: tuple[str, ...], told: str) -> None:
    said = simulate(office, *(kept if word == "KEPT" else word for word in words))
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_run_of_another_scheme_is_no_base(office: Office, kept: str) -> None:
    said = samrit("schemes", "simulate", "uk-qof", "--base", kept, "--set", "x=1", home=office.home)
    assert said.code == 2
    assert f"simulate qof-2557 --base {kept}" in said.err
