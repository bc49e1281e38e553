"""The set of all logs decides, not the order or the number of their arrivals."""

from itertools import permutations
from pathlib import Path

import pytest

from builders import ask, citizen_id, person, write_zip
from builders import load_all as load_packages
from logs.making import EXCHANGE, IDENTITY, load, write_log
from samrit.warehouse import Home, PublishRefusedError, load_logs, open_snapshot, snapshots

A = "2017-10-02T09:00:00,11053,DX01,1,"
A_ELSEWHERE = "2017-10-02T02:00:00Z,11053,DX01,yes,"  # the same call, by another clock and in other words
B = "2017-10-02T09:00:01,11053,DX01,1,"
COLUMNS = "facility, day, topic, success"


def calls(home: Home) -> list[tuple[object, ...]]:
    return ask(open_snapshot(home), "SELECT facility, called_at, topic, success FROM exchange_uses ORDER BY ALL")


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    home, log = Home(tmp_path / "home"), write_log(tmp_path, "a.csv", [A, B])
    first = load(home, log)
    before = {f: f.read_bytes() for f in home.path.rglob("*") if f.is_file()}
    again = load(home, log)
    assert again.snapshot == first.snapshot
    assert [received.status for received in again.received] == ["duplicate"]
    assert {f: f.read_bytes() for f in home.path.rglob("*") if f.is_file()} == before


def test_the_same_bytes_under_another_name_are_the_same_log(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load(home, write_log(tmp_path, "a.csv", [A]))
    again = load(home, write_log(tmp_path, "b.csv", [A]))
    assert [received.status for received in again.received] == ["duplicate"]
    assert len(calls(home)) == 1


def test_a_call_told_by_two_files_is_one_and_a_line_repeated_in_one_file_is_two(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    loaded = load(
        home,
        write_log(tmp_path, "once.csv", [A, B]),
        write_log(tmp_path, "twice.csv", [A, A_ELSEWHERE]),
        write_log(tmp_path, "person.csv", [A + "x"]),  # about somebody: another call
    )
    assert len(calls(home)) == 2 + 1 + 1
    counts = {r.file: loaded.rows[r.receipt.sha256] for r in loaded.received if r.receipt}
    assert sum(rows["kept"] for rows in counts.values()) == 4
    assert all(rows["read"] == rows["kept"] + rows["rejected"] + rows["superseded"] for rows in counts.values())
    assert sum(rows["superseded"] for rows in counts.values()) == 1


def test_the_order_of_arrival_and_the_name_are_forgotten(tmp_path: Path) -> None:
    logs = [write_log(tmp_path, f"{n}.csv", lines) for n, lines in enumerate([[A, B], [A, A], [B + "x"]])]
    found = set()
    for turn, order in enumerate(permutations(logs)):
        home = Home(tmp_path / f"home{turn}")
        for log in order:
            loaded = load(home, log)
        assert loaded.snapshot
        ids = tuple(sorted(ask(loaded.snapshot, f"SELECT row_id, {COLUMNS} FROM exchange_uses")))
        found.add((loaded.snapshot.id, ids))
    assert len(found) == 1


def test_the_snapshot_id_tells_of_the_logs_and_of_their_kind(tmp_path: Path) -> None:
    package = write_zip(tmp_path, "F43_11053_20140101080000.zip", {"PERSON": [person()]})
    both = write_log(tmp_path, "both.csv", ["2017-10-02,11053,DX01,read,1"], "timestamp,hospcode,topic,action,success")
    ids = []
    for turn, kinds in enumerate(([], [EXCHANGE], [IDENTITY], [EXCHANGE, IDENTITY], [IDENTITY, EXCHANGE])):
        home = Home(tmp_path / f"home{turn}")
        snapshot = load_packages(home, package).snapshot
        for kind in kinds:
            snapshot = load_logs(home, kind, [both]).snapshot
        assert snapshot
        ids.append(snapshot.id)
    assert len(set(ids)) == 4
    assert ids[3] == ids[4]


def test_packages_and_logs_are_published_together_whichever_comes_first(tmp_path: Path) -> None:
    package = write_zip(tmp_path, "F43_11053_20140101080000.zip", {"PERSON": [person()]})
    log = write_log(tmp_path, "a.csv", [A])
    one, other = Home(tmp_path / "one"), Home(tmp_path / "other")
    load_packages(one, package)
    load(one, log)
    load(other, log)
    load_packages(other, package)
    for home in (one, other):
        assert ask(open_snapshot(home), "SELECT (SELECT count(*) FROM people), count(*) FROM exchange_uses") == [(1, 1)]
    assert open_snapshot(one).id == open_snapshot(other).id
    assert [s.log_count for s in snapshots(one)] == [0, 1]


def test_a_citizen_of_the_logs_is_the_person_of_the_43_files(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load_packages(home, write_zip(tmp_path, "F43_11053_20140101080000.zip", {"PERSON": [person(CID=citizen_id(1))]}))
    load(home, write_log(tmp_path, "a.csv", [A + citizen_id(1), A + citizen_id(2), A + "hash-of-theirs", A]))
    snapshot = open_snapshot(home)
    assert ask(snapshot, "SELECT count(*) FROM exchange_uses JOIN people USING (person_id)") == [(1,)]
    assert ask(snapshot, "SELECT count(*), count(person_id), count(DISTINCT person_id) FROM exchange_uses") == [
        (4, 3, 3)
    ]


def test_two_people_with_one_id_are_never_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")
    load(home, write_log(tmp_path, "a.csv", [A]))
    digests = iter([bytes(16), bytes(8) + b"another!"])
    monkeypatch.setattr("samrit.warehouse.links.hmac.digest", lambda key, text, name: next(digests))
    with pytest.raises(PublishRefusedError, match="person_clash"):
        load(home, write_log(tmp_path, "b.csv", [A + "one", A + "two"]))
    assert open_snapshot(home).number == 1
