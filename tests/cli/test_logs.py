"""`samrit logs`, and what the other commands show of logs."""

from pathlib import Path

import pytest

from builders import citizen_id
from cli.speaking import samrit

HEAD = "timestamp,hospcode,topic,success,person\n"
LINES = f"2017-10-02T09:00:00,11053,DX01,1,{citizen_id(1)}\nspoilt,10705,DX02,1,\n2017-11-02,10705,DX02,?,\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "dx.csv"
    path.write_text(HEAD + LINES)
    return path


def test_load_says_in_json_what_became_of_every_file_and_row(tmp_path: Path, log: Path) -> None:
    said = samrit("logs", "load", "data-exchange", log, "--json", "--home", tmp_path / "home")
    assert said.code == 0
    [file] = said.json["logs"]
    assert (file["file"], file["kind"], file["status"]) == ("dx.csv", "data-exchange", "loaded")
    assert file["rows"] == {"read": 3, "kept": 2, "rejected": 1, "superseded": 0}
    assert [p["code"] for p in said.json["problems"]] == ["logs.row.timestamp", "logs.row.success"]
    again = samrit("logs", "load", "data-exchange", log, "--json", "--home", tmp_path / "home")
    assert (again.json["snapshot"], again.json["logs"][0]["status"]) == (said.json["snapshot"], "duplicate")


def test_load_of_the_wrong_kind_fails_and_says_which_column_is_missing(tmp_path: Path, log: Path) -> None:
    said = samrit("logs", "load", "smart-health-id", log, "--home", tmp_path / "home")
    assert said.code == 1
    assert "logs.file.columns" in said.err
    assert "action" in said.err
    assert samrit("logs", "load", "referrals", log, "--home", tmp_path / "home").code == 2


def test_load_shows_the_numbers_to_people(tmp_path: Path, log: Path) -> None:
    said = samrit("logs", "load", "data-exchange", log, log, "--home", tmp_path / "home")
    assert any(line.split()[-1:] == ["3"] for line in said.lines if "rows read" in line)
    assert "dx.csv:3 timestamp" in said.err


def test_rejects_show_rows_of_logs_in_words(tmp_path: Path, log: Path) -> None:
    samrit("logs", "load", "data-exchange", log, "--home", tmp_path / "home")
    said = samrit("rejects", "--home", tmp_path / "home")
    assert said.code == 0
    assert "dx.csv:3" in said.out
    assert "the moment cannot be read" in said.out
    assert "neither yes nor no" in said.out
    found = samrit("rejects", "--json", "--home", tmp_path / "home").json["rejects"]
    assert [(r["table"], r["line"], r["rule"], r["state"]) for r in found] == [
        ("data-exchange", 3, "timestamp", "aside"),
        ("data-exchange", 4, "success", "voided"),
    ]
    assert citizen_id(1) not in said.out


def test_usage_counts_and_never_names_a_person(tmp_path: Path, log: Path) -> None:
    home = tmp_path / "home"
    samrit("logs", "load", "data-exchange", log, "--home", home)
    asked = ("logs", "usage", "--period", "2017-10-01..2018-09-30", "--home", home)
    hospitals = samrit(*asked, "--by", "hospital", "--format", "csv")
    assert hospitals.lines == [
        "kind,key,calls,succeeded,persons,facilities",
        "data-exchange,10705,1,0,0,0",
        "data-exchange,11053,1,1,1,1",
    ]
    for by in ("person", "call", "hospital", "province", "month"):
        for form in ("csv", "json", "table"):
            said = samrit(*asked, "--by", by, "--format", form)
            assert said.code == 0
            assert citizen_id(1) not in said.out + said.err
    assert samrit(*asked, "--by", "name").code == 2
    assert samrit(*asked, "--by", "call", "--format", "json").json[0] == {
        "kind": "data-exchange", "key": "DX01", "calls": 1, "succeeded": 1, "persons": 1, "facilities": 1,
    }  # fmt: skip


def test_people_of_a_log_measure_are_the_received_lines_and_missing_are_hospitals(tmp_path: Path) -> None:
    home = tmp_path / "home"
    org, reads = tmp_path / "org.csv", tmp_path / "reads.csv"
    org.write_text(
        "hospcode,hostype,service_level,size,cup,district_code,province_code,health_region\n"
        "10705,06,,,10705,4201,42,8\n10671,05,,,10671,4101,41,8\n"
    )
    reads.write_text(f"timestamp,hospcode,action,success,person\n2017-12-01,10705,read,1,{citizen_id(1)}\n")
    assert samrit("org", "import", org, "--replace", "--home", home).code == 0
    assert samrit("logs", "load", "smart-health-id", reads, "--home", home).code == 0
    asked = ("measures", "people", "smart_health_id_use", "--level", "country", "--org", "TH", "--reason", "check")
    period = ("--period", "2017-10-01..2018-09-30", "--home", home)
    [used] = samrit(*asked, "--part", "a", *period, "--json").json
    assert (used["facility"], used["person"]) == ("10705", "")
    assert [(line["file"], line["line"], line["table"]) for line in used["lines"]] == [
        ("reads.csv", 2, "smart-health-id")
    ]
    [missing] = samrit(*asked, "--part", "missing", *period, "--json").json
    assert (missing["facility"], missing["lines"]) == ("10671", [])
    for part in ("a", "b", "missing"):
        said = samrit(*asked, "--part", part, *period)
        assert said.code == 0
        assert citizen_id(1) not in said.out
    assert "reads.csv" in samrit(*asked, "--part", "a", *period).out
    counted = samrit("measures", "count", "smart_health_id_use", "--level", "country", *period, "--format", "csv")
    assert counted.lines[1].endswith("TH,1,2,50.0000")
