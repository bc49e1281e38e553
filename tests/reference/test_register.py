"""The register: who belongs where on a day."""

import hashlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.reference import (
    Area,
    Areas,
    FacilityRow,
    OrgLevel,
    Parent,
    ReferenceRefused,
    Register,
    find_level,
    shipped_areas,
    shipped_register,
)

DAY = date(2013, 10, 1)
SPLIT = date(2014, 5, 2)


def standard() -> list[FacilityRow]:
    """The standard organisation table of the case layout: borrowed codes, eight facilities, three provinces."""
    return [
        FacilityRow("10705", "06", "S", "", "10705", "4201", "42", "8"),
        FacilityRow("04801", "18", "", "", "10705", "4201", "42", "8"),
        FacilityRow("04802", "18", "", "", "10705", "4201", "42", "8"),
        FacilityRow("11053", "07", "F2", "", "11053", "4203", "42", "8"),
        FacilityRow("04811", "18", "", "", "11053", "4203", "42", "8"),
        FacilityRow("04812", "18", "", "", "", "4203", "42", "8"),
        FacilityRow("10671", "05", "A", "large", "10671", "4101", "41", "8"),
        FacilityRow("10670", "05", "A", "large", "10670", "4001", "40", "7"),
    ]


def test_a_facility_belongs_to_its_cup_and_a_blank_cup_to_the_hospital_of_its_district() -> None:
    register = Register(standard())
    assert register.contracting_unit("04801", DAY) == "10705"
    assert register.contracting_unit("04812", DAY) == "11053"


def test_a_written_cup_wins_over_the_hospital_of_the_district() -> None:
    register = Register([*standard(), FacilityRow("04899", "18", cup="10705", district_code="4203")])
    assert register.contracting_unit("04899", DAY) == "10705"


@pytest.mark.parametrize(
    ("hospitals", "expected"),
    [  # DEFINITIONS S5.2: hostype 05, 06 or 07, smallest hostype, then smallest hospcode
        ([("20002", "07"), ("20003", "07")], "20002"),
        ([("20002", "07"), ("20003", "06")], "20003"),
        ([("20002", "06"), ("20003", "05")], "20003"),
        ([("20001", "11"), ("20002", "12"), ("20003", "07")], "20003"),
        ([("20001", "04"), ("20002", "18")], None),
        ([], None),
    ],
)
def test_the_hospital_that_stands_in_is_of_the_smallest_type_then_code(
    hospitals: list[tuple[str, str]], expected: str | None
) -> None:
    rows = [FacilityRow(code, hostype, district_code="4205") for code, hostype in hospitals]
    register = Register([*reversed(rows), FacilityRow("04812", "18", district_code="4205")])
    assert register.contracting_unit("04812", DAY) == expected


def test_a_hospital_of_another_district_or_of_no_district_does_not_stand_in() -> None:
    rows = [FacilityRow("20001", "07", district_code="4206"), FacilityRow("20002", "07"), FacilityRow("04812", "18")]
    assert Register(rows).contracting_unit("04812", DAY) is None
    assert Register(rows).contracting_unit("20002", DAY) is None


def test_parents_are_every_level_above_and_a_missing_one_is_absent() -> None:
    register = Register([*standard(), FacilityRow("99999")])
    assert register.parents("04812", DAY) == {
        OrgLevel.CONTRACTING_UNIT: "11053",
        OrgLevel.DISTRICT: "4203",
        OrgLevel.PROVINCE: "42",
        OrgLevel.REGION: "8",
        OrgLevel.COUNTRY: "TH",
    }
    assert register.parents("99999", DAY) == {OrgLevel.COUNTRY: "TH"}


def test_a_facility_that_is_not_in_the_table_has_no_parents() -> None:
    register = Register([*standard(), FacilityRow("28861", valid_from=SPLIT)])
    assert register.parents("00000", DAY) == {}
    assert register.parents("28861", SPLIT - timedelta(days=1)) == {}
    assert register.contracting_unit("00000", DAY) is None


def test_a_blank_province_and_region_come_from_the_area_tables_and_a_written_one_stays() -> None:
    register = Register(
        [
            FacilityRow("00001", district_code="4201"),
            FacilityRow("00002", province_code="40"),
            FacilityRow("00003", district_code="4201", province_code="41", health_region="3"),
            FacilityRow("00004", district_code="0000"),
        ]
    )
    placed = {hospcode: above for hospcode, *above in register.placing(DAY)}
    assert placed["00001"] == ["", "4201", "42", "8"]
    assert placed["00002"] == ["", "", "40", "7"]
    assert placed["00003"] == ["", "4201", "41", "3"]
    assert placed["00004"] == ["", "0000", "", ""]


