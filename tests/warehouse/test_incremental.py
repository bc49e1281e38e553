"""The short form of the proof in proofs/incremental.py: bit by bit is the same as all at once."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

PROOFS = Path(__file__).parents[2] / "proofs"


@pytest.fixture(scope="module")
def proof() -> Iterator[ModuleType]:
    sys.path.insert(0, str(PROOFS))
    yield import_module("incremental")
    sys.path.remove(str(PROOFS))


@pytest.mark.parametrize("seed", range(15))
def test_after_every_kind_of_change_the_home_is_that_of_a_full_build(
    proof: ModuleType, tmp_path: Path, seed: int
) -> None:
    findings = proof.prove(seed, tmp_path, changes=1, people=12)

    assert findings.failures == []
    assert findings.changes.total() == 1
    assert findings.checks["cells of a measure"] >= 25


def test_the_short_form_holds_every_kind_of_change(proof: ModuleType, tmp_path: Path) -> None:
    kinds = proof.ChangingWorld(0, tmp_path, 1).kinds

    assert len(kinds) == 15  # one for every seed of the test before


@pytest.mark.parametrize(
    "mistake", ["the views of one facility are not built again", "a count is remembered without its files"]
)
def test_a_planted_mistake_is_seen(proof: ModuleType, mistake: str) -> None:
    sequence, words = proof.caught_at(proof.MISTAKES[mistake], most=4)

    assert sequence, words
