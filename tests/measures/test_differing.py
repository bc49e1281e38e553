"""What a change of definition changes: by unit on one snapshot, and in the text."""

from decimal import Decimal

import pytest

from measures.building import CENSUS, PERIOD, a_case, load_rows, made_up, random_case, standard_register
from samrit.measures import Engine, Measure, When, list_hits, measure
from samrit.measures.authoring.differing import (
    Change,
    Moves,
    Version,
    differ,
    empty_line,
    text_changes,
    total_of,
)
from samrit.reference import OrgLevel, Period
from samrit.warehouse import Snapshot

WHEN = When(Period(*PERIOD), CENSUS)
ALL = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p"
WOMEN = ALL + " WHERE p.sex = '2'"
MEN = ALL + " WHERE p.sex = '1'"
REGISTER = standard_register()


def version(of: Measure, **given: object) -> Version:
    return Version(of, of.with_parameters(given))


def of_parts(a_sql: str, b_sql: str = ALL, **changes: object) -> Version:
    return version(made_up(a_sql, b_sql, part_of="b", **changes))


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Three women and one man at 11053, one man at 04811; of the same contracting unit."""
    people = [
        ("P1", "11053", "2"),
        ("P2", "11053", "2"),
        ("P3", "11053", "2"),
        ("P4", "11053", "1"),
        ("P5", "04811", "1"),
    ]
    rows = [{"PID": pid, "HOSPCODE": at, "SEX": sex} for pid, at, sex in people]
    return load_rows(tmp_path_factory.mktemp("village"), a_case(PERSON=rows))


def compare(
    snapshot: Snapshot, before: Version, after: Version, level: OrgLevel = OrgLevel.FACILITY
) -> dict[str, Change]:
    with Engine(snapshot, REGISTER) as engine:
        return {c.org: c for c in differ(engine, before, after, WHEN, level, REGISTER)}


def test_gained_and_lost_are_told_where_they_count(village: Snapshot) -> None:
    found = compare(village, of_parts(WOMEN), of_parts(MEN))
    hospital, centre = found["11053"], found["04811"]
    assert (hospital.before.a, hospital.after.a, hospital.moves["a"]) == (3, 1, Moves(both=0, lost=3, gained=1))
    assert (hospital.before.value, hospital.after.value) == (Decimal("75.0000"), Decimal("25.0000"))
    assert hospital.value_change == Decimal("-50")
    assert (centre.before.a, centre.after.a, centre.moves["a"]) == (0, 1, Moves(gained=1))
    assert hospital.moves["b"] == Moves(both=4)


def test_the_largest_change_of_value_is_first_and_a_unit_that_did_not_change_is_last(village: Snapshot) -> None:
    found = compare(village, of_parts(WOMEN), of_parts(MEN))
    assert list(found) == ["04811", "11053"]  # 100 points against 50
    same = compare(village, of_parts(WOMEN), of_parts(WOMEN))
    assert not any(c.is_changed for c in same.values())


def test_equal_sums_of_other_people_are_a_change(village: Snapshot) -> None:
    """At the contracting unit 3 women become 2 men and one woman by a second definition: sums may hide who moved."""
    first, second = " WHERE p.sex = '2' OR FALSE", " WHERE p.sex = '1' OR FALSE"
    found = compare(village, of_parts(ALL + first), of_parts(ALL + second), OrgLevel.CONTRACTING_UNIT)
    [unit] = found.values()
    assert (unit.before.a, unit.after.a, unit.moves["a"]) == (3, 2, Moves(both=0, lost=3, gained=2))
    assert unit.is_changed


def test_a_smaller_denominator_and_an_undefined_value(village: Snapshot) -> None:
    found = compare(village, of_parts(ALL), of_parts(ALL, WOMEN))
    centre = found["04811"]
    assert (centre.before.value, centre.after.value, centre.value_change) == (Decimal("100.0000"), None, None)
    assert (centre.moves["a"], centre.moves["b"]) == (Moves(lost=1), Moves(lost=1))
    assert next(iter(found)) == "04811"  # what loses its value moved furthest


def test_the_total_is_made_of_sums(village: Snapshot) -> None:
    before, after = of_parts(WOMEN), of_parts(MEN)
    found = compare(village, before, after)
    total = total_of(list(found.values()), before, after, empty_line(WHEN, OrgLevel.FACILITY))
    assert (total.before.value, total.after.value) == (Decimal("60.0000"), Decimal("40.0000"))
    assert (total.moves["a"], total.moves["b"]) == (Moves(0, 3, 2), Moves(both=5))


def test_a_number_of_the_formula_moves_values_and_nobody(village: Snapshot) -> None:
    of = made_up(WOMEN, ALL, part_of="b", formula="A x 100 / (B x share)", parameters={"share": "0.5"})
    found = compare(village, version(of), version(of, share="0.25"))
    assert (found["11053"].before.value, found["11053"].after.value) == (Decimal("150.0000"), Decimal("300.0000"))
    assert found["11053"].moves["a"] == Moves(both=3)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return load_rows(tmp_path_factory.mktemp("province"), random_case(7))


@pytest.mark.parametrize("level", [OrgLevel.FACILITY, OrgLevel.CONTRACTING_UNIT, OrgLevel.PROVINCE])
@pytest.mark.parametrize(
    ("measure_id", "given"),
    [
        ("ht_controlled", {"readings": "1"}),
        ("dm_readmission_28_days", {"days": "90"}),
        ("asthma_admission_rate", {"age_min": "40"}),
    ],
)
def test_moves_are_those_of_the_people_lists(
    province: Snapshot, measure_id: str, given: dict[str, object], level: OrgLevel
) -> None:
    """Second opinion: sets of counted things from the lists of people, unit by unit."""
    before, after = version(measure(measure_id)), version(measure(measure_id), **given)
    found = compare(province, before, after, level)
    assert any(c.is_changed for c in found.values())
    with Engine(province, REGISTER) as engine:
        for org, change in found.items():
            for letter in ("a", "b") if org else ():
                was, is_now = (
                    {h.counted_id for h in list_hits(engine, v.compiled, WHEN, letter, level, org)}  # type: ignore[arg-type]
                    for v in (before, after)
                )
                expected = Moves(len(was & is_now), len(was - is_now), len(is_now - was))
                assert change.moves.get(letter, Moves()) == expected, (org, letter)
                assert (getattr(change.before, letter), getattr(change.after, letter)) == (len(was), len(is_now))


def test_the_text_tells_keys_parameters_names_and_sql() -> None:
    old = of_parts(WOMEN)
    new = of_parts("SELECT r.person_id, r.person_id AS counted_id, r.row_id FROM residents AS r WHERE r.sex = '2'",
                   better="lower", parameters={"age": 5}, formula="A/B")  # fmt: skip
    said = text_changes(old, new)
    assert said[:3] == ["formula: (A/B)x100 -> A/B", "better: higher -> lower", "parameters.age: - -> 5"]
    assert "sets: + residents" in said
    assert [line for line in said if line.startswith("-SELECT")] == [f"-{WOMEN}"]
    assert text_changes(old, old) == []


def test_a_parameter_is_told_with_both_values() -> None:
    of = measure("anc_five_visits")
    windows = [["1", "1", "12"]]
    assert text_changes(version(of), version(of, windows=windows)) == [
        "parameters.windows: [['1', '1', '12'], ['2', '16', '20'], ['3', '24', '28'], ['4', '30', '34'],"
        " ['5', '36', '40']] -> [['1', '1', '12']]"
    ]
