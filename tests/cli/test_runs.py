"""samrit runs: a person freezes, checks, compares and transfers; every refusal says what to do."""

import csv
import io
from pathlib import Path

import pytest

from cli.conftest import Office
from cli.speaking import Said, has_thai, samrit


@pytest.fixture(scope="module")
def two(office: Office) -> tuple[str, str]:
    """Ids of two runs of the office's data: as printed, and with a lower rate of one item."""
    changed = ("--set", "items.1.6.rate.value=3.24", "--set", "domains.1.rate=21.65")
    ids = [
        samrit("schemes", "run", "qof-2557", *more, "--json", home=office.home).json["run"] for more in ((), changed)
    ]
    return ids[0], ids[1]


def runs(office: Office, *words: str | Path) -> Said:
    return samrit("runs", *words, home=office.home)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_kept_runs_are_listed_at_80_columns(office: Office, two: tuple[str, str]) -> None:
    said = runs(office, "list")
    assert said.code == 0
    assert all(any(line.startswith(run) for line in said.lines) for run in two)
    assert {entry["run"] for entry in runs(office, "list", "--json").json} >= set(two)


def test_verifying_recomputes_and_says_the_same(office: Office, two: tuple[str, str]) -> None:
    said = runs(office, "verify", two[1][:6], "--json")
    assert said.code == 0
    assert said.json == {"run": two[1], "again": two[1], "verdict": "same", "different": []}


def test_a_run_whose_file_was_edited_is_not_verified(office: Office, tmp_path: Path) -> None:
    one = samrit("schemes", "run", "qof-2557", "--set", "money.netting=floor_zero", "--json", home=office.home).json
    scores = Path(one["folder"]) / "scores.csv"
    whole = scores.read_bytes()
    scores.write_bytes(whole.replace(b",1,", b",2,", 1))
    said = runs(office, "verify", one["run"])
    scores.write_bytes(whole)
    assert said.code == 2
    assert "scores.csv" in said.err
    assert has_thai(said.err)


def test_diff_names_the_rule_and_every_satang(office: Office, two: tuple[str, str], tmp_path: Path) -> None:
    said = runs(office, "diff", *two, "--json").json
    assert {(d["cause"], d["name"]) for d in said["inputs"]} == {
        ("rules", "--set items.1.6.rate.value"), ("rules", "--set domains.1.rate"),
    }  # fmt: skip
    assert {i["item"] for i in said["items"]} == {"1.6"}
    assert all(i["by_rules"] == i["satang_after"] - i["satang_before"] for i in said["items"])
    people = runs(office, "diff", *two)
    assert "1.6" in people.out
    assert has_thai(people.out)
    runs(office, "diff", *two, "--out", tmp_path / "diff.csv")
    assert len(rows((tmp_path / "diff.csv").read_text(encoding="utf-8-sig"))) == len(said["items"])


def test_runs_of_two_schemes_are_not_compared(office: Office, two: tuple[str, str], tmp_path: Path) -> None:
    said = runs(office, "diff", two[0], "ffff")
    assert said.code == 2
    assert "results.run.unknown" in said.err


def test_only_a_frozen_run_is_transferred_and_it_is_frozen_once(office: Office, two: tuple[str, str]) -> None:
    refused = runs(office, "transfer", two[0])
    assert (refused.code, refused.out) == (2, "")
    assert "schemes.transfer.not_frozen" in refused.err
    draft = rows(runs(office, "transfer", two[0], "--draft").out)
    assert {r["frozen_on"] for r in draft} == {""}
    assert runs(office, "freeze", two[0], "--reason", "มติคณะกรรมการ", "--as", "somsri").code == 0
    again = runs(office, "freeze", two[0], "--reason", "x")
    assert (again.code, "results.freeze.again" in again.err) == (2, True)
    made = rows(runs(office, "transfer", two[0]).out)
    assert [r["amount_satang"] for r in made] == [r["amount_satang"] for r in draft]
    assert all(int(r["amount_satang"]) > 0 and r["frozen_on"] for r in made)
    assert next(e for e in runs(office, "list", "--json").json if e["run"] == two[0])["frozen"]["user"] == "somsri"


def test_late_data_of_the_same_snapshot_change_nothing(office: Office, two: tuple[str, str], tmp_path: Path) -> None:
    said = runs(office, "late", two[0], "--adjustments", tmp_path / "adjustments.csv", "--json")
    assert (said.code, said.json["items"], said.json["money"]) == (0, [], [])
    assert rows((tmp_path / "adjustments.csv").read_text(encoding="utf-8")) == []
