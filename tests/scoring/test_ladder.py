"""Ladders: the best rung, bonuses and cap, and what is known of too little."""

import decimal
from datetime import date
from decimal import Decimal

import pytest

from samrit.scoring import NO_DATA, UNMATCHED, Bonus, Condition, Fact, FactTest, Known, Ladder, Rung, ScoreStanding
from scoring.reasons import codes_of

MARCH = date(2009, 3, 31)


def says(fact: str) -> tuple[Condition, ...]:
    return (Condition(fact, FactTest.IS, True),)


LOW, HIGH, SAME = Rung("low", 1, says("low")), Rung("high", 3, says("high")), Rung("same", 3, says("same"))
ONE, HALF = Bonus("one", 1, says("one")), Bonus("half", Decimal("0.5"), says("half"))
LADDER = Ladder((LOW, HIGH, SAME), (ONE, HALF), cap=4)


def known(*true: str, **other: Fact) -> Known:
    return Known(facts={**dict.fromkeys(true, True), **other})


def test_best_rung_counts_wherever_it_stands() -> None:
    for rungs in ((LOW, HIGH), (HIGH, LOW)):
        scored = Ladder(rungs).score(known("low", "high"))
        assert (scored.score, scored.basis) == (3, (("rung", "high"),))
        assert (scored.standing, scored.band, scored.next_edge) == (ScoreStanding.SCORED, None, None)


def test_of_equal_rungs_the_first_is_named() -> None:
    assert Ladder((LOW, HIGH, SAME)).score(known("high", "same")).basis == (("rung", "high"),)
    assert Ladder((SAME, HIGH, LOW)).score(known("high", "same")).basis == (("rung", "same"),)


def test_all_conditions_of_a_rung_must_hold() -> None:
    both = Ladder((Rung("both", 2, says("a") + says("b")),))
    assert both.score(known("a")) == UNMATCHED
    assert both.score(known("a", "b")).score == 2


def test_bonuses_are_added_and_named() -> None:
    scored = LADDER.score(known("low", "one", "half"))
    assert (scored.score, scored.basis) == (
        Decimal("2.5"),
        (("rung", "low"), ("bonus", "one"), ("bonus", "half")),
    )


def test_sum_reaches_the_cap_and_is_cut_only_beyond_it() -> None:
    assert LADDER.score(known("high", "one")).basis == (("rung", "high"), ("bonus", "one"))
    scored = LADDER.score(known("high", "one", "half"))
    assert (scored.score, scored.basis[-1]) == (4, ("cap", 4))


def test_without_a_cap_everything_is_added() -> None:
    assert Ladder((HIGH,), (ONE, HALF)).score(known("high", "one", "half")).score == Decimal("4.5")


def test_bonus_alone_earns_nothing() -> None:
    assert LADDER.score(known("one")) == UNMATCHED


def test_nothing_known_is_no_data() -> None:
    assert LADDER.score(Known()) == NO_DATA
    assert LADDER.score(Known(Decimal(3), facts={"other": True})) == NO_DATA


def test_something_known_that_fits_no_rung_is_listed_and_not_scored() -> None:
    assert LADDER.score(known(low=False)) == UNMATCHED


def test_what_the_unit_is_says_nothing_of_its_results() -> None:
    """A hospital of class M1 that reported nothing has no data; with a step that fits no rung it is listed."""
    step = Rung("step", 3, (*says("step"), Condition("level", FactTest.IS, "M1")))
    of_m1 = {"level": "M1", "size": None}
    assert Ladder((step,)).score(Known(attributes=of_m1)) == NO_DATA
    assert Ladder((step,)).score(Known(facts={"step": False}, attributes=of_m1)) == UNMATCHED
    assert Ladder((step,)).score(Known(facts={"step": True}, attributes=of_m1)).score == 3


def test_a_ladder_of_nothing_but_attributes_always_looks() -> None:
    ladder = Ladder((Rung("level", 2, (Condition("level", FactTest.IS, "M1"),)),))
    assert ladder.score(Known(attributes={"level": "M1"})).score == 2
    assert ladder.score(Known(attributes={"level": None})) == UNMATCHED


