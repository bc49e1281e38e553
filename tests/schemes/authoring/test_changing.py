"""`--set path=value`: a site lays its own rules, weights and money over a pack."""

from decimal import Decimal

import pytest

from samrit.problems import Problem
from samrit.schemes import Pack, SchemesError, Standing, read_pack
from samrit.schemes.authoring.pools import ClosedPool, RelativeToMean
from samrit.schemes.authoring.rules import BandSet, LadderSet, NormSet
from samrit.scoring import Bands, Better, Improvement, band
from schemes.building import PACK, UNSCORED, all_at, evaluate_all


def with_set(*texts: str, pack: str = "qof-2557") -> Pack:
    return read_pack(pack, dict(text.split("=", 1) for text in texts))


def refused(*texts: str, pack: str = "qof-2557") -> list[Problem]:
    with pytest.raises(SchemesError) as error:
        with_set(*texts, pack=pack)
    return list(error.value.problems)


def bands_of(pack: Pack, name: str) -> BandSet:
    of = pack.scheme.scoring[name]
    assert isinstance(of, BandSet)
    return of


def test_the_rule_of_an_item() -> None:
    score = with_set("items.2.6.score.by=B4").item("2.6").score
    assert score is not None
    assert score.by == "B4"


def test_points_of_an_item_when_the_rate_moves_too() -> None:
    """W1: row 3 of domain 4 as the second 20-pointer instead of row 6."""
    pack = with_set(
        "items.4.3.points.value=20",
        "items.4.3.rate.value=1.08",
        "items.4.6.points.value=15",
        "items.4.6.rate.value=0.81",
    )
    points, rate = pack.item("4.3").points, pack.item("4.6").rate
    assert points is not None
    assert rate is not None
    assert (points.value, rate.value) == (20, Decimal("0.81"))


def test_points_that_break_the_sum_of_their_domain_are_refused() -> None:
    found = refused("items.4.3.points.value=20")
    assert [(p.code, p.where.field) for p in found] == [("schemes.domain.sum", "domains.4.points")]


def test_one_edge_of_a_rule_by_its_place_from_0() -> None:
    assert bands_of(with_set("scoring.B1.lower_edges.0=60"), "B1").lower_edges == (60, 70, 75, 80)


@pytest.mark.parametrize("order", [1, -1])
def test_edges_that_meet_on_the_way_are_changed_at_their_own_place(order: int) -> None:
    """After the first change two edges are equal; the second must still find its own."""
    texts = ["scoring.B1.lower_edges.0=70", "scoring.B1.lower_edges.1=72"][::order]
    assert bands_of(with_set(*texts), "B1").lower_edges == (70, 72, 75, 80)


def test_a_whole_list_at_once() -> None:
    pack = with_set("scoring.B1.lower_edges=[50, 60, 70, 80]", "scoring.B1.scores=[0, 1, 2, 3, 4]")
    assert bands_of(pack, "B1").lower_edges == (50, 60, 70, 80)
    assert bands_of(pack, "B1").scores == (0, 1, 2, 3, 4)


def test_rules_of_the_money() -> None:
    pack = with_set("money.netting=floor_zero", "pools.qof.rule=closed_pool", "money.excellence.share=equal")
    money = pack.scheme.money
    assert money.excellence is not None
    assert (money.netting, money.excellence.share) == ("floor_zero", "equal")
    assert isinstance(pack.scheme.pools[0], ClosedPool)


def test_what_the_pack_leaves_out_can_be_set_too() -> None:
    """netting stands in no line of this block, most_regional and few in none at all."""
    pack = with_set("pools.qof.most_regional=2", "items.2.6.few={least: 30, then: unscored}")
    assert pack.scheme.pools[0].most_regional == 2
    few = pack.item("2.6").few
    assert few is not None
    assert (few.least, few.then, few.standing) == (30, "unscored", Standing.TYPED_IN)


