"""The truth beside a demo: every fault is where it is said to be, the twin has none, its counts are the expected."""

import csv
import zipfile
from collections import Counter, defaultdict
from datetime import date

import pytest

from demo.conftest import read_back
from samrit.demo import DemoError, write_demo
from samrit.demo.expected import HEADS
from samrit.demo.identity import check_digit
from samrit.demo.kinds import DECIDED, KINDS
from samrit.measures import Engine, When, compile_measure, count, measure, measure_ids
from samrit.reference import OrgLevel, Period, shipped_register
from samrit.results import roll_up
from samrit.warehouse import Home, load, open_snapshot

# A province with few units (Nong Bua Lam Phu: hospitals alone in the shipped register): few zips, many people in each.
FEW_UNITS = "39"


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """3,000 people with their truth: (folder of the zips, folder of the truth)."""
    folder = tmp_path_factory.mktemp("told")
    write_demo(folder / "zips", province=FEW_UNITS, people=3000, truth=folder / "truth")
    return folder / "zips", folder / "truth"


@pytest.fixture(scope="module")
def twin(told):
    return read_back(sorted((told[1] / "twin").iterdir()))


@pytest.fixture(scope="module")
def lines(told):
    """(package, entry) -> its lines as text, the mark and both ends included."""
    found = {}
    for path in told[0].iterdir():
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                content = package.read(name)
                try:
                    text = content.decode("utf-8")
                except UnicodeDecodeError:
                    text = content.decode("cp874")
                found[path.name, name] = text.split("\n")
    return found


def test_the_truth_changes_nothing_in_the_zips(told, tmp_path):
    plain = write_demo(tmp_path / "plain", province=FEW_UNITS, people=3000)
    assert {p.name: p.read_bytes() for p in plain} == {p.name: p.read_bytes() for p in told[0].iterdir()}


def test_every_planted_fault_stands_where_it_is_said_to_stand(told, lines):
    planted = read(told[1] / "planted.csv")
    known = {kind.name for kind in KINDS} | set(DECIDED)
    assert {row["kind"] for row in planted} <= known
    for row in planted:
        text = lines[row["package"], row["entry"]]
        assert int(row["line"]) < len(text), row
        if int(row["line"]) < 2:
            continue
        cells = text[int(row["line"]) - 1].rstrip("\r").split("|")
        header = [name.upper() for name in text[0].lstrip("\ufeff").rstrip("\r").split("|")]
        cell = dict(zip(header, cells, strict=False)).get(row["column"])
        wrong = {
            "date_zero": cell in ("00000000", "0000-00-00"),
            "key_blank": cell == "",
            "cid_blank": cell == "",
            "cid_check_digit": row["kind"] == "cid_check_digit" and check_digit(cell[:12]) != cell[12],
            "cells_missing": len(cells) < len(header),
            "pipe_in_text": len(cells) > len(header),
            "padding": cell is not None and cell != cell.strip(),
            "time_16_digits": cell is not None and len(cell) == 16,
            "row_twice": text[int(row["line"]) - 1] == text[int(row["line"]) - 2],
            "other_sender": cells[0] == "99999",
            "home_twice": cell in ("1", "3"),
            "withdrawn": "222|111" in text[int(row["line"]) - 1],
        }
        assert wrong.get(row["kind"], True), row


def test_kinds_are_counted_as_planted(told):
    planted = Counter((row["kind"], row["table"], row["column"]) for row in read(told[1] / "planted.csv"))
    counted = {(r["kind"], r["table"], r["column"]): int(r["places"]) for r in read(told[1] / "kinds.csv")}
    assert counted == planted
    assert {"cid_blank", "parent_missing", "mended_later", "death_not_discharged"} <= {kind for kind, _, _ in counted}


