"""The way to a score: the rules that an item goes through, from the one that it names to the one that judged.

A conditional rule picks a branch, an improvement without last year's value hands over to another rule; the basis of a
score says which way was taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from samrit.schemes.authoring.judging import better_of
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.rules import ConditionalSet, ImprovementSet, RuleOf
from samrit.schemes.authoring.scheme import Item
from samrit.scoring import Better, Conditional, Improvement, Rule, Scored

OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Stop:
    """One rule on the way. taken: the number of the branch or 'otherwise'; '' at the rule that judged."""

    name: str
    of: RuleOf
    rule: Rule
    taken: str = ""


@dataclass(frozen=True)
class Way:
    """The rules in order; the last one gave the score. `better`: in which direction its values improve."""

    stops: tuple[Stop, ...]
    better: Better

    @property
    def judge(self) -> Stop:
        """The rule that gave the score, or that left it open."""
        return self.stops[-1]


def way_of(pack: Pack, item: Item, scored: Scored) -> Way | None:
    """The way of an item to its score; None for an item that nobody judges."""
    rule = pack.rule(item)
    if item.score is None or rule is None:
        return None
    taken = iter([str(value) for name, value in scored.basis if name in {"branch", "improvement"}])
    return Way(tuple(_stops(pack, item.score.by, rule, taken)), better_of(item))


def _stops(pack: Pack, name: str, rule: Rule, taken: Iterator[str]) -> Iterator[Stop]:
    of = pack.scheme.scoring[name]
    inner: Rule | None = None
    then = by = ""
    if isinstance(of, ConditionalSet) and isinstance(rule, Conditional):
        then = next(taken, "")
        if then and then != OTHERWISE:
            number = int(then) - 1
            by, inner = of.branches[number].by, rule.branches[number].rule
        elif then:
            by, inner = of.otherwise, rule.otherwise
    elif isinstance(of, ImprovementSet) and isinstance(rule, Improvement):
        then = next(taken, "")
        by, inner = (of.otherwise, rule.otherwise) if then else ("", None)
    yield Stop(name, of, rule, then)
    if inner is not None:
        yield from _stops(pack, by, inner, taken)
