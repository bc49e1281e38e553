"""Every mistake in a pack is told at its file and line or field, with the nearest good name, all of them at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samrit.problems import Problem
from samrit.schemes import SchemesError, pack_ids, read_pack, read_pack_folder
from schemes.building import PACK, copy_pack, spoil

FIRST = "points: {value: 80, standing: printed}"
MEASURE = "measure: anc_five_visits"
SHOWN = "schemes/packs/qof-2557/scheme.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_pack(tmp_path)


def problems_of(pack: Path) -> list[Problem]:
    with pytest.raises(SchemesError) as refused:
        read_pack_folder(pack)
    return list(refused.value.problems)


def only(pack: Path) -> Problem:
    found = problems_of(pack)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]


def test_an_untouched_copy_is_fine_and_has_the_same_hash(pack: Path) -> None:
    assert read_pack_folder(pack) == PACK


def test_every_shipped_pack_can_be_read() -> None:
    assert "qof-2557" in pack_ids()
    for pack_id in pack_ids():
        assert read_pack(pack_id).id == pack_id


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("best_score: 5", "best_skore: 5", "authored.key.unknown", "best_score"),
        ("  netting: recover", "  neting: recover", "authored.key.unknown", "netting"),
        ("  entry: percent", "  entri: percent", "authored.key.unknown", "entry"),
        ("  entry: percent", "  entry: percnt", "authored.value", "'percent'"),
        ("  rule: open_rate", "  rule: open_rates", "authored.value", "'open_rate'"),
        ("  netting: recover", "  netting: forget", "authored.value", "'recover'"),
        (FIRST, "points: {value: eighty, standing: printed}", "authored.value", "decimal"),
        (FIRST, "points: {value: -80, standing: printed}", "authored.value", "0"),
        (FIRST, "points: {value: 80, standing: sure}", "authored.value", "'printed'"),
        (FIRST, "points: {value: 80}", "authored.key.missing", "standing"),
        ("year: 2557", "year: 2557\nyear: 2558", "authored.key.repeated", "year"),
        ("2013-04-01..2014-03-31", "2014-04-01..2014-03-31", "authored.value", "ends"),
        ("2013-04-01..2014-03-31", "2013-04-01..2014-02-30", "authored.value", "2014-02-30"),
        ("census_day: 2013-10-01", "census_day: 2013-13-01", "authored.value", "2013-13-01"),
        ("census_day: 2013-10-01", "census_day: 2556-10-01", "authored.value", "Buddhist"),
        ('- item: "1.1"', '- item: "one"', "authored.value", "pattern"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_told_at_its_line(pack: Path, old: str, new: str, code: str, told: str) -> None:
    line = spoil(pack, old, new)
    found = problems_of(pack)
    assert [p.code for p in found if p.code == code], [str(p) for p in found]
    mine = next(p for p in found if p.code == code)
    assert mine.where.file == SHOWN
    assert line <= mine.where.line <= line + new.count("\n")
    assert told in mine.en


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "told"),
    [
        ("id: qof-2557", "id: qof-2558", "schemes.id", "", "qof-2557"),
        ("[65, 70, 75, 80]", "[65, 75, 70, 80]", "schemes.bands.edges", "bands.B1", "rise"),
        ("[65, 70, 75, 80]", "[65, 65, 75, 80]", "schemes.bands.edges", "bands.B1", "rise"),
        ("[65, 70, 75, 80]", "[65, 70, 75]", "schemes.bands.edges", "bands.B1", "one for each score"),
        ("[65, 70, 75, 80]", "[65, 70, 75, 80, 90]", "schemes.bands.edges", "bands.B1", "one for each score"),
        ("[65, 70, 75, 80]", "[65, 70, 75.005, 80]", "scoring.edges.decimals", "bands.B1", "75.005"),
        ("bands: {name: B2,", "bands: {name: B22,", "schemes.bands.unknown", "items.1.4", "'B2'"),
        (MEASURE, MEASURE[:-1], "schemes.item.measure", "items.1.1", "'anc_five_visits'"),
        (MEASURE, f"{MEASURE}\n  entry: level", "schemes.item.source", "items.1.1", "either"),
        ("  measure: anc_five_visits\n", "", "schemes.item.source", "items.1.1", "either"),
        ("- {no: 1,", "- {no: 5,", "schemes.item.domain", "items.1.1", "1.1"),
    ],
)  # fmt: skip
def test_a_name_or_edge_that_does_not_fit_is_told_at_its_field(
    pack: Path, old: str, new: str, code: str, field: str, told: str
) -> None:
    spoil(pack, old, new)
    found = [p for p in problems_of(pack) if p.code == code]
    assert found
    assert (found[0].where.file, found[0].where.field) == (SHOWN, field)
    assert told in found[0].en


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (FIRST, "points: {value: 79, standing: printed}", "domains.1.points", "399"),
        ("rate: {value: 4.33, standing: printed}", "rate: {value: 4.34, standing: printed}", "domains.1.rate", "21.67"),
        ("rate: 5.40}", "rate: 5.41}", "domains.4.rate", "5.40"),
        ("points: 300,", "points: 310,", "domains.2.points", "300"),
    ],
)
def test_a_domain_whose_items_do_not_add_up_says_both_sums(
    pack: Path, old: str, new: str, field: str, said: str
) -> None:
    spoil(pack, old, new)
    found = only(pack)
    assert (found.code, found.where.field) == ("schemes.domain.sum", field)
    assert said in found.en


def test_an_item_that_stands_twice_is_told(pack: Path) -> None:
    spoil(pack, '- item: "1.2"', '- item: "1.1"')
    assert ("schemes.item.repeated", "items.1.1") in {(p.code, p.where.field) for p in problems_of(pack)}


def test_all_mistakes_are_told_at_once(pack: Path) -> None:
    spoil(pack, "[65, 70, 75, 80]", "[80, 75, 70, 65]")
    spoil(pack, "bands: {name: B3,", "bands: {name: B9,")
    spoil(pack, "Mueang Loei,92589", "Mueang Loei,many", "population.csv")
    assert [p.code for p in problems_of(pack)] == [
        "schemes.population.number",
        "schemes.bands.edges",
        "schemes.bands.unknown",
    ]


def test_a_population_table_that_is_not_there_is_told(pack: Path) -> None:
    (pack / "population.csv").unlink()
    assert only(pack).code == "schemes.population.missing"


@pytest.mark.parametrize(
    ("new", "code", "field"),
    [
        ("10705,4201,เมืองเลย,Mueang Loei,-5", "schemes.population.number", "uc_population"),
        ("10705,4201,เมืองเลย,Mueang Loei,", "schemes.population.number", "uc_population"),
        ("10705,4201,เมืองเลย,Mueang Loei,๙๒๕๘๙", "schemes.population.number", "uc_population"),
        ("10705,42,เมืองเลย,Mueang Loei,92589", "schemes.population.district", "district_code"),
        (",4201,เมืองเลย,Mueang Loei,92589", "schemes.population.org", "org"),
        ("10705,4201,เมืองเลย,92589", "reference.row.cells", ""),
    ],
)
def test_a_wrong_line_of_the_population_table_is_told(pack: Path, new: str, code: str, field: str) -> None:
    line = spoil(pack, "10705,4201,เมืองเลย,Mueang Loei,92589", new, "population.csv")
    found = only(pack)
    assert (found.code, found.where.line, found.where.field) == (code, line, field)


def test_a_payee_that_stands_twice_is_told(pack: Path) -> None:
    line = spoil(pack, "11030,4202", "10705,4202", "population.csv")
    found = only(pack)
    assert (found.code, found.where.line) == ("schemes.input.repeated", line)


def test_a_missing_column_of_the_population_table_is_told(pack: Path) -> None:
    spoil(pack, "uc_population", "population", "population.csv")
    assert "reference.column.missing" in {p.code for p in problems_of(pack)}


@pytest.mark.parametrize("amount", ["many", "", "-1"])
def test_a_pot_without_a_number_is_told(pack: Path, amount: str) -> None:
    line = spoil(pack, "advance,28.13,121946110", f"advance,28.13,{amount}", "pot.csv")
    found = only(pack)
    assert (found.code, found.where.file, found.where.line) == ("schemes.pot.number", "pot.csv", line)


def test_a_pack_without_printed_pots_is_fine(pack: Path) -> None:
    (pack / "pot.csv").unlink()
    assert read_pack_folder(pack).pots == ()


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda pack: spoil(pack, "54.65", "54.66"),
        lambda pack: spoil(pack, "92589", "92590", "population.csv"),
        lambda pack: (pack / "worked.md").write_text("x", encoding="utf-8"),
    ],
    ids=["rate", "population", "another file"],
)
def test_any_changed_byte_of_the_folder_changes_its_hash(pack: Path, spoilt: Callable[[Path], object]) -> None:
    spoilt(pack)
    assert read_pack_folder(pack).hash != PACK.hash


def test_an_item_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(SchemesError) as refused:
        PACK.item("2.7")
    assert refused.value.problems[0].code == "schemes.item.unknown"
    assert "'2." in refused.value.problems[0].en
