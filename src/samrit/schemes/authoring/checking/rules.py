"""Score rules: edges and scores that the kernel accepts, names of other rules, no circles."""

from dataclasses import replace

from samrit.authored import Place
from samrit.problems import Problem
from samrit.schemes.authoring.checking.conditions import check_conditions, check_tests
from samrit.schemes.authoring.checking.findings import Findings
from samrit.schemes.authoring.judging import better_of, conditions_of, facts_of, kernel_rule, named_norms, names_in
from samrit.schemes.authoring.rules import ConditionalSet, ImprovementSet, NormSet, RuleOf
from samrit.schemes.authoring.scheme import Item, Scheme
from samrit.scoring import Better, ScoringError, best_of

OF_VALUES = {"bands", "norm", "linear", "improvement", "levels"}
"""Rules that look at the value itself."""


def check_rules(found: Findings) -> None:
    """Every rule for itself, then every item with the rule that it names."""
    scheme = found.scheme
    good = {name for name, of in scheme.scoring.items() if _check_rule(name, of, found)}
    in_circles = {name for name in scheme.scoring if _in_circle(scheme, name)}
    for name in sorted(in_circles):
        found.add("schemes.rule.circle", ("scoring", name), name=name)
    for n, item in enumerate(scheme.items):
        if item.score is None or not found.check_name(
            "schemes.rule.unknown", ("items", n, "score", "by"), item.score.by, scheme.scoring
        ):
            continue
        used = _reached(scheme, item.score.by)
        if used <= good and not used & in_circles:
            _check_use(n, item, used, found)


def _check_rule(name: str, of: RuleOf, found: Findings) -> bool:
    """True when the rule can be used: its facts are judged with the items that use it."""
    at: Place = ("scoring", name)
    before = len(found)
    for place, other in _names_at(of):
        found.check_name("schemes.rule.unknown", (*at, *place), other, found.scheme.scoring)
    check_tests(name, found)
    if len(found) == before and not isinstance(of, ConditionalSet):
        alone = of.model_copy(update={"otherwise": ""}) if isinstance(of, ImprovementSet) else of
        scheme = found.scheme.model_copy(update={"scoring": {name: alone}})
        try:
            if not best_of(kernel_rule(scheme, name, Better.HIGHER, _likely_facts(of))):
                found.add("schemes.rule.best", at, name=name)
        except ScoringError as error:
            found.extend(replace(p, where=found.at((*at, *_key(p, of)))) for p in error.problems)
    return len(found) == before


def _likely_facts(of: RuleOf) -> dict[str, str]:
    """The types of facts that the tests of a rule speak of, before an item says them."""
    kinds = {"valid": "day", "is": "word", "one_of": "word"}
    return {one.fact: kinds.get(next(iter(one.tests)), "number") for one in conditions_of(of)}


def _names_at(of: RuleOf) -> list[tuple[Place, str]]:
    match of:
        case ConditionalSet():
            branches: list[tuple[Place, str]] = [(("branches", n, "by"), b.by) for n, b in enumerate(of.branches)]
            return [*branches, (("otherwise",), of.otherwise)]
        case ImprovementSet():
            return [(("otherwise",), of.otherwise)]
        case _:
            return []


def _key(problem: Problem, of: RuleOf) -> Place:
    """The key of the rule that a problem of the kernel is about."""
    if problem.code.startswith("scoring.edges"):
        return ("edges",) if isinstance(of, NormSet) else ("lower_edges",)
    key = {"scoring.scores": "scores", "scoring.levels": "scores", "scoring.norm.sd_zero": "sd_zero"}.get(problem.code)
    return (key,) if key else ()


def _in_circle(scheme: Scheme, name: str) -> bool:
    return any(name in _reached(scheme, other) for other in names_in(scheme.scoring[name]))


def _reached(scheme: Scheme, name: str) -> set[str]:
    """The rule and all that it names, directly or over others."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in reached and one in scheme.scoring:
            reached.add(one)
            waiting.extend(names_in(scheme.scoring[one]))
    return reached


def _check_use(n: int, item: Item, used: set[str], found: Findings) -> None:
    """The rules that an item uses fit what is known of it."""
    scheme = found.scheme
    assert item.score is not None
    place: Place = ("items", n, "score", "by")
    kinds = {name: scheme.scoring[name].kind for name in sorted(used)}
    for name, kind in kinds.items():
        if kind == "levels" and item.entry != "level":
            found.add("schemes.rule.levels", place, item=item.item, name=name)
        elif kind in OF_VALUES and item.entry == "facts":
            found.add("schemes.rule.value", place, item=item.item, name=name)
    before = len(found)
    for name in sorted(used):
        check_conditions(name, item, found)
    if len(found) > before:
        return
    groups: dict[str, object] = {}
    for fact, group in named_norms(scheme, item.score.by):
        if groups.setdefault(fact, group) != group:
            found.add("schemes.rule.groups", place, item=item.item, fact=fact or "value")
    try:
        kernel_rule(scheme, item.score.by, better_of(item), facts_of(item))
    except ScoringError as error:
        found.extend(replace(p, where=found.at(("scoring", item.score.by))) for p in error.problems)
