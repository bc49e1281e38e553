"""Worlds: homes that hold what came in time, or what a forgiving loader would have taken; the real home stays."""

import random
from datetime import date
from pathlib import Path

import pytest

from builders import ask, citizen_id, load_all, name_of_zip, person, random_packages, row, write_zip
from measures.building import B_OF_ALL, made_up
from quality.planted import CUT, LATE, VOIDED, Planted
from samrit.measures import Engine, When, measure
from samrit.quality import Asked, CentreRow, Reading, reconcile
from samrit.quality.worlds import Worlds
from samrit.reference import Period, Register
from samrit.warehouse import Home, Snapshot, open_snapshot

CHRONICFU = {"CHRONICFU"}


def readings(snapshot: Snapshot | None, facility: str) -> int:
    assert snapshot is not None
    [(found,)] = ask(snapshot, f"SELECT count(*) FROM follow_ups WHERE facility = '{facility}' AND sbp IS NOT NULL")
    return int(found)


def test_a_package_of_the_cut_day_came_in_time(planted: Planted) -> None:
    snapshot = open_snapshot(Home(planted.home))
    with Worlds(snapshot, date(2014, 5, 1)) as worlds:
        assert worlds.late == []
        assert len(worlds.in_time) == len(snapshot.packages)
        assert worlds.in_time_only() is snapshot
    with Worlds(snapshot, date(2014, 4, 30)) as worlds:
        assert [receipt.sender for receipt in worlds.late] == [LATE]
        assert (readings(snapshot, LATE), readings(worlds.in_time_only(), LATE)) == (10, 6)


def test_before_the_first_package_there_is_no_world(planted: Planted) -> None:
    with Worlds(open_snapshot(Home(planted.home)), date(2013, 1, 1)) as worlds:
        assert worlds.in_time_only() is None
        assert worlds.read_leniently(CHRONICFU) is None


def test_a_lenient_world_has_the_readings_that_the_real_one_left_out(planted: Planted) -> None:
    snapshot = open_snapshot(Home(planted.home))
    with Worlds(snapshot, date.fromisoformat(CUT)) as worlds:
        worlds.in_time_only()
        assert (readings(snapshot, VOIDED), readings(worlds.read_leniently(CHRONICFU), VOIDED)) == (5, 8)
    with Worlds(snapshot, None) as worlds:
        assert worlds.read_leniently({"PERSON"}) is None  # nothing is wrong there


def test_a_world_lies_in_the_vault_and_goes(planted: Planted) -> None:
    home = Home(planted.home)
    with Worlds(open_snapshot(home), date.fromisoformat(CUT)) as worlds:
        made = worlds.in_time_only()
        assert made is not None
        assert made.home.path.is_relative_to(home.vault)
    assert not made.home.path.exists()


def test_rows_that_nobody_can_take_stay_aside(tmp_path: Path) -> None:
    rows = [
        row("CHRONICFU", PID="", SBP="120 mmHg", DBP="80"),
        row("CHRONICFU", HOSPCODE="04801", SBP="120 mmHg", DBP="80"),
        row("CHRONICFU", HOSPCODE="04801", DATE_SERV="25560601"),  # the day could be read, the facility is another
        row("CHRONICFU", DATE_SERV="20130230", SBP="120", DBP="80"),
    ]
    load_all(Home(tmp_path / "home"), write_zip(tmp_path, name_of_zip(), {"PERSON": [person()], "CHRONICFU": rows}))
    with Worlds(open_snapshot(Home(tmp_path / "home")), None) as worlds:
        assert worlds.read_leniently(CHRONICFU) is None
        assert worlds.repairs == {}


@pytest.mark.parametrize("seed", range(4))
def test_causes_add_up_in_random_homes(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    facilities = ("11053", "04801", "04802")
    load_all(Home(tmp_path / "home"), *random_packages(dice, tmp_path / "zips", facilities, 5))
    of = measure("ht_controlled")
    when = When(Period.parse("2013-04-01..2014-03-31"), date(2013, 10, 1))
    ours = Reading("", of, of.with_parameters({}), when)
    other = Reading("readings=1", of, of.with_parameters({"readings": "1"}), when)
    rows = [
        CentreRow(n, "", 2557, code, dice.randint(0, 6), dice.randint(0, 4), {6: dice.randint(0, 3)})
        for n, code in enumerate((*facilities, "99999"), start=2)
    ]
    asked = Asked(ours, (other,), date(2014, 1, dice.randint(1, 5)))
    made = reconcile(open_snapshot(Home(tmp_path / "home")), rows, asked, lambda shot: Engine(shot, Register([])))
    figures = [f for line in made.lines for f in line.figures if f.theirs is not None]
    assert len(figures) == 3 * len(rows)
    for figure in figures:
        assert sum(figure.parts.values()) == figure.size == figure.theirs - figure.ours  # type: ignore[operator]
    for letter in "ab":
        total = made.sums(letter)
        assert sum(total.parts.values()) == total.size
        assert total.parts["moved"] == 0  # type: ignore[index]


def test_only_things_of_b_are_told_as_living_elsewhere_too(tmp_path: Path) -> None:
    who = {"CID": citizen_id(1), "HOSPCODE9": ""}
    zips = [
        write_zip(tmp_path, f"F43_{code}_20140101080000.zip", {"PERSON": [person(HOSPCODE=code, D_UPDATE=day, **who)]})
        for code, day in (("04801", "20130101"), ("04802", "20120101"))
    ]
    load_all(Home(tmp_path / "home"), *zips)
    snapshot = open_snapshot(Home(tmp_path / "home"))
    when = When(Period.parse("2013-04-01..2014-03-31"), date(2013, 10, 1))
    told = []
    for b_sql in (B_OF_ALL, f"{B_OF_ALL} WHERE p.sex = '2'"):
        ours = Reading("", made_up(b_sql=b_sql), {}, when)
        rows = [CentreRow(2, "", 2557, "04802", 1, 1, {})]
        made = reconcile(snapshot, rows, Asked(ours), lambda shot: Engine(shot, Register([])))
        told.append({line.facility: line.elsewhere for line in made.lines})
    assert told == [{"04801": 0, "04802": 1}, {"04801": 0, "04802": 0}]
