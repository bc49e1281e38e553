"""Counts of a whole region without zips: populations as printed, plausible values, the same bytes for the same seed."""

import csv
from collections import defaultdict
from datetime import date
from fractions import Fraction
from importlib import resources

import pytest

from samrit.demo import DemoError, write_cube
from samrit.reference import shipped_register

COMPUTED = [
    "1.1",
    "1.2",
    "1.3",
    "1.4",
    "1.5",
    "1.6",
    "2.1",
    "2.2",
    "2.3",
    "2.4",
    "2.5",
    "2.6",
    "4.1",
    "4.4",
    "4.5",
    "4.6",
]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cube(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cube") / "new"
    names = [path.relative_to(folder).as_posix() for path in write_cube(folder)]
    below = ("activities", "cube", "entries", "facts", "populations")
    assert names == ["cube.csv", "populations.csv", *(f"nhso-2552/{name}.csv" for name in below)]
    return folder


def test_populations_add_up_to_the_printed_total_and_loei_has_its_printed_ones(cube):
    # 28.13 baht x 4,335,091 = the advance of 121,946,110 baht (source document 003).
    populations = read(cube / "populations.csv")
    assert sum(int(row["uc_population"]) for row in populations) == 4_335_091
    pack = resources.files("samrit.schemes").joinpath("packs", "qof-2557", "population.csv").read_text(encoding="utf-8")
    printed = list(csv.DictReader(pack.splitlines()))
    assert [row for row in populations if row["district_code"][:2] == "42"] == printed
    assert list(populations[0]) == list(printed[0])


def test_every_contracting_unit_of_the_seven_provinces_is_there_once(cube):
    populations = read(cube / "populations.csv")
    assert {row["district_code"][:2] for row in populations} == {"38", "39", "41", "42", "43", "47", "48"}
    day = date(2013, 10, 1)
    register = shipped_register()
    hospitals = [
        row.hospcode
        for row in register.on(day).values()
        if row.health_region == "8" and row.hostype in ("05", "06", "07")
    ]
    units = {register.contracting_unit(hospcode, day) for hospcode in hospitals}
    assert sorted(row["org"] for row in populations) == sorted(units)
    # Udon Thani: the general and regional hospitals of a province care for its greatest district.
    assert all(int(row["uc_population"]) > 1000 and row["name_th"] for row in populations)


def test_every_computed_item_has_a_count_for_every_unit_and_stays_possible(cube):
    counts = read(cube / "cube.csv")
    units = {row["org"] for row in read(cube / "populations.csv")}
    by_item = defaultdict(dict)
    for row in counts:
        by_item[row["item"]][row["org"]] = int(row["a"]), int(row["b"])
    assert list(by_item) == COMPUTED
    for item, found in by_item.items():
        assert set(found) == units
        assert item == "2.1" or all(0 <= a <= b for a, b in found.values())
        assert all(b > 0 for _, b in found.values())
    # Whoever came five times came early; both items count the same pregnancies, as 1.5 and 4.4 the same pupils.
    for org in units:
        assert by_item["1.1"][org][0] <= by_item["1.2"][org][0]
        assert by_item["1.1"][org][1] == by_item["1.2"][org][1]
        assert by_item["1.5"][org][1] == by_item["4.4"][org][1]


def test_values_are_plausible_and_differ_between_provinces(cube):
    province = {row["org"]: row["district_code"][:2] for row in read(cube / "populations.csv")}
    values = defaultdict(lambda: defaultdict(list))
    for row in read(cube / "cube.csv"):
        values[row["item"]][province[row["org"]]].append(Fraction(int(row["a"]), int(row["b"])))
    mean = {i: {p: sum(found) / len(found) for p, found in by.items()} for i, by in values.items()}
    # Short-term complications: 1 to 5 admissions of 100 patients; primary care to hospital around 1 to 2 visits.
    assert all(Fraction(1, 200) < v < Fraction(1, 20) for v in mean["2.3"].values())
    assert all(Fraction(8, 10) < v < 2 for v in mean["2.1"].values())
    # 2.7 of 100 grown-ups are expected to have depression; some of them are seen, seldom all.
    assert all(Fraction(3, 10) < v / Fraction(27, 1000) < 1 for v in mean["4.6"].values())
    for item in COMPUTED:
        assert max(mean[item].values()) > min(mean[item].values()) * Fraction(102, 100), item


def test_the_same_seed_gives_the_same_bytes_and_another_gives_other_counts(cube, tmp_path):
    write_cube(tmp_path / "a")
    write_cube(tmp_path / "b", seed=2)
    for name in ("cube.csv", "populations.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (cube / name).read_bytes()
    assert (tmp_path / "b" / "cube.csv").read_bytes() != (cube / "cube.csv").read_bytes()
    assert (tmp_path / "b" / "populations.csv").read_bytes() == (cube / "populations.csv").read_bytes()


def test_a_region_or_year_without_printed_populations_is_refused(tmp_path):
    with pytest.raises(DemoError) as refused:
        write_cube(tmp_path / "cube", region="9", year=2558)
    assert [p.code for p in refused.value.problems] == ["demo.cube.region", "demo.cube.year"]
    assert not (tmp_path / "cube").exists()


def test_the_networks_of_referral_hospitals_hold_everybody_of_their_province_once(cube):
    rows = read(cube / "nhso-2552" / "populations.csv")
    own, network = defaultdict(int), defaultdict(int)
    for row in rows:
        own[row["district_code"][:2]] += int(row["uc_population"])
        network[row["district_code"][:2]] += int(row["referral_population"])
    assert own == network
    assert sum(own.values()) == 4_335_091


def test_hospital_items_are_counted_at_referral_hospitals_and_the_others_at_every_unit(cube):
    people = {row["org"]: int(row["referral_population"]) for row in read(cube / "nhso-2552" / "populations.csv")}
    orgs = defaultdict(set)
    for row in read(cube / "nhso-2552" / "cube.csv"):
        assert int(row["a"]) <= int(row["b"])
        orgs[row["item"]].add(row["org"])
    assert {item: found == set(people) for item, found in orgs.items()} == {
        **dict.fromkeys(("P2", "P3", "P4", "P5", "P6"), True),
        **dict.fromkeys(("R5", "R6"), False),
    }
    assert orgs["R5"] == orgs["R6"] == {org for org, heads in people.items() if heads}
