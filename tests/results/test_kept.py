"""Kept runs: found by the beginning of their id, frozen once with a reason, and checked against what was kept."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samrit.results import (
    ResultsError,
    Run,
    about_of,
    check_run,
    find_run,
    freeze,
    frozen_of,
    frozen_runs,
    in_force,
    keep_run,
    list_runs,
)

MOMENT = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
TABLES = {"scores.csv": (("org", "points"), [("10705", "48"), ("11030", None)])}


def kept(runs: Path, snapshot: str = "s1", **other: object) -> Run:
    papers = {"inputs/entries.csv": b"item,org\n", "pack/p/scheme.yaml": b"id: p\n"}
    return keep_run(runs, {"scheme": "p", "snapshot": snapshot, **other}, TABLES, papers)


def codes(error: ResultsError) -> list[str]:
    return [p.code for p in error.problems]


def test_a_run_gives_back_its_tables_and_papers(tmp_path: Path) -> None:
    run = kept(tmp_path)
    assert run.table("scores.csv") == [{"org": "10705", "points": "48"}, {"org": "11030", "points": ""}]
    assert run.table("payments.csv") == []
    assert (run.folder / "inputs" / "entries.csv").read_bytes() == b"item,org\n"
    assert run.damaged() == []


def test_warnings_and_papers_do_not_name_a_run_but_everything_else_does(tmp_path: Path) -> None:
    run = kept(tmp_path)
    assert kept(tmp_path, warnings=["young"]).id == run.id
    assert kept(tmp_path, snapshot="s2").id != run.id
    assert kept(tmp_path, pack="h").id != run.id


def test_a_copy_has_every_file_and_the_next_copy_leaves_nothing_of_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    kept(tmp_path / "runs").copy_to(out)
    assert (out / "pack" / "p" / "scheme.yaml").is_file()
    keep_run(tmp_path / "runs", {"scheme": "q", "snapshot": "s"}, {"cube.csv": (("a",), [])}).copy_to(out)
    assert sorted(p.name for p in out.rglob("*") if p.is_file()) == ["cube.csv", "manifest.json"]


def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside"):
        keep_run(tmp_path / "runs", {"scheme": "p"}, {}, {"../evil.csv": b""})
    assert not (tmp_path / "evil.csv").exists()
    assert list_runs(tmp_path / "runs") == []


def test_a_run_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    runs = [kept(tmp_path, snapshot=f"s{n}") for n in range(3)]
    assert find_run(tmp_path, runs[1].id[:6]).id == runs[1].id
    assert [r.manifest["snapshot"] for r in list_runs(tmp_path)] == ["s0", "s1", "s2"]


@pytest.mark.parametrize("text", ["", "abc", "zzzz"])
def test_an_unknown_or_too_short_beginning_names_the_runs_that_are_there(tmp_path: Path, text: str) -> None:
    run = kept(tmp_path)
    with pytest.raises(ResultsError) as raised:
        find_run(tmp_path, text)
    assert codes(raised.value) == ["results.run.unknown"]
    assert run.id in raised.value.problems[0].hint


def test_a_beginning_of_several_runs_is_not_guessed(tmp_path: Path) -> None:
    run = kept(tmp_path)
    twin = tmp_path / f"{run.id[:8]}ffffffff"
    twin.mkdir()
    (twin / "manifest.json").write_text(json.dumps({**run.manifest, "run": twin.name}))
    with pytest.raises(ResultsError) as raised:
        find_run(tmp_path, run.id[:8])
    assert codes(raised.value) == ["results.run.several"]


def test_a_frozen_run_stays_frozen_with_who_when_and_why(tmp_path: Path) -> None:
    run = kept(tmp_path)
    assert frozen_of(tmp_path, run.id) is None
    made = freeze(tmp_path, run, "somsri", " มติคณะกรรมการ ", MOMENT)
    assert frozen_of(tmp_path, run.id) == made
    assert (made.at, made.user, made.reason) == ("2026-11-24T09:30:15+00:00", "somsri", "มติคณะกรรมการ")
    with pytest.raises(ResultsError) as raised:
        freeze(tmp_path, run, "somsri", "again", MOMENT)
    assert codes(raised.value) == ["results.freeze.again"]
    assert len(frozen_runs(tmp_path)) == 1


def test_a_run_is_not_frozen_without_a_reason(tmp_path: Path) -> None:
    with pytest.raises(ResultsError) as raised:
        freeze(tmp_path, kept(tmp_path), "somsri", "  ", MOMENT)
    assert codes(raised.value) == ["results.freeze.reason"]
    assert frozen_runs(tmp_path) == []


@pytest.mark.parametrize("name", ["scores.csv", "inputs/entries.csv"])
@pytest.mark.parametrize("missing", [True, False])
def test_a_file_that_changed_or_vanished_is_named_and_the_run_is_not_frozen(
    tmp_path: Path, name: str, missing: bool
) -> None:
    run = kept(tmp_path)
    if missing:
        (run.folder / name).unlink()
    else:
        (run.folder / name).write_bytes((run.folder / name).read_bytes() + b" ")
    assert run.damaged() == [name]
    for act in (lambda: freeze(tmp_path, run, "somsri", "final", MOMENT), lambda: check_run(tmp_path, run)):
        with pytest.raises(ResultsError) as raised:
            act()
        assert codes(raised.value) == ["results.run.damaged"]
        assert name in raised.value.problems[0].en


def test_a_manifest_that_was_rewritten_after_freezing_is_found(tmp_path: Path) -> None:
    run = kept(tmp_path)
    freeze(tmp_path, run, "somsri", "final", MOMENT)
    check_run(tmp_path, run)
    path = run.folder / "manifest.json"
    path.write_text(json.dumps({**run.manifest, "code": "other"}))
    with pytest.raises(ResultsError) as raised:
        check_run(tmp_path, run)
    assert "manifest.json" in raised.value.problems[0].en


def test_a_history_with_a_line_taken_out_is_refused(tmp_path: Path) -> None:
    for number in range(2):
        freeze(tmp_path, kept(tmp_path, parameters={"org": str(number)}), "somsri", "final", MOMENT)
    history = tmp_path / "history.jsonl"
    history.write_bytes(history.read_bytes().splitlines(keepends=True)[1])
    with pytest.raises(ResultsError) as raised:
        frozen_runs(tmp_path)
    assert codes(raised.value) == ["results.history.broken"]


def test_a_second_run_about_the_same_is_frozen_only_in_place_of_the_first(tmp_path: Path) -> None:
    first, second = kept(tmp_path), kept(tmp_path, snapshot="s2")
    other = kept(tmp_path, parameters={"org": "41"})
    freeze(tmp_path, first, "somsri", "final", MOMENT)
    freeze(tmp_path, other, "somsri", "final", MOMENT)
    for replaces in ("", other.id):
        with pytest.raises(ResultsError) as raised:
            freeze(tmp_path, second, "somsri", "appeal", MOMENT, replaces)
        assert codes(raised.value) == ["results.freeze.other"]
        assert first.id in raised.value.problems[0].hint
    made = freeze(tmp_path, second, "somsri", "appeal", MOMENT, first.id)
    assert made.replaces == first.id
    now = in_force(tmp_path, about_of(first))
    assert now is not None
    assert now.run == second.id


def test_a_run_replaces_nothing_where_nothing_is_in_force(tmp_path: Path) -> None:
    run = kept(tmp_path)
    with pytest.raises(ResultsError) as raised:
        freeze(tmp_path, run, "somsri", "final", MOMENT, "0123456789abcdef")
    assert codes(raised.value) == ["results.freeze.nothing"]