def test_other_area_tables_may_be_given() -> None:
    areas = Areas({"0000": Area("0000", "ก", "A", "00")}, {"00": Area("00", "ข", "B", "99")}, {})
    register = Register([FacilityRow("00004", district_code="0000")], areas)
    assert register.placing(DAY) == [("00004", "", "0000", "00", "99")]
    district = register.unit(OrgLevel.DISTRICT, "0000", DAY)
    assert district is not None
    assert (district.name_th, district.name_en) == ("ก", "A")


def test_placing_is_the_whole_table_of_a_day_in_order() -> None:
    assert Register(standard()).placing(DAY) == [
        ("04801", "10705", "4201", "42", "8"),
        ("04802", "10705", "4201", "42", "8"),
        ("04811", "11053", "4203", "42", "8"),
        ("04812", "11053", "4203", "42", "8"),
        ("10670", "10670", "4001", "40", "7"),
        ("10671", "10671", "4101", "41", "8"),
        ("10705", "10705", "4201", "42", "8"),
        ("11053", "11053", "4203", "42", "8"),
    ]


@pytest.mark.parametrize(
    ("level", "code", "expected"),
    [
        (OrgLevel.FACILITY, "11053", {"11053"}),
        (OrgLevel.CONTRACTING_UNIT, "11053", {"11053", "04811", "04812"}),
        (OrgLevel.DISTRICT, "4201", {"10705", "04801", "04802"}),
        (OrgLevel.PROVINCE, "41", {"10671"}),
        (OrgLevel.REGION, "7", {"10670"}),
        (OrgLevel.COUNTRY, "TH", {row.hospcode for row in standard()}),
        (OrgLevel.FACILITY, "00000", set()),
        (OrgLevel.PROVINCE, "50", set()),
    ],
)
def test_inside_a_unit_are_the_facilities_placed_in_it(level: OrgLevel, code: str, expected: set[str]) -> None:
    assert Register(standard()).inside(level, code, DAY) == expected


def dated() -> Register:
    """A unit that moves to another cup, and a district hospital that opens in the middle of the year."""
    before = SPLIT - timedelta(days=1)
    return Register(
        [
            *standard(),
            FacilityRow("04900", "18", cup="10705", district_code="4210", valid_to=before),
            FacilityRow("04900", "18", cup="11053", district_code="4210", valid_from=SPLIT),
            FacilityRow("04901", "18", district_code="4214"),
            FacilityRow("28861", "07", district_code="4214", valid_from=SPLIT, name_th="โรงพยาบาลหนองหิน"),
            FacilityRow("04902", "18", district_code="4214", valid_to=before),
        ]
    )


def test_the_table_of_a_day_holds_the_rows_of_that_day_with_both_ends() -> None:
    register = dated()
    last, first = register.on(SPLIT - timedelta(days=1)), register.on(SPLIT)
    assert (last["04900"].cup, first["04900"].cup) == ("10705", "11053")
    assert ("28861" in last, "28861" in first) == (False, True)
    assert ("04902" in last, "04902" in first) == (True, False)


def test_a_hospital_stands_in_only_while_it_is_there() -> None:
    register = dated()
    assert register.contracting_unit("04901", SPLIT - timedelta(days=1)) is None
    assert register.contracting_unit("04901", SPLIT) == "28861"


def test_the_parents_of_a_unit_carry_their_days() -> None:
    before = SPLIT - timedelta(days=1)
    moved = dated().unit(OrgLevel.FACILITY, "04900", DAY)
    assert moved is not None
    assert moved.parents == (
        Parent(OrgLevel.CONTRACTING_UNIT, "10705", date.min, before),
        Parent(OrgLevel.CONTRACTING_UNIT, "11053", SPLIT, date.max),
        Parent(OrgLevel.DISTRICT, "4210", date.min, date.max),
        Parent(OrgLevel.PROVINCE, "42", date.min, date.max),
        Parent(OrgLevel.REGION, "8", date.min, date.max),
        Parent(OrgLevel.COUNTRY, "TH", date.min, date.max),
    )
    stood_in = dated().unit(OrgLevel.FACILITY, "04901", DAY)
    assert stood_in is not None
    assert stood_in.parents[0] == Parent(OrgLevel.CONTRACTING_UNIT, "28861", SPLIT, date.max)
    closed = dated().unit(OrgLevel.FACILITY, "04902", DAY)
    assert closed is not None
    assert {(p.valid_from, p.valid_to) for p in closed.parents} == {(date.min, before)}


