"""Snapshots and homes: what an id hangs on, what stays as it came, who may write, what a reader sees."""

import hashlib
import os
import stat
import threading
from pathlib import Path
from random import Random

import pytest
from filelock import FileLock

from builders import ask, load_all, name_of_zip, open_views, person, random_packages, row, standing, write_zip
from samrit.warehouse import (
    Home,
    PublishRefusedError,
    Snapshot,
    WarehouseError,
    default_home,
    home,
    latest,
    links,
    loading,
    open_snapshot,
    rebuild,
    snapshots,
    views,
)


def people_of(snapshot: Snapshot) -> set[int]:
    return {person_id for (person_id,) in ask(snapshot, "SELECT person_id FROM people")}


@pytest.fixture
def world(tmp_path: Path) -> list[Path]:
    return random_packages(Random(7), tmp_path / "in", ("11053", "04811"), 3)


def test_packages_are_kept_byte_for_byte(tmp_path: Path, world: list[Path]) -> None:
    at = Home(tmp_path / "home")
    loaded = load_all(at, *world)
    for path, received in zip(world, loaded.received, strict=True):
        assert received.receipt is not None
        content = path.read_bytes()
        assert received.receipt.sha256 == hashlib.sha256(content).hexdigest()
        assert (at.packages / f"{received.receipt.sha256}.zip").read_bytes() == content
        assert received.receipt.open(at).content == content


def test_vault_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        (tmp_path / "home" / "vault").mkdir(parents=True, mode=0o755)
        at = Home(tmp_path / "home")
        load_all(at, write_zip(tmp_path, name_of_zip(), {"PERSON": [person()]}))
    finally:
        os.umask(before)
    assert stat.S_IMODE(at.vault.stat().st_mode) == 0o700
    for secret in (*at.packages.iterdir(), *at.receipts.iterdir(), *at.keys.iterdir()):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_another_key_gives_the_same_snapshot_and_other_person_ids(tmp_path: Path, world: list[Path]) -> None:
    first, second = (load_all(Home(tmp_path / name), *world).snapshot for name in ("a", "b"))
    assert first.home.person_key() != second.home.person_key()
    assert first.id == second.id
    assert people_of(first).isdisjoint(people_of(second))
    one, two = open_views(first), open_views(second)
    for name, view in views().items():
        columns = ", ".join(f'"{c.name}"' for c in view.description.columns if c.name != "person_id")
        sql = f"SELECT {columns} FROM {name} ORDER BY ALL"
        assert one.execute(sql).fetchall() == two.execute(sql).fetchall(), name


def test_new_key_is_a_new_number_of_the_same_snapshot_and_the_old_one_stays_readable(
    tmp_path: Path, world: list[Path]
) -> None:
    at = Home(tmp_path / "home")
    old = load_all(at, *world).snapshot
    before = people_of(old)
    (at.keys / "person.key").write_bytes(b"k" * 32)
    new = rebuild(at)
    assert (new.number, new.id) == (2, old.id)
    assert before.isdisjoint(people_of(new))
    assert people_of(open_snapshot(at, "1")) == before
    assert open_snapshot(at, old.id).number == 2
    assert rebuild(at).number == 2


