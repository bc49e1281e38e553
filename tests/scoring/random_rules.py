"""Random rules and random knowledge, with few different numbers so that edges are met and ties are common."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from samrit.scoring import (
    Bands,
    Better,
    Bonus,
    Branch,
    Change,
    Condition,
    Conditional,
    Few,
    FewThen,
    Improvement,
    Known,
    Ladder,
    Levels,
    Linear,
    NormBands,
    Rule,
    Rung,
    Spread,
    norm_of,
)
from samrit.scoring.conditions import FactTest

ON = date(2009, 3, 31)
HALVES = st.integers(-8, 8).map(lambda number: Decimal(number) / 2)
FINE = st.integers(-800, 800).map(lambda number: Decimal(number) / 200)  # steps of 0.005: halves to be rounded
NUMBERS = HALVES | FINE
DAYS = st.integers(-230, 3).map(lambda days: ON + timedelta(days=days))
TEXTS = st.sampled_from(["regional", "community", "none"])
BETTER = st.sampled_from(Better)
NUMERIC = ("value", "last", "change", "cases", "hai")
PLAIN = [FactTest.ABOVE, FactTest.AT_LEAST, FactTest.BELOW, FactTest.AT_MOST, FactTest.IS]
NORMED = [FactTest.Z_ABOVE, FactTest.Z_AT_LEAST, FactTest.Z_BELOW, FactTest.Z_AT_MOST]

CONDITIONS = st.one_of(
    st.builds(Condition, st.sampled_from(NUMERIC), st.sampled_from(PLAIN), HALVES),
    st.builds(Condition, st.sampled_from(("value", "hai")), st.sampled_from(NORMED), HALVES),
    st.builds(Condition, st.just("class"), st.just(FactTest.IS), TEXTS),
    st.builds(Condition, st.just("class"), st.just(FactTest.ONE_OF), st.lists(TEXTS, min_size=1).map(tuple)),
    st.builds(Condition, st.just("nurse"), st.just(FactTest.IS), st.booleans()),
    st.builds(Condition, st.just("until"), st.sampled_from((FactTest.VALID, FactTest.EXPIRED))),
)
WHEN = st.lists(CONDITIONS, max_size=2).map(tuple)
GRACE = st.integers(0, 7)


def rising(numbers: st.SearchStrategy[Decimal], size: int) -> st.SearchStrategy[tuple[Decimal, ...]]:
    """So many different numbers in rising order."""
    return st.sets(numbers, min_size=size, max_size=size).map(lambda found: tuple(sorted(found)))


@st.composite
def bands(draw: st.DrawFn, better: st.SearchStrategy[Better] = BETTER) -> Bands:
    """Bands with 0 to 4 edges of 0 to 2 decimals."""
    decimals, size = draw(st.integers(0, 2)), draw(st.integers(0, 4))
    edges = rising(st.integers(-40, 40).map(lambda number: Decimal(number).scaleb(-decimals)), size)
    return Bands(draw(rising(SCORES, size + 1)), draw(edges), decimals, draw(better))


SCORES = st.integers(0, 12).map(lambda number: Decimal(number) / 2)


@st.composite
def norm_bands(draw: st.DrawFn) -> NormBands:
    """Bands of z with 1 to 5 edges."""
    size = draw(st.integers(1, 5))
    scores = draw(rising(SCORES, size + 1))
    return NormBands(draw(rising(HALVES, size)), scores, draw(BETTER), draw(st.sampled_from(scores)))


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Ladders of 1 to 4 rungs with 0 to 2 bonuses, with and without a cap."""
    rungs = tuple(Rung(f"r{n}", draw(SCORES), draw(WHEN)) for n in range(draw(st.integers(1, 4))))
    bonuses = tuple(Bonus(f"b{n}", draw(SCORES) + 1, draw(WHEN)) for n in range(draw(st.integers(0, 2))))
    cap = draw(st.none() | SCORES.map(lambda more: max(rung.score for rung in rungs) + more))
    return Ladder(rungs, bonuses, cap, ON, draw(GRACE))


# every level a random value can be is in the table; values that are none are not asked for (see `known`)
LEVELS = st.lists(SCORES, min_size=9, max_size=9).map(
    lambda scores: Levels(dict(zip(range(-4, 5), scores, strict=True)))
)
LINES = st.builds(
    lambda bounds, best, better: Linear(*bounds, best, better),
    rising(HALVES, 2),
    st.integers(1, 10).map(Decimal),
    BETTER,
)
SIMPLE: st.SearchStrategy[Rule] = st.one_of(bands(), norm_bands(), ladders(), LINES)


def holding(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """Rules that hold rules."""
    branches = st.lists(st.builds(Branch, WHEN, st.none() | rules), max_size=3).map(tuple)
    return st.one_of(
        st.builds(Improvement, st.sampled_from(Change), bands(st.just(Better.HIGHER)), st.none() | rules, BETTER),
        st.builds(Conditional, branches, rules, st.just(ON), GRACE),
        st.tuples(branches, WHEN, rules, GRACE).map(
            lambda made: Conditional((*made[0], Branch(made[1], made[2])), None, ON, made[3])
        ),
    )


RULES = st.recursive(SIMPLE, holding, max_leaves=4)
GUARDS = st.none() | st.builds(Few, st.integers(1, 4), st.sampled_from(FewThen))


@st.composite
def known(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = NUMBERS) -> Known:
    """Knowledge with gaps; the groups are small and hold the unit's own numbers."""
    value, last, hai = (draw(st.none() | numbers) for numbers in (values, NUMBERS, NUMBERS))
    facts = {
        "class": draw(st.none() | TEXTS),
        "nurse": draw(st.none() | st.booleans()),
        "until": draw(st.none() | DAYS),
        "hai": hai,
    }
    norms = {}
    for name, own in (("", value), ("hai", hai)):
        norm = norm_of([own, *draw(st.lists(st.none() | HALVES, max_size=4))], draw(st.sampled_from(Spread)))
        if norm is not None:
            norms[name] = norm
    cases = draw(st.none() | st.integers(0, 5) | HALVES.map(abs))
    return Known(value, last, cases, {name: fact for name, fact in facts.items() if fact is not None}, norms)
