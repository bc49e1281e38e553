"""Measures of a site: started, checked, counted, scored, kept with a run; names that are taken; everything by file."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from cli.conftest import Office
from cli.speaking import Said, has_thai, samrit

PERIOD = ("--period", "2013-04-01..2014-03-31", "--census", "2013-10-01")


@pytest.fixture
def home(office: Office, tmp_path: Path) -> Path:
    """A copy of the office's home, to put packs into."""
    return Path(shutil.copytree(office.home, tmp_path / "home"))


def new(home: Path, *words: str) -> Path:
    said = samrit("measures", "new", *words, "--home", home)
    assert said.code == 0, said.err
    return Path(said.out.split("  ->")[0])


def count(home: Path, measure_id: str) -> list[dict[str, str]]:
    said = samrit("measures", "count", measure_id, *PERIOD, "--format", "csv", "--home", home)
    assert said.code == 0, said.err
    return list(csv.DictReader(io.StringIO(said.out)))


def check(home: Path, *words: str | Path) -> Said:
    return samrit("measures", "check", *words, "--home", home)


def test_a_started_measure_passes_every_check_and_teaches_in_thai(tmp_path: Path) -> None:
    folder = new(tmp_path, "dm_foot_exam")
    assert folder == tmp_path / "packs" / "site" / "measures" / "dm_foot_exam"
    said = check(tmp_path, "dm_foot_exam")
    assert (said.code, said.lines[-1]) == (0, "5 passed, 0 failed")
    assert all(has_thai(file.read_text(encoding="utf-8")) for file in folder.iterdir())
    assert not any("bp_measured" in file.read_text(encoding="utf-8") for file in folder.iterdir())


@pytest.mark.parametrize(
    "like", ["ht_controlled", "anc_five_visits", "op_primary_to_hospital_ratio", "referrals_out_of_zone"]
)
def test_a_copied_measure_passes_with_the_cases_of_the_first(tmp_path: Path, like: str) -> None:
    new(tmp_path, "our_own", "--from", like, "--pack", "loei-2569")
    own, first = check(tmp_path, "our_own"), check(tmp_path, like)
    assert (own.code, own.lines[-1]) == (0, first.lines[-1])


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("HT",), "dm_foot_exam"),
        (("people",), "dm_foot_exam"),
        (("ht_controlled",), "measures/catalogue/ht_controlled"),
        (("mine", "--pack", "../x"), "loei-2569"),
        (("mine", "--from", "ht_controled"), "'ht_controlled'"),
    ],
)
def test_what_cannot_be_started_is_2_and_writes_nothing(tmp_path: Path, words: tuple[str, ...], near: str) -> None:
    said = samrit("measures", "new", *words, "--home", tmp_path)
    assert (said.code, said.out) == (2, "")
    assert near in said.err
    assert not (tmp_path / "packs").exists()


def test_a_started_measure_is_not_written_over(tmp_path: Path) -> None:
    new(tmp_path, "mine")
    said = samrit("measures", "new", "mine", "--pack", "other", "--home", tmp_path)
    assert said.code == 2
    assert "packs/site/measures/mine" in said.err


def test_a_measure_of_the_site_is_found_by_every_command(home: Path) -> None:
    new(home, "our_ht", "--from", "ht_controlled")
    assert "our_ht" in [m["id"] for m in samrit("measures", "list", "--json", "--home", home).json]
    assert samrit("measures", "show", "our_ht", "--home", home).code == 0
    counted = [dict(row, measure="") for row in count(home, "our_ht")]
    assert counted == [dict(row, measure="") for row in count(home, "ht_controlled")] != []
    org = max(counted, key=lambda row: int(row["b"]))
    asked = ("--org", org["org"], "--part", "b", *PERIOD, "--reason", "ติดตาม", "--json")
    listed = samrit("measures", "people", "our_ht", *asked, "--home", home).json
    assert len(listed) == int(org["b"])


def test_a_measure_of_one_home_is_unknown_to_another(tmp_path: Path) -> None:
    new(tmp_path / "one", "mine")
    assert samrit("measures", "show", "mine", "--home", tmp_path / "one").code == 0
    said = samrit("measures", "show", "mine", "--home", tmp_path / "two")
    assert (said.code, said.out) == (2, "")


def test_sets_and_code_lists_of_the_site_are_used_by_name(home: Path) -> None:
    folder = new(home, "our_ht", "--from", "ht_controlled")
    pack = folder.parents[1]
    (pack / "codelists").mkdir()
    (pack / "sets").mkdir()
    (pack / "codelists" / "only_i10.csv").write_text("code_prefix,title_en,source\nI10,Essential,ours\n")
    (pack / "sets" / "registered_i10.sql").write_text(
        "-- Lines of the register with essential hypertension\nSELECT person_id, row_id FROM chronic_register\n"
        "WHERE in_codelist(code, 'only_i10') AND diagnosed_on < $census\n"
    )
    sql = folder / "b.sql"
    sql.write_text(sql.read_text(encoding="utf-8").replace("registered_ht", "registered_i10"), encoding="utf-8")
    said = check(home, "our_ht")
    assert said.code == 1  # I11.9 counts in a case of the first measure
    assert "B ต้องได้ / expected 2, พบ / found 1" in said.out
    ours, theirs = ({r["org"]: int(r["b"]) for r in count(home, name)} for name in ("our_ht", "ht_controlled"))
    assert all(ours[org] <= theirs[org] for org in ours)
    assert sum(ours.values()) > 0
    shown = samrit("measures", "show", "our_ht", "--home", home).out
    assert "only_i10" in shown
    assert "Lines of the register with essential hypertension" in shown


