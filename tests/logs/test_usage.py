"""How much the shared systems are used: every figure counted by hand from the lines below."""

from pathlib import Path

import pytest

from builders import citizen_id
from logs.making import EXCHANGE, IDENTITY, write_log
from samrit.reference import FacilityRow, Period, Register
from samrit.warehouse import BY, Home, Snapshot, Usage, count_usage, load_logs

REGISTER = Register(
    [
        FacilityRow("11053", hostype="07", district_code="4203", province_code="42", health_region="8"),
        FacilityRow("10705", hostype="06", district_code="4201", province_code="42", health_region="8"),
        FacilityRow("10671", hostype="05", district_code="4101", province_code="41", health_region="8"),
    ]
)
YEAR = Period.parse("2017-10-01..2018-09-30")
ONE, TWO = citizen_id(1), citizen_id(2)
EXCHANGES = [
    f"2017-10-01T00:00:00,11053,DX01,1,{ONE}",
    f"2017-10-01T00:00:01,11053,DX01,1,{ONE}",
    f"2017-11-01T00:00:00,11053,DX02,0,{TWO}",
    f"2018-09-30T23:59:59,10705,DX01,1,{TWO}",
    "2018-09-30T23:59:59,10671,DX01,perhaps,",
    "2018-09-30T23:59:58,99999,DX01,1,",
    f"2018-10-01T00:00:00,11053,DX01,1,{ONE}",  # after the year
    f"2017-09-30T23:59:59,11053,DX01,1,{ONE}",  # before it
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("usage")
    home = Home(folder / "home")
    load_logs(home, EXCHANGE, [write_log(folder, "dx.csv", EXCHANGES)])
    reads = write_log(folder, "si.csv", ["2017-12-01T08:00:00,10671,read,1"], "timestamp,hospcode,action,success")
    made = load_logs(home, IDENTITY, [reads]).snapshot
    assert made
    return made


@pytest.mark.parametrize(
    ("by", "expected"),
    [  # key, calls, succeeded, persons, facilities
        ("call", [("DX01", 5, 4, 2, 3), ("DX02", 1, 0, 0, 0)]),
        ("hospital", [("10671", 1, 0, 0, 0), ("10705", 1, 1, 1, 1), ("11053", 3, 2, 1, 1), ("99999", 1, 1, 0, 1)]),
        ("province", [("", 1, 1, 0, 1), ("41", 1, 0, 0, 0), ("42", 4, 3, 2, 2)]),
        ("month", [("2017-10", 2, 2, 1, 1), ("2017-11", 1, 0, 0, 0), ("2018-09", 3, 2, 1, 2)]),
    ],
)
def test_calls_are_counted_by_every_grouping(
    snapshot: Snapshot, by: str, expected: list[tuple[str, int, int, int, int]]
) -> None:
    found = count_usage(snapshot, REGISTER, by, YEAR)  # type: ignore[arg-type]
    assert [u for u in found if u.kind == "data-exchange"] == [Usage("data-exchange", *row) for row in expected]
    assert [u.calls for u in found if u.kind == "smart-health-id"] == [1]


def test_a_person_is_shown_as_a_hash_and_who_is_not_named_as_nobody(snapshot: Snapshot) -> None:
    found = [u for u in count_usage(snapshot, REGISTER, "person", YEAR) if u.kind == "data-exchange"]
    assert sorted((bool(u.key), u.calls, u.succeeded, u.persons, u.facilities) for u in found) == [
        (False, 2, 1, 0, 1),
        (True, 2, 1, 1, 1),
        (True, 2, 2, 1, 1),
    ]
    keys = [u.key for u in found if u.key]
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in keys)
    assert not any(number in key for key in keys for number in (ONE, TWO))


def test_every_grouping_adds_up_to_the_same_calls(snapshot: Snapshot) -> None:
    sums = {by: sum(u.calls for u in count_usage(snapshot, REGISTER, by, YEAR)) for by in BY}  # type: ignore[arg-type]
    assert set(sums.values()) == {7}


def test_a_home_without_logs_has_no_usage(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    made = load_logs(home, IDENTITY, [write_log(tmp_path, "a.csv", [], "timestamp,hospcode,action,success")]).snapshot
    assert made
    assert [count_usage(made, REGISTER, by, YEAR) for by in ("call", "person")] == [[], []]
