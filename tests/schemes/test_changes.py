"""`--set path=value`: a site lays its own bands, weights and rules over a pack."""

from decimal import Decimal

import pytest

from samrit.problems import Problem
from samrit.schemes import Pack, SchemesError, Standing, evaluate, read_pack
from samrit.scoring import Better, band
from schemes.building import PACK, UNSCORED, all_at


def with_set(*texts: str) -> Pack:
    return read_pack("qof-2557", dict(text.split("=", 1) for text in texts))


def refused(*texts: str) -> list[Problem]:
    with pytest.raises(SchemesError) as error:
        with_set(*texts)
    return list(error.value.problems)


def test_the_bands_of_an_item() -> None:
    bands = with_set("items.2.6.bands.name=B4").item("2.6").bands
    assert bands is not None
    assert bands.name == "B4"


def test_points_of_an_item_when_the_rate_moves_too() -> None:
    """W1: row 3 of domain 4 as the second 20-pointer instead of row 6."""
    pack = with_set(
        "items.4.3.points.value=20",
        "items.4.3.rate.value=1.08",
        "items.4.6.points.value=15",
        "items.4.6.rate.value=0.81",
    )
    assert (pack.item("4.3").points.value, pack.item("4.6").rate.value) == (20, Decimal("0.81"))


def test_points_that_break_the_sum_of_their_domain_are_refused() -> None:
    found = refused("items.4.3.points.value=20")
    assert [(p.code, p.where.field) for p in found] == [("schemes.domain.sum", "domains.4.points")]


def test_one_edge_of_a_band_set_by_its_place_from_0() -> None:
    edges = with_set("bands.B1.lower_edges.0=60").scheme.bands["B1"].lower_edges
    assert edges == (60, 70, 75, 80)


@pytest.mark.parametrize("order", [1, -1])
def test_edges_that_meet_on_the_way_are_changed_at_their_own_place(order: int) -> None:
    """After the first change two edges are equal; the second must still find its own."""
    texts = ["bands.B1.lower_edges.0=70", "bands.B1.lower_edges.1=72"][::order]
    assert with_set(*texts).scheme.bands["B1"].lower_edges == (70, 72, 75, 80)


def test_rules_of_the_money() -> None:
    money = with_set("money.netting=floor_zero", "money.rule=closed_pool", "money.excellence.share=equal").scheme.money
    assert (money.netting, money.rule, money.excellence.share) == ("floor_zero", "closed_pool", "equal")


def test_a_domain_by_its_number() -> None:
    pack = with_set("domains.1.points=390", "items.1.6.points.value=50")
    assert pack.scheme.domains[0].points == 390


@pytest.mark.parametrize("item", UNSCORED)
def test_an_item_without_bands_gets_some(item: str) -> None:
    pack = with_set(f"items.{item}.bands.name=LEVEL")
    bands = pack.item(item).bands
    assert bands is not None
    assert (bands.name, bands.standing) == ("LEVEL", Standing.TYPED_IN)


def test_a_band_set_of_ones_own_scores_downwards_where_less_is_better() -> None:
    """Upper edges, inclusive: up to 2 is 5, above 8 is 1."""
    pack = with_set("bands.ASTHMA={unit: rate, lower_edges: [2, 4, 6, 8]}", "items.2.2.bands.name=ASTHMA")
    bands = pack.bands(pack.item("2.2"))
    assert bands is not None
    assert bands.better is Better.LOWER
    scores = {value: band(Decimal(value), bands).score for value in ("0", "2", "2.01", "4", "8", "8.01")}
    assert scores == {"0": 5, "2": 5, "2.01": 4, "4": 4, "8": 2, "8.01": 1}
    assert pack.scheme.bands["ASTHMA"].standing is Standing.TYPED_IN


