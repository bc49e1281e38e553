"""Score rules as they are written in a pack: how a value, a level or a set of facts becomes a score.

A rule has a name in `scoring:` of scheme.yaml; an item says `score: {by: NAME, standing: ...}`. The arithmetic is
samrit.scoring's; here are only the words.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from samrit.authored import Model
from samrit.schemes.authoring.figures import DayOf, Standing, Words

Attribute = Literal["service_level", "hostype", "size", "province_code"]
Unit = Literal["percent", "ratio", "rate", "level", "points"]


class BandSet(Model):
    """Edges between the scores; a value is rounded half up to `decimals` before it is compared.

    Where more is better they open the scores 2, 3, ...; where less is better they are the mirror image: upper edges,
    still rising, and the smallest closes the best score. `scores` from worst to best; without them 1, 2, 3, ...
    """

    kind: Literal["bands"] = "bands"
    standing: Standing
    unit: Unit
    lower_edges: tuple[Decimal, ...]
    decimals: int = Field(default=2, ge=0, le=10)
    scores: tuple[Decimal, ...] = ()


class LevelSet(Model):
    """A typed-in level and the score that it gives."""

    kind: Literal["levels"]
    standing: Standing
    scores: dict[int, Decimal]


class NormSet(Model):
    """Norm-referenced: how many SD from the mean of the group. `within` names columns of the payees: [] is the region.

    Units without a value are left out of mean and SD. `edges` are z values, rising, and open the better score.
    """

    kind: Literal["norm"]
    standing: Standing
    edges: tuple[Decimal, ...]
    scores: tuple[Decimal, ...]
    within: tuple[Attribute, ...] = ()
    sd: Literal["population", "sample"] = "population"
    sd_zero: Decimal


class ConditionOf(Model):
    """One condition on one fact; exactly one test.

    Every item has the facts `value`, `last`, `change` and `cases` and the words of its payee: `service_level`,
    `hostype`, `size`, `province_code`; more are declared under `facts` and `derived` of the item.
    """

    fact: str
    is_: str | None = Field(default=None, alias="is")
    one_of: tuple[str, ...] | None = None
    above: Decimal | None = None
    at_least: Decimal | None = None
    below: Decimal | None = None
    at_most: Decimal | None = None
    z_above: Decimal | None = None
    z_at_least: Decimal | None = None
    z_below: Decimal | None = None
    z_at_most: Decimal | None = None
    valid: Literal["yes", "no"] | None = None

    @property
    def tests(self) -> dict[str, "str | Decimal | tuple[str, ...]"]:
        """The tests that are written, by the name that people write; there should be one."""
        names = {name: "is" if name == "is_" else name for name in type(self).model_fields if name != "fact"}
        return {said: found for name, said in names.items() if (found := getattr(self, name)) is not None}


class RungOf(Model):
    """A rung: the score, when all its tests hold, in the words of the source."""

    code: str
    score: Decimal
    when: tuple[ConditionOf, ...]
    title: Words
    standing: Standing


class BonusOf(Model):
    """What is added to the best rung when all its tests hold."""

    code: str
    add: Decimal
    when: tuple[ConditionOf, ...]
    title: Words
    standing: Standing


class LadderSet(Model):
    """The best satisfied rung counts, then bonuses are added, never above `cap`.

    `on` is the day on which dates of expiry are judged (without it the last day of the period), `grace_months` what is
    still granted after that.
    """

    kind: Literal["ladder"]
    standing: Standing
    cap: Decimal
    rungs: tuple[RungOf, ...]
    bonuses: tuple[BonusOf, ...] = ()
    on: DayOf | None = None
    grace_months: int = Field(default=0, ge=0)
    within: tuple[Attribute, ...] = ()
    sd: Literal["population", "sample"] = "population"


class LinearSet(Model):
    """From 0 at `lower` to `best` at `upper`, in proportion between."""

    kind: Literal["linear"]
    standing: Standing
    unit: Unit
    lower: Decimal
    upper: Decimal
    best: Decimal = Decimal(1)


class ImprovementSet(Model):
    """Bands over the change since last year, in points or in percent of last year; `otherwise` without last year."""

    kind: Literal["improvement"]
    standing: Standing
    change: Literal["points", "percent"]
    lower_edges: tuple[Decimal, ...]
    decimals: int = Field(default=2, ge=0, le=10)
    scores: tuple[Decimal, ...] = ()
    otherwise: str = ""


class BranchOf(Model):
    """When all tests hold, that rule judges."""

    when: tuple[ConditionOf, ...]
    by: str


class ConditionalSet(Model):
    """The first branch that holds names the rule: targets that depend on last year, on level or on size."""

    kind: Literal["conditional"]
    standing: Standing
    branches: tuple[BranchOf, ...]
    otherwise: str = ""


RuleOf = Annotated[
    BandSet | LevelSet | NormSet | LadderSet | LinearSet | ImprovementSet | ConditionalSet, Field(discriminator="kind")
]


class ScoreBy(Model):
    """Which rule an item uses, and who says so."""

    by: str
    standing: Standing
