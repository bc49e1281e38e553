"""A second scorer, slow and plain: fractions only, one question after another, no code of the room but its data.

`judge` gives the score as a fraction (None: no score) and the standing as a text.
"""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from samrit.scoring import (
    Bands,
    Condition,
    Conditional,
    Few,
    Improvement,
    Known,
    Ladder,
    Levels,
    Linear,
    Norm,
    NormBands,
    Rule,
)

Judged = tuple[Fraction | None, str]
NO_DATA: Judged = (Fraction(0), "no_data")
UNSCORED: Judged = (None, "unscored")


def judge(known: Known, rule: Rule | None, few: Few | None = None) -> Judged:
    """Score and standing under a rule, guarded against too few cases."""
    if rule is None:
        return UNSCORED
    if few is not None and known.cases is not None and Fraction(known.cases) < few.least and few.then != "score":
        instead = {
            "unscored": None,
            "no_data": Fraction(0),
            "worst": min(possible(rule)),
            "best": max(possible(rule)),
        }
        return instead[few.then], "too_few"
    return JUDGES[type(rule)](rule, known)


def possible(rule: Rule) -> list[Fraction]:
    """Scores among which are the worst and the best that the rule can give."""
    match rule:
        case Bands() | NormBands():
            return [Fraction(score) for score in rule.scores]
        case Levels():
            return [Fraction(score) for score in rule.scores.values()]
        case Linear():
            return [Fraction(0), Fraction(rule.best)]
        case Ladder():
            bonus = sum(Fraction(bonus.add) for bonus in rule.bonuses)
            tops = [Fraction(rung.score) for rung in rule.rungs]
            most = max(tops) + bonus
            return [min(tops), most if rule.cap is None else min(most, Fraction(rule.cap))]
        case Improvement():
            return possible(rule.bands) + (possible(rule.otherwise) if rule.otherwise else [])
        case Conditional():
            inner = [branch.rule for branch in rule.branches] + [rule.otherwise]
            return [score for one in inner if one for score in possible(one)]


def rounded_half_up(value: Fraction, decimals: int) -> Fraction:
    """The nearest number of so many decimals; a half goes away from zero."""
    scaled = abs(value) * 10**decimals
    whole = scaled.numerator // scaled.denominator
    if scaled - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole if value >= 0 else -whole, 10**decimals)


def in_bands(value: Fraction, bands: Bands) -> Judged:
    """The best score whose edge has been reached."""
    value = rounded_half_up(value, bands.decimals)
    edges = [Fraction(edge) for edge in bands.lower_edges]
    reached = 0
    if bands.better == "higher":
        for edge in edges:
            if value >= edge:
                reached += 1
    else:
        for edge in edges:
            if value <= edge:
                reached += 1
    return Fraction(bands.scores[reached]), "scored"


def by_bands(rule: Bands, known: Known) -> Judged:
    """Value in bands."""
    return NO_DATA if known.value is None else in_bands(Fraction(known.value), rule)


def by_levels(rule: Levels, known: Known) -> Judged:
    """Level in its table."""
    return NO_DATA if known.value is None else (Fraction(rule.scores[int(known.value)]), "scored")


def stands(value: Fraction, norm: Norm, z: Fraction) -> int:
    """-1, 0, 1: value - mean against z x SD, by the signs first and by the squares where the signs are equal."""
    left, right_squared = value - norm.mean, z * z * norm.variance
    left_sign = (left > 0) - (left < 0)
    right_sign = 0 if right_squared == 0 else ((z > 0) - (z < 0))
    if left_sign != right_sign:
        return 1 if left_sign > right_sign else -1
    farther = (left * left > right_squared) - (left * left < right_squared)
    return farther * left_sign


def by_norm(rule: NormBands, known: Known) -> Judged:
    """Value against mean and SD of the group; lower is better looks at minus the value and minus the mean."""
    if known.value is None:
        return NO_DATA
    norm, value = known.norms[""], Fraction(known.value)
    if norm.variance == 0:
        return Fraction(rule.sd_zero), "scored"
    if rule.better == "lower":
        norm, value = Norm(norm.n, -norm.mean, norm.variance), -value
    score = rule.scores[0]
    for edge, opened in zip(rule.edges, rule.scores[1:], strict=True):
        if stands(value, norm, Fraction(edge)) >= 0:
            score = opened
    return Fraction(score), "scored"