def test_a_unit_of_each_level_has_its_names_and_what_stands_above() -> None:
    register = shipped_register()
    names = {
        (OrgLevel.FACILITY, "11447"): "โรงพยาบาลสมเด็จพระยุพราชด่านซ้าย",
        (OrgLevel.CONTRACTING_UNIT, "10705"): "โรงพยาบาลเลย",
        (OrgLevel.DISTRICT, "4203"): "เชียงคาน",
        (OrgLevel.PROVINCE, "42"): "เลย",
        (OrgLevel.REGION, "8"): "เขตสุขภาพที่ 8",
        (OrgLevel.COUNTRY, "TH"): "ประเทศไทย",
    }
    for (level, code), name in names.items():
        unit = register.unit(level, code, DAY)
        assert unit is not None
        assert (unit.level, unit.code, unit.name_th) == (level, code, name)
        above = list(OrgLevel)[list(OrgLevel).index(level) + 1 :]
        assert [p.level for p in unit.parents] == above
    district = register.unit(OrgLevel.DISTRICT, "4203", DAY)
    assert district is not None
    assert [p.code for p in district.parents] == ["42", "8", "TH"]


def test_the_same_code_is_another_unit_at_another_level() -> None:
    register = Register(standard())
    facility, unit = (register.unit(lv, "11053", DAY) for lv in (OrgLevel.FACILITY, OrgLevel.CONTRACTING_UNIT))
    assert facility is not None
    assert unit is not None
    assert facility != unit
    assert next(p.level for p in unit.parents) is OrgLevel.DISTRICT


def test_a_contracting_unit_outside_the_table_is_a_unit_without_name_or_parents() -> None:
    register = Register([FacilityRow("04801", "18", cup="10705", district_code="4201")])
    unit = register.unit(OrgLevel.CONTRACTING_UNIT, "10705", DAY)
    assert unit is not None
    assert (unit.name_th, unit.parents) == ("", ())


def test_a_unit_without_facilities_on_the_day_is_not_there() -> None:
    register = dated()
    assert register.unit(OrgLevel.PROVINCE, "50", DAY) is None
    assert register.unit(OrgLevel.FACILITY, "28861", DAY) is None
    assert [u.code for u in register.units(OrgLevel.PROVINCE, DAY)] == ["40", "41", "42"]
    assert Register([]).units(OrgLevel.COUNTRY, DAY) == []


def test_health_regions_are_listed_by_number() -> None:
    regions = shipped_register().units(OrgLevel.REGION, DAY)
    assert [u.code for u in regions] == [str(n) for n in range(1, 14)]


def test_two_rows_of_a_facility_for_one_day_are_refused() -> None:
    with pytest.raises(ReferenceRefused) as refused:
        Register([FacilityRow("04900", valid_to=SPLIT), FacilityRow("04900", valid_from=SPLIT)])
    assert [p.code for p in refused.value.problems] == ["reference.register.overlap"]


@pytest.mark.parametrize("hospcode", ["", "4801", "048010", "4801A", "ea0010705", "๐๔๘๐๑"])
def test_a_row_with_a_malformed_hospcode_is_refused(hospcode: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        FacilityRow(hospcode)
    assert [p.code for p in refused.value.problems] == ["reference.hospcode.form"]


def test_a_row_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ReferenceRefused) as refused:
        FacilityRow("04900", valid_from=SPLIT, valid_to=DAY)
    assert [p.code for p in refused.value.problems] == ["reference.dates.backwards"]


@settings(deadline=None)
@given(st.permutations(list(dated().rows)))
def test_the_canonical_csv_does_not_depend_on_the_order_of_rows(rows: list[FacilityRow]) -> None:
    assert Register(rows).canonical_csv() == dated().canonical_csv()


def test_the_canonical_csv_is_plain_text_with_fixed_columns() -> None:
    row = FacilityRow("28861", "07", district_code="4214", sends_43=False, name_th="หนองหิน", valid_from=SPLIT)
    assert Register([row]).canonical_csv().decode("utf-8") == (
        "hospcode,hostype,service_level,size,cup,district_code,province_code,health_region,"
        "sends_43,smart_health_id_target,name_th,name_en,valid_from,valid_to\n"
        "28861,07,,,,4214,42,8,0,1,หนองหิน,,2014-05-02,\n"
    )


def test_one_changed_cell_changes_the_hash() -> None:
    rows = standard()
    other = [*rows[:-1], FacilityRow("10670", "05", "A", "small", "10670", "4001", "40", "7")]
    first, second = (hashlib.sha256(Register(r).canonical_csv()).hexdigest() for r in (rows, other))
    assert first != second


