"""Reaching: which A, or which value, is just enough for the next better step; everything else stays as it is."""

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from samrit.measures import measure, measure_ids
from samrit.schemes.authoring.rules import ImprovementSet, LevelSet
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.explaining.way import Way
from samrit.schemes.inputs import counted_value
from samrit.schemes.item_scores import known_of
from samrit.schemes.scores import Counted
from samrit.scoring import Better, Scored, score

Passes = Callable[[Counted], bool]
FARTHEST = 10**9
TRIES = 40
VALUE_STEP = Decimal("0.01")
MOST_PERCENT = 100


def score_with(subject: Subject, counted: Counted) -> Scored:
    """The score when the unit had that, everything else as it is."""
    of, key = subject.run.materials, (subject.item.item, subject.payee.org)
    counts = {k: v for k, v in of.counts.items() if k[0] == key[0]} | {key: counted}
    known = known_of(subject.pack, subject.item, of.payees, counts, of.inputs.facts, of.inputs.last, subject.payee.org)
    return score(known, subject.pack.rule(subject.item), subject.pack.few(subject.item))


def counted_with(subject: Subject, a: int) -> Counted:
    """What would be known with that A and today's B."""
    now = subject.line.counted
    assert now.b is not None
    return replace(now, a=a, value=counted_value(subject.pack, subject.item, a, now.b))


def least_a(subject: Subject, passes: Passes, better: Better) -> int | None:
    """The A nearest to today's that reaches the next step at today's B; None when none does."""
    now = subject.line.counted
    assert now.a is not None
    assert now.b is not None
    near, far = int(now.a), 0
    if better is Better.HIGHER:
        far = int(now.b)
        if not _is_part(subject):  # a ratio: A may be any number
            far = max(near, 1)
            while far < FARTHEST and not passes(counted_with(subject, far)):
                far *= 2
    if far == near or not passes(counted_with(subject, far)):
        return None
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if passes(counted_with(subject, middle)):
            far = middle
        else:
            near = middle
    return far


def _is_part(subject: Subject) -> bool:
    """A are some of B, so A ends at B."""
    item = subject.item
    if item.measure in measure_ids():
        return measure(item.measure).definition.a.part_of == "b"
    return item.entry == "percent"


def least_value(subject: Subject, way: Way, passes: Passes) -> Decimal | None:
    """A value that reaches the next step, where a value is all that is known; None when it is not found.

    A norm moves with the value of the unit itself, so its edge is walked after.
    """
    up = way.better is Better.HIGHER
    now = subject.line.counted
    edge = _value_at(way, subject.line.scored)
    for _ in range(TRIES):
        if edge is None or (subject.item.entry == "percent" and edge > MOST_PERCENT):
            return None
        trial = replace(now, value=edge)
        if passes(trial):
            return edge
        further = _value_at(way, score_with(subject, trial))
        edge = None if further is None else further.quantize(VALUE_STEP, ROUND_CEILING if up else ROUND_FLOOR)
    return None


def _value_at(way: Way, scored: Scored) -> Decimal | None:
    """The next edge as a value: of an improvement that is last year's value and the change that is asked for."""
    of = way.judge.of
    if isinstance(of, LevelSet):
        better = [level for level, worth in of.scores.items() if scored.score is not None and worth > scored.score]
        return Decimal(min(better, key=lambda level: (of.scores[level], level))) if better else None
    edge = scored.next_edge
    if not isinstance(of, ImprovementSet) or edge is None:
        return edge
    last = dict(scored.basis).get("last")
    if not isinstance(last, Decimal):
        return None
    change = Fraction(edge) if of.change == "points" else Fraction(edge) * abs(Fraction(last)) / 100
    value = Fraction(last) + (change if way.better is Better.HIGHER else -change)
    return Decimal(value.numerator) / Decimal(value.denominator)