def test_what_still_misses_of_something_new_is_told_at_the_change() -> None:
    (found,) = refused("items.2.6.few.least=30")
    assert (found.code, found.where.field, found.where.line) == ("authored.key.missing", "items.2.6.few.least", 0)
    assert "'then'" in found.en


def test_a_pool_by_its_id_a_rung_by_its_code_an_index_by_its_name() -> None:
    pack = with_set("pools.primary.mean=weighted", "scoring.P1.rungs.to_10000.score=3.5", pack="nhso-2552")
    primary, rule = pack.scheme.pools[0], pack.scheme.scoring["P1"]
    assert isinstance(primary, RelativeToMean)
    assert isinstance(rule, LadderSet)
    assert (primary.mean, rule.rungs[1].score, rule.rungs[1].standing) == ("weighted", Decimal("3.5"), "typed_in")
    assert rule.rungs[0].standing is Standing.PRINTED
    assert rule.standing is Standing.PRINTED
    pack = with_set("pools.practice.indices.list.reference.value=9000", pack="uk-qof")
    assert pack.scheme.pools[0].model_dump()["indices"][0]["reference"]["value"] == 9000


def test_the_group_of_a_comparison() -> None:
    of = with_set("scoring.Z.within=[service_level, size]", pack="nhso-2552").scheme.scoring["Z"]
    assert isinstance(of, NormSet)
    assert of.within == ("service_level", "size")


def test_a_domain_by_its_number() -> None:
    pack = with_set("domains.1.points=390", "items.1.6.points.value=50")
    assert pack.scheme.domains[0].points == 390


@pytest.mark.parametrize("item", UNSCORED[3:])
def test_an_item_without_a_rule_gets_one(item: str) -> None:
    score = with_set(f"items.{item}.score.by=LEVEL").item(item).score
    assert score is not None
    assert (score.by, score.standing) == ("LEVEL", Standing.TYPED_IN)


def test_a_rule_of_ones_own_scores_downwards_where_less_is_better() -> None:
    """Upper edges, inclusive: up to 2 is 5, above 8 is 1."""
    pack = with_set("scoring.ASTHMA={kind: bands, unit: rate, lower_edges: [2, 4, 6, 8]}", "items.2.2.score.by=ASTHMA")
    bands = pack.rule(pack.item("2.2"))
    assert isinstance(bands, Bands)
    assert bands.better is Better.LOWER
    scores = {value: band(Decimal(value), bands).score for value in ("0", "2", "2.01", "4", "8", "8.01")}
    assert scores == {"0": 5, "2": 5, "2.01": 4, "4": 4, "8": 2, "8.01": 1}
    assert pack.scheme.scoring["ASTHMA"].standing is Standing.TYPED_IN


def test_an_item_may_be_judged_by_its_change() -> None:
    """Section 4: 2.6 says "increase"; the option is the change against last year."""
    rule = "scoring.MORE={kind: improvement, change: points, lower_edges: [0, 2, 4, 6], otherwise: B5}"
    pack = with_set(rule, "items.2.6.score.by=MORE")
    made = pack.rule(pack.item("2.6"))
    assert isinstance(made, Improvement)
    assert made.otherwise == PACK.rule(PACK.item("2.6"))


def test_what_a_site_changes_is_no_longer_printed() -> None:
    pack = with_set("items.1.1.rate.value=4.33", "scoring.B1.lower_edges.0=60", "items.2.1.score.by=B3")
    item, score = pack.item("1.1"), pack.item("2.1").score
    assert item.rate is not None
    assert item.points is not None
    assert score is not None
    assert item.rate.standing is Standing.TYPED_IN
    assert item.points.standing is Standing.PRINTED
    assert pack.scheme.scoring["B1"].standing is Standing.TYPED_IN
    assert score.standing is Standing.TYPED_IN


def test_a_site_may_say_the_standing_itself() -> None:
    rate = with_set("items.1.1.rate.standing=reconstructed", "items.1.1.rate.value=4.33").item("1.1").rate
    assert rate is not None
    assert rate.standing is Standing.RECONSTRUCTED


