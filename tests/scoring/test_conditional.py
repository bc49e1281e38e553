"""Conditional rules: the first branch that holds, and what is left when none does."""

from datetime import date
from decimal import Decimal

import pytest

from samrit.scoring import (
    NO_DATA,
    UNMATCHED,
    Bands,
    Better,
    Branch,
    Change,
    Condition,
    Conditional,
    FactTest,
    Improvement,
    Known,
    Levels,
    ScoreStanding,
)
from scoring.reasons import codes_of

REGIONAL = (Condition("class", FactTest.IS, "regional"),)
HOSPITAL = (Condition("class", FactTest.ONE_OF, ("regional", "community")),)
STRICT = Bands((0, 5), (Decimal(90),), 0, Better.HIGHER)
MILD = Bands((1, 4), (Decimal(60),), 0, Better.HIGHER)
BY_CLASS = Conditional((Branch(REGIONAL, STRICT), Branch(HOSPITAL, MILD)))


def of_class(name: str, value: str = "75") -> Known:
    return Known(Decimal(value), facts={"class": name})


def test_first_branch_that_holds_scores() -> None:
    regional, community = BY_CLASS.score(of_class("regional")), BY_CLASS.score(of_class("community"))
    assert (regional.score, regional.basis) == (0, (("branch", 1),))
    assert (community.score, community.basis) == (4, (("branch", 2),))


def test_all_others_are_scored_by_the_rule_for_them() -> None:
    scored = Conditional((Branch(REGIONAL, STRICT),), MILD).score(of_class("other"))
    assert (scored.score, scored.basis) == (4, (("branch", "otherwise"),))


def test_unit_that_fits_no_branch_is_listed_and_not_scored() -> None:
    assert BY_CLASS.score(of_class("other")) == UNMATCHED
    assert BY_CLASS.score(Known(Decimal(75))) == UNMATCHED


def test_branch_without_a_rule_is_not_scored() -> None:
    scored = Conditional((Branch(REGIONAL, None),), MILD).score(of_class("regional"))
    assert (scored.score, scored.standing) == (None, ScoreStanding.UNSCORED)
    assert scored.basis == (("branch", 1),)


def test_no_value_is_no_data_under_the_branch_that_holds() -> None:
    scored = BY_CLASS.score(Known(facts={"class": "regional"}))
    assert (scored.score, scored.standing) == (NO_DATA.score, NO_DATA.standing)


@pytest.mark.parametrize(
    ("value", "last", "score"),
    [("80", "80", 5), ("79.99", "85", 0), ("84.99", "79.99", 5), ("84.98", "79.99", 0), ("35", "30", 5)],
)
def test_who_stood_at_the_target_keeps_it_and_who_did_not_improves_by_five(value: str, last: str, score: int) -> None:
    keep = Branch((Condition("last", FactTest.AT_LEAST, Decimal(80)),), Bands((0, 5), (Decimal(80),), 2, Better.HIGHER))
    rise = Improvement(Change.POINTS, Bands((0, 5), (Decimal(5),), 2, Better.HIGHER))
    assert Conditional((keep,), rise).score(Known(Decimal(value), Decimal(last))).score == score


def test_basis_reads_from_the_outside_in() -> None:
    rise = Improvement(Change.POINTS, Bands((0, 5), (Decimal(5),), 2, Better.HIGHER))
    scored = Conditional((Branch((), rise),)).score(Known(Decimal(8), Decimal(2)))
    assert scored.basis == (("branch", 1), ("last", Decimal(2)), ("change", Decimal(6)))


def test_days_are_judged_with_grace() -> None:
    until = (Condition("until", FactTest.VALID),)
    known = Known(Decimal(75), facts={"until": date(2008, 10, 1)})
    for grace, score in ((6, 0), (5, 4)):
        assert Conditional((Branch(until, STRICT),), MILD, date(2009, 3, 31), grace).score(known).score == score


def test_best_and_worst_are_those_of_all_branches() -> None:
    assert (BY_CLASS.best, BY_CLASS.worst) == (5, 0)
    assert (Conditional((Branch(REGIONAL, None),), MILD).best, Conditional((), MILD).worst) == (4, 1)
    more = Conditional((Branch(REGIONAL, MILD),), Levels({0: 0, 1: 7}))
    assert (more.best, more.worst) == (7, 0)


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        (lambda: Conditional(()), ["scoring.conditional.empty"]),
        (lambda: Conditional((Branch(REGIONAL, None),)), ["scoring.conditional.empty"]),
        (lambda: Conditional((), MILD, grace_months=-1), ["scoring.grace"]),
        (lambda: Conditional((Branch((Condition("u", FactTest.VALID),), MILD),)), ["scoring.condition.day"]),
    ],
)
def test_rule_that_cannot_be_is_refused(rule, codes: list[str]) -> None:
    assert codes_of(rule) == codes
