"""One small home for all tests of the room, counted once a question; nothing here waits for the disk."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from samrit.schemes import running
from schemes.small_home import Small, make_small


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """No waiting for the disk; what was counted for a snapshot and its periods is remembered."""
    right = running.count_items
    known: dict[tuple[str, str, str, str], Mapping[str, Any]] = {}

    def count_once(
        pack: Any, snapshot: Any, register: Any, network: Any, whens: Sequence[Any], progress: Any
    ) -> Mapping[str, Any]:
        items = repr([(item.item, item.measure, item.parameters) for item in pack.scheme.items])
        key = (snapshot.id, repr(network), repr(whens), items)
        if key not in known:
            known[key] = right(pack, snapshot, register, network, whens, progress)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(running, "count_items", count_once)
        yield


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, quick: None) -> Small:
    """A home of two districts: half of the packages first, then all of them."""
    return make_small(Path(tmp_path_factory.mktemp("small")))