def test_id_hangs_on_names_and_bytes_of_the_packages(tmp_path: Path) -> None:
    one = {"PERSON": [person("1")]}
    ids = [
        load_all(Home(tmp_path / f"home{turn}"), *paths).snapshot.id
        for turn, paths in enumerate(
            [
                [write_zip(tmp_path / "a", name_of_zip(1), one)],
                [write_zip(tmp_path / "b", name_of_zip(1).lower(), one)],
                [write_zip(tmp_path / "c", name_of_zip(2), one)],
                [write_zip(tmp_path / "d", name_of_zip(1), {"PERSON": [person("2")]})],
            ]
        )
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(len(i) == 16 for i in ids)


def test_each_load_of_something_new_takes_the_next_number(tmp_path: Path) -> None:
    at = Home(tmp_path / "home")
    assert latest(at) is None
    with pytest.raises(WarehouseError, match=r"warehouse\.snapshot\.none"):
        open_snapshot(at)
    for day in (1, 2, 3):
        made = load_all(at, write_zip(tmp_path, name_of_zip(day), {"PERSON": [person(str(day))]})).snapshot
        assert made.number == day
        assert latest(at) == open_snapshot(at) == made
    assert [s.number for s in snapshots(at)] == [1, 2, 3]
    assert [len(people_of(s)) for s in snapshots(at)] == [1, 2, 3]
    assert open_snapshot(at, "2") == open_snapshot(at, snapshots(at)[1].id)
    with pytest.raises(WarehouseError, match=r"warehouse\.snapshot\.unknown"):
        open_snapshot(at, "4")


def test_reader_keeps_its_snapshot_while_a_load_publishes_another(tmp_path: Path) -> None:
    at = Home(tmp_path / "home")
    held = load_all(at, write_zip(tmp_path, name_of_zip(1), {"PERSON": [person("1")]})).snapshot
    reader = open_views(held)
    during: list[int] = []

    def watch(stage: str, done: int, total: int) -> None:
        during.append(len(people_of(open_snapshot(Home(at.path)))))

    loading.load(at, [write_zip(tmp_path, name_of_zip(2), {"PERSON": [person("2"), person("1", SEX="2")]})], watch)
    assert set(during) == {1}
    assert len(during) > 4
    assert reader.execute("SELECT sex FROM people").fetchall() == [("1",)]
    assert len(people_of(held)) == 1
    assert len(people_of(open_snapshot(at))) == 2
    assert standing(held, "PERSON", "PID") == [("1",)]


def test_derived_objects_that_no_snapshot_names_are_collected(tmp_path: Path) -> None:
    at = Home(tmp_path / "home")
    first = write_zip(tmp_path, name_of_zip(1), {"PERSON": [person("1")], "CHRONICFU": [row("CHRONICFU")]})
    held = load_all(at, first).snapshot
    orphans = [at.standing / "f", at.parsed / "f"]
    for folder in orphans:
        folder.mkdir()
        (folder / "x.parquet").write_bytes(b"x")
    files = [at.links / "f.parquet", at.views / "people" / "f.parquet", at.views / "follow_ups" / "f.parquet"]
    unfinished = [
        at.packages / ".unfinished-1",
        at.receipts / ".unfinished-2",
        at.snapshots / ".unfinished-3",
        at.links / ".unfinished-4",
        at.keys / ".unfinished-5",
        at.views / "people" / ".unfinished-6",
    ]
    for file in (*files, *unfinished):
        file.write_bytes(b"x")
    (at.parsed / ".unfinished-7").mkdir()
    (at.spill / "deep").mkdir(parents=True)
    (at.spill / "deep" / "rows.tmp").write_bytes(b"rows of persons")
    load_all(at, write_zip(tmp_path, name_of_zip(2), {"PERSON": [person("2")]}))
    assert not [f for f in (*orphans, *files, *unfinished, at.parsed / ".unfinished-7") if f.exists()]
    assert not (at.spill / "deep").exists()
    assert len(people_of(held)) == 1
    assert len(list(at.packages.iterdir())) == len(list(at.receipts.iterdir())) == 2


def test_two_identities_with_one_person_id_are_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = Home(tmp_path / "home")
    first = load_all(at, write_zip(tmp_path, name_of_zip(1), {"PERSON": [person("1")]})).snapshot
    digest = links.hmac.digest
    monkeypatch.setattr(links.hmac, "digest", lambda *a: b"\0" * 8 + digest(*a)[8:])
    with pytest.raises(PublishRefusedError, match=r"warehouse\.publish\.person_clash"):
        load_all(at, write_zip(tmp_path, name_of_zip(2), {"PERSON": [person("2")]}))
    assert open_snapshot(at) == first


def test_two_facilities_with_one_number_are_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "facility_number", lambda code: 1)
    at = Home(tmp_path / "home")
    load_all(at, write_zip(tmp_path, name_of_zip(1), {"PERSON": [person()]}))
    with pytest.raises(PublishRefusedError, match=r"warehouse\.publish\.facility_clash"):
        load_all(at, write_zip(tmp_path, name_of_zip(1, "04811"), {"PERSON": [person(HOSPCODE="04811")]}))


def test_second_writer_waits_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "WAIT_FOR_LOCK_SECONDS", 0.05)
    at = Home(tmp_path / "home")
    with (
        FileLock(tmp_path / "home" / "writer.lock"),
        pytest.raises(WarehouseError, match=r"warehouse\.home\.locked"),
        at.writing(),
    ):
        pass
    with at.writing():
        pass


def test_two_loads_at_once_end_in_one_snapshot_of_both(tmp_path: Path) -> None:
    paths = [write_zip(tmp_path, name_of_zip(day), {"PERSON": [person(str(day))]}) for day in (1, 2)]
    threads = [threading.Thread(target=load_all, args=(Home(tmp_path / "home"), path)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    both = open_snapshot(Home(tmp_path / "home"))
    assert len(both.packages) == 2
    assert both.id == load_all(Home(tmp_path / "other"), *paths).snapshot.id


def test_home_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WarehouseError, match=r"warehouse\.home\.unusable"):
        Home(tmp_path / "file")


def test_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMRIT_HOME", "somewhere")
    assert default_home() == Path("somewhere")
    for nothing in ("", None):
        monkeypatch.delenv("SAMRIT_HOME") if nothing is None else monkeypatch.setenv("SAMRIT_HOME", nothing)
        assert default_home() == Path("samrit-home")