def test_a_name_that_is_taken_is_told_at_both_places(tmp_path: Path) -> None:
    shutil.copytree(new(tmp_path, "mine"), tmp_path / "packs" / "other" / "measures" / "mine")
    shutil.copytree(new(tmp_path, "first"), tmp_path / "packs" / "other" / "measures" / "ht_controlled")
    for folder, name in (("sets", "residents.sql"), ("sets", "people.sql"), ("codelists", "dm.csv")):
        file = tmp_path / "packs" / "site" / folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("code_prefix,title_en,source\nE10,x,y\n" if folder == "codelists" else "SELECT 1 AS x")
    said = samrit("measures", "list", "--json", "--home", tmp_path)
    assert said.code == 1
    assert "first" in [m["id"] for m in said.json]
    for place, other in (
        ("packs/site/measures/mine", "packs/other/measures/mine"),
        ("packs/other/measures/ht_controlled", "measures/catalogue/ht_controlled"),
        ("packs/site/sets/residents.sql", "measures/catalogue/sets/residents.sql"),
        ("packs/site/sets/people.sql", "view people"),
        ("packs/site/codelists/dm.csv", "measures/codelists/dm.csv"),
    ):
        assert f"{place}  error  measures.site.taken" in said.err
        assert other in said.err
    assert samrit("measures", "show", "ht_controlled", "--home", tmp_path).code == 2


def test_one_broken_measure_does_not_hide_the_others(tmp_path: Path) -> None:
    broken, good = new(tmp_path, "broken"), new(tmp_path, "good_one")
    (broken / "a.sql").write_text("SELECT person_id FROM screening\n")
    said = check(tmp_path, "broken", "good_one")
    assert (said.code, said.lines[-1]) == (1, "5 passed, 0 failed")
    assert "packs/site/measures/broken/a.sql:1" in said.err
    assert "'screenings'" in said.err
    assert check(tmp_path, good).lines[-1] == "5 passed, 0 failed"


SCHEME_CHANGE = ("measure: ht_controlled", "measure: our_ht")


@pytest.fixture
def paying(home: Path) -> Path:
    """A home whose pack scores a measure that another pack of the site holds."""
    new(home, "our_ht", "--from", "ht_controlled", "--pack", "definitions")
    assert samrit("schemes", "new", "contest", "--home", home).code == 0
    scheme = home / "packs" / "contest" / "scheme.yaml"
    text = scheme.read_text(encoding="utf-8")
    assert SCHEME_CHANGE[0] in text
    scheme.write_text(text.replace(*SCHEME_CHANGE), encoding="utf-8")
    return home


def run(home: Path) -> dict[str, object]:
    said = samrit("schemes", "run", "contest", "--json", "--home", home)
    assert said.code == 0, said.err
    told: dict[str, object] = said.json
    return told


def test_a_pack_may_name_a_measure_of_the_site_and_its_run_keeps_it(paying: Path) -> None:
    first = run(paying)
    kept = Path(str(first["folder"])) / "pack" / "definitions" / "measures" / "our_ht"
    own = paying / "packs" / "definitions" / "measures" / "our_ht"
    assert {f.name: f.read_bytes() for f in kept.iterdir()} == {f.name: f.read_bytes() for f in own.iterdir()}
    sql = own / "a.sql"
    sql.write_text(sql.read_text(encoding="utf-8").replace("max(r.sbp) < 140", "max(r.sbp) < 130"), encoding="utf-8")
    assert run(paying)["folder"] != first["folder"]
    assert json.loads((kept.parents[3] / "manifest.json").read_bytes())["measures"].keys() >= {
        "definitions/measures/our_ht/a.sql",
        "definitions/measures/our_ht/measure.yaml",
    }


def test_a_run_is_verified_with_the_measures_that_it_keeps(paying: Path) -> None:
    folder = Path(str(run(paying)["folder"]))
    shutil.rmtree(paying / "packs" / "definitions")
    said = samrit("runs", "verify", folder.name, "--json", "--home", paying)
    assert (said.code, said.json["verdict"]) == (0, "same")
    assert samrit("schemes", "check", "contest", "--home", paying).code == 1


def test_a_run_without_measures_of_the_site_says_nothing_of_them(office: Office, tmp_path: Path) -> None:
    home = Path(shutil.copytree(office.home, tmp_path / "home"))
    samrit("schemes", "new", "contest", "--home", home)
    assert "measures" not in json.loads((Path(str(run(home)["folder"])) / "manifest.json").read_bytes())
