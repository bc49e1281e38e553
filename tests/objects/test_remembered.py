"""What was worked out before may be lost at any moment, and is never anything else than what was kept."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from samrit.objects import UNFINISHED, Remembered

ROWS = [("11053", "", None, 35, 7), ("04811", "11053", "ก", 0, Decimal("1.500000000"))]


def test_rows_come_back_as_they_were_kept(tmp_path: Path) -> None:
    Remembered(tmp_path).keep("name", ROWS)
    found = Remembered(tmp_path).recall("name")

    assert found == ROWS
    assert found is not None
    assert isinstance(found[1][4], Decimal)
    assert str(found[1][4]) == "1.500000000"


def test_no_rows_are_not_the_same_as_nothing_kept(tmp_path: Path) -> None:
    Remembered(tmp_path).keep("none", [])

    assert Remembered(tmp_path).recall("none") == []
    assert Remembered(tmp_path).recall("other") is None


def test_rows_under_the_name_of_others_are_not_taken_for_them(tmp_path: Path) -> None:
    memory = Remembered(tmp_path)
    memory.keep("name", ROWS)
    [file] = tmp_path.iterdir()
    file.rename(file.with_stem("other"))

    assert memory.recall("other") is None


@pytest.mark.parametrize("at", range(0, 60, 7))
def test_a_changed_byte_is_noticed(tmp_path: Path, at: int) -> None:
    memory = Remembered(tmp_path)
    memory.keep("name", ROWS)
    [file] = tmp_path.iterdir()
    content = bytearray(file.read_bytes())
    content[at] ^= 0xFF
    file.write_bytes(content)

    assert memory.recall("name") is None


def test_keeping_again_mends_what_is_damaged(tmp_path: Path) -> None:
    memory = Remembered(tmp_path)
    memory.keep("name", ROWS)
    [file] = tmp_path.iterdir()
    file.write_bytes(b"")
    memory.keep("name", ROWS)

    assert memory.recall("name") == ROWS


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_time(tmp_path: Path) -> None:
    memory = Remembered(tmp_path / "is not there")
    memory.keep("name", ROWS)
    memory.forget(0)

    assert memory.recall("name") is None


def test_a_writer_that_was_killed_leaves_nothing_that_is_recalled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", lambda path, target: None)
    Remembered(tmp_path).keep("name", ROWS)
    monkeypatch.undo()

    assert [file.name.startswith(UNFINISHED) for file in tmp_path.iterdir()] == [True]
    assert Remembered(tmp_path).recall("name") is None
    Remembered(tmp_path).forget(10**9)
    assert list(tmp_path.iterdir()) == []


def test_what_was_asked_for_longest_ago_is_forgotten_first(tmp_path: Path) -> None:
    memory = Remembered(tmp_path)
    for hour, name in enumerate(("first", "second", "third")):
        memory.keep(name, ROWS)
        os.utime(tmp_path / f"{name}.rows", (hour * 3600, hour * 3600))
    size = (tmp_path / "first.rows").stat().st_size
    memory.recall("first")
    memory.forget(2 * size + size // 2)

    assert [memory.recall(name) is not None for name in ("first", "second", "third")] == [True, False, True]


def test_what_fits_is_not_forgotten(tmp_path: Path) -> None:
    memory = Remembered(tmp_path)
    memory.keep("name", ROWS)
    memory.forget((tmp_path / "name.rows").stat().st_size)
    assert memory.recall("name") == ROWS
    memory.forget((tmp_path / "name.rows").stat().st_size - 1)
    assert memory.recall("name") is None
