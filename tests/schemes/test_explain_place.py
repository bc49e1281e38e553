"""A unit among its peers: rank, ties, quartile, median; nothing where there are too few to hide in."""

from decimal import Decimal

import pytest

from samrit.schemes import Counted, read_pack
from samrit.schemes.explaining.place import Place
from schemes.building import PACK
from schemes.explained import evaluated, explained, of_ab, payee, typed

LOW = {
    "scoring.LOW": "{kind: bands, unit: rate, standing: assumed, lower_edges: [10, 20, 30, 40]}",
    "items.2.4.score.by": "LOW",
}


def place(values: str, org: str = "U0", item: str = "2.6") -> Place | None:
    """The place of a unit when the units have these values, '-' is none."""
    of = values.split()
    units = [payee(f"U{n}", {"uc": 1000}) for n in range(len(of))]
    counts = {(item, f"U{n}"): Counted(0, 0, None) if v == "-" else of_ab(int(v), 100, v) for n, v in enumerate(of)}
    pack = read_pack("qof-2557", LOW) if item == "2.4" else PACK
    return explained(evaluated(pack, units, counts), org, item).place


@pytest.mark.parametrize(
    ("values", "rank", "equal", "quartile", "median"),
    [
        ("90 80 70 60", 1, 0, 1, "75"),
        ("60 80 70 90", 4, 0, 4, "75"),
        ("80 90 80 60 50", 2, 1, 1, "80"),
        ("70 90 80 60 - 50", 3, 0, 2, "70"),
        ("50 50 50 50", 1, 3, 1, "50"),
        ("50 60 70 80 90 91 92 93", 8, 0, 4, "85"),
    ],
)
def test_the_place_counts_who_is_better_and_shares_ranks(
    values: str, rank: int, equal: int, quartile: int, median: str
) -> None:
    found = place(values)
    assert found is not None
    assert (found.rank, found.equal, found.quartile, found.median) == (rank, equal, quartile, Decimal(median))


def test_where_less_is_better_the_least_is_first() -> None:
    found = place("10 20 30 40", item="2.4")
    assert found is not None
    assert found.rank == 1


@pytest.mark.parametrize("values", ["90", "90 80 70", "90 80 70 -"])
def test_with_fewer_than_three_others_there_is_no_place(values: str) -> None:
    assert place(values) is None


def test_a_unit_without_a_value_has_no_place() -> None:
    assert place("- 80 70 60 50") is None


def test_the_peers_of_a_norm_are_the_units_of_its_group() -> None:
    pack = read_pack("nhso-2552", {"items.R3.score.by": "Z_LEVEL"})
    units = [payee(f"H{n}", {"referral_uc": 9}, service_level=level) for n, level in enumerate(["M1"] * 4 + ["S"] * 2)]
    run = evaluated(pack, units, {("R3", f"H{n}"): typed(str(v)) for n, v in enumerate((2, 3, 4, 1, 5, 5))})
    said = explained(run, "H0", "R3")
    assert said.place is not None
    assert (said.place.rank, said.place.of, said.place.median) == (3, 4, Decimal("2.5"))
    assert "อันดับที่ 3 จาก 4 หน่วย ระดับบริการ M1 (ควอร์ไทล์ที่ 3 นับจากดีที่สุด) มัธยฐานของค่าในกลุ่ม 2.5" in said.sentences()
    assert explained(run, "H5", "R3").place is None
