"""Objects are whole or not there, whoever fails or is killed in between (DESIGN section 3)."""

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from samrit.objects import (
    UNFINISHED,
    canonical,
    make_file,
    make_folder,
    name_of,
    numbers,
    put_file,
    remove_except,
    remove_unfinished,
    take_next_number,
)
from samrit.objects import files as objects


class StoppedError(Exception):
    """What a writer raises in the middle of its work."""


def visible(folder: Path) -> list[str]:
    return sorted(f.name for f in folder.iterdir() if not f.name.startswith(UNFINISHED))


def stop(*_: Any) -> None:
    raise StoppedError


def half_file(path: Path) -> None:
    path.write_bytes(b"half")
    raise StoppedError


def half_folder(path: Path) -> None:
    (path / "first").write_bytes(b"whole")
    (path / "second").write_bytes(b"half")
    raise StoppedError


def test_file_is_there_whole_with_its_mode(tmp_path: Path) -> None:
    put_file(tmp_path / "a", b"content", mode=0o600)
    assert (tmp_path / "a").read_bytes() == b"content"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    put_file(tmp_path / "a", b"other")
    assert (tmp_path / "a").read_bytes() == b"other"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("step", ["fsync", "fdopen", "open"])
@pytest.mark.parametrize("before", [None, b"before"])
def test_file_that_fails_on_the_way_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, before: bytes | None
) -> None:
    path = tmp_path / "a"
    if before:
        path.write_bytes(before)
    with monkeypatch.context() as broken:
        broken.setattr(objects.os, step, stop)
        with pytest.raises(StoppedError):
            put_file(path, b"after")
    assert (path.read_bytes() if path.exists() else None) == before
    assert visible(tmp_path) == (["a"] if before else [])
    remove_unfinished(tmp_path)
    assert os.listdir(tmp_path) == (["a"] if before else [])


def test_derived_file_whose_writer_fails_is_not_there_and_the_next_one_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a"
    with pytest.raises(StoppedError):
        make_file(path, half_file)
    assert not path.exists()
    assert make_file(path, lambda aside: put_file(aside, b"whole")) == path
    assert path.read_bytes() == b"whole"
    remove_unfinished(path.parent)
    assert os.listdir(path.parent) == ["a"]


def test_derived_folder_whose_writer_fails_is_not_there_and_the_next_one_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(StoppedError):
        make_folder(path, half_folder)
    assert visible(tmp_path) == []
    make_folder(path, lambda aside: put_file(aside / "x", b"whole"))
    assert visible(tmp_path) == ["a"]
    remove_unfinished(tmp_path)
    assert os.listdir(tmp_path) == ["a"]
    assert os.listdir(path) == ["x"]


def test_derived_object_that_is_there_is_not_made_again(tmp_path: Path) -> None:
    put_file(tmp_path / "file", b"made")
    (tmp_path / "folder").mkdir()
    assert make_file(tmp_path / "file", stop).read_bytes() == b"made"
    assert make_folder(tmp_path / "folder", stop).is_dir()


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_number_that_fails_on_the_way_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    take_next_number(tmp_path, lambda n: b"%d" % n)
    with monkeypatch.context() as broken:
        broken.setattr(objects.os, step, stop)
        with pytest.raises(StoppedError):
            take_next_number(tmp_path, lambda n: b"%d" % n)
    assert numbers(tmp_path) == [1]
    assert take_next_number(tmp_path, lambda n: b"%d" % n) == 2
    assert (tmp_path / "00000002.json").read_bytes() == b"2"


def test_number_that_is_taken_is_never_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_next_number(tmp_path, lambda n: b"first")
    with monkeypatch.context() as blind:
        blind.setattr(objects, "numbers", lambda folder: [])
        with pytest.raises(FileExistsError):
            take_next_number(tmp_path, lambda n: b"second")
    assert (tmp_path / "00000001.json").read_bytes() == b"first"


def test_numbers_rise_beyond_eight_digits_and_other_names_are_no_numbers(tmp_path: Path) -> None:
    for name in ("00000009.json", "100000000.json", "x.json", "7.txt", f"{UNFINISHED}8.json"):
        (tmp_path / name).write_bytes(b"")
    assert numbers(tmp_path) == [9, 100_000_000]
    assert take_next_number(tmp_path, lambda n: b"") == 100_000_001


def test_content_is_synced_before_the_name_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut after the rename must find the bytes: file, then rename, then folder."""
    done: list[str] = []

    def synced(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")

    replace = Path.replace
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", lambda self, to: (done.append("rename"), replace(self, to))[1])
    put_file(tmp_path / "a", b"x")
    assert done == ["file", "rename", "folder"]
    done.clear()
    make_file(tmp_path / "b", lambda aside: aside.write_bytes(b"x") and None)
    assert done == ["file", "rename", "folder"]
    done.clear()
    make_folder(tmp_path / "c", lambda aside: [(aside / n).write_bytes(b"x") for n in "12"] and None)
    assert done == ["file", "file", "folder", "rename", "folder"]
    done.clear()
    take_next_number(tmp_path, lambda n: b"x")
    assert done == ["file", "rename", "folder", "folder"]


KILLED = """
import sys
from pathlib import Path
from samrit.objects import make_file, make_folder, put_file

def wait(path):
    (path / "half" if path.is_dir() else path).write_bytes(b"half")
    print("writing", flush=True)
    sys.stdin.read()

folder = Path(sys.argv[2])
put_file(folder / "whole", b"whole")
{"file": make_file, "folder": make_folder}[sys.argv[1]](folder / "killed", wait)
"""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_writer_that_is_killed_leaves_only_an_unfinished_name(tmp_path: Path, kind: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, kind, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        writer.send_signal(signal.SIGKILL)
    assert visible(tmp_path) == ["whole"]
    assert len(os.listdir(tmp_path)) == 2
    remove_unfinished(tmp_path)
    assert os.listdir(tmp_path) == ["whole"]


def test_two_writers_of_one_derived_file_both_end_well(tmp_path: Path) -> None:
    path = tmp_path / "a"
    barrier = threading.Barrier(2)

    def write(aside: Path) -> None:
        barrier.wait(5)
        aside.write_bytes(b"same")

    threads = [threading.Thread(target=make_file, args=(path, write)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() == b"same"
    assert os.listdir(tmp_path) == ["a"]


def test_what_nothing_names_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    for name in ("kept", "orphan", f"{UNFINISHED}1"):
        (tmp_path / name).write_bytes(b"")
        (tmp_path / f"{name}-folder").mkdir()
    remove_except(tmp_path, ["kept", "kept-folder", "never there"])
    assert sorted(os.listdir(tmp_path)) == [f"{UNFINISHED}1", f"{UNFINISHED}1-folder", "kept", "kept-folder"]


def test_name_hangs_on_every_part_and_on_nothing_else() -> None:
    assert name_of("a", {"y": 1, "x": [2, None]}) == name_of("a", {"x": [2, None], "y": 1})
    names = [name_of(*p) for p in ([], ["a"], ["b"], ["a", ""], ["ab"], ["a", "b"], [["a", "b"]], [1], ["1"], ["ก"])]
    assert len(set(names)) == len(names)
    assert all(len(n) == 32 for n in names)


def test_json_has_one_spelling() -> None:
    assert canonical({"b": [1, "ก"], "a": None}) == '{"a":null,"b":[1,"ก"]}'.encode()
