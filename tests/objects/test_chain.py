"""A chain: what is in it cannot vanish, move or change unseen; half a line of a killed writer hides nothing."""

import json
from pathlib import Path

import pytest

from samrit.objects import Chain


def chain_of(folder: Path, *names: str) -> Chain:
    made = Chain(folder / "deep" / "log.jsonl")
    for name in names:
        made.append({"name": name})
    return made


def names_of(chain: Chain) -> list[str]:
    return [entry["name"] for entry in chain.entries()]


def test_entries_come_back_in_order_and_whole(tmp_path: Path) -> None:
    chain = chain_of(tmp_path, "ก", "b", "c")
    assert names_of(chain) == ["ก", "b", "c"]
    assert chain.broken_at() is None


def test_a_chain_that_was_never_written_is_empty_and_sound(tmp_path: Path) -> None:
    assert chain_of(tmp_path).entries() == []
    assert chain_of(tmp_path).broken_at() is None


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [lines[0], lines[2]], 2),  # one taken out
        (lambda lines: [lines[1], lines[0], lines[2]], 1),  # two swapped
        (lambda lines: [lines[0].replace(b'"a"', b'"x"'), *lines[1:]], 2),  # one changed
        (lambda lines: [*lines, json.dumps({"name": "forged"}).encode()], 4),  # one put in by hand
        (lambda lines: lines[1:], 1),  # the first taken off
    ],
)
def test_a_line_that_was_taken_moved_changed_or_put_in_is_found(tmp_path: Path, change, line: int) -> None:  # type: ignore[no-untyped-def]
    chain = chain_of(tmp_path, "a", "b", "c")
    chain.path.write_bytes(b"\n".join(change(chain.path.read_bytes().splitlines())) + b"\n")
    assert chain.broken_at() == line


def test_after_half_a_line_the_next_entry_stands_on_its_own_and_the_half_is_told(tmp_path: Path) -> None:
    chain = chain_of(tmp_path, "a", "b")
    whole = chain.path.read_bytes()
    chain.path.write_bytes(whole[:-9])
    chain.append({"name": "c"})
    assert names_of(chain) == ["a", "c"]
    assert chain.broken_at() == 2
