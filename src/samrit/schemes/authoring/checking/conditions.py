"""Conditions: one test each, on a fact that the item has, of a type that can be put to that test."""

from collections.abc import Iterator

from samrit.authored import Place
from samrit.problems import nearest
from samrit.schemes.authoring.checking.findings import Findings
from samrit.schemes.authoring.judging import ALWAYS_KNOWN, FACT_TESTS, fact_of, facts_of
from samrit.schemes.authoring.rules import ConditionalSet, ConditionOf, LadderSet, RuleOf
from samrit.schemes.authoring.scheme import Item


def check_tests(name: str, found: Findings) -> bool:
    """True when every condition of a rule has exactly one test."""
    before = len(found)
    for place, condition in _placed(name, found.scheme.scoring[name]):
        if len(condition.tests) != 1:
            tests = ", ".join(condition.tests) or "-"
            found.add("schemes.condition.tests", place, fact=condition.fact, tests=tests)
    return len(found) == before


def check_conditions(name: str, item: Item, found: Findings) -> None:
    """The conditions of a rule, one test each, against the facts of an item that uses it."""
    facts = facts_of(item)
    for place, condition in _placed(name, found.scheme.scoring[name]):
        if condition.fact not in facts:
            near = nearest(condition.fact, facts) or "-"
            found.add("schemes.condition.fact", place, fact=condition.fact, item=item.item, near=near)
        else:
            _check_test(place, condition, item, found)


def _check_test(place: Place, condition: ConditionOf, item: Item, found: Findings) -> None:
    kind = facts_of(item)[condition.fact]
    ((test, operand),) = condition.tests.items()
    if test not in FACT_TESTS[kind]:
        good = " ".join(FACT_TESTS[kind])
        found.add("schemes.condition.test", place, fact=condition.fact, type=kind, test=test, good=good)
        return
    written = operand if isinstance(operand, tuple) else (operand,) if isinstance(operand, str) else ()
    for text in written if test in {"is", "one_of"} else ():
        words = item.facts[condition.fact].words if condition.fact in item.facts else ()
        if fact_of(text, kind) is None:
            found.add("schemes.condition.value", place, fact=condition.fact, type=kind, found=text)
        elif kind == "word" and words:
            found.check_name("schemes.condition.word", place, text, words, fact=condition.fact)
    if isinstance(operand, tuple) and not operand:
        found.add("schemes.condition.value", place, fact=condition.fact, type=kind, found="[]")


def check_facts(n: int, item: Item, found: Findings) -> None:
    """The facts that an item declares: names of their own, words for words, ratios of numbers."""
    at: Place = ("items", n)
    if bool(item.facts) != (item.entry == "facts"):
        found.add("schemes.item.facts", (*at, "facts" if item.facts else "entry"), item=item.item)
    for name, fact in item.facts.items():
        if name in ALWAYS_KNOWN:
            found.add("schemes.fact.reserved", (*at, "facts", name), name=name)
        if bool(fact.words) != (fact.type == "word"):
            found.add("schemes.fact.words", (*at, "facts", name), name=name)
    numbers = [name for name, fact in item.facts.items() if fact.type == "number"]
    for name, ratio in item.derived.items():
        if name in ALWAYS_KNOWN or name in item.facts:
            found.add("schemes.fact.reserved", (*at, "derived", name), name=name)
        for key, part in (("of", ratio.of), ("per", ratio.per)):
            found.check_name("schemes.fact.number", (*at, "derived", name, key), part, numbers)
    if item.parts is not None:
        if item.entry != "facts":
            found.add("schemes.parts.entry", (*at, "parts"), item=item.item)
        elif (item.parts.roll_up == "weighted_mean") != bool(item.parts.weight):
            found.add("schemes.parts.weight", (*at, "parts"), item=item.item)
        found.check_name("schemes.fact.number", (*at, "parts", "weight"), item.parts.weight, numbers)


def _placed(name: str, of: RuleOf) -> Iterator[tuple[Place, ConditionOf]]:
    lists: list[tuple[str, tuple[object, ...]]] = []
    if isinstance(of, LadderSet):
        lists = [("rungs", of.rungs), ("bonuses", of.bonuses)]
    elif isinstance(of, ConditionalSet):
        lists = [("branches", of.branches)]
    for key, steps in lists:
        for n, step in enumerate(steps):
            for m, condition in enumerate(getattr(step, "when")):  # noqa: B009 (three kinds of steps, one name)
                yield ("scoring", name, key, n, "when", m), condition
