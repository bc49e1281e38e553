"""Whole random packs: the product and the second evaluator give the same points and the same satang."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from schemes.agreeing import differences, evaluated
from schemes.plain_worlds import BANDS, plain_world
from schemes.random_packs import World, worlds
from schemes.random_scoring import FACTS, TITLE

SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


@settings(max_examples=200, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(worlds())
def test_two_evaluators_agree_to_the_satang(world: World) -> None:
    assert differences(world) == []


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(worlds())
def test_the_line_that_people_read_is_what_the_money_was_worked_out_from(world: World) -> None:
    for pool in evaluated(world).scores.pools.values():
        for column in pool.columns:
            lines = [column.line(place) for place in range(len(pool.orgs))]
            assert [line.scored.mark for line in lines] == column.marks
            assert [line.points for line in lines] == column.points


def test_a_share_that_does_not_end_is_not_cut_before_the_money_is_rounded() -> None:
    """qof-2557 section 5: half up at the last step only. 3 people x 1 satang x 5/6 are 2.5 satang, which pays 3."""
    six_steps = BANDS | {"lower_edges": ["50", "60", "70", "80", "90"]}
    world = plain_world({"11000": {"A": "80"}}, six_steps, people=3, rate="0.01")
    assert evaluated(world).amount("11000", "earned") == 3
    assert differences(world) == []


def test_full_marks_are_the_full_points_also_where_weights_are_rescaled() -> None:
    """Weights 1 and 2 scaled to 100 are 33.3... and 66.6...: a point above them in the 50th digit would be refused."""
    pool = {"rule": "price_per_point", "price": {"value": "3", "standing": "printed"}}
    world = plain_world({"11000": {"A": "90", "B": "90"}}, pool=pool | {"weights": {"total": "100", "rescale": "true"}})
    for item, weight in zip(world.scheme["items"], ("1", "2"), strict=True):
        del item["points"]
        item["weight"] = {"value": weight, "standing": "printed"}
    world.scheme["pools"][0]["indices"] = []
    result = evaluated(world)
    assert [line.points == line.weight for line in result.scores] == [True, True]
    assert result.amount("11000", "earned") == 150_000  # 500 points x 3 baht
    assert differences(world) == []


def test_the_rule_that_stands_in_for_last_year_sees_the_words_of_the_payee() -> None:
    scoring = {
        "kind": "improvement",
        "standing": "printed",
        "change": "points",
        "lower_edges": ["0"],
        "otherwise": "WORDS",
    }
    world = plain_world({"11000": {"A": "80"}}, scoring)
    when = [{"fact": "service_level", "is": "A"}]
    rule = {"kind": "conditional", "standing": "printed", "branches": [{"when": when, "by": "FIXED"}]}
    world.scheme["scoring"] |= {"WORDS": rule, "FIXED": BANDS}
    assert [line.scored.score for line in evaluated(world).scores] == [5]
    assert differences(world) == []


def test_a_primary_unit_without_its_weight_does_not_move_a_weighted_mean() -> None:
    """A missing weight is not 1: of 4 points (weight 10) and 1 point (weight unknown) the mean is 4."""
    when = {answer: [{"fact": "centre", "is": answer}] for answer in ("yes", "no")}
    rung = {"title": TITLE, "standing": "printed"}
    rungs = [
        rung | {"code": "yes", "score": "4", "when": when["yes"]},
        rung | {"code": "no", "score": "1", "when": when["no"]},
    ]
    ladder = {"kind": "ladder", "standing": "printed", "cap": "5", "rungs": rungs}
    units = {"u1": {"n1": Decimal(10), "centre": True}, "u2": {"centre": False}}
    world = plain_world({"11000": {"A": None}}, ladder, facts={("A", "11000"): units})
    parts = {"of": "primary_care_unit", "roll_up": "weighted_mean", "weight": "n1", "standing": "printed"}
    world.scheme["items"][0] |= {"entry": "facts", "facts": FACTS, "parts": parts}
    assert [line.scored.score for line in evaluated(world).scores] == [4]
    assert differences(world) == []
