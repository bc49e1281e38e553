"""zones import and agreements import, classes of hospitals, and the counts that stand on them."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from cli.speaking import Said, has_thai, samrit
from measures.building import a_case, load_rows
from samrit.warehouse import Home, current_input

PERIOD = "2013-04-01..2014-03-31"
ORG = """hospcode,hostype,service_level,size,cup,district_code,province_code,health_region
11053,07,F2,,11053,4203,42,8
10671,05,A,large,10671,4101,41,8
10670,05,A,large,10670,4001,40,7
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two referrals for a heart attack, into the next zone and into the next region; three stays with weights."""
    found = [{"SEQ": f"S{n}", "DIAGCODE": "I210", "DATE_SERV": "20130501"} for n in (1, 2)]
    sent = [
        {"REFERID": f"R{n}", "SEQ": f"S{n}", "DATETIME_REFER": "20130501", "HOSP_DESTINATION": to}
        for n, to in ((1, "10671"), (2, "10670"))
    ]
    stays = [
        {"HOSPCODE": at, "ADJRW": weight} for at, weight in (("10671", "1.5"), ("10670", "2.25"), ("11053", "0.5"))
    ]
    load_rows(tmp_path, a_case(DIAGNOSIS_OPD=found, REFER_HISTORY=sent, ADMISSION=stays))
    (tmp_path / "org.csv").write_text(ORG, encoding="utf-8")
    assert samrit("org", "import", tmp_path / "org.csv", "--replace", home=tmp_path / "home").code == 0
    return tmp_path / "home"


def write(home: Path, name: str, text: str) -> Path:
    path = home.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def counted(home: Path, *words: str) -> list[str]:
    said: Said = samrit("measures", "count", *words, "--period", PERIOD, "--format", "csv", home=home)
    assert said.code == 0
    return [line.split(",", 3)[0] + " " + line.split(",", 3)[3] for line in said.lines[1:]]


def test_zones_are_kept_dated_and_used(home: Path) -> None:
    name = "referrals_out_of_zone_heart"
    assert counted(home, name) == [f"{name} facility,11053,0,2,0.0000"]
    zones = write(home, "zones.csv", "group,hospcode,zone\nheart,11053,Z1\nheart,10671,Z2\n")
    said = samrit("zones", "import", zones, home=home)
    assert said.code == 0
    assert "2" in said.out
    assert has_thai(said.out)
    assert counted(home, name) == [f"{name} facility,11053,1,2,50.0000"]
    kept = current_input(Home(home), "zones")
    assert kept is not None
    assert (kept.number, kept.file, kept.day) == (1, "zones.csv", date.today().isoformat())  # noqa: DTZ011
    # the same again is no new set; other zones take the place of all of them
    samrit("zones", "import", zones, home=home)
    samrit("zones", "import", write(home, "zones.csv", "group,hospcode,zone\nheart,11053,Z1\n"), home=home)
    assert counted(home, name) == [f"{name} facility,11053,0,2,0.0000"]
    again = current_input(Home(home), "zones")
    assert again is not None
    assert again.number == 2


def test_agreements_are_kept_and_used_in_both_directions(home: Path) -> None:
    name = "referrals_out_of_region_heart"
    assert counted(home, name) == [f"{name} facility,11053,1,2,50.0000"]
    said = samrit("agreements", "import", write(home, "agreements.csv", "from,to\n10670,11053\n"), home=home)
    assert said.code == 0
    assert counted(home, name) == [f"{name} facility,11053,0,2,0.0000"]


@pytest.mark.parametrize(
    ("command", "text", "code", "line"),
    [
        ("zones", "group,hospcode,zone\nheart,11053,Z1\nhart,11053,Z1\n", "reference.zone.group", 3),
        ("agreements", "from,to\n11053,11053\n", "reference.agreement.self", 2),
    ],
)
def test_a_wrong_line_refuses_the_whole_file(home: Path, command: str, text: str, code: str, line: int) -> None:
    said = samrit(command, "import", write(home, "wrong.csv", text), home=home)
    assert said.code == 1
    assert code in said.err
    assert f"wrong.csv:{line}" in said.err
    assert current_input(Home(home), command) is None


def test_a_hospital_that_no_register_knows_is_told_and_imported(home: Path) -> None:
    said = samrit("agreements", "import", write(home, "a.csv", "from,to\n11053,99999\n"), home=home)
    assert said.code == 0
    assert "reference.network.unknown" in said.err


def test_classes_of_hospitals_add_weights_and_stays_first(home: Path) -> None:
    lines = counted(home, "case_mix_index", "--level", "service_level")
    assert lines == [
        "case_mix_index service_level,A-large,3.75,2,1.8750",
        "case_mix_index service_level,F2,0.5,1,0.5000",
    ]
    inside = counted(home, "case_mix_index", "--level", "service_level", "--org", "region:8")
    assert inside[0] == "case_mix_index service_level,A-large,1.5,1,1.5000"


def test_the_table_names_the_classes_and_json_keeps_the_digits(home: Path) -> None:
    words = ("measures", "count", "case_mix_index", "--period", PERIOD)
    table = samrit(*words, "--level", "service_level", home=home)
    assert "โรงพยาบาลระดับ A ใหญ่" in table.out
    told: list[Mapping[str, object]] = samrit(*words, "--level", "country", "--format", "json", home=home).json
    assert [(row["a"], row["b"], row["value"]) for row in told] == [("4.25", 3, "1.4167")]


def test_all_measures_are_counted_under_the_names_of_their_groups(home: Path) -> None:
    names = {line.split()[0] for line in counted(home, "--all", "--level", "country")}
    assert {"referrals_out_of_region_heart", "referrals_out_of_region_all", "case_mix_index"} <= names
    assert "referrals_out_of_region" not in names


def test_a_group_without_referrals_has_no_line(home: Path) -> None:
    assert counted(home, "referrals_out_of_region_cancer") == []
    assert counted(home, "referrals_out_of_region", "--param", "group=cancer") == []


PACK = """id: referral-contest
title: {th: ทดลอง, en: made up}
year: 2556
period: 2013-04-01..2014-03-31
census_day: 2013-10-01
people:
  residents:
    title: {th: คน, en: people}
    file: population.csv
    column: residents
    day: 2013-10-01
    standing: typed_in