def test_what_a_site_changes_is_no_longer_printed() -> None:
    pack = with_set("items.1.1.rate.value=4.33", "bands.B1.lower_edges.0=60", "items.2.1.bands.name=B3")
    assert pack.item("1.1").rate.standing is Standing.TYPED_IN
    assert pack.item("1.1").points.standing is Standing.PRINTED
    assert pack.scheme.bands["B1"].standing is Standing.TYPED_IN
    bands = pack.item("2.1").bands
    assert bands is not None
    assert bands.standing is Standing.TYPED_IN


def test_a_site_may_say_the_standing_itself() -> None:
    pack = with_set("items.1.1.rate.standing=reconstructed", "items.1.1.rate.value=4.33")
    assert pack.item("1.1").rate.standing is Standing.RECONSTRUCTED


def test_money_of_typed_in_bands_is_not_called_assumed() -> None:
    of = PACK.payees[0]
    before = evaluate(PACK, all_at(5, [of]), [of], "42").amount("42", "of_which.assumed")
    after = evaluate(with_set("items.2.6.bands.name=B5"), all_at(5, [of]), [of], "42")
    assert before - after.amount("42", "of_which.assumed") == after.amount(of.org, "earned.2.6") > 0


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("money.nettin", "'money.netting'"),
        ("monee.netting", "'money'"),
        ("items.2.6.band.name", "'items.2.6.bands'"),
        ("items.2.6.bands.nam", "'items.2.6.bands.name'"),
        ("items.2.6.bands", "'items.2.6.bands.name'"),
        ("items.2.6.points", "'items.2.6.points.value'"),
        ("items.2.7.points.value", "'items.2."),
        ("bands.B9.lower_edges.0", "'bands.B"),
        ("bands.B1.lower_edges", "'bands.B1.lower_edges.0'"),
    ],
)
def test_a_path_that_names_nothing_is_refused_with_the_nearest(path: str, near: str) -> None:
    (found,) = refused(f"{path}=1")
    assert (found.code, found.where.field) == ("schemes.set.path", path)
    assert near in found.en


@pytest.mark.parametrize("path", ["bands.B1.lower_edges.9", "money.netting.value", ""])
def test_a_path_like_no_other_is_refused_without_a_guess(path: str) -> None:
    (found,) = refused(f"{path}=1")
    assert (found.code, found.where.field) == ("schemes.set.path", path)
    assert found.en == f"There is no place '{path}' in the pack"
    assert found.th == f"ไม่มีตำแหน่ง '{path}' ในกติกา"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("money.netting=forget", "money.netting"),
        ("bands.B1.lower_edges.0=low", "bands.B1.lower_edges.0"),
        ("best_score=many", "best_score"),
    ],
)
def test_a_value_that_cannot_be_is_told_at_its_path_and_no_line(text: str, field: str) -> None:
    (found,) = refused(text)
    assert (found.code, found.where.field, found.where.line) == ("authored.value", field, 0)
    assert found.where.file.endswith("--set")


@pytest.mark.parametrize("value", ["{unit: rate, lower_edges", "{"])
def test_a_band_set_that_is_none_is_refused(value: str) -> None:
    (found,) = refused(f"bands.NEW={value}")
    assert found.code == "schemes.set.bands"


def test_a_new_band_set_may_be_changed_in_the_same_breath() -> None:
    pack = with_set("bands.NEW.lower_edges.0=1", "bands.NEW={unit: rate, lower_edges: [2, 4, 6, 8]}")
    assert pack.scheme.bands["NEW"].lower_edges == (1, 4, 6, 8)


def test_a_misspelt_key_of_a_new_band_set_names_the_nearest() -> None:
    (found,) = [p for p in refused("bands.NEW={unit: rate, lower_edge: [1, 2, 3, 4]}") if "unknown" in p.code]
    assert "'lower_edges'" in found.en


def test_the_changes_are_kept_with_the_pack() -> None:
    assert with_set("money.netting=floor_zero").changes == {"money.netting": "floor_zero"}
    assert with_set("money.netting=floor_zero").hash == PACK.hash
