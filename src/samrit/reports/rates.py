"""The sheets of the pools: people, points, rate per head and money of every unit that is in one, beside the region.

They stand where a pool is no plain price list, or where there are several pools.
"""

from collections.abc import Callable
from decimal import Decimal

from samrit.reports.book import Book, baht, say_baht, say_number
from samrit.reports.figures import Figures
from samrit.reports.table import Column, Units, write_units
from samrit.reports.words import RULE_TH, money_th, people_th
from samrit.schemes import Payee
from samrit.schemes.authoring.pools import ClosedPool, OpenRate, PoolOf, PricePerPoint, RelativeToMean
from samrit.schemes.scores import payees_of_pool


def write_rates(book: Book, figures: Figures) -> None:
    """A sheet for every pool; none where the only pool is an open rate, whose sheets say it all."""
    if len(figures.pools) == 1 and isinstance(figures.pools[0], OpenRate):
        return
    for number, pool in enumerate(figures.pools, 1):
        units = payees_of_pool(pool, figures.payees)
        columns = _columns(figures, pool)
        write_units(book, figures, f"วงเงิน {number}", pool.title.th, columns, units, _about(figures, pool))


def pot_of(figures: Figures, pool: PoolOf) -> tuple[int, int, int]:
    """Satang of a pool: its pot, what all units earned of it, what stays."""
    ending = f".{pool.id}" if len(figures.pools) > 1 else ""
    pot, earned, left = (figures.total(f"{name}{ending}") for name in ("pot", "earned", "undistributed"))
    return pot, earned, left


def pot_th(pool: PoolOf) -> str:
    """What the pot of a pool is called: only a price list has one that grows with points."""
    return "วงเงินเมื่อได้คะแนนเต็ม" if isinstance(pool, OpenRate | PricePerPoint) else "วงเงิน"


def rate_of(figures: Figures, pool: PoolOf, payee: Payee) -> str:
    """The rate per head of a unit in a pool that compares with the mean, as the run keeps it; '' in other pools."""
    rate = figures.basis.get((payee.org, f"rate.{pool.id}"))
    return "" if rate is None else f"{rate:,.2f}"


def _points(figures: Figures, pool: PoolOf, payee: Payee) -> Decimal:
    found = (figures.lines[payee.org, item.item].points for item in figures.run.pack.items_of(pool.id))
    return sum((points for points in found if points is not None), Decimal(0))


def _about(figures: Figures, pool: PoolOf) -> str:
    """How the pool pays and what it paid, in a paragraph."""
    money = money_th(figures.run.pack)
    pot, earned, left = pot_of(figures, pool)
    said = [f"วิธีคิดเงิน {RULE_TH[pool.rule]}"]
    if isinstance(pool, RelativeToMean):
        mean, factor = (figures.basis[("", f"{name}.{pool.id}")] for name in ("mean", "factor"))
        base = say_number(pool.base.value)
        said.append(f"หน่วยที่ได้คะแนนเท่าค่าเฉลี่ยของเขต ({mean:,.2f}) ได้ {base} {money}ต่อคน")
        if factor != 1:
            said.append(f"ปรับทุกหน่วยด้วย {factor:.6f} ให้พอดีวงเงิน")
    if isinstance(pool, PricePerPoint):
        said.append(
            f"ราคา {say_number(pool.price.value)} {money}ต่อคะแนน ก่อนคูณ{' และ'.join(i.title.th for i in pool.indices)}"
        )
    said.append(f"{pot_th(pool)} {say_baht(pot)} จ่าย {say_baht(earned)} ยังไม่จัดสรร {say_baht(left)} {money}")
    return "   ".join(said)


def _columns(figures: Figures, pool: PoolOf) -> list[Column]:
    money = money_th(figures.run.pack)
    items = figures.run.pack.items_of(pool.id)
    full = sum((figures.run.pack.full_points(item) for item in items), Decimal(0))
    mean = figures.basis.get(("", f"mean.{pool.id}"))

    def people(of: Units) -> int:
        return sum(p.people[pool.people] for p in of)

    def earned(of: Units) -> int:
        return sum(figures.amount(p.org, f"earned.{item.item}") for p in of for item in items)

    def per_head(of: Units) -> Decimal | None:
        return baht(earned(of)) / people(of) if people(of) else None

    def points(of: Units) -> Decimal | None:
        return _points(figures, pool, of[0]) if len(of) == 1 else None

    def rate(of: Units) -> Decimal | None:
        return figures.basis[of[0].org, f"rate.{pool.id}"] if len(of) == 1 else None

    def weighted(of: Units) -> Decimal:
        return sum((_points(figures, pool, p) * p.people[pool.people] for p in of), Decimal(0))

    made = [
        Column(people_th(figures.run.pack, pool.people), pool.people, 150, "count", people),
        Column(f"คะแนน\n(เต็ม {say_number(full)})", "points", 110, "points", points),
    ]
    if mean:
        against = Column("เทียบค่าเฉลี่ย\n(เฉลี่ย = 1)", "points / mean", 120, "value", _over(points, mean))
        made += [against, Column(f"อัตราตามคะแนน\n({money}ต่อคน)", "rate per head", 130, "value", rate)]
    if isinstance(pool, ClosedPool) and pool.by == "points_people":
        made.append(Column("คะแนน x ประชากร", "points x people", 150, "count", weighted))
    made.append(Column(f"เงินที่ได้\n({money})", "earned", 140, "money", lambda of: baht(earned(of))))
    made.append(Column(f"เฉลี่ยที่ได้\n({money}ต่อคน)", "earned per head", 120, "value", per_head))
    return made


def _over(number: Callable[[Units], Decimal | None], mean: Decimal) -> Callable[[Units], Decimal | None]:
    def over(of: Units) -> Decimal | None:
        found = number(of)
        return None if found is None else found / mean

    return over
