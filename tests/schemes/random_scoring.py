"""Random score rules as people would write them, and random facts for the rules that ask for facts."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

Written = dict[str, Any]
TITLE = {"th": "ก", "en": "a"}
FACTS: Written = {
    "n1": {"type": "number", "title": TITLE},
    "n2": {"type": "number", "title": TITLE},
    "until": {"type": "day", "title": TITLE},
    "centre": {"type": "yes_no", "title": TITLE},
    "certificate": {"type": "word", "title": TITLE, "words": ["none", "ha", "step"]},
}
NUMBERS = ("n1", "n2", "ratio")
ATTRIBUTES = {"service_level": ("A", "B"), "size": ("L", "S"), "province_code": ("41", "42")}
EDGES = ("10", "30", "49.99", "50", "60", "80", "95")
Z = ("-2", "-1", "-0.5", "0", "1", "1.5")
SCORES = (("0", "1"), ("1", "2", "3"), ("0", "2", "3", "6"), ("0", "1", "2", "3", "4", "5"), ("0.5", "7"))
PLAIN = ("above", "at_least", "below", "at_most", "is")
NORMED = ("z_above", "z_at_least", "z_below", "z_at_most")


def figure(value: str, chance: random.Random | None = None) -> Written:
    """A figure with a standing."""
    return {"value": value, "standing": chance.choice(("printed", "assumed")) if chance else "printed"}


def facts_of_unit(chance: random.Random) -> dict[str, Any]:
    """Some facts of one unit; often not all."""
    made: dict[str, Any] = {
        "n1": Decimal(chance.choice(("0", "1", "3", "10", "5000"))),
        "n2": Decimal(chance.choice(("0", "1", "2", "3"))),
        "until": chance.choice((date(2013, 9, 30), date(2013, 12, 31), date(2014, 3, 31), date(2014, 6, 1))),
        "centre": chance.random() < 0.5,
        "certificate": chance.choice(("none", "ha", "step")),
    }
    return {name: fact for name, fact in made.items() if chance.random() < 0.75}


class ScoringMaker:
    """Makes rules for one item; all comparisons of the item are with one kind of group."""

    def __init__(
        self, chance: random.Random, scoring: Written, measures: Mapping[str, str], kinds: Sequence[str]
    ) -> None:
        self.chance, self.scoring, self.measures, self.kinds = chance, scoring, measures, kinds
        self.within = chance.choice(([], [], ["service_level"], ["service_level", "size"], ["province_code"]))
        self.sd = chance.choice(("population", "sample"))
        self.entry = ""

    def give_rule(self, item: Written) -> None:
        """Say where the value of an item comes from and how it is scored."""
        chance = self.chance
        source = chance.choice(("measure", "percent", "percent", "number", "level", "facts"))
        if self.kinds:
            source = "number"
        if source == "measure":
            item["measure"] = chance.choice(tuple(self.measures))
        else:
            item["entry"] = self.entry = source
        if chance.random() < 0.3:
            item["better"] = chance.choice(("higher", "lower"))
        if source == "facts":
            item |= {"facts": FACTS, "derived": {"ratio": {"of": "n1", "per": "n2"}}}
            if chance.random() < 0.4:
                how = chance.choice(("mean", "weighted_mean", "worst", "best"))
                weight = {"weight": "n1"} if how == "weighted_mean" else {}
                item["parts"] = {"of": "primary_care_unit", "roll_up": how, "standing": "assumed", **weight}
        if source in {"measure", "percent"} and chance.random() < 0.3:
            then = chance.choice(("unscored", "no_data", "worst", "best"))
            item["few"] = {"least": chance.choice(("2", "10", "31")), "then": then, "standing": "assumed"}
        if chance.random() < 0.9 or self.kinds:
            item["score"] = {"by": self._rule(2), "standing": chance.choice(("printed", "assumed"))}

    def _rule(self, depth: int) -> str:
        """The name of a new rule that may hold others to some depth."""
        kinds = ["ladder"] if self.entry == "facts" else ["bands", "bands", "norm", "linear", "ladder"]
        if self.entry == "level":
            kinds.append("levels")
        if depth:
            kinds.append("conditional")
            if self.entry != "facts":
                kinds.append("improvement")
        kind = self.chance.choice(self.kinds or kinds)
        made = {
            "kind": kind,
            "standing": self.chance.choice(("printed", "assumed")),
            **getattr(self, f"_{kind}")(depth),
        }
        name = f"RULE{len(self.scoring)}"
        self.scoring[name] = made
        return name

    def _bands(self, _: int) -> Written:
        return {"unit": "rate", **self._steps(EDGES)}

    def _steps(self, among: Sequence[str]) -> Written:
        scores = self.chance.choice(SCORES)
        edges = sorted(self.chance.sample(among, len(scores) - 1), key=Decimal)
        decimals = "2" if any("." in edge for edge in edges) else self.chance.choice(("0", "2"))
        made: Written = {"lower_edges": edges, "decimals": decimals}
        return made if self.chance.random() < 0.3 else made | {"scores": list(scores)}

    def _levels(self, _: int) -> Written:
        return {"scores": {str(level): self.chance.choice(("0", "1", "3")) for level in range(5)} | {"5": "4"}}

    def _norm(self, _: int) -> Written:
        scores = self.chance.choice(SCORES)
        edges = sorted(self.chance.sample(Z, len(scores) - 1), key=Decimal)
        zero = self.chance.choice(scores)
        return {"edges": edges, "scores": list(scores), "sd_zero": zero, "within": self.within, "sd": self.sd}

    def _linear(self, _: int) -> Written:
        lower, upper = sorted(self.chance.sample(EDGES, 2), key=Decimal)
        return {"unit": "rate", "lower": lower, "upper": upper, "best": self.chance.choice(("1", "5"))}

    def _ladder(self, _: int) -> Written:
        rungs = [self._rung(f"r{n}", "score", ("0", "1", "2", "3", "4")) for n in range(self.chance.randint(1, 4))]
        bonuses = [self._rung(f"b{n}", "add", ("0.5", "1")) for n in range(self.chance.choice((0, 0, 1, 2)))]
        made: Written = {"cap": self.chance.choice(("4", "5")), "rungs": rungs, "within": self.within, "sd": self.sd}
        rungs[0]["score"] = "4"  # a rule must be able to give something
        made["grace_months"] = self.chance.choice(("0", "3", "6"))
        return made | ({"bonuses": bonuses} if bonuses else {}) | self.chance.choice(({}, {"on": "2014-06-30"}))

    def _rung(self, code: str, what: str, scores: Sequence[str]) -> Written:
        when = [self._condition(normed=True) for _ in range(self.chance.randint(0 if code == "r3" else 1, 2))]
        return {"code": code, what: self.chance.choice(scores), "when": when, "title": TITLE, "standing": "printed"}

    def _improvement(self, depth: int) -> Written:
        made = {
            "change": self.chance.choice(("points", "percent")),
            **self._steps(("-10", "0", "0.5", "5", "5.55", "10")),
        }
        return made | ({"otherwise": self._rule(depth - 1)} if self.chance.random() < 0.6 else {})

    def _conditional(self, depth: int) -> Written:
        normed = not self.within and self.sd == "population"  # a conditional compares with the whole region
        branches = [
            {"when": [self._condition(normed=normed)], "by": self._rule(depth - 1)}
            for _ in range(self.chance.randint(1, 2))
        ]
        return {"branches": branches} | ({"otherwise": self._rule(depth - 1)} if self.chance.random() < 0.7 else {})

    def _condition(self, *, normed: bool) -> Written:
        """One test on a fact of the item or a word of its payee."""
        chance = self.chance
        if chance.random() < 0.25:
            name = chance.choice(tuple(ATTRIBUTES))
            return {"fact": name, **chance.choice(({"is": ATTRIBUTES[name][0]}, {"one_of": list(ATTRIBUTES[name])}))}
        if self.entry != "facts":
            fact = chance.choice(("value", "last", "change", "cases"))
            if fact == "value" and normed and chance.random() < 0.5:
                return {"fact": fact, chance.choice(NORMED): chance.choice(Z)}
            return {"fact": fact, chance.choice(PLAIN): chance.choice(("0", "10", "50", "80"))}
        kind = chance.choice(("number", "number", "until", "centre", "certificate"))
        if kind == "until":
            return {"fact": kind, "valid": chance.choice(("yes", "no"))}
        if kind == "centre":
            return {"fact": kind, "is": chance.choice(("yes", "no"))}
        if kind == "certificate":
            return {"fact": kind, **chance.choice(({"is": "ha"}, {"one_of": ["ha", "step"]}))}
        fact = chance.choice(NUMBERS)
        if normed and chance.random() < 0.4:
            return {"fact": fact, chance.choice(NORMED): chance.choice(Z)}
        return {"fact": fact, chance.choice(PLAIN): chance.choice(("0", "1", "3", "5000"))}
