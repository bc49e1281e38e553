"""What was received is never lost, leads back to its line, and names nobody outside the vault."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from builders import ask, citizen_id
from logs.making import EXCHANGE, IDENTITY, load, write_log
from samrit.warehouse import Home, WarehouseError, load_logs, open_snapshot, rebuild, rejects, snapshots, trace, views
from samrit.warehouse.logs import loading
from samrit.warehouse.logs.receiving import log_receipts
from samrit.warehouse.snapshot import latest

CALL = "2017-10-02T09:00:00,11053,DX01,1,"


def test_a_log_is_kept_byte_for_byte(tmp_path: Path) -> None:
    home, log = Home(tmp_path / "home"), write_log(tmp_path, "a.csv", [CALL, "spoilt"])
    load(home, log)
    [receipt] = log_receipts(home)
    assert receipt.content(home) == log.read_bytes()
    assert (receipt.kind, receipt.file) == ("data-exchange", "a.csv")


def test_a_refused_file_leaves_nothing_and_does_not_hide_the_next(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    wrong = write_log(tmp_path, "wrong.csv", ["2017-10-02,11053,read,1"], "timestamp,hospcode,action,success")
    good = write_log(tmp_path, "good.csv", [CALL])
    loaded = load_logs(home, EXCHANGE, [tmp_path / "none.csv", tmp_path, wrong, good])
    assert [r.status for r in loaded.received] == ["rejected", "rejected", "rejected", "loaded"]
    assert [p.code for p in loaded.problems] == ["logs.file.unreadable"] * 2 + ["logs.file.columns"]
    assert len(list(home.packages.iterdir())) == len(log_receipts(home)) == 1
    assert len(list(home.parsed.iterdir())) == 1


def test_without_any_accepted_file_there_is_no_snapshot(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    loaded = load_logs(home, EXCHANGE, [tmp_path / "none.csv"])
    assert loaded.snapshot is None
    assert [p.code for p in loaded.problems] == ["logs.load.nothing", "logs.file.unreadable"]
    assert loaded.as_dict()["snapshot"] is None


def test_each_fault_of_a_log_is_said_once_with_how_often(tmp_path: Path) -> None:
    lines = [CALL, "x,11053,DX01,1,", "y,11053,DX01,1,", "2017-10-02,11053,DX01,perhaps,", "short"]
    log = write_log(tmp_path, "a.csv", lines, "timestamp,hospcode,topic,success,role")
    loaded = load(Home(tmp_path / "home"), log)
    said = [(p.code, p.level.value, p.where.line, p.where.field) for p in loaded.problems]
    assert sorted(said) == [
        ("logs.file.column_unused", "note", 0, "role"),
        ("logs.row.cells", "warning", 6, ""),
        ("logs.row.success", "warning", 5, "success"),
        ("logs.row.timestamp", "warning", 3, "timestamp"),
    ]
    assert any("2 rows" in p.en for p in loaded.problems)


def test_rejects_list_every_row_aside_and_every_voided_success(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load(home, write_log(tmp_path, "a.csv", [CALL, "x,11053,DX01,1,", "2017-10-02,11053,DX01,perhaps,"]))
    found = [(r.file, r.table, r.line, r.field, r.rule, r.state, r.place) for r in rejects(home)]
    assert found == [
        ("a.csv", "data-exchange", 3, "timestamp", "timestamp", "aside", "a.csv"),
        ("a.csv", "data-exchange", 4, "success", "success", "voided", "a.csv"),
    ]
    [receipt] = log_receipts(home)
    assert len(list(rejects(home, receipt.sha256[:8]))) == 2
    assert list(rejects(home, "none")) == []


def test_every_row_of_a_view_leads_to_its_line(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    head = "timestamp,hospcode,action,success"
    reads = [write_log(tmp_path, f"{n}.csv", [f"2017-10-0{n},1070{n},read,1"] * n, head) for n in (1, 2, 3)]
    load(home, write_log(tmp_path, "dx.csv", ["spoilt", CALL]))
    snapshot = load_logs(home, IDENTITY, reads).snapshot
    assert snapshot
    texts = {path.name: path.read_text().splitlines() for path in (*reads, tmp_path / "dx.csv")}
    for view, kind in (("identity_reads", "smart-health-id"), ("exchange_uses", "data-exchange")):
        rows = ask(snapshot, f"SELECT row_id, facility, day FROM {view}")
        places = trace(snapshot, [row_id for row_id, *_ in rows])
        assert len({(p.sha256, p.line) for p in places}) == len(rows)
        for (_, facility, day), place in zip(rows, places, strict=True):
            moment, hospcode, *_ = texts[place.file][place.line - 1].split(",")
            assert (moment[:10], hospcode, place.table) == (str(day), facility, kind)
            assert str(place) == f"{place.file} : {place.line}"
    assert len(ask(snapshot, "SELECT 1 FROM identity_reads")) == 1 + 2 + 3


def test_row_ids_of_other_snapshots_are_refused(tmp_path: Path) -> None:
    snapshot = load(Home(tmp_path / "home"), write_log(tmp_path, "dx.csv", [CALL])).snapshot
    assert snapshot
    [(row_id,)] = ask(snapshot, "SELECT row_id FROM exchange_uses")
    for wrong in (-1, row_id - 2**26, row_id - 2**46, row_id - 2**47):
        with pytest.raises(WarehouseError, match=r"warehouse\.trace\.unknown"):
            trace(snapshot, [wrong])


def test_columns_have_the_documented_names_types_and_nulls(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load(home, write_log(tmp_path, "dx.csv", [CALL, "2017-10-02,11053,DX01,perhaps,one"]))
    head = "timestamp,hospcode,action,success,person"
    reads = write_log(tmp_path, "si.csv", ["2017-10-02,11053,read,,", "2017-10-02,11053,read,x,one"], head)
    snapshot = load_logs(home, IDENTITY, [reads]).snapshot
    assert snapshot
    for name in ("exchange_uses", "identity_reads"):
        described = views()[name].description.columns
        [file] = snapshot.files(name)
        assert pl.read_parquet_schema(file).names() == [column.name for column in described]
        types = ask(snapshot, f"SELECT column_name, column_type FROM (DESCRIBE {name})")
        assert types == [(column.name, column.type) for column in described]
        for column in described:
            nulls = ask(snapshot, f"SELECT count(*) FROM {name} WHERE {column.name} IS NULL") != [(0,)]
            assert nulls == column.null, column.name


def test_no_byte_outside_the_vault_names_a_person(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    secrets = [citizen_id(7), "HN-445566", "สมชาย"]
    load(home, write_log(tmp_path, "dx.csv", [CALL + secret for secret in secrets]))
    rebuild(home)
    files = [f for f in home.path.rglob("*") if f.is_file() and home.vault not in f.parents]
    assert len([f for f in files if f.suffix == ".parquet"]) >= 1
    for file in files:
        content = file.read_bytes()
        if file.suffix == ".parquet":
            content += str(pl.read_parquet(file).to_dicts()).encode()
        assert [secret for secret in secrets if secret.encode() in content] == [], file
    vault = b"".join(f.read_bytes() for f in home.packages.iterdir())
    assert all(secret.encode() in vault for secret in secrets), "the search could not find them"


def test_a_load_that_dies_before_it_publishes_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    with monkeypatch.context() as patched:
        patched.setattr(loading, "publish_received", lambda home, progress: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            load(home, write_log(tmp_path, "a.csv", [CALL]))
    assert latest(home) is None
    snapshot = load_logs(home, EXCHANGE, []).snapshot
    assert snapshot
    assert ask(snapshot, "SELECT count(*) FROM exchange_uses") == [(1,)]


def test_another_key_gives_the_same_counts_and_other_ids(tmp_path: Path) -> None:
    log = write_log(tmp_path, "a.csv", [CALL + "one", CALL + "two", CALL + "two"])
    shots = [load(Home(tmp_path / name), log).snapshot for name in ("one", "other")]
    ids = [{i for (i,) in ask(s, "SELECT person_id FROM exchange_uses")} for s in shots if s]
    assert [len(found) for found in ids] == [2, 2]
    assert ids[0].isdisjoint(ids[1])
    assert len({shot.id for shot in shots if shot}) == 1


def test_derived_files_that_no_snapshot_names_are_collected(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load(home, write_log(tmp_path, "a.csv", [CALL]))
    for folder in (home.standing, home.links):
        (folder / "left.parquet").write_bytes(b"")
    (home.parsed / "left.zip").write_bytes(b"")
    load(home, write_log(tmp_path, "b.csv", [CALL + "x"]))
    left = [f for folder in (home.standing, home.links, home.parsed) for f in folder.glob("left.*")]
    assert left == []
    for shot in (open_snapshot(home, "1"), open_snapshot(home, "2")):
        assert all(file.exists() for file in shot.files("exchange_uses"))


def test_a_load_that_is_killed_before_any_rename_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = write_log(tmp_path, "a.csv", [CALL, "spoilt"]), write_log(tmp_path, "b.csv", [CALL + "x"])
    true = load(Home(tmp_path / "true"), one, two).snapshot
    assert true
    replace, killed = Path.replace, 0
    while True:
        left = iter([None] * killed)

        def replace_or_die(self: Path, target: Path, left: Iterator[None] = left) -> Path:
            if next(left, "dead") == "dead":
                raise SystemExit
            return replace(self, target)

        home = Home(tmp_path / f"home{killed}")
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace_or_die)
            try:
                load(home, one, two)
                break
            except SystemExit:
                killed += 1
        assert {s.id for s in snapshots(home)} <= {true.id}
        again = load(home, one, two)
        assert again.snapshot
        assert again.snapshot.id == true.id
        assert ask(again.snapshot, "SELECT row_id, facility FROM exchange_uses ORDER BY ALL") == ask(
            true, "SELECT row_id, facility FROM exchange_uses ORDER BY ALL"
        )
        assert not list(home.path.rglob(".unfinished-*"))
    assert killed >= 8  # two logs: parsed, kept, receipt; then key, standing, links, view, manifest