def fact_of(known: Known, name: str) -> object:
    """What is known under a name, numbers as fractions."""
    if name == "change":
        return None if known.value is None or known.last is None else Fraction(known.value) - Fraction(known.last)
    if name in {"value", "last", "cases"}:
        number = {"value": known.value, "last": known.last, "cases": known.cases}[name]
        return None if number is None else Fraction(number)
    fact = known.facts.get(name)
    return fact if fact is None or isinstance(fact, bool | str | date) else Fraction(fact)


def months_later(day: date, months: int) -> date:
    """Month by month; where the month is too short, its last day."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for back in range(4):
        try:
            return date(year, month, day.day - back)
        except ValueError:
            continue
    raise AssertionError


def true_of(condition: Condition, known: Known, on: date | None, grace: int) -> bool:
    """Whether a condition holds; not if nothing is known."""
    fact, test, operand = fact_of(known, condition.fact), str(condition.test), condition.operand
    if fact is None:
        return False
    if test in {"valid", "expired"}:
        assert isinstance(fact, date)
        assert on is not None
        over = on - timedelta(days=1) >= months_later(fact, grace)
        return over if test == "expired" else not over
    if test in {"is", "one_of"}:
        return any(fact == one for one in (operand if isinstance(operand, tuple) else (operand,)))
    assert isinstance(fact, Fraction)
    bound = Fraction(operand)  # type: ignore[arg-type]
    if test.startswith("z_"):
        side = stands(fact, known.norms["" if condition.fact == "value" else condition.fact], bound)
    else:
        side = (fact > bound) - (fact < bound)
    return {"above": side > 0, "at_least": side >= 0, "below": side < 0, "at_most": side <= 0}[test.removeprefix("z_")]


def by_ladder(rule: Ladder, known: Known) -> Judged:
    """Best rung that holds, with bonuses."""
    named = {condition.fact for step in rule.rungs + rule.bonuses for condition in step.when}
    if not any(fact_of(known, name) is not None for name in named):
        return NO_DATA

    def held(when: tuple[Condition, ...]) -> bool:
        return all(true_of(condition, known, rule.on, rule.grace_months) for condition in when)

    scores = [Fraction(rung.score) for rung in rule.rungs if held(rung.when)]
    if not scores:
        return None, "unmatched"
    total = max(scores) + sum(Fraction(bonus.add) for bonus in rule.bonuses if held(bonus.when))
    return (total if rule.cap is None or total <= rule.cap else Fraction(rule.cap)), "scored"


def by_line(rule: Linear, known: Known) -> Judged:
    """Evenly between the bounds."""
    if known.value is None:
        return NO_DATA
    value, lower, upper, best = (Fraction(number) for number in (known.value, rule.lower, rule.upper, rule.best))
    walked = value - lower if rule.better == "higher" else upper - value
    return max(Fraction(0), min(best, best * walked / (upper - lower))), "scored"


def by_improvement(rule: Improvement, known: Known) -> Judged:
    """Change since last year in bands."""
    if known.value is None:
        return NO_DATA
    if known.last is None or (rule.change == "percent" and known.last == 0):
        return judge(known, rule.otherwise)
    value, last = Fraction(known.value), Fraction(known.last)
    better = value - last if rule.better == "higher" else last - value
    return in_bands(better if rule.change == "points" else better / abs(last) * 100, rule.bands)


def by_branch(rule: Conditional, known: Known) -> Judged:
    """First branch that holds."""
    for branch in rule.branches:
        if all(true_of(condition, known, rule.on, rule.grace_months) for condition in branch.when):
            return judge(known, branch.rule)
    return judge(known, rule.otherwise) if rule.otherwise is not None else (None, "unmatched")


JUDGES: dict[type, Callable[..., Judged]] = {
    Bands: by_bands,
    Levels: by_levels,
    NormBands: by_norm,
    Ladder: by_ladder,
    Linear: by_line,
    Improvement: by_improvement,
    Conditional: by_branch,
}
