"""A small home: the demo zips of two districts of Loei, loaded in two steps, quick enough for a test run."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samrit.demo import write_demo
from samrit.reference import OrgLevel, shipped_register
from samrit.warehouse import Home, Snapshot, load

PERIOD_START = date(2013, 10, 1)
DISTRICTS = ("4206", "4214")
UNITS = {"4206": "11033", "4214": "28861"}


@dataclass(frozen=True)
class Small:
    """A loaded home, the zips it was made of, and its two snapshots: without and with the packages sent late."""

    home: Home
    zips: Path
    early: Snapshot
    late: Snapshot


def write_zips(folder: Path, people: int = 800, districts: tuple[str, ...] = DISTRICTS) -> list[Path]:
    """The demo zips of a few districts; the rest is thrown away."""
    register = shipped_register()
    kept = []
    for path in write_demo(folder, people=people):
        hospcode = path.name.split("_")[1]
        if register.parents(hospcode, PERIOD_START).get(OrgLevel.DISTRICT) in districts:
            kept.append(path)
        else:
            path.unlink()
    return kept


def make_small(folder: Path) -> Small:
    """Load half of the packages, then all of them."""
    zips = write_zips(folder / "zips")
    first = folder / "first"
    first.mkdir()
    for path in zips[::2]:
        shutil.copyfile(path, first / path.name)
    home = Home(folder / "home")
    early = load(home, [first]).snapshot
    late = load(home, [folder / "zips"]).snapshot
    return Small(home, folder / "zips", early, late)
