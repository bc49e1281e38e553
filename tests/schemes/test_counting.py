"""Cells become A, B and value of the payees: at the level of the item's pool, with its own parameters."""

from datetime import date
from decimal import Decimal

from samrit.reference import Period, shipped_register
from samrit.results import Cell
from samrit.schemes import Counted, RunInputs, Standing, read_pack
from samrit.schemes.counting import gather_counts

PERIOD = Period.parse("2008-04-01..2009-03-31")
REGISTER = shipped_register()
DAY = date(2008, 4, 1)


def cells(measure: str, *places: tuple[str, str, int, int]) -> list[Cell]:
    return [
        Cell(measure, PERIOD, facility, unit, "", "", letter, amount)
        for facility, unit, a, b in places
        for letter, amount in (("a", a), ("b", b))
    ]


def test_an_item_is_counted_at_the_level_of_its_pool() -> None:
    """Readmissions belong to the treating hospital, coverage to the contracting unit of the person."""
    places = (("10705", "10705", 1, 10), ("11030", "10705", 2, 10))
    found = gather_counts(
        read_pack("nhso-2552"),
        {"R5": cells("dm_readmission_28_days", *places), "P2": cells("health_risk_screening_coverage", *places)},
        RunInputs(),
        REGISTER,
        DAY,
    )
    assert found == {
        ("R5", "10705"): Counted(1, 10, Decimal(100)),  # per 1,000 discharges
        ("R5", "11030"): Counted(2, 10, Decimal(200)),
        ("P2", "10705"): Counted(3, 20, Decimal(15)),
    }


def test_persons_without_a_contracting_unit_are_nobodys_counts() -> None:
    of = {"P2": cells("health_risk_screening_coverage", ("99999", "", 5, 9))}
    assert gather_counts(read_pack("nhso-2552"), of, RunInputs(), REGISTER, DAY) == {}


def test_counts_of_others_stand_in_place_of_the_cells_and_typed_in_results_in_place_of_both() -> None:
    of = {"2.6": cells("ht_controlled", ("11033", "11033", 1, 10))}
    typed = Counted(None, None, Decimal(5), Standing.TYPED_IN)
    given = RunInputs(cube={("2.6", "11033"): (3, 4), ("3.1", "11033"): (1, 2)}, entries={("3.1", "11033"): typed})
    found = gather_counts(read_pack("qof-2557"), of, given, REGISTER, DAY)
    assert found == {("2.6", "11033"): Counted(3, 4, Decimal(75), Standing.TYPED_IN), ("3.1", "11033"): typed}


def test_a_value_is_made_with_the_parameters_of_the_item() -> None:
    """4.6: 30 of 1,000 people x prevalence: 0.025 expects 25 patients, 0.05 expects 50."""
    of = {"4.6": cells("depression_access", ("11033", "11033", 30, 1000))}
    for prevalence, value in (("0.025", 120), ("0.05", 60)):
        pack = read_pack("qof-2557", {"items.4.6.parameters.prevalence": prevalence})
        found = gather_counts(pack, of, RunInputs(), REGISTER, DAY)
        assert found["4.6", "11033"].value == value
