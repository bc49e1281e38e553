"""One maker of facility rows for every table that names their columns."""

from datetime import date

import pytest

from samrit.reference import COLUMNS, FacilityRow, ReferenceRefused, Register, facility_row, read_org_file

FULL = FacilityRow(
    "11053", "07", "F2", "large", "10705", "4203", "42", "8", sends_43=False, smart_health_id_target=False,
    name_th="โรงพยาบาล", name_en="Hospital", valid_from=date(2012, 10, 1), valid_to=date(2014, 9, 30),
)  # fmt: skip


def cells_of(row: FacilityRow) -> dict[str, str]:
    """The cells of a row as the canonical table writes them."""
    head, line = Register([row]).canonical_csv().decode().splitlines()
    return dict(zip(head.split(","), line.split(","), strict=True))


def test_every_column_of_the_table_comes_back() -> None:
    assert set(cells_of(FULL)) == set(COLUMNS)
    assert facility_row(cells_of(FULL)) == FULL


def test_what_is_blank_or_absent_is_unknown_on_the_lists_and_open() -> None:
    bare = facility_row({"hospcode": "11053"})
    assert bare == FacilityRow("11053")
    assert (bare.sends_43, bare.smart_health_id_target) == (True, True)
    assert (bare.valid_from, bare.valid_to) == (date.min, date.max)
    assert facility_row(dict.fromkeys(COLUMNS, "") | {"hospcode": "11053", "remark": "x"}) == bare


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("sends_43", "yes", "reference.flag.form"),
        ("smart_health_id_target", "2", "reference.flag.form"),
        ("valid_from", "2556-10-01", "reference.day.buddhist"),
        ("valid_to", "soon", "reference.day.form"),
    ],
)
def test_a_cell_that_cannot_be_read_names_its_column(column: str, text: str, code: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        facility_row({"hospcode": "11053", column: text})
    (found,) = refused.value.problems
    assert (found.code, found.where.field) == (code, column)


def test_an_imported_file_makes_the_same_row(tmp_path) -> None:
    path = tmp_path / "org.csv"
    path.write_bytes(Register([FULL, FacilityRow("10705", "06")]).canonical_csv())
    assert FULL in read_org_file(path)[0].rows
