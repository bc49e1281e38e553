"""A home made by the command line itself: one district of demo data, and a facility that no register knows."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import person, row, write_zip
from cli.speaking import Said, samrit
from schemes.small_home import write_zips

STRANGER = "98765"
PRIMARY = "04667"  # of the contracting unit 10705, whose own zips are not here


@dataclass(frozen=True)
class Office:
    """A provincial office's machine: its home, the zips it received, what the load said."""

    home: Path
    zips: Path
    loaded: Said


def stranger_zip(folder: Path) -> Path:
    """One person with hypertension at a facility that the register does not know; a second row is no row.

    The day of leaving the register is no day and is read as blank.
    """
    who = {"HOSPCODE": STRANGER, "HOSPCODE9": ""}
    chronic = row("CHRONIC", CHRONIC="I10", DATE_DIAG="20120101", DATE_DISCH="20139999", TYPEDISCH="03", **who)
    broken = row("CHRONIC", CHRONIC="", DATE_DIAG="20120101", **who)
    entries = {"PERSON": [person(**who)], "CHRONIC": [chronic, broken]}
    return write_zip(folder, f"F43_{STRANGER}_20140401080000.zip", entries)


def primary_zip(folder: Path) -> Path:
    """One visit to a primary-care unit."""
    who = {"HOSPCODE": PRIMARY, "HOSPCODE9": ""}
    visit = row("SERVICE", DATE_SERV="20130601", INSTYPE="0100", SERVPLACE="1", **who)
    return write_zip(folder, f"F43_{PRIMARY}_20140401080000.zip", {"PERSON": [person(**who)], "SERVICE": [visit]})


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, no_waiting_for_the_disk: None) -> Office:
    """Loaded once for all tests of the room; tests that change it use a home of their own."""
    folder = tmp_path_factory.mktemp("office")
    write_zips(folder / "zips", districts=("4206",))
    stranger_zip(folder / "zips")
    primary_zip(folder / "zips")
    loaded = samrit("load", folder / "zips", "--json", "--home", folder / "home")
    return Office(folder / "home", folder / "zips", loaded)
