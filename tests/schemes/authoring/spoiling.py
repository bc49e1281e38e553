"""Copies of shipped packs to be spoilt, and what reading them tells."""

import shutil
from pathlib import Path

import pytest

from samrit.problems import Problem
from samrit.schemes import SchemesError, read_pack_folder
from samrit.schemes.authoring.site import packs_folder


def copy_of(pack_id: str, folder: Path) -> Path:
    """A copy of a shipped pack."""
    return shutil.copytree(packs_folder() / pack_id, folder / pack_id)


def problems_of(pack: Path, site: Path | None = None) -> list[Problem]:
    """What reading the folder tells."""
    with pytest.raises(SchemesError) as refused:
        read_pack_folder(pack, site=site)
    return list(refused.value.problems)


def only(pack: Path) -> Problem:
    """The only problem of the folder."""
    found = problems_of(pack)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]
