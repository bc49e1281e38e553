"""What evaluation asks a pack: pools, domains, rules in the direction of the item, full marks."""

from datetime import date
from decimal import Decimal

import pytest

from samrit.schemes import Pack, read_pack
from samrit.schemes.authoring.judging import NormGroup, fact_of
from samrit.scoring import (
    Bands,
    Better,
    Conditional,
    Few,
    FewThen,
    Improvement,
    Known,
    Ladder,
    Levels,
    Linear,
    NormBands,
    Spread,
    score,
)
from schemes.building import PACK

NHSO, QOF60, UK = (read_pack(pack_id) for pack_id in ("nhso-2552", "qof-2560", "uk-qof"))
BY_SIZE = {
    "scoring.SMALL": "{kind: linear, unit: percent, lower: 0, upper: 50, best: 5}",
    "scoring.LARGE": "{kind: linear, unit: percent, lower: 0, upper: 100, best: 5}",
    "scoring.BY_SIZE": "{kind: conditional, otherwise: LARGE, branches: [{when: [{fact: size, is: S}], by: SMALL}]}",
    "items.2.6.score.by": "BY_SIZE",
}


@pytest.mark.parametrize(
    ("pack", "item", "pool", "domain"),
    [
        (PACK, "2.6", "qof", "2"),
        (QOF60, "1.2", "pp", "1"),
        (QOF60, "2.2", "op", "2"),
        (NHSO, "R4", "referral", None),
        (UK, "2.1", "practice", None),
    ],
)
def test_an_item_is_in_its_pool_and_domain(pack: Pack, item: str, pool: str, domain: str | None) -> None:
    """Its own pool, its domain's, or the only one; the domain by the number before the point."""
    of = pack.item(item)
    found = pack.domain(of)
    assert (pack.pool(of).id, found.no if found else None) == (pool, domain)
    assert of in pack.items_of(pool)


@pytest.mark.parametrize(
    ("pack", "item", "kind"),
    [
        (PACK, "1.1", Bands),
        (NHSO, "R4", Levels),
        (NHSO, "P7", NormBands),
        (NHSO, "R1", Ladder),
        (UK, "1.1", Linear),
        (QOF60, "2.2", Improvement),
        (read_pack("qof-2557", BY_SIZE), "2.6", Conditional),
    ],
)
def test_every_kind_of_rule_becomes_one_of_the_kernel(pack: Pack, item: str, kind: type) -> None:
    assert isinstance(pack.rule(pack.item(item)), kind)


def test_a_rule_turns_where_less_is_better() -> None:
    """P4 counts admissions; its measure says that lower is better; an item may say it too."""
    directions = {}
    for item in ("P3", "P4"):
        rule = NHSO.rule(NHSO.item(item))
        assert isinstance(rule, NormBands)
        directions[item] = rule.better
    assert directions == {"P3": Better.HIGHER, "P4": Better.LOWER}
    turned = read_pack("nhso-2552", {"items.R2.better": "lower"})
    rule = turned.rule(turned.item("R2"))
    assert isinstance(rule, NormBands)
    assert rule.better is Better.LOWER


def test_a_branch_may_look_at_the_words_of_the_payee() -> None:
    pack = read_pack("qof-2557", BY_SIZE)
    rule = pack.rule(pack.item("2.6"))
    scores = [score(Known(Decimal(50), facts={"size": size}), rule).score for size in ("S", "L")]
    assert scores == [5, Decimal("2.5")]


def test_few_cases_become_the_guard_of_the_kernel() -> None:
    assert QOF60.few(QOF60.item("2.3")) == Few(30, FewThen.UNSCORED)
    assert QOF60.few(QOF60.item("2.2")) is None


def test_what_is_compared_with_whom() -> None:
    assert NHSO.norms(NHSO.item("P2")) == {"": NormGroup((), Spread.POPULATION)}
    assert NHSO.norms(NHSO.item("R1")) == {"hai_score": NormGroup((), Spread.POPULATION)}
    assert NHSO.norms(NHSO.item("P1")) == {}


def test_full_marks_are_points_or_weight_times_the_best_score() -> None:
    assert (PACK.full_points(PACK.item("1.1")), PACK.best(PACK.item("1.1"))) == (80, 5)
    assert (NHSO.full_points(NHSO.item("P2")), NHSO.full_points(NHSO.item("P1"))) == (75, 50)
    assert (UK.full_points(UK.item("2.1")), UK.best(UK.item("2.1"))) == (14, 1)


def test_an_item_without_a_rule_has_the_best_score_of_its_pool() -> None:
    """qof-2557 section 3: scores are of 5, also where bands are missing."""
    assert PACK.rule(PACK.item("2.2")) is None
    assert (PACK.best(PACK.item("2.2")), PACK.full_points(PACK.item("2.2"))) == (5, 45)


def test_days_of_certificates_are_judged_at_the_end_of_the_period_unless_said() -> None:
    rule = NHSO.rule(NHSO.item("R1"))
    assert isinstance(rule, Ladder)
    assert (rule.on, rule.grace_months) == (date(2009, 3, 31), 6)
    rule = NHSO.rule(NHSO.item("P1"))
    assert isinstance(rule, Ladder)
    assert rule.on == NHSO.scheme.period.end


@pytest.mark.parametrize(
    ("text", "kind", "fact"),
    [
        ("yes", "yes_no", True),
        ("no", "yes_no", False),
        ("true", "yes_no", None),
        ("1,250.5", "number", Decimal("1250.5")),
        ("NaN", "number", None),
        ("many", "number", None),
        ("2009-03-31", "day", date(2009, 3, 31)),
        ("2552-03-31", "day", None),
        ("ha", "word", "ha"),
        ("", "word", None),
    ],
)
def test_a_written_fact_is_typed_or_refused(text: str, kind: str, fact: object) -> None:
    assert fact_of(text, kind) == fact
