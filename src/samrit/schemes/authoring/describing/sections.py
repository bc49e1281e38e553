"""The whole pack in words, section by section; a section is a heading, sentences and a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from samrit.schemes.authoring.describing.rules import say_rule
from samrit.schemes.authoring.describing.words import (
    ENTRIES,
    FEW,
    NETTING,
    OF,
    PAYEES,
    POOL_RULES,
    ROLL_UPS,
    Cell,
    figure,
    join,
    number,
    standing,
)
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.judging import better_of, names_in
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.pools import ClosedPool, OpenRate, PoolOf, PricePerPoint, RelativeToMean
from samrit.schemes.authoring.scheme import FactOf, Item
from samrit.schemes.authoring.worked import Worked
from samrit.scoring import Better


@dataclass(frozen=True)
class Section:
    """A heading, sentences, and a table (no columns: none).

    numbers: places of columns that hold numbers. under: the place of a column that a narrow screen sets under the one
    before it (0: none).
    """

    title: Words
    sentences: tuple[Cell, ...] = ()
    columns: tuple[Words, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    under: int = 0


def describe(pack: Pack) -> Iterator[Section]:
    """The sections of a pack: what it is, what is measured, how it is scored, how it is paid, when."""
    yield _about(pack)
    for pool in pack.scheme.pools:
        yield _items(pack, pool)
    yield from _rules(pack)
    if pack.scheme.domains:
        yield _domains(pack)
    yield _pools(pack)
    yield _money(pack)
    if pack.scheme.calendar.payments:
        yield _calendar(pack)


def _about(pack: Pack) -> Section:
    s = pack.scheme
    rows: list[tuple[Cell, ...]] = [
        (Words(th="ช่วงผลงาน", en="period"), str(s.period)),
        (Words(th="วันสำรวจ", en="census day"), s.census_day),
        (Words(th="ประเมินผล", en="assessed"), s.calendar.assessed),
        (
            Words(th="หน่วยเงิน", en="currency"),
            Words(th=f"{s.currency.title.th} ({s.currency.code})", en=f"{s.currency.title.en} ({s.currency.code})"),
        ),
    ]
    for name, base in s.people.items():
        where = (
            Words(th=f"ตาราง {base.file}", en=f"table {base.file}")
            if base.file
            else Words(th="ใส่ตอนคำนวณ (populations)", en="given with the run (populations)")
        )
        other = (
            Words(th=f"; ถ้าว่างใช้ {base.otherwise}", en=f"; where blank {base.otherwise}")
            if base.otherwise
            else Words(th="", en="")
        )
        short = standing(base.standing)
        rows.append(
            (
                Words(th=f"ประชากร {name}", en=f"people {name}"),
                Words(
                    th=f"{base.title.th} ณ {base.day}, คอลัมน์ {base.column}, {where.th}{other.th} ({short.th})",
                    en=f"{base.title.en} on {base.day}, column {base.column}, {where.en}{other.en} ({short.en})",
                ),
            )
        )
    if s.region.people is not None:
        rows.append(
            (Words(th=f"เขต {s.region.code}", en=f"region {s.region.code}"), figure(s.region.people, "คน", "people"))
        )
    if len(pack.folders) > 1:
        rows.append((Words(th="ต่อยอดจาก", en="extends"), ", ".join(list(pack.folders)[1:])))
    return Section(
        Words(th="กติกานี้", en="The scheme"), (), (Words(th="เรื่อง", en="what"), Words(th="ค่า", en="value")), tuple(rows)
    )


def _items(pack: Pack, pool: PoolOf) -> Section:
    by_weight = pool.weights is not None
    rated = any(item.rate is not None for item in pack.items_of(pool.id))
    marks = (
        Words(th="น้ำหนัก (คะแนนเต็ม)", en="weight (full marks)") if by_weight else Words(th="คะแนนเต็ม", en="full marks")
    )
    columns = [
        Words(th="ข้อ", en="item"),
        Words(th="ตัวชี้วัด", en="what is measured"),
        Words(th="นับอย่างไร", en="counted by"),
        marks,
    ]
    columns += [Words(th=_per_head(pack)[0], en=_per_head(pack)[1])] if rated else []
    columns.append(Words(th="เกณฑ์", en="rule"))
    rows = []
    for item in pack.items_of(pool.id):
        marked: Cell = figure(item.points)
        if item.weight is not None:
            said, full = figure(item.weight), number(pack.full_points(item).normalize())
            assert isinstance(said, Words)
            marked = Words(th=f"{said.th} = {full}", en=f"{said.en} = {full}")
        row: list[Cell] = [item.item, _title(item), _source(item), marked]
        row += [figure(item.rate)] if rated else []
        row.append(_rule_of(item))
        rows.append(tuple(row))
    heading = Words(th=f"ตัวชี้วัด: {pool.title.th}", en=f"Items: {pool.title.en}")
    return Section(heading, (), tuple(columns), tuple(rows), under=2)


def _title(item: Item) -> Words:
    words = item.title
    if item.origin == "regional":
        words = Words(th=f"{words.th} (ของพื้นที่)", en=f"{words.en} (regional)")
    return words


def _source(item: Item) -> Cell:
    """How the value comes about, with parameters, the least number of cases and parts."""
    parts: list[Words] = []
    if item.measure:
        said = item.measure + "".join(f" {name}={value}" for name, value in item.parameters.items())
        parts.append(Words(th=said, en=said))
    else:
        parts.append(ENTRIES[item.entry])
    if item.facts:
        parts.append(join([_fact(fact) for fact in item.facts.values()], ", "))
    if item.parts is not None:
        how = ROLL_UPS[item.parts.roll_up]
        parts.append(Words(th=f"รายหน่วยปฐมภูมิ รวมด้วย{how.th}", en=f"per primary unit, {how.en}"))
    if item.few is not None:
        then = FEW[item.few.then]
        parts.append(
            Words(th=f"น้อยกว่า {item.few.least} ราย: {then.th}", en=f"fewer than {item.few.least} cases: {then.en}")
        )
    return join(parts)


def _fact(of: FactOf) -> Words:
    """The title of a fact, and of its words."""
    words = join(list(of.words.values()), " / ")
    return Words(th=f"{of.title.th} ({words.th})", en=f"{of.title.en} ({words.en})") if of.words else of.title


def _rule_of(item: Item) -> Cell:
    if item.score is None:
        return Words(th="ไม่มีเกณฑ์ (ไม่ให้คะแนน)", en="none (unscored)")
    short = standing(item.score.standing)
    return Words(th=f"{item.score.by} ({short.th})", en=f"{item.score.by} ({short.en})")


def _rules(pack: Pack) -> Iterator[Section]:
    """Every rule in every direction in which it is used; one that no item uses as for values that improve upwards."""
    used: dict[str, set[Better]] = {name: set() for name in pack.scheme.scoring}
    for item in pack.scheme.items:
        waiting = [item.score.by] if item.score else []
        while waiting:
            name = waiting.pop()
            if better_of(item) not in used[name]:
                used[name].add(better_of(item))
                waiting += names_in(pack.scheme.scoring[name])
    for name, of in pack.scheme.scoring.items():
        for better in sorted(used[name] or {Better.HIGHER}):
            said = say_rule(of, better)
            where = Words(th=" (น้อยดี)", en=" (less is better)") if better is Better.LOWER else Words(th="", en="")
            short = standing(of.standing)
            heading = Words(th=f"เกณฑ์ {name}{where.th}", en=f"Rule {name}{where.en}")
            sentence = Words(th=f"{said.sentence.th} ({short.th})", en=f"{said.sentence.en} ({short.en})")
            named = of.kind == "conditional"
            columns: tuple[Words, ...] = (
                Words(th="เกณฑ์", en="rule") if named else Words(th="คะแนน", en="score"),
                Words(th="เมื่อ", en="when"),
            )
            rows: tuple[tuple[Cell, ...], ...] = tuple(row[:2] for row in said.rows)
            if any(row[2] for row in said.rows):
                columns, rows = (*columns, Words(th="ที่มา", en="standing")), said.rows
            yield Section(heading, (sentence,), columns if rows else (), rows)


def _domains(pack: Pack) -> Section:
    columns = (
        Words(th="ด้าน", en="domain"),
        Words(th="ชื่อ", en="title"),
        Words(th="คะแนนรวม", en="points"),
        Words(th=f"{_per_head(pack)[0]}รวม", en=_per_head(pack)[1]),
    )
    rows = []
    for d in pack.scheme.domains:
        rows.append(
            (
                d.no,
                d.title,
                number(d.points) if d.points is not None else "-",
                number(d.rate) if d.rate is not None else "-",
            )
        )
    return Section(Words(th="ด้าน", en="Domains"), (), columns, tuple(rows), (2, 3))


def _pools(pack: Pack) -> Section:
    columns = (
        Words(th="วงเงิน", en="pool"),
        Words(th="จ่ายอย่างไร", en="how it pays"),
        Words(th="จ่ายให้ ต่อประชากร", en="paid to, by people"),
        Words(th="เงิน", en="pot"),
    )
    rows = [
        (
            pool.title,
            join([POOL_RULES[pool.rule], *_pool_options(pack, pool)]),
            Words(th=f"{PAYEES[pool.payee].th}, {pool.people}", en=f"{PAYEES[pool.payee].en}, {pool.people}"),
            _pot(pack, pool),
        )
        for pool in pack.scheme.pools
    ]
    return Section(Words(th="วงเงิน", en="Pools"), (), columns, tuple(rows))


def _pool_options(pack: Pack, pool: PoolOf) -> Iterator[Words]:
    if isinstance(pool, ClosedPool):
        by = (
            Words(th="คะแนน x จำนวนคน", en="points x people")
            if pool.by == "points_people"
            else Words(th="คะแนน", en="points")
        )
        yield Words(th=f"แบ่งตาม{by.th}", en=f"by {by.en}")
        if pool.by_domain:
            yield Words(th="แบ่งเข้าด้านตามน้ำหนักก่อน", en="first split over domains by weight")
    if isinstance(pool, RelativeToMean):
        base = figure(pool.base, *_money_unit(pack))
        assert isinstance(base, Words)
        yield Words(th=f"ฐาน {base.th}", en=f"base {base.en}")
        simple = pool.mean == "simple"
        yield Words(th="ค่าเฉลี่ยอย่างง่าย" if simple else "ค่าเฉลี่ยถ่วงน้ำหนักด้วยประชากร", en=f"{pool.mean} mean")
        down = pool.scale == "down_only"
        yield Words(
            th="ปรับลดอย่างเดียว" if down else "ปรับลดหรือเพิ่มให้เต็มวงเงิน",
            en="scaled down only" if down else "scaled both ways",
        )
        if pool.rate_rounding == "whole_baht":
            yield Words(th="ปัดอัตราเป็นบาทเต็ม", en="rates in whole baht")
    if isinstance(pool, PricePerPoint):
        price = figure(pool.price)
        assert isinstance(price, Words)
        yield Words(th=f"คะแนนละ {price.th}", en=f"{price.en} per point")
        for index in pool.indices:
            reference = figure(index.reference)
            assert isinstance(reference, Words)
            yield Words(
                th=f"{index.title.th} (ค่าอ้างอิง {reference.th})", en=f"{index.title.en} (reference {reference.en})"
            )
    if pool.weights is not None:
        total = number(pool.weights.total)
        yield Words(th=f"น้ำหนักรวม {total}", en=f"weights total {total}")
    if pool.most_regional:
        yield Words(th=f"พื้นที่เพิ่มได้ไม่เกิน {pool.most_regional} ข้อ", en=f"at most {pool.most_regional} regional items")


def _pot(pack: Pack, pool: PoolOf) -> Cell:
    said: list[Words] = []
    if pool.pot is not None:
        amount, rate = figure(pool.pot.amount, *_money_unit(pack)), figure(pool.pot.rate, *_per_head(pack))
        said = [words for words in (amount, rate) if isinstance(words, Words)]
    if not said and isinstance(pool, OpenRate):
        return Words(th="ตามอัตราของข้อ", en="the rates of its items")
    return join(said) if said else "-"


def _money(pack: Pack) -> Section:
    money = pack.scheme.money
    rows: list[tuple[Cell, ...]] = [(Words(th="หักลบเงินล่วงหน้า", en="netting"), NETTING[money.netting.value])]
    if money.advance is not None:
        of = money.advance
        said = [
            figure(of.rate, *_per_head(pack)),
            figure(of.share_of_last, "ของเงินปีก่อน", "of last year's payment"),
        ]
        rows.append((Words(th="จ่ายล่วงหน้า", en="advance"), join([w for w in said if isinstance(w, Words)])))
        if of.uprating is not None:
            rows.append((Words(th="ตัวคูณปรับเงินปีก่อน", en="uprating"), figure(of.uprating)))
    if money.budget is not None:
        rows.append((Words(th="งบประมาณ", en="budget"), figure(money.budget, *_per_head(pack))))
    if money.excellence is not None:
        e = money.excellence
        rows.append((Words(th="ความเป็นเลิศ ระดับเขต", en="excellence, region"), figure(e.region, *_money_unit(pack))))
        rows.append(
            (Words(th="ความเป็นเลิศ ระดับจังหวัด", en="excellence, provinces"), figure(e.province, *_money_unit(pack)))
        )
        share = (
            Words(th="แบ่งตามประชากรของผู้ได้รับ", en="shared by people")
            if e.share == "population"
            else Words(th="แบ่งเท่ากัน", en="shared equally")
        )
        rows.append((Words(th="ผู้ตัดสินความเป็นเลิศ", en="excellence, decided by"), join([e.decided_by, share])))
    if money.support is not None:
        s = money.support
        inside = (
            Words(th=f"หักจากวงเงิน {s.inside}", en=f"cut from pool {s.inside}")
            if s.inside
            else Words(th="อยู่นอกวงเงิน", en="on top of the pools")
        )
        rate = figure(s.rate, *_per_head(pack, f" ({s.people})"))
        shares = [figure(f) for f in (s.hospitals, s.beds, s.units)]
        assert isinstance(rate, Words)
        th, en = (" : ".join(getattr(w, lang) for w in shares if isinstance(w, Words)) for lang in ("th", "en"))
        by = Words(th=f"แบ่งตามโรงพยาบาล : เตียง : หน่วย = {th}", en=f"by hospitals : beds : units = {en}")
        rows.append((s.title, join([rate, inside, by])))
    columns = (Words(th="เรื่อง", en="what"), Words(th="ค่า", en="value"))
    return Section(Words(th="เงิน", en="Money"), (), columns, tuple(rows))


def _calendar(pack: Pack) -> Section:
    columns = (
        Words(th="งวด", en="payment"),
        Words(th="จ่าย", en="pays"),
        Words(th="ส่วน", en="parts"),
        Words(th="กำหนด", en="due"),
        Words(th="ที่มา", en="standing"),
    )
    rows = []
    for p in pack.scheme.calendar.payments:
        due: Cell = p.due
        if p.months > 1:
            due = Words(th=f"{p.due} แล้วทุกเดือน รวม {p.months} งวด", en=f"{p.due} and monthly, {p.months} in all")
        rows.append((p.title, OF[p.of], number(p.parts), due, standing(p.standing)))
    return Section(Words(th="ปฏิทินการจ่าย", en="Calendar of payments"), (), columns, tuple(rows), (2,))


def _money_unit(pack: Pack) -> tuple[str, str]:
    title = pack.scheme.currency.title
    return title.th, title.en


def _per_head(pack: Pack, after: str = "") -> tuple[str, str]:
    th, en = _money_unit(pack)
    return f"{th}ต่อคน{after}", f"{en} per person{after}"


def describe_worked(worked: Worked, pack: Pack) -> Section:
    """A worked example: its source and the figures that must come out."""
    unit_th, unit_en = _money_unit(pack)
    rows: list[tuple[Cell, ...]] = []
    for of in worked.expect:
        what = of.item or of.component
        figures = [
            Words(th=f"คะแนน {number(of.score)}", en=f"score {number(of.score)}") if of.score is not None else None,
            Words(th=f"{number(of.points)} แต้ม", en=f"{number(of.points)} points") if of.points is not None else None,
            Words(th=of.judged, en=of.judged) if of.judged else None,
            Words(th=f"{of.baht:,.2f} {unit_th}", en=f"{of.baht:,.2f} {unit_en}") if of.baht is not None else None,
        ]
        unit: Cell = of.unit or Words(th="ทั้งหมด", en="all units")
        rows.append((unit, what, join([f for f in figures if f is not None]), standing(of.standing)))
    columns = (
        Words(th="หน่วย", en="unit"),
        Words(th="ข้อหรือเงิน", en="item or money"),
        Words(th="ผล", en="figure"),
        Words(th="ที่มา", en="standing"),
    )
    cited = f"{worked.source.document}: {worked.source.at}"
    sentences: list[Cell] = [Words(th=f"ที่มา {cited}", en=f"source {cited}")]
    if worked.set:
        changed = ", ".join(f"{path}={value}" for path, value in worked.set.items())
        sentences.append(Words(th=f"เมื่อแก้ {changed}", en=f"with {changed}"))
    return Section(worked.title, tuple(sentences), columns, tuple(rows))
