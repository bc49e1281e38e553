"""Judging: the rule of an item in the words of the pack becomes a rule of samrit.scoring."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import get_args

from samrit.measures import measure, measure_ids
from samrit.reference import parse_day
from samrit.reference.refused import ReferenceRefused
from samrit.schemes.authoring.rules import (
    Attribute,
    BandSet,
    ConditionalSet,
    ConditionOf,
    ImprovementSet,
    LadderSet,
    LevelSet,
    LinearSet,
    NormSet,
    RuleOf,
)
from samrit.schemes.authoring.scheme import Item, Scheme
from samrit.scoring import (
    Bands,
    Better,
    Bonus,
    Branch,
    Change,
    Condition,
    Conditional,
    Fact,
    FactTest,
    Few,
    FewThen,
    Improvement,
    Ladder,
    Levels,
    Linear,
    NormBands,
    Rule,
    Rung,
    Spread,
)

ATTRIBUTES: tuple[str, ...] = get_args(Attribute)
ALWAYS_KNOWN = dict.fromkeys(("value", "last", "change", "cases"), "number") | dict.fromkeys(ATTRIBUTES, "word")
"""Facts that every item has, and their type as in `facts` of an item."""
FACT_TESTS = {
    "number": (
        "is",
        "one_of",
        "above",
        "at_least",
        "below",
        "at_most",
        "z_above",
        "z_at_least",
        "z_below",
        "z_at_most",
    ),
    "day": ("is", "one_of", "valid"),
    "yes_no": ("is",),
    "word": ("is", "one_of"),
}
"""Which tests a fact of a type can be put to."""


@dataclass(frozen=True, slots=True)
class NormGroup:
    """With whom a value is compared: `within` are attributes of payees ((): the whole region); how SD is taken."""

    within: tuple[str, ...]
    sd: Spread


def better_of(item: Item) -> Better:
    """Which way the values of the item improve: as the item says, else as its measure says, else upwards."""
    said = item.better
    if not said and item.measure in measure_ids():
        said = "lower" if measure(item.measure).definition.better == "lower" else "higher"
    return Better(said or "higher")


def facts_of(item: Item) -> dict[str, str]:
    """The facts that a rule of the item may test -> their type: number, day, yes_no, word."""
    return {**ALWAYS_KNOWN, **{n: f.type for n, f in item.facts.items()}, **dict.fromkeys(item.derived, "number")}


def rule_of(scheme: Scheme, item: Item) -> Rule | None:
    """The rule of the item in the direction in which its values improve; None: not scored.

    The scheme must have been checked: names exist, no rule names itself. Raises ScoringError for edges, scores and
    days that the kernel refuses.
    """
    return None if item.score is None else kernel_rule(scheme, item.score.by, better_of(item), facts_of(item))


def kernel_rule(scheme: Scheme, name: str, better: Better, facts: Mapping[str, str]) -> Rule:  # noqa: PLR0911
    """The rule of that name for an item with these facts. Raises ScoringError as `rule_of`."""

    def named(other: str) -> Rule | None:
        return kernel_rule(scheme, other, better, facts) if other else None

    of = scheme.scoring[name]
    match of:
        case BandSet():
            return _bands(of, better)
        case LevelSet():
            return Levels(of.scores)
        case NormSet():
            return NormBands(of.edges, of.scores, better, of.sd_zero)
        case LadderSet():
            rungs = tuple(Rung(r.code, r.score, _conditions(r.when, facts)) for r in of.rungs)
            bonuses = tuple(Bonus(b.code, b.add, _conditions(b.when, facts)) for b in of.bonuses)
            return Ladder(rungs, bonuses, of.cap, of.on or scheme.period.end, of.grace_months)
        case LinearSet():
            return Linear(of.lower, of.upper, of.best, better)
        case ImprovementSet():
            return Improvement(Change(of.change), _bands(of, Better.HIGHER), named(of.otherwise), better)
        case ConditionalSet():
            branches = tuple(Branch(_conditions(b.when, facts), named(b.by)) for b in of.branches)
            return Conditional(branches, named(of.otherwise), scheme.period.end)


def few_of(item: Item) -> Few | None:
    """What the item is for a unit with too few cases; None: any number of cases will do."""
    return None if item.few is None else Few(item.few.least, FewThen(item.few.then))


def norms_of(scheme: Scheme, item: Item) -> dict[str, NormGroup]:
    """What the rule of the item compares with its group: '' for the value itself, else the name of the fact."""
    return {} if item.score is None else dict(named_norms(scheme, item.score.by))


def named_norms(scheme: Scheme, name: str) -> Iterator[tuple[str, NormGroup]]:
    """The comparisons of a rule and of the rules that it names; one fact may come more than once."""
    of = scheme.scoring[name]
    if isinstance(of, NormSet):
        yield "", NormGroup(of.within, Spread(of.sd))
    for condition in conditions_of(of):
        if any(test.startswith("z_") for test in condition.tests):
            group = (of.within, Spread(of.sd)) if isinstance(of, LadderSet) else ((), Spread.POPULATION)
            yield "" if condition.fact == "value" else condition.fact, NormGroup(*group)
    for other in names_in(of):
        yield from named_norms(scheme, other)


def names_in(of: RuleOf) -> list[str]:
    """The names of other rules that a rule uses."""
    match of:
        case ConditionalSet():
            return [name for name in (*(branch.by for branch in of.branches), of.otherwise) if name]
        case ImprovementSet():
            return [of.otherwise] if of.otherwise else []
        case _:
            return []


def conditions_of(of: RuleOf) -> Iterator[ConditionOf]:
    """Every condition of a rule, in the order in which it is written."""
    match of:
        case LadderSet():
            for rung in of.rungs:
                yield from rung.when
            for bonus in of.bonuses:
                yield from bonus.when
        case ConditionalSet():
            for branch in of.branches:
                yield from branch.when


def fact_of(text: str, kind: str) -> Fact | None:
    """What people wrote as a fact of a type (number, day, yes_no, word); None when it is none.

    >>> fact_of("yes", "yes_no"), fact_of("12.5", "number"), fact_of("maybe", "yes_no")
    (True, Decimal('12.5'), None)
    """
    match kind:
        case "yes_no":
            return {"yes": True, "no": False}.get(text)
        case "number":
            return _number(text)
        case "day":
            return _day(text)
        case _:
            return text or None


def _conditions(written: tuple[ConditionOf, ...], facts: Mapping[str, str]) -> tuple[Condition, ...]:
    return tuple(_condition(one, facts[one.fact]) for one in written)


def _condition(of: ConditionOf, kind: str) -> Condition:
    ((test, operand),) = of.tests.items()
    if test == "valid":
        return Condition(of.fact, FactTest.VALID if operand == "yes" else FactTest.EXPIRED)
    if isinstance(operand, tuple):
        return Condition(
            of.fact, FactTest.ONE_OF, tuple(f for text in operand if (f := fact_of(text, kind)) is not None)
        )
    return Condition(of.fact, FactTest(test), fact_of(operand, kind) if isinstance(operand, str) else operand)


def _bands(of: BandSet | ImprovementSet, better: Better) -> Bands:
    return Bands(of.scores or tuple(range(1, len(of.lower_edges) + 2)), of.lower_edges, of.decimals, better)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ReferenceRefused:
        return None
