"""Arrival order, repeats and splits change nothing (DEFINITIONS S2.3; DESIGN section 3)."""

import tempfile
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builders import RANDOM_TABLES, load_all, name_of_zip, open_views, random_packages, row, standing, write_zip
from samrit.f43 import table
from samrit.warehouse import Home, Snapshot, rejects, views

FACILITIES = ("11053", "04811")
FEW = settings(
    max_examples=5,
    phases=[Phase.explicit, Phase.generate],  # shrinking would load for minutes
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def contents(snapshot: Snapshot) -> dict[str, Any]:
    """Everything that a snapshot says, except person ids (they hang on the home's key)."""
    said: dict[str, Any] = {"id": snapshot.id, "packages": snapshot.packages}
    for facility in snapshot.facilities:
        for name in RANDOM_TABLES:
            said[f"{facility} {name}"] = standing(snapshot, name, facility=facility)
    connection = open_views(snapshot)
    for name, view in views().items():
        columns = ", ".join(f'"{c.name}"' for c in view.description.columns if c.name != "person_id")
        said[name] = sorted(connection.execute(f"SELECT {columns} FROM {name}").fetchall(), key=str)
    said["rejects"] = list(rejects(snapshot.home))
    return said


@FEW
@given(seed=st.integers(0, 10**6), data=st.data())
def test_any_order_of_arrival_in_any_number_of_loads_gives_the_same_snapshot(seed: int, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        packages = random_packages(Random(seed), Path(folder) / "in", FACILITIES, 3)
        at_once = load_all(Home(Path(folder) / "a"), *packages).snapshot
        order = data.draw(st.permutations(packages))
        cuts = data.draw(st.lists(st.integers(1, len(order) - 1), max_size=2, unique=True).map(sorted))
        home = Home(Path(folder) / "b")
        for start, end in pairwise([0, *cuts, len(order)]):
            last = load_all(home, *order[start:end]).snapshot
        assert contents(last) == contents(at_once)


@FEW
@given(seed=st.integers(0, 10**6), data=st.data())
def test_rows_split_over_entries_or_over_zips_with_suffixes_stand_alike(seed: int, data: st.DataObject) -> None:
    """Order is kept: entry then line, and -1 sorts before -2. Blocks and corrections are of one zip and not split."""
    dice = Random(seed)
    names = ["PERSON", "CHRONICFU", "ADMISSION"]
    rows = {
        name: [
            row(name, PID=f"P{dice.randint(1, 3)}", D_UPDATE=dice.choice(["", "20131001", "20131002"]))
            | {"SEX" if name == "PERSON" else "FOOT" if name == "CHRONICFU" else "INSTYPE": str(n)}
            for n in range(8)
        ]
        for name in names
    }
    at = {name: data.draw(st.integers(0, 8)) for name in names}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        whole = load_all(Home(folder / "a"), write_zip(folder, name_of_zip(), rows)).snapshot
        entries = [(f"{part}/{name}.txt", rows[name][cut]) for name in names for part, cut in halves(at[name])]
        in_entries = load_all(Home(folder / "b"), write_zip(folder / "b-in", name_of_zip(), dict(entries))).snapshot
        zips = [
            write_zip(
                folder,
                name_of_zip(suffix=f"-{part}"),
                {name: rows[name][halves(at[name])[part - 1][1]] for name in names},
            )
            for part in (1, 2)
        ]
        in_zips = load_all(Home(folder / "c"), *reversed(zips)).snapshot
        for name in names:
            columns = ", ".join(table(name).column_names)
            answers = {str(sorted(standing(s, name, columns), key=str)) for s in (whole, in_entries, in_zips)}
            assert len(answers) == 1, name


def halves(at: int) -> list[tuple[int, slice]]:
    return [(1, slice(0, at)), (2, slice(at, None))]


def test_loading_the_same_files_again_changes_nothing(tmp_path: Path) -> None:
    packages = random_packages(Random(1), tmp_path / "in", FACILITIES, 3)
    home = Home(tmp_path / "home")
    first = load_all(home, *packages)
    before = files_of(home)
    for again in (packages, packages[::-1], [*packages, *packages], [tmp_path / "in"]):
        loaded = load_all(home, *again)
        assert {r.status for r in loaded.received} == {"duplicate"}
        assert loaded.snapshot == first.snapshot
        assert loaded.snapshot.number == 1
        # A duplicate is told how many of its rows stand, as when it came.
        assert loaded.rows == first.rows
    assert files_of(home) == before


def files_of(home: Home) -> dict[str, int]:
    """Every file of a home and when it was written."""
    return {str(f): f.stat().st_mtime_ns for f in home.path.rglob("*") if f.is_file() and f.name != "writer.lock"}


def test_same_file_twice_in_one_load_is_received_once(tmp_path: Path) -> None:
    path = write_zip(tmp_path, name_of_zip(), {"PERSON": [row("PERSON")]})
    other_case = write_zip(tmp_path / "x", name_of_zip().lower(), {"PERSON": [row("PERSON")]})
    loaded = load_all(Home(tmp_path / "home"), path, path, other_case)
    assert [r.status for r in loaded.received] == ["loaded", "duplicate", "duplicate"]
    assert len(loaded.snapshot.packages) == 1
