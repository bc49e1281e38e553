"""One small home for all tests of the room; nothing here waits for the disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemes.small_home import Small, make_small


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """A home of two districts: half of the packages first, then all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield make_small(Path(tmp_path_factory.mktemp("small")))
