"""Register, zones and agreements reach the views, and with other ones everything is counted anew; names of groups."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from measures.building import CENSUS, PERIOD, a_case, compiled, load_rows, standard_register, write_measure
from samrit.measures.counting import count
from samrit.measures.definition import measure, measure_ids, measure_names, read_measure
from samrit.measures.engine import Engine
from samrit.measures.errors import MeasuresError
from samrit.measures.planning import When
from samrit.reference import Period, ReferralNetwork, Register, Zone
from samrit.warehouse import Snapshot

YEAR = When(Period(*PERIOD), CENSUS)
HERE, THERE, BEYOND = "11053", "10671", "10670"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    found = [{"SEQ": f"S{n}", "DIAGCODE": "I210", "DATE_SERV": "20130501"} for n in (1, 2)]
    sent = [
        {"REFERID": f"R{n}", "SEQ": f"S{n}", "DATETIME_REFER": "20130501", "HOSP_DESTINATION": to}
        for n, to in ((1, THERE), (2, BEYOND))
    ]
    case = a_case(DIAGNOSIS_OPD=found, REFER_HISTORY=sent)
    return load_rows(tmp_path_factory.mktemp("network"), case)


def in_a(snapshot: Snapshot, name: str, network: ReferralNetwork | None, register: Register | None = None) -> object:
    with Engine(snapshot, register or standard_register(), network) as engine:
        return sum(c.amount for c in count(engine, compiled(measure(name)), [YEAR]) if c.letter == "a")


def test_the_input_views_hold_what_was_given() -> None:
    zones = (Zone("heart", HERE, "Z'1"), Zone("heart", THERE, ""))
    with Engine(None, Register([]), ReferralNetwork(zones, ((HERE, BEYOND),))) as engine:
        assert engine.rows("SELECT * FROM zones") == [("heart", HERE, "Z'1")]
        assert engine.rows("SELECT * FROM agreements ORDER BY ALL") == [(BEYOND, HERE), (HERE, BEYOND)]
        assert engine.rows("SELECT * FROM facilities") == []
    with Engine(None, standard_register()) as engine:
        assert engine.rows("SELECT count(*) FROM facilities WHERE region = '8'") == [(7,)]
        assert engine.rows("SELECT * FROM zones UNION ALL SELECT *, '' FROM agreements") == []


def test_what_was_remembered_with_other_zones_agreements_or_register_is_counted_anew(snapshot: Snapshot) -> None:
    apart = ReferralNetwork((Zone("heart", HERE, "Z1"), Zone("heart", THERE, "Z2")))
    together = ReferralNetwork((Zone("heart", HERE, "Z1"), Zone("heart", THERE, "Z1")))
    agreed = ReferralNetwork(agreements=((BEYOND, HERE),))
    for _ in range(2):
        assert in_a(snapshot, "referrals_out_of_zone_heart", apart) == 1
        assert in_a(snapshot, "referrals_out_of_zone_heart", together) == 0
        assert in_a(snapshot, "referrals_out_of_zone_heart", None) == 0
        assert in_a(snapshot, "referrals_out_of_region_heart", agreed) == 0
        assert in_a(snapshot, "referrals_out_of_region_heart", None) == 1
        fewer = standard_register(without=[BEYOND])
        assert in_a(snapshot, "referrals_out_of_region_heart", None, fewer) == 0


def test_a_name_with_a_group_is_the_measure_with_that_group() -> None:
    of, bare = measure("referrals_out_of_zone_trauma"), measure("referrals_out_of_zone")
    assert (of.id, of.parameters["group"], bare.parameters["group"]) == (
        "referrals_out_of_zone_trauma",
        "trauma",
        "all",
    )
    assert (of.folder, of.place, of.a_sql) == (bare.folder, bare.place, bare.a_sql)
    assert of.definition.title.en == "Referrals out of the zone, accidents and injuries"
    assert of.definition.title.th.startswith(bare.definition.title.th)
    assert of.names == ()


def test_every_name_is_known_and_stands_in_place_of_the_bare_id() -> None:
    groups = ("all", "cancer", "heart", "newborn", "trauma")
    named = {f"referrals_out_of_{area}_{group}" for area in ("region", "zone") for group in groups}
    bare = {"referrals_out_of_region", "referrals_out_of_zone"}
    assert set(measure_names()) == (set(measure_ids()) - bare) | named
    assert all(measure(name).id == name for name in measure_names())


def test_a_name_for_no_value_is_unknown() -> None:
    with pytest.raises(MeasuresError, match=r"measures\.unknown"):
        measure("referrals_out_of_zone_stroke")
    with pytest.raises(KeyError):
        measure("referrals_out_of_zone").named("referrals_out_of_zone")


@pytest.mark.parametrize(
    ("by", "code", "field"),
    [
        ({"parameter": "grup", "names": {}}, "measures.parameter.unknown", "parameter"),
        ({"parameter": "group", "names": {"x": {"th": "ก", "en": "x"}}}, "measures.parameter.value", "names"),
    ],
)
def test_names_are_those_of_the_choices(by: Mapping[str, object], code: str, field: str, tmp_path: Path) -> None:
    folder = write_measure(tmp_path / "named", parameters={"group": "x"}, choices={"group": ["x", "y"]}, named_by=by)
    with pytest.raises(MeasuresError) as caught:
        read_measure(folder)
    [found] = caught.value.problems
    assert (found.code, found.where.field) == (code, field)
    assert found.where.line > 1
