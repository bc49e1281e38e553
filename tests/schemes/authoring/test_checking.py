"""Every mistake that an author can make is told at its file and line, with the nearest good name."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from samrit.schemes import SchemesError, read_pack, read_pack_folder
from schemes.authoring.spoiling import copy_of, only, problems_of
from schemes.building import spoil

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake['code']} {mistake['place']}")
def test_a_mistake_is_told_at_its_line_and_place(tmp_path: Path, mistake: dict[str, str]) -> None:
    pack_id, code, field, said = (str(mistake[key]) for key in ("pack", "code", "place", "said"))
    pack = copy_of(pack_id, tmp_path)
    spoil(pack, mistake["old"], mistake["new"])
    found = [p for p in problems_of(pack) if p.code == code]
    assert found, [str(p) for p in problems_of(pack)]
    assert (found[0].where.file, found[0].where.field) == (str(pack / "scheme.yaml"), field)
    assert said in found[0].en
    assert found[0].where.line > 0


@pytest.mark.parametrize(
    ("pack_id", "old", "new", "code"),
    [
        ("qof-2557", "by: B2, standing", "by: B22, standing", "schemes.rule.unknown"),
        ("qof-2557", "[65, 70, 75, 80]", "[65, 75, 70, 80]", "scoring.edges.rising"),
        ("nhso-2552", "{fact: nurses, at_most: 0}", "{fact: nurse, at_most: 0}", "schemes.condition.fact"),
        ("qof-2560", "parameters: {age_max: 74}", "parameters: {age_mx: 74}", "measures.parameter.unknown"),
        ("qof-2557", "rate: 5.40}", "rate: 5.41}", "schemes.domain.sum"),
        ("qof-2557", "due: 2014-07-01", "due: 2013-07-01", "schemes.payment.order"),
        ("nhso-2552", 'inside: "" ', "inside: primry ", "schemes.pool.unknown"),
    ],
)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, pack_id: str, old: str, new: str, code: str) -> None:
    pack = copy_of(pack_id, tmp_path)
    line = spoil(pack, old, new)
    assert next(p.where.line for p in problems_of(pack) if p.code == code) == line


def test_support_is_cut_only_from_a_pool_that_has_a_pot(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(pack, "  pot: {rate: {value: 10, standing: printed}}        # the envelope", "  # the envelope")
    spoil(pack, 'inside: "" ', "inside: primary ")
    assert (only(pack).code, only(pack).where.field) == ("schemes.pool.pot", "money.support.inside")


def test_support_cannot_be_cut_from_a_price_list(tmp_path: Path) -> None:
    pack = copy_of("qof-2557", tmp_path)
    support = "{title: {th: ก, en: a}, rate: {value: 1, standing: assumed}, people: uc, inside: qof, "
    shares = ", ".join(f"{part}: {{value: 0, standing: assumed}}" for part in ("hospitals", "beds", "units"))
    spoil(pack, "  netting: recover", f"  support: {support}{shares}}}\n  netting: recover")
    found = {p.code: p.where.field for p in problems_of(pack)}
    assert found["schemes.support.inside"] == "money.support.inside"
    assert found["schemes.support.shares"] == "money.support"
    assert found["schemes.payment.missing"] == "calendar.payments"


def test_weights_that_are_rescaled_need_not_add_up(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(pack, "weight: {value: 10, standing: assumed}", "weight: {value: 15, standing: assumed}")
    assert only(pack).code == "schemes.weights.sum"
    spoil(pack, "rescale: false", "rescale: true")
    read = read_pack_folder(pack)
    assert round(read.full_points(read.item("P1")), 20) == round(Decimal(15 * 5 * 100) / 105, 20)


def test_two_rules_of_an_item_compare_with_one_group(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(
        pack,
        "  LEVEL: {kind: levels",
        "  BY_LEVEL: {kind: conditional, branches: [{when: [{fact: service_level, is: A}], by: Z_LEVEL}], "
        "otherwise: Z, standing: assumed}\n  LEVEL: {kind: levels",
    )
    spoil(pack, "score: {by: Z, standing: assumed}", "score: {by: BY_LEVEL, standing: assumed}")
    assert (only(pack).code, only(pack).where.field) == ("schemes.rule.groups", "items.P2.score.by")


def test_rules_may_not_lead_back_to_themselves_over_others(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    branch = "branches: [{when: [{fact: last, at_least: 1}], by: "
    spoil(
        pack,
        "  LEVEL: {kind: levels",
        f"  ONE: {{kind: conditional, {branch}TWO}}], standing: assumed}}\n"
        f"  TWO: {{kind: conditional, {branch}ONE}}], standing: assumed}}\n  LEVEL: {{kind: levels",
    )
    spoil(pack, "score: {by: Z, standing: assumed}", "score: {by: ONE, standing: assumed}")
    assert [(p.code, p.where.field) for p in problems_of(pack)] == [
        ("schemes.rule.circle", "scoring.ONE"),
        ("schemes.rule.circle", "scoring.TWO"),
    ]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("{kind: bands, unit: percent, lower_edges: [2, 1], standing: assumed}", "scoring.edges.rising"),
        (
            "{kind: conditional, branches: [{when: [{fact: last}], by: Z}], standing: assumed}",
            "schemes.condition.tests",
        ),
        (
            "{kind: conditional, branches: [{when: [], by: ZZ}], otherwise: YY, standing: assumed}",
            "schemes.rule.unknown",
        ),
        ("{kind: ladder, cap: 5, rungs: [], standing: assumed}", "scoring.ladder.empty"),
    ],
)
def test_a_rule_that_no_item_uses_is_checked_too(tmp_path: Path, rule: str, code: str) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    spoil(pack, "  LEVEL: {kind: levels", f"  SPARE: {rule}\n  LEVEL: {{kind: levels")
    assert {p.code for p in problems_of(pack)} == {code}
    assert all(p.where.field.startswith("scoring.SPARE") for p in problems_of(pack))


def test_every_unknown_rule_of_a_rule_is_told(tmp_path: Path) -> None:
    pack = copy_of("nhso-2552", tmp_path)
    rule = "{kind: conditional, branches: [{when: [], by: ZZ}], otherwise: YY, standing: assumed}"
    spoil(pack, "  LEVEL: {kind: levels", f"  SPARE: {rule}\n  LEVEL: {{kind: levels")
    assert [p.where.field for p in problems_of(pack)] == ["scoring.SPARE.branches.0.by", "scoring.SPARE.otherwise"]


@pytest.mark.parametrize(
    ("item", "rule", "fits"),
    [("1.1", "B1", True), ("1.1", "B3", False), ("2.1", "B3", True), ("2.1", "B1", False), ("3.1", "B1", True)],
)
def test_a_rule_is_laid_only_over_values_of_its_unit(item: str, rule: str, fits: bool) -> None:
    """1.1 is (A/B)x100 and 2.1 is A/B: bands over percents would give every ratio the worst score, and the reverse."""
    changes = {f"items.{item}.score.by": rule}
    if fits:
        read_pack("qof-2557", changes)
        return
    with pytest.raises(SchemesError) as raised:
        read_pack("qof-2557", changes)
    assert [p.code for p in raised.value.problems] == ["schemes.item.unit"]
    assert f"items.{item}.score" in raised.value.problems[0].where.field


def test_an_item_may_not_be_called_like_a_pool_when_there_are_several(tmp_path: Path) -> None:
    """earned.op would be the money of the item and of the pool."""
    pack = copy_of("qof-2560", tmp_path)
    line = _first_item(pack, "op")
    found = next(p for p in problems_of(pack) if p.code == "schemes.item.component")
    assert (found.where.field, found.where.line) == ("items.op.item", line)


def test_an_item_may_be_called_like_the_only_pool(tmp_path: Path) -> None:
    """With one pool there is no earned.<pool>."""
    pack = copy_of("uk-qof", tmp_path)
    _first_item(pack, "practice")
    assert "practice" in [item.item for item in read_pack_folder(pack).scheme.items]


def _text(pack: Path) -> str:
    return (pack / "scheme.yaml").read_text(encoding="utf-8")


def _first_item(pack: Path, name: str) -> int:
    """Give the first item another code; its line."""
    text = _text(pack)
    start = text.index("- item: ", text.index("\nitems:"))
    return spoil(pack, text[start : text.index("\n", start)], f"- item: {name}")


def test_domains_that_all_weigh_nothing_cannot_split_a_pool(tmp_path: Path) -> None:
    pack = copy_of("qof-2557", tmp_path)
    line = spoil(pack, "  rule: open_rate ", "  by_domain: true\n  rule: closed_pool ")
    for rate in ("21.66}", "16.22}", "10.82}", "5.40}"):
        spoil(pack, f"rate: {rate}", f"rate: {rate[:-1]}, weight: {{value: 0, standing: assumed}}}}")
    found = only(pack)
    assert (found.code, found.where.field, found.where.line) == ("schemes.domain.weights", "pools.qof.by_domain", line)
    spoil(pack, "weight: {value: 0,", "weight: {value: 1,")
    assert read_pack_folder(pack).scheme.domains[0].weight is not None
