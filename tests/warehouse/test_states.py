"""Every received row has one of three states and is counted once (DESIGN section 3; DEFINITIONS S2.1)."""

import json
import zipfile
from pathlib import Path
from random import Random

import pytest

from builders import load_all, name_of_zip, person, random_packages, row, standing, text_of, write_zip
from samrit.f43 import table_names, table_of_entry
from samrit.f43.values import WHITE_SPACE
from samrit.warehouse import Home, Reject, WarehouseError, load, rebuild, rejects, snapshots, trace

FACILITIES = ("11053", "04811")


@pytest.mark.parametrize("seed", range(3))
def test_every_line_of_random_packages_is_kept_aside_or_superseded(tmp_path: Path, seed: int) -> None:
    packages = random_packages(Random(seed), tmp_path / "in", FACILITIES, 3)
    home = Home(tmp_path / "home")
    loaded = load_all(home, *packages)
    listed = list(rejects(home))
    standing_rows = {n: sum(len(standing(loaded.snapshot, n, facility=f)) for f in FACILITIES) for n in table_names()}
    kept = dict.fromkeys(table_names(), 0)
    for told in loaded.as_dict()["packages"]:
        lines = lines_of(home.packages / f"{told['sha256']}.zip")
        aside = {
            (r.entry, r.line) for r in listed if (r.sha256, r.state) == (told["sha256"], "aside") and r.rule != "header"
        }
        assert set(told["rows"]) == set(lines)
        for name, counts in told["rows"].items():
            assert min(counts.values()) >= 0
            assert counts["read"] == counts["kept"] + counts["rejected"] + counts["superseded"]
            assert counts["read"] == len(lines[name])
            assert counts["rejected"] == len(aside & lines[name])
            kept[name] += counts["kept"]
    assert kept == standing_rows
    assert sum(kept.values()) > 50


def lines_of(path: Path) -> dict[str, set[tuple[str, int]]]:
    """Table -> (entry, line) of every line after the header that is not blank; read plainly from the zip."""
    found: dict[str, set[tuple[str, int]]] = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.namelist():
            text = archive.read(entry).decode()
            full = [n for n, line in enumerate(text.split("\n"), start=1) if line.strip(WHITE_SPACE)]
            found.setdefault(str(table_of_entry(entry)), set()).update((entry, n) for n in full[1:])
    return found


def test_load_tells_each_file_in_the_words_of_the_contract(tmp_path: Path) -> None:
    rows = [person("P1", D_UPDATE="20131001"), person("P1", D_UPDATE="20131002"), person(""), person("P2", BIRTH="x")]
    good = write_zip(tmp_path, name_of_zip(1), {"PERSON": rows, "CARD": "HOSPCODE|PID\r\n11053|1\r\n", "x.xml": "<a/>"})
    bad = tmp_path / name_of_zip(2)
    bad.write_bytes(b"no zip")
    wrong = tmp_path / "report.zip"
    wrong.write_bytes(good.read_bytes())
    missing = tmp_path / "missing"
    loaded = load(Home(tmp_path / "home"), [good, bad, wrong, good, missing]).as_dict()
    first, second, third, fourth = loaded["packages"]
    assert first == {
        "sha256": first["sha256"],
        "file": name_of_zip(1),
        "hospcode": "11053",
        "status": "loaded",
        "rows": {
            "PERSON": {"read": 4, "kept": 2, "rejected": 1, "superseded": 1},
            "CARD": {"read": 1, "kept": 0, "rejected": 1, "superseded": 0},
        },
    }
    assert fourth == first | {"status": "duplicate"}
    refused = {"sha256": None, "hospcode": None, "status": "rejected", "rows": {}}
    assert second == refused | {"file": name_of_zip(2)}
    assert third == refused | {"file": "report.zip"}
    assert {p["code"] for p in loaded["problems"]} == {
        "warehouse.load.no_path",
        "f43.package.not_a_zip",
        "f43.package.name",
    }


def test_rows_of_all_entries_of_a_table_are_counted_together(tmp_path: Path) -> None:
    entries = {
        "a/PERSON.txt": [person(""), person("P1")],
        "b/PERSON.txt": [person(""), person(" "), person("P1"), person("P2")],
        "c/PERSON.txt": "HOSPCODE|PID\r\n",
    }
    (told,) = load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), entries)).as_dict()["packages"]
    assert told["rows"] == {"PERSON": {"read": 6, "kept": 2, "rejected": 3, "superseded": 1}}


@pytest.mark.parametrize("name", ["PERSON", "notes"])
def test_zip_with_one_damaged_entry_is_refused_whole(tmp_path: Path, name: str) -> None:
    """Also when the entry would be ignored: a damaged letter of its name may have made it so."""
    path = tmp_path / name_of_zip()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("CARD.txt", text_of([row("CARD")]))
        archive.writestr(f"{name}.txt", "some text")
    path.write_bytes(path.read_bytes().replace(b"some text", b"come text"))
    home = Home(tmp_path / "home")
    loaded = load(home, [path])
    assert [r.status for r in loaded.received] == ["rejected"]
    assert [p.code for p in loaded.received[0].problems] == ["f43.package.damaged"]
    assert not list(home.packages.iterdir())
    assert loaded.snapshot is None
    assert [p.code for p in loaded.problems] == ["warehouse.load.nothing"]


