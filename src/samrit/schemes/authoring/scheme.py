"""scheme.yaml: one payment scheme of one year. It names measures, rules, weights and money, and holds no SQL."""

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, field_validator

from samrit.authored import Model, UnfitError
from samrit.reference import Period
from samrit.reference.refused import ReferenceRefused
from samrit.schemes.authoring.figures import Day, Figure, Standing, Words
from samrit.schemes.authoring.pools import Calendar, Money, People, PoolOf
from samrit.schemes.authoring.rules import RuleOf, ScoreBy


class Currency(Model):
    """Whose hundredths the amounts are."""

    code: str = Field(default="THB", pattern=r"^[A-Z]{3}$")
    title: Words = Words(th="บาท", en="baht")


class Region(Model):
    """The region whose money the pots are, and its people; without people the payees of the run are the region."""

    code: str = ""
    people: Figure | None = None


class Domain(Model):
    """A group of items of one pool; `points` and `rate`, where given, are what its items must add up to."""

    no: str
    title: Words
    pool: str = ""
    points: Decimal | None = None
    rate: Decimal | None = None
    weight: Figure | None = None


class FactOf(Model):
    """A fact that is typed in for an item: numbers, days, yes or no, or one of named words.

    `words` are what people type in, each with its title; a mere list of words is a title to each of its own.
    """

    type: Literal["number", "day", "yes_no", "word"]
    title: Words
    words: dict[str, Words] = Field(default_factory=dict)

    @field_validator("words", mode="before")
    @classmethod
    def _titled(cls, words: object) -> object:
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            return {word: {"th": word, "en": word} for word in words}
        return words


class Ratio(Model):
    """A derived fact: one fact over another; it is absent where either is absent or the divisor is 0."""

    of: str
    per: str


class Parts(Model):
    """Facts are known per primary unit: how their scores become the payee's."""

    of: Literal["primary_care_unit"]
    roll_up: Literal["mean", "weighted_mean", "worst", "best"]
    weight: str = ""
    standing: Standing


class FewOf(Model):
    """Fewer cases (B) than `least`: what the item is then."""

    least: int = Field(ge=1)
    then: Literal["unscored", "no_data", "worst", "best"]
    standing: Standing


class Item(Model):
    """One line of the scheme: a measure that is counted, or an entry that is typed in.

    `points` are full marks; or `weight`, then full marks are weight x the best score of its rule.
    """

    item: str = Field(pattern=r"^[A-Za-z0-9]+([.][0-9]+)?$")
    title: Words
    domain: str = ""
    pool: str = ""
    points: Figure | None = None
    weight: Figure | None = None
    rate: Figure | None = None
    measure: str = ""
    parameters: dict[str, str] = Field(default_factory=dict)
    entry: Literal["", "percent", "level", "number", "facts"] = ""
    better: Literal["", "higher", "lower"] = ""
    facts: dict[str, FactOf] = Field(default_factory=dict)
    derived: dict[str, Ratio] = Field(default_factory=dict)
    parts: Parts | None = None
    few: FewOf | None = None
    score: ScoreBy | None = None
    origin: Literal["central", "regional"] = "central"


class Scheme(Model):
    """scheme.yaml of a pack that stands alone; one that builds on another is an `Extension`."""

    id: str
    title: Words
    year: int
    period: Period
    census_day: Day
    currency: Currency = Currency()
    people: dict[str, People]
    region: Region = Region()
    calendar: Calendar
    scoring: dict[str, RuleOf]
    pools: tuple[PoolOf, ...]
    money: Money = Money()
    domains: tuple[Domain, ...] = ()
    items: tuple[Item, ...]

    @field_validator("period", mode="before")
    @classmethod
    def _period(cls, text: object) -> object:
        try:
            return Period.parse(text) if isinstance(text, str) else text
        except ReferenceRefused as error:
            raise UnfitError(error.problems[0]) from error


class Extension(Model):
    """scheme.yaml of a pack that builds on another: changes by path (as --set), and the rules and items that it adds.

    An added item is regional unless it says otherwise.
    """

    id: str
    extends: str
    title: Words
    year: int | None = None
    change: dict[str, Any] = Field(default_factory=dict)
    add_scoring: dict[str, RuleOf] = Field(default_factory=dict)
    add_items: tuple[Item, ...] = ()
