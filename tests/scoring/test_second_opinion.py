"""The room and the slow scorer agree on random rules and random knowledge."""

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from samrit.scoring import Conditional, Few, Known, Ladder, Levels, NormBands, Rule, best_of, marker_of, score, worst_of
from scoring.random_rules import GUARDS, LEVELS, RULES, known
from scoring.slow import judge, possible

FIFTY = Context(prec=50, rounding=ROUND_HALF_EVEN)
WHOLE = st.integers(-4, 4).map(Decimal)


def agree(what: Known, rule: Rule | None, few: Few | None) -> None:
    scored, (fraction, standing) = score(what, rule, few), judge(what, rule, few)
    expected = None
    if fraction is not None:
        expected = FIFTY.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))
    assert (scored.score, scored.standing.value) == (expected, standing)


@settings(max_examples=300, deadline=None)
@given(known(), st.none() | RULES, GUARDS)
def test_two_scorers_agree(what: Known, rule: Rule | None, few: Few | None) -> None:
    agree(what, rule, few)


@settings(max_examples=50, deadline=None)
@given(known(WHOLE), LEVELS, GUARDS)
def test_two_scorers_agree_on_levels(what: Known, rule: Levels, few: Few | None) -> None:
    agree(what, rule, few)


@settings(max_examples=100, deadline=None)
@given(known(), RULES)
def test_no_score_lies_outside_worst_and_best(what: Known, rule: Rule) -> None:
    scored = score(what, rule)
    assert (worst_of(rule), best_of(rule)) == (min(possible(rule)), max(possible(rule)))
    if scored.standing == "scored":
        assert scored.score is not None
        assert worst_of(rule) <= scored.score <= best_of(rule)


@settings(max_examples=300, deadline=None)
@given(st.lists(known(), min_size=1, max_size=4), RULES)
def test_a_rule_made_ready_for_a_group_marks_as_it_scores(units: list[Known], rule: Rule) -> None:
    norms = units[0].norms
    mark = marker_of(rule, norms)
    looks_at_more = isinstance(rule, Ladder | Conditional) or getattr(rule, "otherwise", None) is not None
    assert (mark is None) == (looks_at_more or (isinstance(rule, NormBands) and "" not in norms))
    if mark is not None:
        for unit in units:
            assert mark(unit.value, unit.last) == score(replace(unit, norms=norms), rule).mark
