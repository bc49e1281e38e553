"""Zones and agreements: all of a file or nothing, every mistake with its line; agreements hold in both directions."""

from pathlib import Path

import pytest

from samrit.problems import Level
from samrit.reference import (
    ReferenceRefused,
    ReferralNetwork,
    Zone,
    agreements_csv,
    read_agreements_file,
    read_zones_file,
    zones_csv,
)


def write(folder: Path, text: str) -> Path:
    path = folder / "network.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, read: object) -> list[tuple[str, int, str]]:
    with pytest.raises(ReferenceRefused) as caught:
        read(path)  # type: ignore[operator]
    return [(p.code, p.where.line, p.where.field) for p in caught.value.problems]


def test_zones_are_read_sorted_and_once(tmp_path: Path) -> None:
    path = write(tmp_path, "Zone,GROUP,hospcode\nZ2,trauma,11053\nZ1,heart,10705\nZ2,trauma,11053\n")
    zones, problems = read_zones_file(path)
    assert zones == (Zone("heart", "10705", "Z1"), Zone("trauma", "11053", "Z2"))
    assert problems == []
    assert zones_csv(zones) == b"group,hospcode,zone\nheart,10705,Z1\ntrauma,11053,Z2\n"
    assert read_zones_file(write(tmp_path, zones_csv(reversed(zones)).decode()))[0] == zones


def test_every_mistake_in_zones_is_told_at_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "group,hospcode,zone\n"
        "hart,10705,Z1\n"
        "heart,1070,Z1\n"
        "heart,,Z1\n"
        "heart,10705,\n"
        "cancer,10705,Z1\n"
        "cancer,10705,Z2\n"
        "cancer,10706,Z2\n",
    )
    assert refused(path, read_zones_file) == [
        ("reference.zone.group", 2, "group"),
        ("reference.hospcode.form", 3, "hospcode"),
        ("reference.hospcode.blank", 4, "hospcode"),
        ("reference.zone.blank", 5, "zone"),
        ("reference.zone.twice", 7, "zone"),
    ]
    with pytest.raises(ReferenceRefused, match="'heart'"):
        read_zones_file(path)


def test_one_hospital_lies_in_another_zone_for_another_group(tmp_path: Path) -> None:
    zones, _ = read_zones_file(write(tmp_path, "group,hospcode,zone\nheart,10705,Z1\ncancer,10705,Z2\n"))
    assert len(zones) == 2


def test_agreements_are_read_sorted_and_once(tmp_path: Path) -> None:
    pairs, problems = read_agreements_file(write(tmp_path, "from,to\n10705,10670\n10671,10670\n10705,10670\n"))
    assert pairs == (("10671", "10670"), ("10705", "10670"))
    assert problems == []
    assert agreements_csv(pairs) == b"from,to\n10671,10670\n10705,10670\n"


def test_every_mistake_in_agreements_is_told_at_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "from,to\n10705,10705\n,10670\n10705,X\n")
    assert refused(path, read_agreements_file) == [
        ("reference.agreement.self", 2, "to"),
        ("reference.hospcode.blank", 3, "from"),
        ("reference.hospcode.form", 4, "to"),
    ]


def test_a_hospital_that_the_register_does_not_know_is_a_warning(tmp_path: Path) -> None:
    pairs, told = read_agreements_file(write(tmp_path, "from,to\n10705,99999\n"), ["10705"])
    assert pairs == (("10705", "99999"),)
    assert [(p.code, p.level, p.where.line, p.where.field) for p in told] == [
        ("reference.network.unknown", Level.WARNING, 2, "to")
    ]
    _, told = read_zones_file(write(tmp_path, "group,hospcode,zone\nheart,99999,Z1\nheart,10705,Z1\n"), ["10705"])
    assert [(p.code, p.where.line) for p in told] == [("reference.network.unknown", 2)]


def test_a_missing_column_is_refused(tmp_path: Path) -> None:
    assert (
        refused(write(tmp_path, "group,hospcode\nheart,10705\n"), read_zones_file)[0][0] == "reference.column.missing"
    )


def test_an_agreement_holds_in_both_directions_and_stands_once() -> None:
    network = ReferralNetwork(agreements=(("10705", "10670"), ("10670", "10705"), ("10671", "10670")))
    assert network.partners() == [("10670", "10671"), ("10670", "10705"), ("10671", "10670"), ("10705", "10670")]
