"""Run folders: named by what went in, never rewritten, whole or not there."""

import hashlib
import json
from pathlib import Path

import pytest

from samrit.objects import UNFINISHED
from samrit.results import Table, as_csv, code_hash, keep_run
from samrit.results import runs as runs_module

INPUTS = {"pack": "p", "snapshot": "s", "inputs": {"entries": {"sha256": "e"}}, "parameters": {"org": "42"}}
TABLES: dict[str, Table] = {
    "scores.csv": (("org", "score"), [("11033", 5), ("11034", None)]),
    "payments.csv": (("org", "note"), [("11033", 'a "b", c\nd')]),
}


def test_a_run_holds_its_tables_and_a_manifest_with_their_hashes(tmp_path: Path) -> None:
    made = keep_run(tmp_path, INPUTS, TABLES)
    assert made.folder == tmp_path / made.id
    assert sorted(f.name for f in made.folder.iterdir()) == ["manifest.json", "payments.csv", "scores.csv"]
    assert (made.folder / "scores.csv").read_bytes() == b"org,score\n11033,5\n11034,\n"
    manifest = json.loads((made.folder / "manifest.json").read_bytes())
    assert manifest == made.manifest
    assert {name: manifest[name] for name in INPUTS} == INPUTS
    assert manifest["run"] == made.id
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((made.folder / name).read_bytes()).hexdigest() == digest


def test_the_id_is_the_hash_of_the_inputs_in_one_spelling(tmp_path: Path) -> None:
    text = json.dumps(INPUTS, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert keep_run(tmp_path, INPUTS, TABLES).id == hashlib.sha256(text.encode()).hexdigest()[:16]
    assert keep_run(tmp_path, dict(reversed(INPUTS.items())), TABLES).id == keep_run(tmp_path, INPUTS, TABLES).id


@pytest.mark.parametrize(
    "other",
    [
        {"pack": "q"},
        {"snapshot": "t"},
        {"inputs": {"entries": {"sha256": "f"}}},
        {"parameters": {"org": "43"}},
        {"code": "1"},
    ],
)
def test_anything_else_that_goes_in_names_another_run(tmp_path: Path, other: dict[str, object]) -> None:
    assert keep_run(tmp_path, INPUTS | other, TABLES).id != keep_run(tmp_path, INPUTS, TABLES).id


def test_warnings_are_told_and_do_not_name_the_run(tmp_path: Path) -> None:
    made = keep_run(tmp_path / "a", INPUTS | {"warnings": [{"code": "x"}]}, TABLES)
    assert made.manifest["warnings"] == [{"code": "x"}]
    assert made.id == keep_run(tmp_path / "b", INPUTS, TABLES).id


def test_a_kept_run_is_never_written_again(tmp_path: Path) -> None:
    first = keep_run(tmp_path, INPUTS, TABLES)
    before = {f.name: (f.stat().st_mtime_ns, f.read_bytes()) for f in first.folder.iterdir()}
    again = keep_run(tmp_path, INPUTS | {"warnings": ["new"]}, {"scores.csv": (("org",), [])})
    assert (again.id, again.manifest) == (first.id, first.manifest)
    assert again.made != first.made  # what was made just now can be held against what is kept
    assert {f.name: (f.stat().st_mtime_ns, f.read_bytes()) for f in first.folder.iterdir()} == before


def test_there_is_no_half_run_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: object, **more: object) -> str:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", stop)
        with pytest.raises(InterruptedError):
            keep_run(tmp_path, INPUTS, TABLES)
    assert all(f.name.startswith(UNFINISHED) for f in tmp_path.iterdir())
    made = keep_run(tmp_path, INPUTS, TABLES)
    assert (made.folder / "manifest.json").exists()


def test_a_crash_while_a_table_is_made_leaves_nothing(tmp_path: Path) -> None:
    def rows() -> object:
        yield ("11033", 5)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_run(tmp_path, INPUTS, {"scores.csv": (("org", "score"), rows())})  # type: ignore[dict-item]
    assert list(tmp_path.iterdir()) == []


def test_a_copy_has_the_same_bytes_and_replaces_older_ones(tmp_path: Path) -> None:
    made = keep_run(tmp_path / "runs", INPUTS, TABLES)
    out = tmp_path / "deep" / "out"
    made.copy_to(out)
    (out / "scores.csv").write_bytes(b"spoilt")
    made.copy_to(out)
    assert {f.name: f.read_bytes() for f in out.iterdir()} == {f.name: f.read_bytes() for f in made.folder.iterdir()}


def test_csv_is_utf_8_with_plain_line_ends_and_quotes_what_needs_it() -> None:
    made = as_csv(("ชื่อ", "n"), [('a,"b"', None), ("x", 0)])
    assert made == 'ชื่อ,n\n"a,""b""",\nx,0\n'.encode()


def test_the_code_is_named_by_every_file_that_can_change_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs_module.resources, "files", lambda name: tmp_path)
    seen = set()
    for name in ("a.py", "a.sql", "a.yaml", "a.csv", "notes.txt", "b/a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
        code_hash.cache_clear()
        seen.add(code_hash())
    (tmp_path / "a.sql").write_text("2", encoding="utf-8")
    code_hash.cache_clear()
    seen.add(code_hash())
    code_hash.cache_clear()
    assert len(seen) == 6  # the text file changes nothing, the changed SQL does
