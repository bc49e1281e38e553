"""Money of an item: how its pool made satang of the points, one step each, with the figures of that rule."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from samrit.allocation import Index
from samrit.formula import round_half_up
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.pools import ClosedPool, IndexOf, OpenRate, PricePerPoint, RelativeToMean
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.explaining.words import amount, figure, per, plain, rounded, short, standing, text
from samrit.schemes.scores import payees_of_pool, total_points

RATIO_DECIMALS = 6


@dataclass(frozen=True)
class IndexSaid:
    """An index of a price per point at one unit: value / reference within limits. value None: not typed in."""

    of: IndexOf
    value: Decimal | None

    @property
    def ratio(self) -> Decimal:
        """The multiplier, to six places; 1 when the value is not known."""
        if self.value is None:
            return Decimal(1)
        ratio = Index(self.value, self.of.reference.value, self.of.low, self.of.high).ratio
        return round_half_up(Decimal(ratio.numerator) / Decimal(ratio.denominator), RATIO_DECIMALS)

    def as_dict(self) -> dict[str, Any]:
        """For the JSON."""
        reference = {"value": plain(self.of.reference.value), "standing": self.of.reference.standing.value}
        return {
            "name": self.of.name,
            "value": text(self.value),
            "reference": reference,
            "ratio": plain(self.ratio),
            "entered": self.value is not None,
        }


@dataclass(frozen=True)
class ItemMoney:
    """Satang of an item and what they are made of.

    `figures`: by name, as the rule of the pool uses them (satang where the name says so); `indices`: of a price per
    point. `unit_satang`: what the unit earns of the whole pool.
    """

    subject: Subject
    unit_satang: int
    figures: dict[str, Decimal | int | str]
    indices: tuple[IndexSaid, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The keys of the JSON that say what the item is worth."""
        of = self.subject
        rate = of.item.rate
        return {
            "population": of.people,
            "earned_satang": of.earned,
            "rate": {"baht": text(rate.value), "standing": rate.standing.value} if rate else None,
            "pool": {
                "id": of.pool.id,
                "title": of.pool.title.model_dump(),
                "rule": of.pool.rule,
                "unit_satang": self.unit_satang,
                **{name: text(value) for name, value in self.figures.items()},
                "indices": [index.as_dict() for index in self.indices],
            },
        }

    def say(self) -> list[Words]:
        """The money of the item, and how the rule of the pool makes it."""
        of, line = self.subject, self.subject.line
        rate = of.item.rate
        if line.scored.score is None:
            said = [Words(th="ยังไม่คิดเป็นเงิน เพราะยังไม่ให้คะแนน", en="no money yet, for there is no score")]
            return said + ([self._say_rate()] if rate else [])
        if not of.people:
            return [self._say_nobody(), *([self._say_rate()] if rate else [])]
        return self._say_earned()

    def _say_earned(self) -> list[Words]:
        """The money, and how the rule of the pool makes it."""
        of = self.subject
        got = amount(of.earned, of.pack)
        lead = Words(th=f"เงินที่ได้จากตัวชี้วัดนี้ {got.th}", en=f"this item earns {got.en}")
        match of.pool:
            case OpenRate() if of.item.rate:
                return [self._say_open(lead), self._say_rate()]
            case ClosedPool():
                return [self._say_of_unit(lead), *self._say_closed(of.pool)]
            case RelativeToMean():
                return [self._say_of_unit(lead), *self._say_relative(of.pool)]
            case PricePerPoint():
                return self._say_price(lead, of.pool)
            case _:
                return [lead]

    def _say_nobody(self) -> Words:
        of = self.subject
        base = of.pack.scheme.people[of.pool.people].title
        return Words(
            th=f"หน่วยนี้ไม่มี{base.th} จึงให้คะแนนแต่ไม่มีเงิน",
            en=f"the unit has no people ({base.en}): it is scored and gets no money",
        )

    def _say_open(self, lead: Words) -> Words:
        of, line = self.subject, self.subject.line
        currency = of.pack.scheme.currency.title
        assert of.item.rate is not None
        part = f"{short(line.scored.score)}/{short(line.max_score)} x {of.item.rate.value}"
        return Words(
            th=f"{lead.th} = คะแนน {part} {currency.th} x {of.people:,} คน (ปัดเศษครั้งเดียวทั้งหน่วย แล้วแบ่งให้ตัวชี้วัด)",
            en=f"{lead.en} = score {part} {currency.en} x {of.people:,} people (rounded once for the unit, then split"
            " over its items)",
        )

    def _say_rate(self) -> Words:
        of = self.subject
        assert of.item.rate is not None
        base = of.pack.scheme.people[of.pool.people].title
        said = figure(of.item.rate, per(of.pack, f"{base.th} 1 คน", f"person ({base.en})"))
        return Words(th=f"อัตราเมื่อได้คะแนนเต็ม {said.th}", en=f"the rate at full marks is {said.en}")

    def _say_of_unit(self, lead: Words) -> Words:
        """The item's part of the unit's money of the pool, by points."""
        of = self.subject
        unit = amount(self.unit_satang, of.pack)
        points, all_points = short(of.line.points), short(Decimal(self.figures["points"]))
        whole = of.pool.title
        if "domain" in self.figures:
            no = self.figures["domain"]
            whole = Words(th=f"ด้านที่ {no} ของ{whole.th}", en=f"domain {no} of {whole.en}")
        return Words(
            th=f"{lead.th} = {unit.th} ที่หน่วยได้จาก{whole.th} x {points}/{all_points} คะแนน",
            en=f"{lead.en} = {unit.en} that the unit gets of {whole.en} x {points}/{all_points} points",
        )

    def _say_closed(self, pool: ClosedPool) -> list[Words]:
        of, got = self.subject, self.figures
        pot, unit = amount(int(got["pot_satang"]), of.pack), amount(self.unit_satang, of.pack)
        own, every = (f"{short(Decimal(got[name]))}" for name in ("share_own", "share_all"))
        own, every = (_thousands(text_) for text_ in (own, every))
        what = Words(th="คะแนน", en="points")
        if pool.by == "points_people":
            base = of.pack.scheme.people[pool.people].title
            what = Words(th=f"คะแนน x {base.th}", en=f"points x {base.en}")
        said = [
            Words(
                th=f"{unit.th} = วงเงินปิด {pot.th} x {own}/{every} ({what.th} ของหน่วยต่อของทุกหน่วยในเขต แบ่งจนหมด)",
                en=f"{unit.en} = closed pot {pot.en} x {own}/{every} ({what.en}, own / all; spent whole)",
            )
        ]
        if pool.pot and pool.pot.amount and "domain" not in got:
            by = standing(pool.pot.amount.standing)
            said[0] = Words(
                th=said[0].th.replace(pot.th, f"{pot.th} {by.th}"), en=said[0].en.replace(pot.en, f"{pot.en} {by.en}")
            )
        return said

    def _say_relative(self, pool: RelativeToMean) -> list[Words]:
        of, got = self.subject, self.figures
        currency = of.pack.scheme.currency.title
        unit, base = amount(self.unit_satang, of.pack), figure(pool.base, per(of.pack, "คน", "person"))
        points, mean, factor = (Decimal(got[name]) for name in ("points", "mean", "factor"))
        rate, people = Decimal(got["rate"]), of.pack.scheme.people[pool.people].title
        plain_mean = (
            Words(th="อย่างง่าย", en="simple")
            if pool.mean == "simple"
            else Words(th="ถ่วงน้ำหนักด้วยประชากร", en="weighted by people")
        )
        cap = Words(th="", en="")
        if factor != 1:
            cap = Words(
                th=f" x {short(factor)} (ตัวคูณให้รวมทุกหน่วยไม่เกินวงเงิน)",
                en=f" x {short(factor)} (the factor that holds the sum to the pot)",
            )
        return [
            Words(
                th=f"{unit.th} = {rounded(rate)} {currency.th}ต่อคน x {people.th} {of.people:,} คน{cap.th}",
                en=f"{unit.en} = {rounded(rate)} {currency.en} per person x {of.people:,} people ({people.en}){cap.en}",
            ),
            Words(
                th=f"อัตรา {rounded(rate)} = อัตราฐาน {base.th} x คะแนนรวมของหน่วย {short(points)}"
                f" / ค่าเฉลี่ย{plain_mean.th}ของเขต {short(mean)}",
                en=f"the rate {rounded(rate)} = base {base.en} x the unit's points {short(points)}"
                f" / the {plain_mean.en} mean of the region {short(mean)}",
            ),
        ]

    def _say_price(self, lead: Words, pool: PricePerPoint) -> list[Words]:
        of = self.subject
        currency = of.pack.scheme.currency.title
        price = figure(pool.price, per(of.pack, "คะแนน", "point"))
        factors = "".join(f" x {short(index.ratio)}" for index in self.indices)
        said = [
            Words(
                th=f"{lead.th} = {short(of.line.points)} คะแนน x {pool.price.value} {currency.th}ต่อคะแนน{factors}"
                " (ปัดเศษครั้งเดียวทั้งหน่วย แล้วแบ่งให้ตัวชี้วัด)",
                en=f"{lead.en} = {short(of.line.points)} points x {pool.price.value} {currency.en} a point{factors}"
                " (rounded once for the unit, then split over its items)",
            ),
            Words(th=f"ราคาต่อคะแนน {price.th}", en=f"price of a point {price.en}"),
        ]
        for index in self.indices:
            title, reference = index.of.title, figure(index.of.reference)
            if index.value is None:
                said.append(
                    Words(th=f"ดัชนี{title.th}: ยังไม่กรอก จึงใช้ 1", en=f"index {title.en}: not entered, taken as 1")
                )
                continue
            value, ratio = f"{index.value:,f}", short(index.ratio)
            said.append(
                Words(
                    th=f"ดัชนี{title.th} {ratio} = {value} / {reference.th}",
                    en=f"index {title.en} {ratio} = {value} / {reference.en}",
                )
            )
        return said


