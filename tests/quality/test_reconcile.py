"""samrit reconcile: every planted difference is named with its count, and causes add up to each difference."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from builders import citizen_id
from cli.speaking import Said, has_thai, samrit
from docs.blocks import CENTRE as PAGE_CENTRE
from docs.blocks import ROOT
from quality.planted import AGREES, CENTRE, CUT, GAINED, OURS, PERIOD, THEIRS, VOIDED, Planted

CAUSES = ("late", "voided", "definition", "moved", "unknown")


def reconcile(planted: Planted, *words: str, form: str = "json", centre: Path | None = None) -> Said:
    asked = ("--measure", "ht_controlled", *PERIOD, "--as-of", CUT, "--other", "readings=1", "--format", form)
    return samrit("reconcile", centre or planted.centre, *asked, *words, "--home", planted.home)


@pytest.fixture(scope="module")
def told(planted: Planted) -> dict[str, Any]:
    said = reconcile(planted)
    assert said.code == 0, said.err
    [document] = said.json
    return document


def figures(told: dict[str, Any]) -> dict[tuple[str, str, int | None], dict[str, Any]]:
    return {(line["org"], f["letter"], f["month"]): f for line in told["facilities"] for f in line["figures"]}


def test_every_planted_difference_is_named_with_its_count(planted: Planted, told: dict[str, Any]) -> None:
    found = {
        (org, letter): {cause: n for cause, n in f["causes"].items() if n}
        for (org, letter, month), f in figures(told).items()
        if month is None and f["causes"] and f["difference"]
    }
    assert found == planted.causes


def test_what_the_centre_says_stands_beside_what_we_count(told: dict[str, Any]) -> None:
    found = figures(told)
    for org, (target, result, may, june) in CENTRE.items():
        said = [found[org, letter, month]["theirs"] for letter, month in (("b", None), ("a", None), ("a", 5), ("a", 6))]
        assert said == [target, result, may, june]
    assert found[VOIDED, "a", None]["ours"] == 1  # the other three lines of June are not read
    assert found[AGREES, "a", None]["difference"] == 0


def test_causes_add_up_to_every_difference(told: dict[str, Any]) -> None:
    known = [f for f in [*figures(told).values(), *told["sums"]] if f["theirs"] is not None]
    assert len(known) == 4 * len(CENTRE) + 2
    for f in known:
        assert list(f["causes"]) == list(CAUSES)
        assert f["difference"] == f["theirs"] - f["ours"] == sum(f["causes"].values())


def test_moved_persons_leave_the_sum_as_it_was(told: dict[str, Any]) -> None:
    assert [f["causes"]["moved"] for f in told["sums"]] == [0, 0]


def test_months_have_the_causes_of_the_year(told: dict[str, Any]) -> None:
    # New by the end of June; who is controlled by two readings of May and June is new in June.
    assert figures(told)[VOIDED, "a", 6]["causes"] == dict.fromkeys(CAUSES, 0) | {"voided": 3}
    assert figures(told)[GAINED, "a", 6]["causes"] == dict.fromkeys(CAUSES, 0) | {"moved": 2}


def test_a_facility_in_one_list_only_is_said_so(told: dict[str, Any]) -> None:
    lines = {line["org"]: line for line in told["facilities"]}
    assert (lines[OURS]["side"], lines[OURS]["has_sent"]) == ("only_ours", True)
    assert [f["causes"] for f in lines[OURS]["figures"]] == [None, None]
    assert (lines[THEIRS]["side"], lines[THEIRS]["has_sent"]) == ("only_theirs", False)
    assert lines[AGREES]["side"] == "both"


def test_persons_of_two_homes_are_counted_where_they_also_live(told: dict[str, Any]) -> None:
    elsewhere = {line["org"]: line["registered_elsewhere_too"] for line in told["facilities"]}
    assert {org: n for org, n in elsewhere.items() if n} == {GAINED: 2}


def test_the_widest_gap_stands_first(told: dict[str, Any]) -> None:
    gaps = [sum(abs(f["difference"] or 0) for f in line["figures"] if not f["month"]) for line in told["facilities"]]
    assert gaps == sorted(gaps, reverse=True)
    assert told["facilities"][0]["org"] == THEIRS


def test_the_readings_are_told_with_what_they_leave(told: dict[str, Any]) -> None:
    # Nobody knows about 2 at NOISE and 8 at the facility that never sent; our own reading leaves the 1 at OTHER too.
    assert told["reading"] == "readings=1"
    assert {r["reading"]: r["unknown"] for r in told["readings"]} == {None: 11, "readings=1": 10}


def test_repairable_faults_are_told_by_table_and_field(told: dict[str, Any]) -> None:
    found = {(r["sender"], r["table"], r["field"], r["rule"]): r["count"] for r in told["repairable"]}
    assert found == {
        (VOIDED, "CHRONICFU", "SBP", "number"): 1,
        (VOIDED, "CHRONICFU", "DATE_SERV", "key_date"): 1,
        (VOIDED, "CHRONICFU", "", "cells"): 1,
    }


def test_without_a_cut_day_nothing_is_late(planted: Planted) -> None:
    asked = ("--measure", "ht_controlled", *PERIOD, "--format", "json", "--home", planted.home)
    [told] = samrit("reconcile", planted.centre, *asked).json
    assert (told["as_of"], told["late_packages"]) == (None, 0)
    assert {f["causes"]["late"] for f in figures(told).values() if f["causes"]} == {0}


def test_the_page_for_people_says_causes_facilities_and_what_to_do(planted: Planted) -> None:
    said = reconcile(planted, form="table").out
    assert has_thai(said)
    for words in ("ส่งหลังวันตัดข้อมูล", "นิยามต่างกัน", "นับไว้ที่หน่วยบริการอื่น", "ไม่ทราบสาเหตุ", "samrit rejects", "CHRONICFU.SBP 1"):
        assert words in said
    assert f"ไม่เคยส่งแฟ้มให้เรา / of these, never sent us a package: {THEIRS}" in said


def test_the_csv_has_one_line_per_figure(planted: Planted, told: dict[str, Any]) -> None:
    lines = list(csv.DictReader(io.StringIO(reconcile(planted, form="csv").out)))
    assert len(lines) == len(figures(told))
    [line] = [li for li in lines if (li["org"], li["letter"], li["month"]) == (VOIDED, "a", "")]
    assert (line["ours"], line["theirs"], line["difference"], line["voided"], line["unknown"]) == (
        "1",
        "4",
        "3",
        "3",
        "0",
    )


def test_one_organisation_can_be_asked_for(planted: Planted) -> None:
    [told] = reconcile(planted, "--org", VOIDED).json
    assert [line["org"] for line in told["facilities"]] == [VOIDED]


def test_a_column_of_the_file_may_name_the_measure_or_the_table(planted: Planted, tmp_path: Path) -> None:
    centre = tmp_path / "centre.csv"
    centre.write_text(f"hospcode,table,target,result\n{AGREES},s_ht_control,2,2\n{AGREES},dm_retina_exam,0,0\n")
    told = samrit("reconcile", centre, *PERIOD, "--format", "json", "--home", planted.home).json
    assert [(t["measure"], t["sums"][0]["theirs"]) for t in told] == [("ht_controlled", 2), ("dm_retina_exam", 0)]


def test_the_fiscal_year_of_the_file_is_the_period(planted: Planted) -> None:
    asked = ("--measure", "ht_controlled", "--format", "json", "--home", planted.home)
    [told] = samrit("reconcile", planted.centre, *asked).json
    assert (told["period"], told["census"]) == ("2013-10-01..2014-09-30", "2013-10-01")


def test_another_period_is_another_reading(planted: Planted) -> None:
    # The centre's figures are of April to March; counted by the fiscal year, the other period explains them.
    asked = ("--measure", "ht_controlled", "--other", "period=2013-04-01..2014-03-31,census=2013-10-01")
    [told] = samrit("reconcile", planted.centre, *asked, "--format", "json", "--home", planted.home).json
    assert told["reading"] == "period=2013-04-01..2014-03-31,census=2013-10-01"
    assert figures(told)[AGREES, "a", None]["causes"]["definition"] == 2


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("hospcode,target\n11053,1\n", ("--period", "2013-04-01..2014-03-31"), "quality.measure.none"),
        ("hospcode,measure,target\n11053,ht_controled,1\n", PERIOD, "quality.measure.unknown"),
        ("hospcode,target\n11053,1\n", ("--measure", "ht_controlled"), "quality.period.none"),
        (
            "hospcode,year,target\n11053,2557,1\n11053,2558,1\n",
            ("--measure", "ht_controlled", *PERIOD),
            "quality.period.several",
        ),
        (
            "hospcode,year,target\n11053,2557,1\n",
            ("--measure", "ht_controlled", "--year", "2558"),
            "quality.year.absent",
        ),
        ("hospcode,year,target\n11053,2557,1\n", ("--measure", "ht_controlled", "--other", "=1"), "quality.other.form"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    planted: Planted, tmp_path: Path, text: str, words: tuple[str, ...], code: str
) -> None:
    centre = tmp_path / "centre.csv"
    centre.write_text(text)
    said = samrit("reconcile", centre, *words, "--home", planted.home)
    assert (said.code, said.out) == (2, "")
    assert code in said.err


def test_nothing_of_the_home_changes_and_no_world_stays(planted: Planted) -> None:
    def files() -> list[str]:
        return sorted(str(p) for p in planted.home.rglob("*") if "counted" not in p.parts and p.name != "writer.lock")

    before = files()
    assert reconcile(planted).code == 0
    assert files() == before


def test_no_person_is_written(planted: Planted) -> None:
    said = (
        json.dumps(reconcile(planted).json) + reconcile(planted, form="table").out + reconcile(planted, form="csv").out
    )
    assert citizen_id(71) not in said
    assert "P71" not in said


def test_the_page_shows_the_file_that_its_commands_read() -> None:
    assert PAGE_CENTRE in (ROOT / "docs" / "reconcile.md").read_text(encoding="utf-8")