def test_members_of_what_is_known_count_as_facts() -> None:
    by_value = Ladder((Rung("some", 1, (Condition("value", FactTest.ABOVE, Decimal(0)),)),))
    assert by_value.score(Known(Decimal(0))) == UNMATCHED
    assert by_value.score(Known(Decimal(1))).score == 1


def test_rung_without_conditions_is_for_all_of_whom_something_is_known() -> None:
    ladder = Ladder((HIGH, Rung("any", 1, ())))
    assert ladder.score(known(high=False)).score == 1
    assert ladder.score(Known()) == NO_DATA


def test_certificates_are_judged_on_the_day_with_grace() -> None:
    rungs = (
        Rung("valid", 5, (Condition("until", FactTest.VALID),)),
        Rung("expired", 4, (Condition("until", FactTest.EXPIRED),)),
    )
    bonuses = (Bonus("also", 1, (Condition("also", FactTest.VALID),)),)
    for grace, score in ((6, 6), (5, 4)):
        day = date(2008, 10, 1)
        assert Ladder(rungs, bonuses, None, MARCH, grace).score(known(until=day, also=day)).score == score


def test_best_and_worst_are_those_that_can_be_reached() -> None:
    assert (LADDER.best, LADDER.worst) == (4, 1)
    assert Ladder((LOW, HIGH), (ONE, HALF)).best == Decimal("4.5")
    assert Ladder((LOW, HIGH), (ONE,), cap=9).best == 4


def test_caller_context_changes_nothing() -> None:
    fine = Ladder((Rung("fine", Decimal("2.25"), says("a")),), (Bonus("more", Decimal("0.125"), says("a")),))
    with decimal.localcontext(prec=1):
        assert fine.score(known("a")).score == Decimal("2.375")
        assert fine.best == Decimal("2.375")


@pytest.mark.parametrize(
    ("ladder", "codes"),
    [
        (lambda: Ladder(()), ["scoring.ladder.empty"]),
        (lambda: Ladder((LOW, LOW)), ["scoring.ladder.code"]),
        (lambda: Ladder((LOW,), (Bonus("low", 1, ()),)), ["scoring.ladder.code"]),
        (lambda: Ladder((Rung("", 1, ()),)), ["scoring.ladder.code"]),
        (lambda: Ladder((Rung("x", -1, ()),)), ["scoring.ladder.score"]),
        (lambda: Ladder((Rung("x", Decimal("NaN"), ()),)), ["scoring.ladder.score"]),
        (lambda: Ladder((Rung("x", Decimal("Infinity"), ()),)), ["scoring.ladder.score"]),
        (lambda: Ladder((LOW,), (Bonus("x", 0, ()),)), ["scoring.ladder.bonus"]),
        (lambda: Ladder((LOW,), (Bonus("x", Decimal("NaN"), ()),)), ["scoring.ladder.bonus"]),
        (lambda: Ladder((LOW, HIGH), cap=2), ["scoring.ladder.cap"]),
        (lambda: Ladder((LOW, HIGH), cap=Decimal("Infinity")), ["scoring.ladder.cap"]),
        (lambda: Ladder((LOW, HIGH), cap=Decimal("NaN")), ["scoring.ladder.cap"]),
        (lambda: Ladder((LOW,), grace_months=-1), ["scoring.grace"]),
        (lambda: Ladder((Rung("x", 1, (Condition("u", FactTest.VALID),)),)), ["scoring.condition.day"]),
        (lambda: Ladder((LOW,), (Bonus("x", 1, (Condition("u", FactTest.EXPIRED),)),)), ["scoring.condition.day"]),
        (lambda: Ladder((LOW, LOW, Rung("x", -1, ())), cap=0), ["scoring.ladder.code", "scoring.ladder.score"]),
    ],
)
def test_ladder_that_cannot_be_is_refused(ladder, codes: list[str]) -> None:
    assert codes_of(ladder) == codes


def test_rung_of_zero_and_cap_on_the_highest_rung_are_accepted() -> None:
    assert Ladder((Rung("none", 0, says("x")), HIGH), (ONE,), cap=3).best == 3
