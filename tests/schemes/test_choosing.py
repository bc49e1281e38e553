"""Which payees --org means, and what is said when it means none."""

from datetime import date

import pytest

from samrit.reference import FacilityRow, Register, shipped_register
from samrit.schemes import Payee, SchemesError, find_payee, read_pack
from samrit.schemes.choosing import choose_payees, with_attributes

QOF = read_pack("qof-2557")
DAY = date(2013, 10, 1)
REGISTER = shipped_register()
KHON_KAEN = Payee("10670", "4001", "", "", {"uc": 5})


@pytest.mark.parametrize(
    ("org", "meant"),
    [
        ("", 15),
        ("8", 15),
        ("region:8", 15),
        ("region:7", 1),
        ("42", 14),
        ("province:40", 1),
        ("4209", 1),
        ("11036", 1),
    ],
)
def test_an_org_is_a_payee_a_district_a_province_or_a_region(org: str, meant: int) -> None:
    """The region of the pack is the whole table; another region is found by the area tables."""
    assert len(choose_payees(QOF, (*QOF.payees, KHON_KAEN), org, REGISTER, DAY)) == meant


def test_a_district_is_no_payee_but_its_contracting_units_are_named() -> None:
    """Wang Saphung: district 4209 is served by 11036."""
    with pytest.raises(SchemesError) as refused:
        find_payee(QOF, QOF.payees, "4209", REGISTER, DAY)
    (found,) = refused.value.problems
    assert found.code == "schemes.payee.district"
    assert "11036" in found.th


def test_a_district_that_is_cared_for_from_elsewhere_names_that_unit() -> None:
    """A facility of district 4203 is under a contracting unit of another district."""
    rows = [
        FacilityRow("11033", "07", district_code="4206"),
        FacilityRow("04812", "18", district_code="4203", cup="11033"),
    ]
    with pytest.raises(SchemesError) as refused:
        choose_payees(QOF, [p for p in QOF.payees if p.org == "11033"], "4203", Register(rows), DAY)
    assert "11033" in refused.value.problems[0].en


def test_the_nearest_payee_is_offered() -> None:
    with pytest.raises(SchemesError, match="28861"):
        find_payee(QOF, QOF.payees, "28816", REGISTER, DAY)


def test_what_the_table_does_not_say_of_a_payee_comes_from_the_register() -> None:
    payees = (Payee("10705", "4201", "", "", {"uc": 1}), Payee("11033", "4206", "", "", {"uc": 1}, {"hostype": "99"}))
    first, second = with_attributes(payees, REGISTER, DAY)
    assert first.attribute("hostype") == REGISTER.on(DAY)["10705"].hostype != ""
    assert second.attribute("hostype") == "99"
    assert first.attribute("province_code") == "42"