def test_zips_in_folders_are_found_in_any_case_and_other_files_are_not(tmp_path: Path) -> None:
    write_zip(tmp_path / "in" / "a" / "b", name_of_zip(1), {"PERSON": [person()]})
    write_zip(tmp_path / "in", name_of_zip(2).upper(), {"PERSON": [person()]})
    (tmp_path / "in" / "notes.txt").write_text("x")
    (tmp_path / "in" / "folder.zip").mkdir()
    (tmp_path / "empty").mkdir()
    loaded = load(Home(tmp_path / "home"), [tmp_path / "in", tmp_path / "empty"])
    assert [r.status for r in loaded.received] == ["loaded", "loaded"]
    assert [p.code for p in loaded.problems] == ["warehouse.load.empty_folder"]


def test_rejects_name_package_entry_line_field_rule_and_state(tmp_path: Path) -> None:
    rows = [row("LABOR", GRAVIDA="12+", D_UPDATE="x"), row("LABOR", PID="", BDATE="25560101")]
    first = write_zip(tmp_path, name_of_zip(1), {"f/labor.txt": rows, "PERSON": text_of([person()]) + "a|b\r\n"})
    second = write_zip(tmp_path, name_of_zip(2), {"CARD": "HOSPCODE|PID\r\n11053|1\r\n"})
    home = Home(tmp_path / "home")
    loaded = load_all(home, first, second)
    sha, other = (r.receipt.sha256 for r in loaded.received if r.receipt)
    name = name_of_zip(1).upper()
    file = name_of_zip(1)
    expected = [
        Reject(name, sha, "f/labor.txt", "LABOR", 2, "D_UPDATE", "date", "voided", file),
        Reject(name, sha, "f/labor.txt", "LABOR", 2, "GRAVIDA", "integer", "voided", file),
        Reject(name, sha, "f/labor.txt", "LABOR", 3, "BDATE", "key_date", "aside", file),
        Reject(name, sha, "f/labor.txt", "LABOR", 3, "PID", "key_blank", "aside", file),
        Reject(name, sha, "PERSON.txt", "PERSON", 3, "", "cells", "aside", file),
    ]
    assert list(rejects(home, sha)) == expected
    assert list(rejects(home, sha[:8])) == expected
    assert list(rejects(home))[:5] == expected
    assert {(r.sha256, r.line, r.field, r.rule) for r in rejects(home, other)} == {
        (other, line, "INSTYPE_NEW", "header") for line in (1, 2)
    }
    assert list(rejects(home, "0" * 64)) == []
    assert set(expected[0].as_dict()) == {
        "package",
        "sha256",
        "entry",
        "table",
        "line",
        "field",
        "rule",
        "state",
        "file",
    }


def test_a_name_is_shown_as_received_and_known_in_upper_case(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    written = name_of_zip(1).lower()
    path = write_zip(tmp_path / "in", written, {"PERSON": text_of([person()]) + "a|b\r\n"})
    again = write_zip(tmp_path / "again", written.upper(), {})
    again.write_bytes(path.read_bytes())
    first, second = load(home, [path]), load(home, [again])
    assert [r.status for r in second.received] == ["duplicate"]
    assert first.snapshot == second.snapshot
    (reject,) = rejects(home)
    assert (reject.package, reject.file) == (written.upper(), written)
    (receipt,) = [r.receipt for r in first.received]
    assert receipt is not None
    [(row_id,)] = standing(first.snapshot, "PERSON", "row_id")
    (line,) = trace(first.snapshot, [row_id])
    assert (line.package, line.file, str(line)) == (written.upper(), written, f"{written} > PERSON.txt : 2")


def test_a_receipt_of_before_names_were_kept_shows_the_upper_case_name(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load(home, [write_zip(tmp_path, name_of_zip(1), {"PERSON": text_of([person()]) + "a|b\r\n"})])
    (paper,) = home.receipts.glob("*.json")
    paper.write_text(json.dumps({k: v for k, v in json.loads(paper.read_bytes()).items() if k != "received"}))
    (reject,) = rejects(home)
    assert reject.file == reject.package == name_of_zip(1).upper()


def test_a_home_that_never_accepted_a_zip_has_no_snapshot(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    (tmp_path / name_of_zip(1)).write_bytes(b"no zip")
    loaded = load(home, [tmp_path / name_of_zip(1)])
    assert loaded.snapshot is None
    assert snapshots(home) == []
    assert loaded.as_dict()["snapshot"] is None
    assert loaded.as_dict()["problems"][0]["code"] == "warehouse.load.nothing"
    with pytest.raises(WarehouseError) as refused:
        rebuild(home)
    assert [p.code for p in refused.value.problems] == ["warehouse.snapshot.none"]


def test_refused_zips_leave_the_snapshot_before_them_as_it_is(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = load(home, [write_zip(tmp_path / "in", name_of_zip(1), {"PERSON": [person()]})])
    (tmp_path / name_of_zip(2)).write_bytes(b"no zip")
    second = load(home, [tmp_path / name_of_zip(2)])
    assert second.snapshot == first.snapshot
    assert second.problems == ()
