"""A home with planted differences, loaded once; loads of this folder do not wait for the disk."""

import os
from collections.abc import Iterator

import pytest

from quality.planted import Planted, plant


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory, no_waiting_for_the_disk: None) -> Planted:
    """Nobody changes it."""
    return plant(tmp_path_factory.mktemp("planted"))
