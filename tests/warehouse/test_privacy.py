"""No citizen number, name, HN or PID leaves the vault, and no message says what a person's cell holds."""

import re
from pathlib import Path

import polars as pl
import pytest

from builders import citizen_id, correction, load_all, name_of_zip, person, row, text_of, write_zip
from samrit.f43 import Summary, check_package, table, table_names
from samrit.problems import Problem
from samrit.warehouse import Home, Kind, load, open_snapshot, rebuild, rejects, views
from samrit.warehouse.standing import open_standing

# Distinctive, so that a hit in any byte is a leak. Numbers also as the digits that a careless cast would leave.
SECRET = {
    "CID": citizen_id(7_654_321_987),
    "NAME": "ลับมากชื่อ",
    "LNAME": "ลับมากสกุล",
    "HN": "HN8877665",
    "PID": "PIDZQX9911",
    "PASSPORT": "PASSQZ1234",
    "TELEPHONE": "0899998888",
    "MOBILE": "0866665555",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Every table with the secrets in their columns, at two facilities, with a correction that repeats them."""
    folder = tmp_path_factory.mktemp("private")
    packages = []
    for day, at in ((1, "11053"), (2, "04811"), (3, "11053")):
        entries = {}
        for name in table_names():
            secrets = {c: v for c, v in SECRET.items() if c in table(name).column_names}
            entries[name] = [row(name, HOSPCODE=at, **secrets)]
        entries["PERSON"] = [person(HOSPCODE=at, **SECRET)]
        # what is written in words beside a referral may name the patient; the stay of the referral is there too
        said = {"DIAGLAST": f"{SECRET['NAME']} {SECRET['HN']}", "DIAGFIRST": SECRET["LNAME"]}
        stay = {"AN": entries["DIAGNOSIS_IPD"][0]["AN"], "PID": SECRET["PID"]}
        entries["REFER_HISTORY"] = [row("REFER_HISTORY", HOSPCODE=at, **said, **stay)]
        pairs = {"PID": SECRET["PID"], "NAME": SECRET["NAME"], "EDITOR_CID": SECRET["CID"]}
        entries["DATA_CORRECT"] = [correction("PERSON", pairs, HOSPCODE=at)]
        packages.append(write_zip(folder, name_of_zip(day, at), entries))
    made = Home(folder / "home")
    load_all(made, *packages)
    rebuild(made)
    return made


def test_no_byte_outside_the_vault_holds_a_secret(home: Home) -> None:
    files = [f for f in home.path.rglob("*") if f.is_file() and home.vault not in f.parents]
    assert len(files) > 10
    for file in files:
        content = file.read_bytes()
        assert [c for c, v in SECRET.items() if v.encode() in content or v in str(file)] == [], file.name
        assert [c for c, v in SECRET.items() if v.isascii() is False and v.encode("cp874") in content] == [], file.name


def test_no_column_of_a_view_holds_a_secret_once_unpacked(home: Home) -> None:
    """Parquet packs its pages, so the bytes alone prove nothing: every cell is read."""
    files = list((home.path / "warehouse").rglob("*.parquet"))
    assert {f.parent.name for f in files} == {v.name for v in views().values() if v.kind in {Kind.EVENT, Kind.PERSON}}
    for file in files:
        cells = pl.read_parquet(file).select(pl.all().cast(pl.String)).to_dict(as_series=False)
        assert any(cells.values())
        for column, values in cells.items():
            text = "\n".join(v for v in values if v is not None)
            assert [c for c, v in SECRET.items() if v in text] == [], f"{file.parent.name}.{column}"


def test_vault_does_hold_them_so_the_search_can_find(home: Home) -> None:
    snapshot = open_snapshot(home)
    found = [open_standing(home, f, names["standing"]) for f, names in snapshot.facilities.items()]
    text = str([standing.rows(home, "PERSON").to_dicts() for standing in found])
    assert [c for c, v in SECRET.items() if c in table("PERSON").column_names and v not in text] == []


def test_person_ids_do_not_follow_from_the_citizen_number_alone(home: Home, tmp_path: Path) -> None:
    other = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), {"PERSON": [person(**SECRET)]}))
    ids = [
        {i for file in files for i in pl.read_parquet(file)["person_id"]}
        for files in (home.views.glob("people/*.parquet"), other.snapshot.files("people"))
    ]
    assert ids[0].isdisjoint(ids[1])


# Messages


def dirty_rows(name: str, marker: str) -> str:
    """Rows of a table with every cell, one after the other, holding a marker; then rows that are cut."""
    whole = row(name)
    rows = [whole | {c: f"{marker}{c}"} for c in table(name).column_names]
    return text_of(rows) + f"{marker}x|{marker}y\r\n{marker}z\r\n"


def said_by(problems: list[Problem]) -> str:
    return "\n".join(f"{p} {p.as_dict()}" for p in problems)


def test_no_message_holds_the_cell_that_is_wrong(tmp_path: Path) -> None:
    marker = "ลับQZX77"
    entries = {name: dirty_rows(name, marker) for name in table_names()}
    headerless = "\r\n".join("|".join([marker] * 8) for _ in range(3))
    paths = [
        write_zip(tmp_path, name_of_zip(1), entries),
        write_zip(tmp_path, name_of_zip(2), {"PERSON": headerless, "CARD": headerless}),
    ]
    damaged = write_zip(tmp_path, name_of_zip(3), {"PERSON": headerless})
    damaged.write_bytes(damaged.read_bytes()[:-30])
    summary = Summary()
    problems = [p for path in (*paths, damaged) for p in check_package(path, summary)]
    assert summary.rows["aside"] > 100
    assert summary.rows["kept_with_void"] > 100
    assert {p.code.rsplit(".")[-1] for p in problems} >= {
        "cells", "hospcode", "key_date", "date", "number", "integer", "header", "not_a_zip"
    }  # fmt: skip
    home = Home(tmp_path / "home")
    loaded = load(home, [*paths, damaged])
    said = said_by(problems) + str(loaded.as_dict()) + str([r.as_dict() for r in rejects(home)])
    assert len(said) > 10_000
    assert marker not in said
    assert "QZX77" not in said


def test_every_message_says_where(tmp_path: Path) -> None:
    path = write_zip(tmp_path, name_of_zip(1), {"a/PERSON.txt": dirty_rows("PERSON", "x")})
    for problem in check_package(path, Summary()):
        assert problem.where.file == path.name
        assert problem.where.entry == "a/PERSON.txt"
        assert problem.where.line >= 1
        assert re.search("[ก-๙]", problem.th)
