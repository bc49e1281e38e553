"""Pools and money as they are written in a pack: whose money it is, what it is per, and how scores share it."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from samrit.allocation import NettingPolicy
from samrit.authored import Model
from samrit.schemes.authoring.figures import Day, Figure, Standing, Words

PayeeLevel = Literal["contracting_unit", "facility"]


class People(Model):
    """One base of people: the column of the population table, the day of its count.

    Without `file` the table must come with the run (`populations`). Without a value in the column, `otherwise` names
    the base that stands in.
    """

    title: Words
    column: str
    day: Day
    standing: Standing
    file: str = ""
    otherwise: str = ""


class PotOf(Model):
    """A pot by amount (baht) or by rate (baht per person of the pool's base); both may be printed and differ."""

    amount: Figure | None = None
    rate: Figure | None = None


class WeightRule(Model):
    """The weights of the pool's items must add up to `total`; `rescale` scales them to it instead of refusing."""

    total: Decimal
    rescale: bool = False


class IndexOf(Model):
    """A multiplier: what the unit has, over the reference, clipped. `value: people` is the pool's base of people."""

    name: str
    title: Words
    value: Literal["people", "typed_in"]
    per: Literal["unit", "item"] = "unit"
    reference: Figure
    low: Decimal | None = None
    high: Decimal | None = None


class PoolBase(Model):
    """What all pools have. `most_regional`: how many items a region may add."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    payee: PayeeLevel = "contracting_unit"
    people: str
    weights: WeightRule | None = None
    most_regional: int = Field(default=0, ge=0)
    pot: PotOf | None = None


class OpenRate(PoolBase):
    """A price list: each item has a rate in baht per person at full marks; what is not earned stays undistributed."""

    rule: Literal["open_rate"]


class ClosedPool(PoolBase):
    """The pot over points x people of all units (or points alone); always spent whole once anyone has a point.

    `by_domain: true`: the pot is first split over the domains by their weights.
    """

    rule: Literal["closed_pool"]
    by: Literal["points_people", "points"] = "points_people"
    by_domain: bool = False


class RelativeToMean(PoolBase):
    """rate = base x the unit's points / the mean of the region, times its people, capped at the pot."""

    rule: Literal["relative_to_mean"]
    base: Figure
    mean: Literal["simple", "weighted"] = "simple"
    scale: Literal["down_only", "both"] = "down_only"
    rate_rounding: Literal["none", "whole_baht"] = "none"


class PricePerPoint(PoolBase):
    """points x indices x price."""

    rule: Literal["price_per_point"]
    price: Figure
    indices: tuple[IndexOf, ...] = ()


PoolOf = Annotated[OpenRate | ClosedPool | RelativeToMean | PricePerPoint, Field(discriminator="rule")]


class Excellence(Model):
    """The pots of the region and of the provinces, in baht; how winners share one; who decides on them."""

    region: Figure
    province: Figure
    share: Literal["population", "equal"]
    decided_by: Words


class Advance(Model):
    """What was paid before results: baht per person, or a share of last year's payment (which is then typed in)."""

    rate: Figure | None = None
    people: str = ""
    share_of_last: Figure | None = None
    uprating: Figure | None = None


class Support(Model):
    """Activity support: money that no score decides, by hospitals, beds and units of a payee (typed in: `activities`).

    rate x people is the pot; it is split by the shares, and each part by the payee's count. `inside` names the pool
    that it is cut from; empty: on top of all pools.
    """

    title: Words
    rate: Figure
    people: str
    inside: str = ""
    hospitals: Figure
    beds: Figure
    units: Figure


class Payment(Model):
    """A payment of the cycle: what it pays, and when.

    Payments of one kind share it by their `parts` (50 and 50 are halves). `months`: equal monthly instalments from the
    day that is due.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Words
    of: Literal["advance", "net", "support"]
    parts: Decimal = Field(default=Decimal(1), gt=0)
    months: int = Field(default=1, ge=1, le=60)
    due: Day
    standing: Standing


class Calendar(Model):
    """The cycle: when results are assessed, and the payments in order."""

    assessed: Words
    payments: tuple[Payment, ...] = ()


class Money(Model):
    """What happens to the sum of a unit's pools."""

    netting: NettingPolicy = NettingPolicy.RECOVER
    advance: Advance | None = None
    budget: Figure | None = None
    excellence: Excellence | None = None
    support: Support | None = None
