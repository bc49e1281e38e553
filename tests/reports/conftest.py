"""Kept runs of all packs, made once for the tests of this room."""

from pathlib import Path

import pytest

from reports.kept_runs import PACKS, keep
from samrit.schemes import SchemeRun

Kept = dict[str, SchemeRun]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the kept runs."""
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="session")
def kept(home: Path) -> Kept:
    """Pack -> its run."""
    return {pack_id: keep(pack_id, home) for pack_id in PACKS}
