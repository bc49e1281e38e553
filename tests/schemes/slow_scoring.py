"""A second opinion on scores, slow and plain: fractions, read from the pack as it is written, one question at a time.

Written from the texts (nhso-2552 section 4, qof-2557 section 4, docs/schemes.md), not from the product. A score and the
points are figures of 50 digits; everything between is exact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

from samrit.scoring import Norm
from schemes.random_packs import MEASURES, Unit, World
from scoring.slow import months_later, rounded_half_up, stands

Written = Mapping[str, Any]
Judged = tuple[Fraction | None, str]
NO_DATA: Judged = (Fraction(0), "no_data")
UNSCORED: Judged = (None, "unscored")
UNMATCHED: Judged = (None, "unmatched")
FIFTY = Context(prec=50, rounding=ROUND_HALF_EVEN)
WORDS = {"service_level", "size", "province_code"}
"""What a payee is, whatever it reports."""


@dataclass(frozen=True)
class Seen:
    """What is known of one item at one unit, numbers as fractions, words of its payee among the facts."""

    value: Fraction | None = None
    last: Fraction | None = None
    cases: Fraction | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    norms: Mapping[str, Norm] = field(default_factory=dict)
    is_payee: bool = True

    def fact(self, name: str) -> Any:
        """A fact by its name, None when it is not known."""
        if name == "change":
            return None if self.value is None or self.last is None else self.value - self.last
        own = {"value": self.value, "last": self.last, "cases": self.cases}
        return own[name] if name in own else self.facts.get(name)


def fifty(number: Fraction) -> Fraction:
    """The number to 50 digits."""
    return Fraction(FIFTY.divide(Decimal(number.numerator), Decimal(number.denominator)))


def fraction(number: Decimal | int | None) -> Fraction | None:
    """A number as a fraction."""
    return None if number is None else Fraction(number)


class SlowScoring:
    """Scores and points of a world."""

    def __init__(self, world: World) -> None:
        self.world, self.scheme = world, world.scheme
        self.end = date.fromisoformat(self.scheme["period"].partition("..")[2])

    def pool_of(self, item: Written) -> str:
        """The pool of an item: its own, else that of its domain, else the only one."""
        domain = self.domain_of(item)
        return str(item.get("pool") or (domain or {}).get("pool") or self.scheme["pools"][0]["id"])

    def domain_of(self, item: Written) -> Written | None:
        """The domain that an item names, else the one before the point of its code."""
        no = item.get("domain") or item["item"].split(".")[0]
        return next((domain for domain in self.scheme.get("domains", ()) if domain["no"] == no), None)

    def people(self, unit: Unit, base: str) -> int:
        """People of a base; Thai people are the UC people where nothing is written."""
        return unit.people.get(base, unit.people["uc"])

    def units_of(self, pool: Written) -> list[Unit]:
        """Units with people of the pool's base."""
        return [unit for unit in self.world.units if self.people(unit, pool["people"]) > 0]

    def items_of(self, pool: Written) -> list[Written]:
        """Items of a pool."""
        return [item for item in self.scheme["items"] if self.pool_of(item) == pool["id"]]

    # full marks

    def best_of_rule(self, name: str) -> Fraction:
        """The most that a rule can give."""
        rule = self.scheme["scoring"][name]
        others = [branch["by"] for branch in rule.get("branches", ())] + [rule.get("otherwise", "")]
        tops = [self.best_of_rule(other) for other in others if other]
        match rule["kind"]:
            case "bands" | "improvement":
                tops.append(scores_of(rule)[-1])
            case "levels":
                tops += [Fraction(score) for score in rule["scores"].values()]
            case "norm":
                tops.append(Fraction(rule["scores"][-1]))
            case "linear":
                tops.append(Fraction(rule["best"]))
            case "ladder":
                more = sum(Fraction(bonus["add"]) for bonus in rule.get("bonuses", ()))
                highest = max(Fraction(rung["score"]) for rung in rule["rungs"]) + more
                tops.append(min(highest, Fraction(rule["cap"])))
        return max(tops)

    def worst_of_rule(self, name: str) -> Fraction:
        """The least that a rule gives to a unit with a result."""
        rule = self.scheme["scoring"][name]
        others = [branch["by"] for branch in rule.get("branches", ())] + [rule.get("otherwise", "")]
        lows = [self.worst_of_rule(other) for other in others if other]
        match rule["kind"]:
            case "bands" | "improvement":
                lows.append(scores_of(rule)[0])
            case "levels":
                lows += [Fraction(score) for score in rule["scores"].values()]
            case "norm":
                lows.append(Fraction(rule["scores"][0]))
            case "linear":
                lows.append(Fraction(0))
            case "ladder":
                lows.append(min(Fraction(rung["score"]) for rung in rule["rungs"]))
        return min(lows)

    def best(self, item: Written) -> Fraction:
        """The best score of an item; without a rule that of the pool's other items, else 5."""
        if "score" in item:
            return self.best_of_rule(item["score"]["by"])
        others = [i for i in self.scheme["items"] if self.pool_of(i) == self.pool_of(item) and "score" in i]
        return max((self.best_of_rule(i["score"]["by"]) for i in others), default=Fraction(5))

    def full_points(self, item: Written) -> Fraction:
        """Full marks: points, or weight x best score, the weights scaled to their total where the pool says so."""
        if "points" in item:
            return Fraction(item["points"]["value"])
        pool = next(pool for pool in self.scheme["pools"] if pool["id"] == self.pool_of(item))
        full = Fraction(item["weight"]["value"]) * self.best(item)
        rule = pool.get("weights", {})
        if rule.get("rescale") != "true":
            return full
        total = sum(Fraction(other["weight"]["value"]) for other in self.items_of(pool))
        return fifty(full * Fraction(rule["total"]) / total)

    # scores

    def scored(self) -> dict[tuple[str, str], tuple[Judged, Fraction | None]]:
        """(item, unit) -> score with standing, and points."""
        made = {}
        for pool in self.scheme["pools"]:
            inside = {unit.org: unit for unit in self.units_of(pool)}
            counted = {org for item in self.items_of(pool) for code, org in self.world.results if code == item["item"]}
            empty = {unit.org for unit in self.world.units if not any(unit.people.values())}
            for item in self.items_of(pool):
                groups = self._groups(item, list(inside.values()))
                for org in inside.keys() | counted | empty:
                    judged = self._judge_item(item, org, inside.get(org), groups)
                    points = None
                    if judged[0] is not None:
                        points = fifty(judged[0] * self.full_points(item) / self.best(item))
                    made[item["item"], org] = judged, points
        return made

    def _judge_item(self, item: Written, org: str, unit: Unit | None, groups: Any) -> Judged:
        if "score" not in item:
            return UNSCORED
        compared = self._compared(item["score"]["by"])
        if unit is None and compared:
            return UNSCORED  # nobody to compare it with
        norms = {}
        if unit is not None:
            for name, (within, _) in compared.items():
                found = groups.get((name, tuple(self._word(unit, word) for word in within)))
                if found is not None:
                    norms[name] = found
        words = {} if unit is None else {w: self._word(unit, w) for w in WORDS}
        words = {name: word for name, word in words.items() if word}
        _, b, value = self.world.results.get((item["item"], org), (None, None, None))
        last = self.world.last.get((item["item"], org))
        parts = self.world.facts.get((item["item"], org), {})

        def judge_part(facts: Mapping[str, Any]) -> Judged:
            seen = Seen(
                fraction(value), fraction(last), fraction(b), self._known(item, facts) | words, norms, unit is not None
            )
            return self._judge(item, seen)

        if "parts" not in item:
            judged = judge_part(parts.get("", {}))
            reported = value is not None or parts.get("")
            return judged if reported or judged[1] != "unmatched" else NO_DATA
        return _roll_up(item["parts"], [(judge_part(facts)[0], facts) for facts in parts.values()])

    def _judge(self, item: Written, seen: Seen) -> Judged:
        name = item["score"]["by"]
        few = item.get("few")
        if few and seen.cases is not None and seen.cases < int(few["least"]):
            instead: dict[str, Fraction | None] = {
                "unscored": None,
                "no_data": Fraction(0),
                "worst": self.worst_of_rule(name),
                "best": self.best_of_rule(name),
            }
            return instead[few["then"]], "too_few"
        return self._by_rule(item, name, seen)

    def _by_rule(self, item: Written, name: str, seen: Seen) -> Judged:
        rule = self.scheme["scoring"][name]
        kind = rule["kind"]
        if kind == "ladder":
            return self._by_ladder(item, rule, seen)
        if kind == "conditional":
            for branch in rule["branches"]:
                if self._all_true(item, branch["when"], seen, self.end, 0):
                    return self._by_rule(item, branch["by"], seen)
            return self._by_rule(item, rule["otherwise"], seen) if "otherwise" in rule else UNMATCHED
        value, lower_is_better = seen.value, _better(item) == "lower"
        if value is None:
            return NO_DATA
        if kind == "bands":
            return in_bands(value, rule, mirrored=lower_is_better), "scored"
        if kind == "levels":
            return Fraction(rule["scores"][str(int(value))]), "scored"
        if kind == "norm":
            return _in_norm(value, rule, seen.norms[""], mirrored=lower_is_better), "scored"
        if kind == "linear":
            lower, upper, best = (Fraction(rule[key]) for key in ("lower", "upper", "best"))
            walked = (upper - value if lower_is_better else value - lower) / (upper - lower)
            return fifty(best * max(Fraction(0), min(Fraction(1), walked))), "scored"
        assert kind == "improvement"
        if seen.last is None or (rule["change"] == "percent" and seen.last == 0):
            return self._by_rule(item, rule["otherwise"], seen) if "otherwise" in rule else UNSCORED
        gained = (value - seen.last) * (-1 if lower_is_better else 1)
        if rule["change"] == "percent":
            gained = gained / abs(seen.last) * 100
        return in_bands(gained, rule, mirrored=False), "scored"

    def _by_ladder(self, item: Written, rule: Written, seen: Seen) -> Judged:
        steps = [*rule["rungs"], *rule.get("bonuses", ())]
        named = {test["fact"] for step in steps for test in step["when"]}
        reported = named - WORDS if seen.is_payee else named  # what a unit is says nothing of its results
        if (reported or not named) and all(seen.fact(name) is None for name in reported):
            return NO_DATA
        on = date.fromisoformat(rule["on"]) if "on" in rule else self.end
        grace = int(rule.get("grace_months", 0))
        reached = [Fraction(r["score"]) for r in rule["rungs"] if self._all_true(item, r["when"], seen, on, grace)]
        if not reached:
            return UNMATCHED
        more = [Fraction(b["add"]) for b in rule.get("bonuses", ()) if self._all_true(item, b["when"], seen, on, grace)]
        return min(Fraction(rule["cap"]), max(reached) + sum(more)), "scored"

    def _all_true(self, item: Written, tests: list[Written], seen: Seen, on: date, grace: int) -> bool:
        return all(_is_true(item, test, seen, on, grace) for test in tests)

    # groups

    def _compared(self, name: str) -> dict[str, tuple[tuple[str, ...], str]]:
        """What a rule compares with a group: '' the value, or a fact -> the words that make the group, kind of SD."""
        rule = self.scheme["scoring"][name]
        found: dict[str, tuple[tuple[str, ...], str]] = {}
        group = (tuple(rule.get("within", ())), rule.get("sd", "population"))
        if rule["kind"] == "norm":
            found[""] = group
        for step in (*rule.get("rungs", ()), *rule.get("bonuses", ()), *rule.get("branches", ())):
            for test in step["when"]:
                if any(key.startswith("z_") for key in test):
                    found["" if test["fact"] == "value" else test["fact"]] = group
        for other in [branch["by"] for branch in rule.get("branches", ())] + [rule.get("otherwise", "")]:
            found |= self._compared(other) if other else {}
        return found

    def _groups(self, item: Written, units: list[Unit]) -> dict[tuple[str, tuple[str, ...]], Norm]:
        """Mean and SD of every group: units without a value, or with too few cases, are left out."""
        numbers: dict[tuple[str, tuple[str, ...]], list[Fraction]] = {}
        compared = self._compared(item["score"]["by"]) if "score" in item else {}
        for name, (within, _) in compared.items():
            for unit in units:
                key = (name, tuple(self._word(unit, word) for word in within))
                numbers.setdefault(key, []).extend(self._numbers(item, unit.org, name))
        return {key: norm_of(found, compared[key[0]][1]) for key, found in numbers.items() if found}

    def _numbers(self, item: Written, org: str, name: str) -> Iterator[Fraction]:
        if name == "":
            _, b, value = self.world.results.get((item["item"], org), (None, None, None))
            too_few = "few" in item and b is not None and b < int(item["few"]["least"])
            if value is not None and not too_few:
                yield Fraction(value)
            return
        for facts in self.world.facts.get((item["item"], org), {}).values():
            known = self._known(item, facts)
            if name in known:
                yield known[name]

    def _known(self, item: Written, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Facts with numbers as fractions, and what is derived from them."""
        known = {name: Fraction(f) if isinstance(f, Decimal) else f for name, f in facts.items()}
        for name, ratio in item.get("derived", {}).items():
            if ratio["of"] in known and known.get(ratio["per"], 0) != 0:
                known[name] = fifty(known[ratio["of"]] / known[ratio["per"]])
        return known

    def _word(self, unit: Unit, name: str) -> str:
        """A word of a unit; its province is the beginning of its district."""
        return {"service_level": unit.service_level, "size": unit.size, "province_code": unit.district[:2]}[name]


def scores_of(rule: Written) -> list[Fraction]:
    """Scores of bands from worst to best."""
    return [Fraction(score) for score in rule.get("scores", range(1, len(rule["lower_edges"]) + 2))]


def in_bands(value: Fraction, rule: Written, *, mirrored: bool) -> Fraction:
    """The score of the value, rounded half up, in bands; mirrored: upper edges, and the smallest is the best."""
    value, scores = rounded_half_up(value, int(rule.get("decimals", 2))), scores_of(rule)
    edges = [Fraction(edge) for edge in rule["lower_edges"]]
    reached = sum(value <= edge for edge in edges) if mirrored else sum(value >= edge for edge in edges)
    return scores[reached]


def _in_norm(value: Fraction, rule: Written, norm: Norm, *, mirrored: bool) -> Fraction:
    if norm.variance == 0:
        return Fraction(rule["sd_zero"])
    if mirrored:
        value, norm = -value, Norm(norm.n, -norm.mean, norm.variance)
    return Fraction(rule["scores"][sum(stands(value, norm, Fraction(edge)) >= 0 for edge in rule["edges"])])


def norm_of(numbers: list[Fraction], sd: str) -> Norm:
    """Mean and variance; the spread of a sample of one is taken as 0."""
    mean = sum(numbers, Fraction(0)) / len(numbers)
    away = sum(((number - mean) ** 2 for number in numbers), Fraction(0))
    return Norm(len(numbers), mean, away / max(1, len(numbers) - (sd == "sample")))


def _better(item: Written) -> str:
    return str(item.get("better") or MEASURES.get(item.get("measure", ""), "higher"))


def _is_true(item: Written, test: Written, seen: Seen, on: date, grace: int) -> bool:
    """Whether a test holds; not if its fact is not known."""
    fact = seen.fact(test["fact"])
    if fact is None:
        return False
    ((name, operand),) = ((key, said) for key, said in test.items() if key != "fact")
    if name == "valid":
        return (months_later(fact, grace) >= on) == (operand == "yes")
    if name in {"is", "one_of"}:
        written = operand if isinstance(operand, list) else [operand]
        if isinstance(fact, bool):
            return ("yes" if fact else "no") in written
        return any(fact == (Fraction(one) if isinstance(fact, Fraction) else one) for one in written)
    if name.startswith("z_"):
        side = stands(fact, seen.norms["" if test["fact"] == "value" else test["fact"]], Fraction(operand))
    else:
        side = (fact > Fraction(operand)) - (fact < Fraction(operand))
    return {"above": side > 0, "at_least": side >= 0, "below": side < 0, "at_most": side <= 0}[name.removeprefix("z_")]


def _roll_up(how: Written, parts: list[tuple[Fraction | None, Mapping[str, Any]]]) -> Judged:
    """The score of a unit from those of its primary units; units without a score are left out."""
    if not parts:
        return NO_DATA
    scored = [(score, Fraction(facts.get(how.get("weight", ""), 0))) for score, facts in parts if score is not None]
    if not scored:
        return UNMATCHED
    if how["roll_up"] in {"worst", "best"}:
        return (min if how["roll_up"] == "worst" else max)(score for score, _ in scored), "scored"
    if how["roll_up"] == "mean":
        scored = [(score, Fraction(1)) for score, _ in scored]
    weight = sum(weight for _, weight in scored)
    return (fifty(sum(s * w for s, w in scored) / weight), "scored") if weight else UNMATCHED