def test_the_twin_has_the_same_packages_and_no_fault(told, twin):
    assert sorted(p.name for p in (told[1] / "twin").iterdir()) == sorted(p.name for p in told[0].iterdir())
    assert all(raw.content.decode("utf-8") for raw in twin.entries)
    assert "DATA_CORRECT" not in twin.rows
    home = defaultdict(set)
    born = defaultdict(set)
    for row in twin.standing("PERSON"):
        assert check_digit(row["CID"][:12]) == row["CID"][12]
        assert row["CID"][0] in "135678"
        born[row["CID"]].add((row["BIRTH"], row["SEX"]))
        if row["TYPEAREA"] in ("1", "3") and row["DISCHARGE"] == "9":
            home[row["CID"]].add(row["HOSPCODE"])
    assert max(len(found) for found in home.values()) == 1
    assert max(len(found) for found in born.values()) == 1
    dead = {(r["HOSPCODE"], r["PID"]) for r in twin.standing("DEATH")}
    assert {r["DISCHARGE"] for r in twin.standing("PERSON") if (r["HOSPCODE"], r["PID"]) in dead} == {"1"}
    visits = {(row["HOSPCODE"], row["PID"], row["SEQ"]) for row in twin.rows["SERVICE"]}
    for name in ("DIAGNOSIS_OPD", "DRUG_OPD", "COMMUNITY_SERVICE", "LABFU", "CHRONICFU"):
        assert {(row["HOSPCODE"], row["PID"], row["SEQ"]) for row in twin.rows[name]} <= visits, name
    for raw in twin.entries:
        width = len(raw.names)
        assert all(text.count("|") == width - 1 for text in raw.lines)


def test_rows_without_a_fault_are_the_same_in_both(told, twin):
    real = read_back(sorted(told[0].iterdir()))
    for name in ("EPI", "HOME", "APPOINTMENT"):
        ours = {tuple(sorted(row.items())) for row in twin.rows[name]}
        theirs = {tuple(sorted(row.items())) for row in real.rows[name]}
        assert len(ours & theirs) / len(ours) > 0.7, name
        assert len(ours) == len(theirs)


def test_counts_on_the_clean_twin_are_the_expected_ones(told, tmp_path):
    home = Home(tmp_path / "home")
    load(home, [told[1] / "twin"])
    register = shipped_register()
    when = When(Period.parse("2013-04-01..2014-03-31"), date(2013, 10, 1))
    wanted = defaultdict(dict)
    for row in read(told[1] / "expected.csv"):
        wanted[row["item"]][row["org"]] = row["a"], row["b"]
    # The sixteen computed items of qof-2557, and the heads behind them.
    computed = set(wanted) - set(HEADS)
    assert len(computed) == 16
    assert computed <= set(measure_ids())
    with Engine(open_snapshot(home), register) as engine:
        for item in sorted(computed):
            of = measure(item)
            cells = count(engine, compile_measure(of, of.parameters), [when])
            found = roll_up(cells, OrgLevel.CONTRACTING_UNIT, register, when.census_day)
            assert {line.org: (str(line.a), str(line.b)) for line in found} == wanted[item], item
    # ht_controlled, dm and antenatal items have somebody to count in nearly every unit.
    for item in ("ht_controlled", "dm_retina_exam", "anc_five_visits"):
        assert sum(int(b) for _, b in wanted[item].values()) >= 15
    assert {org: b for org, (_, b) in wanted["deliveries"].items()} == {
        org: b for org, (_, b) in wanted["anc_five_visits"].items()
    }


def test_heads_are_what_rates_make_of_three_thousand_people(told):
    totals = Counter()
    for row in read(told[1] / "expected.csv"):
        totals[row["item"]] += int(row["b"])
    # Thai (97 of 100) and at home (TYPEAREA 1, 3, half of the 2; less deaths and departures): about 91 of 100.
    assert totals["thai_residents"] / 3000 == pytest.approx(0.90, abs=0.03)
    assert totals["uc_persons"] / totals["thai_residents"] == pytest.approx(0.77, abs=0.05)
    # 8.9 % diabetes, 24.7 % hypertension at 15 and more (83.5 %); 80 and 75 of 100 known, 97 of 100 registered.
    assert totals["registered_dm"] / 3000 == pytest.approx(0.0535, abs=0.015)
    assert totals["registered_ht"] / 3000 == pytest.approx(0.139, abs=0.02)
    # 8.2 live births per 1,000 people and year (DOPA 2021), the mothers being Thai residents.
    assert totals["deliveries"] == pytest.approx(3000 * 0.0082 * 0.9, abs=15)


def test_a_truth_inside_the_folder_of_the_zips_is_refused(tmp_path):
    with pytest.raises(DemoError, match=r"demo\.truth\.inside"):
        write_demo(tmp_path / "demo", people=1, truth=tmp_path / "demo" / "truth")
    with pytest.raises(DemoError, match=r"demo\.truth\.inside"):
        write_demo(tmp_path / "demo", people=1, truth=tmp_path / "demo")
    assert not (tmp_path / "demo").exists()