def test_loei_has_fourteen_contracting_units_on_the_census_day() -> None:
    units = shipped_register().units(OrgLevel.CONTRACTING_UNIT, DAY)
    loei = {u.code for u in units if Parent(OrgLevel.PROVINCE, "42", date.min, date.max) in u.parents}
    assert loei == {"10705", *(str(code) for code in range(11030, 11040)), "11447", "14133", "28861"}


def test_all_153_units_of_loei_are_shipped_and_have_a_contracting_unit() -> None:
    register = shipped_register()
    loei = register.inside(OrgLevel.PROVINCE, "42", DAY)
    assert len(loei) == 153
    assert len(register.rows) == 1680
    assert all(register.contracting_unit(hospcode, DAY) for hospcode in loei)
    # the provincial office, the military, private and psychiatric hospital have no cup of their own
    blank = {row.hospcode for row in register.rows if row.hospcode in loei and not row.cup}
    assert blank == {"00029", "11502", "11955", "14644"}


def test_the_parents_of_every_shipped_facility_agree_with_the_area_tables() -> None:
    register, areas = shipped_register(), shipped_areas()
    assert (len(areas.districts), len(areas.provinces), len(areas.regions)) == (928, 77, 13)
    for hospcode in register.on(DAY):
        above = register.parents(hospcode, DAY)
        assert above[OrgLevel.COUNTRY] == "TH"
        assert areas.provinces[above[OrgLevel.PROVINCE]].inside == above[OrgLevel.REGION]
        assert above[OrgLevel.REGION] in areas.regions
        if OrgLevel.DISTRICT in above:
            assert areas.districts[above[OrgLevel.DISTRICT]].inside == above[OrgLevel.PROVINCE]
        if OrgLevel.CONTRACTING_UNIT in above:
            unit = above[OrgLevel.CONTRACTING_UNIT]
            assert register.parents(unit, DAY)[OrgLevel.CONTRACTING_UNIT] == unit


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("11053", OrgLevel.FACILITY, OrgLevel.FACILITY),
        ("11053", OrgLevel.CONTRACTING_UNIT, OrgLevel.CONTRACTING_UNIT),
        ("11053", None, OrgLevel.FACILITY),
        ("11053", OrgLevel.PROVINCE, OrgLevel.FACILITY),
        ("99999", OrgLevel.CONTRACTING_UNIT, OrgLevel.CONTRACTING_UNIT),
        ("EA0010705", None, OrgLevel.FACILITY),
        ("4203", OrgLevel.FACILITY, OrgLevel.DISTRICT),
        ("42", OrgLevel.CONTRACTING_UNIT, OrgLevel.PROVINCE),
        ("8", OrgLevel.FACILITY, OrgLevel.REGION),
        ("TH", None, OrgLevel.COUNTRY),
        ("10", None, OrgLevel.PROVINCE),
        ("10", OrgLevel.REGION, OrgLevel.REGION),
        ("42", OrgLevel.REGION, OrgLevel.PROVINCE),
    ],
)
def test_a_bare_code_is_of_the_asked_level_first_then_by_its_length(
    text: str, wanted: OrgLevel | None, expected: OrgLevel
) -> None:
    assert find_level(text, wanted, Register(standard()), DAY) == (expected, text)


def test_a_code_with_its_level_means_what_it_says() -> None:
    register = Register(standard())
    assert find_level("region:10", OrgLevel.PROVINCE, register, DAY) == (OrgLevel.REGION, "10")
    assert find_level("province:10", OrgLevel.REGION, register, DAY) == (OrgLevel.PROVINCE, "10")
    assert find_level("contracting_unit:11053", None, register, DAY) == (OrgLevel.CONTRACTING_UNIT, "11053")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("provnce:10", "reference.org.level"),
        (":10", "reference.org.level"),
        ("province:4201", "reference.org.form"),
        ("province:", "reference.org.form"),
        ("", "reference.org.form"),
        ("420", "reference.org.form"),
        ("480123", "reference.org.form"),
        ("เลย", "reference.org.form"),
    ],
)
def test_a_code_of_no_level_is_refused(text: str, code: str) -> None:
    with pytest.raises(ReferenceRefused) as refused:
        find_level(text, None, Register(standard()), DAY)
    assert [p.code for p in refused.value.problems] == [code]


def test_a_misspelt_level_is_answered_with_the_nearest() -> None:
    with pytest.raises(ReferenceRefused, match="did you mean 'province'"):
        find_level("provnce:10", None, Register([]), DAY)