def money_of(subject: Subject) -> ItemMoney:
    """What the item is worth, by the rule of its pool."""
    pool = subject.pool
    several = len(subject.pack.scheme.pools) > 1
    unit = subject.amount(f"earned.{pool.id}" if several else "earned")
    if not subject.people:
        return ItemMoney(subject, unit, {})
    match pool:
        case OpenRate():
            return ItemMoney(subject, unit, {})
        case ClosedPool():
            return _closed(subject, pool, unit)
        case RelativeToMean():
            rows: dict[tuple[str, str], Decimal | int | str]
            rows = {(org, name): value for org, name, value in subject.run.evaluation.basis}
            figures = {
                "points": rows[subject.payee.org, f"points.{pool.id}"],
                "mean": rows["", f"mean.{pool.id}"],
                "factor": rows["", f"factor.{pool.id}"],
                "rate": rows[subject.payee.org, f"rate.{pool.id}"],
                "base": pool.base.value,
            }
            return ItemMoney(subject, unit, figures)
        case PricePerPoint():
            figures = {"price": pool.price.value, "points": subject.line.points or Decimal(0)}
            return ItemMoney(subject, unit, figures, tuple(_index(subject, index) for index in pool.indices))


def _closed(subject: Subject, pool: ClosedPool, unit: int) -> ItemMoney:
    """The unit's part of the pot, or of the part of the pot that belongs to the item's domain."""
    pack, run = subject.pack, subject.run
    items = pack.items_of(pool.id)
    named: dict[str, Decimal | int | str] = {}
    domain = pack.domain(subject.item)
    if pool.by_domain and domain:
        items = tuple(item for item in items if pack.domain(item) is domain)
        named = {"domain": domain.no}
    codes = {item.item for item in items}
    payees = {payee.org: payee for payee in payees_of_pool(pool, run.payees)}
    lines: dict[str, list[Any]] = {org: [] for org in payees}
    for line in run.evaluation.scores:
        if line.item in codes and line.org in lines:
            lines[line.org].append(line)
    heads = {org: payee.people[pool.people] if pool.by == "points_people" else 1 for org, payee in payees.items()}
    shares = {org: Fraction(total_points(of_org)) * heads[org] for org, of_org in lines.items()}
    own, every = shares[subject.payee.org], sum(shares.values(), Fraction(0))
    if named:
        earned = {org: sum(run.evaluation.amount(org, f"earned.{code}") for code in codes) for org in payees}
        unit, pot = earned[subject.payee.org], sum(earned.values())
    else:
        several = len(pack.scheme.pools) > 1
        pot = run.evaluation.amount(run.whole, f"pot.{pool.id}" if several else "pot")
    figures: dict[str, Decimal | int | str] = {
        "pot_satang": pot,
        "points": total_points(lines[subject.payee.org]),
        "share_own": _decimal(own),
        "share_all": _decimal(every),
    }
    return ItemMoney(subject, unit, {**named, **figures})


def _index(subject: Subject, of: IndexOf) -> IndexSaid:
    if of.value == "people":
        return IndexSaid(of, Decimal(subject.people))
    item = subject.item.item if of.per == "item" else ""
    return IndexSaid(of, subject.run.inputs.indices.get((subject.payee.org, item, of.name)))


def _decimal(number: Fraction) -> Decimal:
    return round_half_up(Decimal(number.numerator) / Decimal(number.denominator), RATIO_DECIMALS)


def _thousands(number: str) -> str:
    return f"{Decimal(number):,f}"