def test_money_of_typed_in_rules_is_not_called_assumed() -> None:
    of = PACK.payees[0]
    before = evaluate_all(PACK, all_at(5, [of]), [of], "42").amount("42", "of_which.assumed")
    after = evaluate_all(with_set("items.2.6.score.by=B5"), all_at(5, [of]), [of], "42")
    assert before - after.amount("42", "of_which.assumed") == after.amount(of.org, "earned.2.6") > 0


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("money.nettin", "'money.netting'"),
        ("monee.netting", "'money'"),
        ("items.2.6.scor.by", "'items.2.6.score'"),
        ("items.2.6.score.bye", "'items.2.6.score.by'"),
        ("items.2.6.score", "'items.2.6.score.by'"),
        ("items.2.2.score", "'items.2.2.score.by'"),
        ("items.2.6.points", "'items.2.6.points.value'"),
        ("items.2.77.points.value", "'items.2."),
        ("pools.qoff.rule", "'pools.qof'"),
        ("scoring.LEVL.scores.1", "'scoring.LEVEL'"),
        ("scoring.B1.lower_edges", "'scoring.B1.lower_edges.0'"),
        ("items.2.6.few", "'items.2.6.few.least'"),
    ],
)
def test_a_path_that_names_nothing_is_refused_with_the_nearest(path: str, near: str) -> None:
    (found,) = refused(f"{path}=1")
    assert (found.code, found.where.field) == ("schemes.set.path", path)
    assert near in found.en


@pytest.mark.parametrize("path", ["scoring.B1.lower_edges.9", "money.netting.value", ""])
def test_a_path_like_no_other_is_refused_without_a_guess(path: str) -> None:
    (found,) = refused(f"{path}=1")
    assert (found.code, found.where.field) == ("schemes.set.path", path)
    assert found.en == f"There is no place '{path}' in the pack"
    assert found.th == f"ไม่มีตำแหน่ง '{path}' ในกติกา"


def test_every_path_that_names_nothing_is_told() -> None:
    assert sorted(p.where.field for p in refused("a=1", "b=2")) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("money.netting=forget", "authored.value", "money.netting"),
        ("scoring.B1.lower_edges.0=low", "authored.value", "scoring.B1.lower_edges.0"),
        ("year=many", "authored.value", "year"),
        ("pools.qof.rule=closed", "authored.kind.unknown", "pools.qof.rule"),
        ("items.1.1.score.by=B9", "schemes.rule.unknown", "items.1.1.score.by"),
        ("items.1.1.parameters.visits=3", "measures.parameter.unknown", "items.1.1.parameters.visits"),
    ],
)
def test_a_value_that_cannot_be_is_told_at_its_path_and_no_line(text: str, code: str, field: str) -> None:
    (found,) = refused(text)
    assert (found.code, found.where.field, found.where.line) == (code, field, 0)
    assert found.where.file.endswith("--set")


@pytest.mark.parametrize("value", ["{unit: rate, lower_edges", "{"])
def test_a_rule_that_is_none_is_refused(value: str) -> None:
    (found,) = refused(f"scoring.NEW={value}")
    assert found.code == "schemes.set.value"


def test_a_new_rule_may_be_changed_in_the_same_breath() -> None:
    rule = "scoring.NEW={kind: bands, unit: rate, lower_edges: [2, 4, 6, 8]}"
    assert bands_of(with_set("scoring.NEW.lower_edges.0=1", rule), "NEW").lower_edges == (1, 4, 6, 8)


def test_a_misspelt_key_of_a_new_rule_names_the_nearest() -> None:
    texts = refused("scoring.NEW={kind: bands, unit: rate, lower_edge: [1, 2, 3, 4]}")
    (found,) = [p for p in texts if p.code == "authored.key.unknown"]
    assert "'lower_edges'" in found.en


def test_the_changes_are_kept_with_the_pack() -> None:
    assert with_set("money.netting=floor_zero").changes == {"money.netting": "floor_zero"}
    assert with_set("money.netting=floor_zero").hash == PACK.hash