calendar:
  assessed: {th: ทดลอง, en: made up}
  payments:
  - {id: prize, of: net, title: {th: จ่าย, en: paid}, due: 2014-12-01, standing: typed_in}
scoring:
  AGAINST_MEAN: {kind: norm, edges: [0], scores: [1, 2], sd_zero: 1, standing: typed_in}
pools:
- id: prize
  title: {th: รางวัล, en: prize}
  rule: closed_pool
  payee: facility
  people: residents
  pot: {amount: {value: 1000, standing: typed_in}}
items:
- item: "1"
  title: {th: ส่งต่อออกนอกโซน, en: out of the zone}
  points: {value: 50, standing: typed_in}
  measure: referrals_out_of_zone
  parameters: {group: heart}
  score: {by: AGAINST_MEAN, standing: typed_in}
- item: "2"
  title: {th: ดัชนีผู้ป่วยใน, en: case-mix index}
  points: {value: 50, standing: typed_in}
  measure: case_mix_index
  score: {by: AGAINST_MEAN, standing: typed_in}
"""


def test_a_run_that_counts_referrals_keeps_the_zones_and_another_run_does_not(home: Path) -> None:
    folder = home / "packs" / "referral-contest"
    folder.mkdir(parents=True)
    (folder / "scheme.yaml").write_text(PACK, encoding="utf-8")
    (folder / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    people = "org,district_code,residents\n11053,4203,1000\n10671,4101,1000\n"
    (folder / "population.csv").write_text(people, encoding="utf-8")
    samrit(
        "zones", "import", write(home, "zones.csv", "group,hospcode,zone\nheart,11053,Z1\nheart,10671,Z2\n"), home=home
    )
    samrit("agreements", "import", write(home, "agreements.csv", "from,to\n10670,11053\n"), home=home)

    run = samrit("schemes", "run", "referral-contest", "--out", home.parent / "out", "--json", home=home)

    assert run.code == 0, run.err
    manifest = json.loads((home.parent / "out" / "manifest.json").read_bytes())
    # agreements are read by referrals_out_of_region alone
    assert {"zones", "org"} <= set(manifest["inputs"])
    assert "agreements" not in manifest["inputs"]
    with (home.parent / "out" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    counts = {(row["org"], row["item"]): (row["a"], row["b"]) for row in rows}
    assert counts["11053", "1"] == ("1", "2")
    assert counts["11053", "2"] == ("0.5", "1")
    assert counts["10671", "2"] == ("1.5", "1")
    # the run is made again out of what it keeps, though the home has other zones now
    samrit("zones", "import", write(home, "zones.csv", "group,hospcode,zone\nheart,11053,Z1\n"), home=home)
    assert samrit("runs", "verify", manifest["run"], home=home).code == 0
    other = samrit("schemes", "run", "referral-contest", "--out", home.parent / "other", home=home)
    assert other.code == 0
    again = json.loads((home.parent / "other" / "manifest.json").read_bytes())
    assert again["run"] != manifest["run"]
    explained = samrit("schemes", "explain", "referral-contest", "--org", "10671", "--item", "2", home=home)
    assert explained.code == 0, explained.err
