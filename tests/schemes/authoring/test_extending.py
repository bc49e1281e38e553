"""A pack that extends another says only what it changes and adds: a region's own criteria of nhso-2552."""

from decimal import Decimal
from pathlib import Path

import pytest

from samrit.schemes import SchemesError, Standing, read_pack, read_pack_folder
from samrit.schemes.proving import prove
from schemes.authoring.spoiling import copy_of, only, problems_of
from schemes.building import spoil

REGION = """\
id: region-8-2552
extends: nhso-2552
title: {th: งบจ่ายตามเกณฑ์คุณภาพ เขต 8, en: Quality payment of region 8}
change:
  items.P1.weight.value: 5
  items.P2.weight.value: 5
  items.P3.weight.value: 10
  scoring.Z.sd_zero: 2
  pools.primary.mean: weighted
add_scoring:
  VISITS: {kind: bands, unit: percent, lower_edges: [50, 60, 70, 80], scores: [0, 2, 3, 4, 5], standing: typed_in}
add_items:
- item: RX1
  pool: primary
  title: {th: เยี่ยมบ้านผู้ป่วยเรื้อรัง, en: Home visits of chronic patients}
  weight: {value: 10, standing: typed_in}
  measure: chronic_home_visit
  score: {by: VISITS, standing: typed_in}
- item: RX2
  pool: primary
  title: {th: คัดกรองซึมเศร้า, en: Depression access}
  weight: {value: 5, standing: typed_in}
  measure: depression_access
  score: {by: Z, standing: typed_in}
- item: RX3
  pool: primary
  title: {th: ระดับการมีส่วนร่วมของชุมชน, en: Community participation}
  weight: {value: 5, standing: typed_in}
  entry: level
  score: {by: LEVEL, standing: typed_in}
"""
WORKED = """\
worked:
- title: {th: คะแนนเต็มยังเป็น 500, en: Full marks are still 500}
  source: {document: "002", at: weights total 100 with the criteria of the region}
  units:
    ก: {people: {uc: 1000}, scores: {every: 5}}
    ข: {people: {uc: 1000}, scores: {every: 5}}
  expect:
  - {unit: ก, item: RX1, points: 50, standing: typed_in}
  - {unit: ก, component: earned, baht: 10000, standing: computed}
"""


@pytest.fixture
def region(tmp_path: Path) -> Path:
    folder = tmp_path / "region-8-2552"
    (folder / "worked").mkdir(parents=True)
    (folder / "scheme.yaml").write_text(REGION, encoding="utf-8")
    (folder / "worked" / "full.yaml").write_text(WORKED, encoding="utf-8")
    return folder


def test_a_region_has_three_items_and_weights_of_its_own(region: Path) -> None:
    """Section 5: regions set the weights; regional indicators share the same 100."""
    pack = read_pack_folder(region)
    items = pack.items_of("primary")
    assert [item.item for item in items] == ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "RX1", "RX2", "RX3"]
    assert sum(pack.full_points(item) for item in items) == 500
    assert [item.item for item in items if item.origin == "regional"] == ["RX1", "RX2", "RX3"]
    assert len(pack.items_of("referral")) == 7
    assert (pack.id, pack.scheme.year, pack.scheme.title.en) == ("region-8-2552", 2552, "Quality payment of region 8")


def test_changed_figures_are_typed_in_and_the_others_as_they_were(region: Path) -> None:
    pack, base = read_pack_folder(region), read_pack("nhso-2552")
    changed, same = pack.item("P1").weight, pack.item("P4").weight
    assert changed is not None
    assert (changed.value, changed.standing) == (Decimal(5), Standing.TYPED_IN)
    assert same == base.item("P4").weight
    assert pack.scheme.scoring["Z"].standing is Standing.TYPED_IN
    assert pack.scheme.scoring["P1"] == base.scheme.scoring["P1"]


def test_its_worked_examples_run_under_its_own_rules(region: Path) -> None:
    proof = prove(read_pack_folder(region))
    assert ((proof.examples, proof.figures), proof.problems) == ((1, 2), ())


def test_a_fourth_item_is_one_too_many(region: Path) -> None:
    """Section 3: at most 3 regional."""
    spoil(region, "- item: RX3", "- item: RX4\n  pool: primary\n  title: {th: ก, en: a}\n"
          "  weight: {value: 0, standing: typed_in}\n  entry: level\n- item: RX3")  # fmt: skip
    assert (only(region).code, only(region).where.field) == ("schemes.regional", "items.RX3.origin")


