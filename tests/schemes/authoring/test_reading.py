"""A folder becomes a pack: its tables, its hash, where packs are; every mistake in a table at its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samrit.schemes import SchemesError, pack_ids, read_pack, read_pack_folder
from samrit.schemes.authoring.site import site_folder
from samrit.schemes.authoring.starting import start_pack
from samrit.schemes.authoring.worked import read_worked
from schemes.authoring.spoiling import copy_of, only, problems_of
from schemes.building import PACK, copy_pack, spoil

FIRST = "points: {value: 80, standing: printed}"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_pack(tmp_path)


def test_an_untouched_copy_is_fine_and_has_the_same_hash(pack: Path) -> None:
    assert read_pack_folder(pack) == PACK


def test_the_four_packs_are_shipped_and_can_be_read() -> None:
    assert pack_ids() == ("nhso-2552", "qof-2557", "qof-2560", "uk-qof")
    for pack_id in pack_ids():
        assert read_pack(pack_id).id == pack_id


def test_a_pack_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(SchemesError) as refused:
        read_pack("qof2557")
    assert (refused.value.problems[0].code, "'qof-2557'" in refused.value.problems[0].en) == ("schemes.unknown", True)


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("netting: recover", "neting: recover", "authored.key.unknown", "netting"),
        ("  entry: percent", "  entri: percent", "authored.key.unknown", "entry"),
        ("  entry: percent", "  entry: percnt", "authored.value", "'percent'"),
        ("rule: open_rate", "rule: open_rates", "authored.kind.unknown", "'open_rate'"),
        ("rule: open_rate", "most_regional: 0", "authored.kind.missing", "open_rate closed_pool"),
        ("B1: {kind: bands,", "B1: {kind: band,", "authored.kind.unknown", "bands"),
        ("unit: percent, lower_edges: [65", "unit: percent, lower_edge: [65", "authored.key.unknown", "lower_edges"),
        ("unit: percent, lower_edges: [65", "unit: procent, lower_edges: [65", "authored.value", "'percent'"),
        ("netting: recover", "netting: forget", "authored.value", "'recover'"),
        (FIRST, "points: {value: eighty, standing: printed}", "authored.value", "number"),
        (FIRST, "points: {value: -80, standing: printed}", "authored.value", "0"),
        (FIRST, "points: {value: 80, standing: sure}", "authored.value", "'printed'"),
        (FIRST, "points: {value: 80}", "authored.key.missing", "standing"),
        ("year: 2557", "year: 2557\nyear: 2558", "authored.key.repeated", "year"),
        ("2013-04-01..2014-03-31", "2014-04-01..2014-03-31", "authored.value", "ends"),
        ("2013-04-01..2014-03-31", "2013-04-01..2014-02-30", "authored.value", "2014-02-30"),
        ("census_day: 2013-10-01", "census_day: 2013-13-01", "authored.value", "2013-13-01"),
        ("census_day: 2013-10-01", "census_day: 2556-10-01", "authored.value", "Buddhist"),
        ("due: 2014-07-01", "due: 2557-07-01", "authored.value", "Buddhist"),
        ('- item: "1.1"', '- item: "one item"', "authored.value", "pattern"),
    ],
)  # fmt: skip
def test_a_wrong_key_or_value_is_told_at_its_line(pack: Path, old: str, new: str, code: str, told: str) -> None:
    line = spoil(pack, old, new)
    mine = [p for p in problems_of(pack) if p.code == code]
    assert mine
    assert mine[0].where.file == str(pack / "scheme.yaml")
    assert line - 2 <= mine[0].where.line <= line + new.count("\n")
    assert told in mine[0].en


def test_all_mistakes_are_told_at_once(pack: Path) -> None:
    spoil(pack, "[65, 70, 75, 80]", "[80, 75, 70, 65]")
    spoil(pack, "by: B3,", "by: B9,")
    spoil(pack, "Mueang Loei,92589", "Mueang Loei,many", "population.csv")
    assert {p.code for p in problems_of(pack)} == {
        "schemes.population.number",
        "scoring.edges.rising",
        "schemes.rule.unknown",
    }


def told(pack: Path) -> set[tuple[str, str]]:
    return {(p.code, p.where.field) for p in problems_of(pack)}


OTHERS = {
    ("schemes.rule.unknown", "items.2.1.score.by"),
    ("schemes.population.number", "uc_population"),
    ("scoring.edges.rising", "scoring.B5.lower_edges"),
}


@pytest.fixture
def spoilt(pack: Path) -> Path:
    """A rule that is not there, edges that fall, people that are none: what only a check can see."""
    spoil(pack, "by: B3,", "by: B9,")
    spoil(pack, "lower_edges: [50, 60, 70, 80]", "lower_edges: [80, 70, 60, 50]")
    spoil(pack, "Mueang Loei,92589", "Mueang Loei,many", "population.csv")
    return pack


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("B1: {kind: bands,", "B1: {kind: band,", "authored.kind.unknown", "scoring.B1.kind"),
        ("B1: {kind: bands,", "B1: {", "authored.kind.missing", "scoring.B1"),
        ("lower_edges: [65", "lower_edge: [65", "authored.key.unknown", "scoring.B1.lower_edge"),
        (FIRST, "points: {value: eighty, standing: printed}", "authored.value", "items.0.points.value"),
        ("netting: recover", "neting: recover", "authored.key.unknown", "money.neting"),
        ("year: 2557", "year: 2557\nyear: 2558", "authored.key.repeated", "year"),
        ("year: 2557", "year: many", "authored.value", "year"),
        ("value: 234569039,", "value: 234,569,039,", "authored.number.separators", "pools.0.pot.amount.value"),
        ("census_day: 2013-10-01", "census_day: 2556-10-01", "authored.value", "census_day"),
        ("year: 2557", "yaer: 2557", "authored.key.missing", "year"),
    ],
)
def test_what_the_models_refuse_does_not_hide_what_a_check_sees(
    spoilt: Path, old: str, new: str, code: str, field: str
) -> None:
    spoil(spoilt, old, new)
    found = told(spoilt)
    assert (code, field) in found
    assert found >= OTHERS
    assert {one for one, _ in found - OTHERS} <= {"authored.key.missing", "authored.key.unknown", code}


def test_what_leads_to_a_refused_rule_is_not_told_as_a_mistake_of_its_own(tmp_path: Path) -> None:
    """BY_LAST names Z, an item goes by BY_LAST: only Z is wrong."""
    pack = copy_of("nhso-2552", tmp_path)
    spoil(
        pack,
        "  LEVEL: {kind: levels",
        "  BY_LAST: {kind: conditional, branches: [{when: [{fact: last, at_least: 1}], by: Z}], standing: assumed}\n"
        "  LEVEL: {kind: levels",
    )
    spoil(pack, "score: {by: Z, standing: assumed}", "score: {by: BY_LAST, standing: assumed}")
    spoil(pack, "    kind: norm  ", "    kind: norms  ")
    spoil(pack, "{fact: nurses, at_most: 0}", "{fact: nurse, at_most: 0}")
    assert told(pack) == {
        ("authored.kind.unknown", "scoring.Z.kind"),
        ("schemes.condition.fact", "scoring.P1.rungs.no_nurse.when.0"),
    }


def test_a_refused_pool_leaves_the_rules_to_be_checked(spoilt: Path) -> None:
    """Pools decide on items and sums, so of these nothing is said."""
    spoil(spoilt, "rule: open_rate", "rule: open_rates")
    spoil(spoilt, "by: B1, standing", "by: B7, standing")
    assert told(spoilt) == {
        ("authored.kind.unknown", "pools.0.rule"),
        ("schemes.rule.unknown", "items.1.1.score.by"),
        *OTHERS,
    }


def test_a_later_item_is_told_at_its_own_line_when_one_before_it_is_refused(pack: Path) -> None:
    spoil(pack, FIRST, "points: {value: eighty, standing: printed}")
    line = spoil(pack, "measure: ht_controlled", "measure: ht_controled")
    found = next(p for p in problems_of(pack) if p.code == "schemes.item.measure")
    assert (found.where.field, found.where.line) == ("items.2.6.measure", line)


def test_a_file_that_is_no_scheme_at_all_is_told_once(pack: Path) -> None:
    (pack / "scheme.yaml").write_text("- a\n", encoding="utf-8")
    assert only(pack).code == "authored.value"


def test_a_population_table_that_is_not_there_is_told(pack: Path) -> None:
    (pack / "population.csv").unlink()
    assert (only(pack).code, only(pack).where.file) == ("schemes.population.missing", str(pack / "population.csv"))


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
    assert (found.code, found.where.file, found.where.line) == (code, str(pack / "population.csv"), line)
    assert found.where.field == field


def test_a_payee_that_stands_twice_is_told(pack: Path) -> None:
    line = spoil(pack, "11030,4202", "10705,4202", "population.csv")
    assert (only(pack).code, only(pack).where.line) == ("schemes.input.repeated", line)


def test_the_population_table_has_the_column_of_its_base(pack: Path) -> None:
    spoil(pack, "column: uc_population", "column: people_uc")
    missing = next(p for p in problems_of(pack) if p.code == "reference.column.missing")
    assert (missing.where.file, missing.where.field) == (str(pack / "population.csv"), "people_uc")
    spoil(pack, "uc_population", "people_uc", "population.csv")
    assert read_pack_folder(pack).payees[0].people == {"uc": 92589}


def test_bases_of_people_may_stand_in_tables_of_their_own(pack: Path) -> None:
    spoil(
        pack,
        "region:",
        "  thai:\n    title: {th: ไทย, en: Thai}\n    file: thai.csv\n    column: thai\n    day: 2013-10-01\n"
        "    standing: typed_in\nregion:",
    )
    (pack / "thai.csv").write_text("org,district_code,thai\n10705,4201,100000\n99999,4299,5\n", encoding="utf-8")
    payees = {p.org: p.people for p in read_pack_folder(pack).payees}
    assert payees["10705"] == {"uc": 92589, "thai": 100000}
    assert payees["99999"] == {"thai": 5}
    assert payees["11030"] == {"uc": 21888}


def test_a_pack_may_leave_its_people_to_the_run() -> None:
    assert read_pack("nhso-2552").payees == ()


@pytest.mark.parametrize("amount", ["many", "", "-1"])
def test_a_pot_without_a_number_is_told(pack: Path, amount: str) -> None:
    line = spoil(pack, "advance,28.13,121946110", f"advance,28.13,{amount}", "pot.csv")
    found = only(pack)
    assert (found.code, found.where.file, found.where.line) == ("schemes.pot.number", str(pack / "pot.csv"), line)


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


def test_the_papers_of_a_pack_are_all_its_files_and_read_as_the_same_pack(tmp_path: Path) -> None:
    papers = PACK.papers()
    assert {"qof-2557/scheme.yaml", "qof-2557/population.csv", "qof-2557/worked/netting.yaml"} <= set(papers)
    for name, content in papers.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert read_pack_folder(tmp_path / "qof-2557") == PACK


def test_a_site_has_packs_of_its_own(tmp_path: Path) -> None:
    copy_of("uk-qof", tmp_path).rename(tmp_path / "loei-2557")
    spoil(tmp_path / "loei-2557", "id: uk-qof", "id: loei-2557")
    assert pack_ids(tmp_path) == ("loei-2557", "nhso-2552", "qof-2557", "qof-2560", "uk-qof")
    assert read_pack("loei-2557", site=tmp_path).id == "loei-2557"


def test_a_site_may_not_take_the_id_of_a_shipped_pack(tmp_path: Path) -> None:
    copy_pack(tmp_path)
    with pytest.raises(SchemesError) as refused:
        read_pack("qof-2557", site=tmp_path)
    assert refused.value.problems[0].code == "schemes.site.taken"
    assert pack_ids(tmp_path) == pack_ids()


def test_the_id_is_the_name_of_the_folder(pack: Path) -> None:
    line = spoil(pack, "id: qof-2557", "id: qof-2558")
    assert (only(pack).code, only(pack).where.line) == ("schemes.id", line)


def test_an_item_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(SchemesError) as refused:
        PACK.item("2.7")
    assert refused.value.problems[0].code == "schemes.item.unknown"
    assert "'2." in refused.value.problems[0].en


def test_the_files_of_a_sites_pack_are_called_by_their_place_in_the_home(tmp_path: Path) -> None:
    """home/packs/ID, wherever the home is; not schemes/packs/ID, where the shipped packs are."""
    site = site_folder(tmp_path / "home")
    pack = start_pack(site, "loei-2569")
    line = spoil(pack, "by: COVERAGE", "by: COVERGE")
    spoil(pack, "04701,4202", "04701,42", "population.csv")
    spoil(pack, "documents:", "document:", "sources.yaml")
    with pytest.raises(SchemesError) as refused:
        read_pack("loei-2569", site=site)
    assert {(p.where.file, p.where.line) for p in refused.value.problems} == {
        ("packs/loei-2569/scheme.yaml", line),
        ("packs/loei-2569/population.csv", 2),
    }
    with pytest.raises(SchemesError) as changed:
        read_pack("qof-2557", {"money.neting": "recover"}, site)
    assert changed.value.problems[0].where.file == "schemes/packs/qof-2557/scheme.yaml --set"


def test_sources_and_examples_of_a_sites_pack_are_called_by_their_place_too(tmp_path: Path) -> None:
    site = site_folder(tmp_path)
    pack = start_pack(site, "loei-2569")
    spoil(pack, "documents:", "document:", "sources.yaml")
    spoil(pack, "component: earned, baht: 400000", "component: earned, bath: 400000", "worked/example.yaml")
    _, problems = read_worked(read_pack("loei-2569", site=site))
    files = {p.where.file for p in problems}
    assert files == {"packs/loei-2569/sources.yaml", "packs/loei-2569/worked/example.yaml"}
