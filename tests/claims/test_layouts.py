"""The kinds of files as they are written down, and what is declared beside them."""

import pytest

from samrit.claims import (
    CellType,
    ClaimsError,
    Layout,
    Source,
    layout,
    layouts,
    paid_service,
    paid_services,
    usual_precedence,
)
from samrit.measures import measure_ids
from samrit.warehouse import Kind, views

EVERY = pytest.mark.parametrize("of", layouts(), ids=lambda of: of.kind)


def test_the_four_kinds_keep_their_numbers_for_ever() -> None:
    """A number is part of the row ids of a home: it is never given to another kind."""
    assert {of.kind: of.number for of in layouts()} == {
        "inpatient": 0, "risk-screening": 1, "cervical": 2, "paid-items": 3
    }  # fmt: skip


@EVERY
def test_every_kind_says_who_where_and_which_line_is_later(of: Layout) -> None:
    assert {"hospital", "person", "pid", "updated_at"} <= set(of.column_names)
    assert all(of.columns[of.column_names.index(name)].type is not CellType.NUMBER for name in of.key)
    assert "hospital" in of.key


@EVERY
def test_no_name_of_a_column_means_two(of: Layout) -> None:
    names = [name for column in of.columns for name in column.names]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)


@EVERY
def test_the_key_is_never_blank_but_for_who_and_the_number_of_a_payment(of: Layout) -> None:
    needed = {column.name for column in of.columns if column.needed}
    assert set(of.key) - needed <= {"person", "pid", "reference"}
    assert all(column.header for column in of.columns if column.needed)


@EVERY
def test_the_view_that_a_kind_feeds_reads_its_table(of: Layout) -> None:
    assert of.table in views()[of.facts].reads


def test_views_of_claims_alone_are_of_that_kind() -> None:
    alone = {name for name, view in views().items() if view.kind is Kind.CLAIM}
    assert alone == {"cervical_screenings", "paid_items"}


def test_the_form_of_p2_is_the_complete_form_of_the_definition() -> None:
    """DEFINITIONS P2: smoke and alcohol 1-4; weight, height, waist, first pressures above 0; sugar is no part."""
    bounce = [column.name for column in layout("risk-screening").columns if column.may_bounce]
    assert bounce == ["smoke", "alcohol", "weight", "height", "waist", "sbp", "dbp"]
    assert [column.name for column in layout("cervical").columns if column.may_bounce] == ["result"]


def test_an_unknown_kind_is_told_the_nearest() -> None:
    with pytest.raises(ClaimsError, match="inpatient"):
        layout("inpatients")


def test_the_43_files_stand_first_until_a_home_says_otherwise() -> None:
    usual = usual_precedence()
    assert usual.as_dict() == {"admissions": ["f43", "claims"], "screenings": ["f43", "claims"]}
    other = usual.preferring("screenings", Source.CLAIMS)
    assert other.as_dict() == {"admissions": ["f43", "claims"], "screenings": ["claims", "f43"]}
    assert other.preferring("screenings", Source.F43) == usual
    with pytest.raises(ClaimsError, match="admissions"):
        usual.preferring("admission", Source.CLAIMS)


def test_every_service_that_is_paid_singly_has_a_measure() -> None:
    assert {of.measure for of in paid_services()} <= set(measure_ids())
    assert paid_service("risk-screening").measure == "health_risk_screening_coverage"
    with pytest.raises(ClaimsError, match="cervical"):
        paid_service("cervica")