def test_the_weights_together_are_still_100(region: Path) -> None:
    spoil(region, "weight: {value: 10, standing: typed_in}", "weight: {value: 11, standing: typed_in}")
    assert (only(region).code, "101" in only(region).en) == ("schemes.weights.sum", True)


def test_an_item_that_says_so_is_not_regional(region: Path) -> None:
    spoil(region, "- item: RX3\n", "- item: RX3\n  origin: central\n")
    assert read_pack_folder(region).item("RX3").origin == "central"


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("items.P1.weight.value: 5", "items.P1.weigt.value: 5", "schemes.set.path", "'items.P1.weight'"),
        ("scoring.Z.sd_zero: 2", "scoring.Z.sd_zero: 9", "scoring.norm.sd_zero", "0 to 5"),
        ("measure: depression_access", "measure: depresion_access", "schemes.item.measure", "'depression_access'"),
        ("by: VISITS", "by: VISIT", "schemes.rule.unknown", "'VISITS'"),
        ("  VISITS:", "  LEVEL:", "schemes.extend.rule", "LEVEL"),
        ("- item: RX1", "- item: P1", "schemes.extend.item", "P1"),
        ("extends: nhso-2552", "extends: nhso-2553", "schemes.extend.unknown", "'nhso-2552'"),
        ("  entry: level", "  entri: level", "authored.key.unknown", "'entry'"),
        ("change:", "changes:", "authored.key.unknown", "'change'"),
    ],
)
def test_a_mistake_is_told_at_the_line_of_the_extension(region: Path, old: str, new: str, code: str, said: str) -> None:
    line = spoil(region, old, new)
    found = next(p for p in problems_of(region) if p.code == code)
    assert found.where.file == str(region / "scheme.yaml")
    assert found.where.line == line
    assert said in found.en


def test_a_mistake_of_the_base_is_told_in_the_base(region: Path) -> None:
    base = copy_of("nhso-2552", region.parent)
    line = spoil(base, "measure: asthma_admission_rate", "measure: astma_admission_rate")
    found = only(region)
    assert (found.where.file, found.where.line) == (str(base / "scheme.yaml"), line)


def test_the_hash_covers_the_base_and_what_stands_beside_comes_first(region: Path) -> None:
    before = read_pack_folder(region)
    base = copy_of("nhso-2552", region.parent)
    assert read_pack_folder(region).hash == before.hash
    spoil(base, "sd_zero: 3", "sd_zero: 4")
    after = read_pack_folder(region)
    assert after.hash != before.hash
    assert after.scheme.scoring["Z_LEVEL"] == before.scheme.scoring["Z_LEVEL"]
    assert list(after.folders) == ["region-8-2552", "nhso-2552"]
    assert after.folders["nhso-2552"] == base


def test_a_run_may_change_an_extension_too(region: Path) -> None:
    pack = read_pack_folder(region, {"items.RX1.weight.value": "9", "items.RX2.weight.value": "6"})
    assert [pack.full_points(pack.item(item)) for item in ("RX1", "RX2")] == [45, 30]


def test_an_extension_may_be_extended(region: Path) -> None:
    later = region.parent / "region-8-2553"
    later.mkdir()
    (later / "scheme.yaml").write_text(
        "id: region-8-2553\nextends: region-8-2552\nyear: 2553\ntitle: {th: ก, en: a}\n"
        "change: {period: 2009-04-01..2010-03-31, scoring.Z.sd_zero: 3}\n",
        encoding="utf-8",
    )
    pack = read_pack_folder(later)
    assert (pack.scheme.year, str(pack.scheme.period)) == (2553, "2009-04-01..2010-03-31")
    assert [item.item for item in pack.items_of("primary")][-1] == "RX3"
    assert list(pack.folders) == ["region-8-2553", "region-8-2552", "nhso-2552"]


def test_packs_may_not_extend_each_other_in_a_circle(region: Path) -> None:
    other = region.parent / "other"
    other.mkdir()
    (other / "scheme.yaml").write_text("id: other\nextends: region-8-2552\ntitle: {th: ก, en: a}\n", encoding="utf-8")
    spoil(region, "extends: nhso-2552", "extends: other")
    found = only(region)
    assert found.code == "schemes.extend.circle"
    assert "region-8-2552 -> other -> region-8-2552" in found.en


def test_a_site_pack_extends_a_pack_of_the_site(region: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "mine"
    elsewhere.mkdir(parents=True)
    text = "id: mine\nextends: region-8-2552\ntitle: {th: ก, en: a}\n"
    (elsewhere / "scheme.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemesError):
        read_pack_folder(elsewhere)
    assert read_pack_folder(elsewhere, site=region.parent).item("RX1").origin == "regional"
