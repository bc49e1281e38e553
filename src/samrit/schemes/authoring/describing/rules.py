"""A score rule in words: what it does, and a table of what must be for which score."""

from dataclasses import dataclass
from decimal import Decimal

from samrit.schemes.authoring.describing.words import ATTRIBUTE_WORDS, Cell, join, number, standing
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.judging import conditions_of
from samrit.schemes.authoring.rules import (
    BandSet,
    ConditionalSet,
    ConditionOf,
    ImprovementSet,
    LadderSet,
    LevelSet,
    LinearSet,
    NormSet,
    RuleOf,
)
from samrit.scoring import Better

UNITS = {
    "percent": Words(th="ร้อยละ", en="percent"),
    "ratio": Words(th="อัตราส่วน", en="ratio"),
    "rate": Words(th="อัตรา", en="rate"),
    "level": Words(th="ระดับ", en="level"),
    "points": Words(th="คะแนน", en="points"),
}
TESTS = {
    "is": Words(th="{fact} คือ {x}", en="{fact} is {x}"),
    "one_of": Words(th="{fact} เป็นหนึ่งใน {x}", en="{fact} is one of {x}"),
    "above": Words(th="{fact} มากกว่า {x}", en="{fact} above {x}"),
    "at_least": Words(th="{fact} ตั้งแต่ {x}", en="{fact} at least {x}"),
    "below": Words(th="{fact} น้อยกว่า {x}", en="{fact} below {x}"),
    "at_most": Words(th="{fact} ไม่เกิน {x}", en="{fact} at most {x}"),
    "z_above": Words(th="{fact} มากกว่าค่าเฉลี่ย {x} SD", en="{fact} above mean {x} SD"),
    "z_at_least": Words(th="{fact} ตั้งแต่ค่าเฉลี่ย {x} SD", en="{fact} at least mean {x} SD"),
    "z_below": Words(th="{fact} ต่ำกว่าค่าเฉลี่ย {x} SD", en="{fact} below mean {x} SD"),
    "z_at_most": Words(th="{fact} ไม่เกินค่าเฉลี่ย {x} SD", en="{fact} at most mean {x} SD"),
}
MEMBERS = {
    "value": Words(th="ผลงาน", en="result"),
    "last": Words(th="ผลงานปีก่อน", en="last year's result"),
    "change": Words(th="ส่วนต่างจากปีก่อน", en="change since last year"),
    "cases": Words(th="จำนวนราย", en="cases"),
}


@dataclass(frozen=True)
class RuleSaid:
    """A rule in words: a sentence, and rows of score, what must be, standing (the rule's own where it is blank)."""

    sentence: Words
    rows: tuple[tuple[str, Cell, Cell], ...]


def say_rule(of: RuleOf, better: Better) -> RuleSaid:  # noqa: PLR0911 (one per kind)
    """The rule for items whose values improve in that direction."""
    match of:
        case BandSet():
            unit = UNITS[of.unit]
            said = Words(
                th=f"{unit.th} ปัดครึ่งขึ้นเป็นทศนิยม {of.decimals} ตำแหน่งแล้วเทียบขอบ",
                en=f"{unit.en}, rounded half up to {of.decimals} decimals and compared with the edges",
            )
            return RuleSaid(said, _bands(of, better))
        case LevelSet():
            levels = sorted(of.scores.items())
            rows = tuple((number(score), Words(th=f"ระดับ {level}", en=f"level {level}"), "") for level, score in levels)
            return RuleSaid(Words(th="คะแนนตามระดับที่คีย์", en="the score of the level that is typed in"), rows)
        case NormSet():
            return RuleSaid(_norm_sentence(of), _norm_rows(of, better))
        case LadderSet():
            return _ladder(of)
        case LinearSet():
            low, high = (of.lower, of.upper) if better is Better.HIGHER else (of.upper, of.lower)
            unit, best = UNITS[of.unit], number(of.best)
            said = Words(
                th=f"{unit.th} จาก {number(low)} ได้ 0 ถึง {number(high)} ได้ {best} ระหว่างนั้นตามสัดส่วน",
                en=f"{unit.en}: 0 at {number(low)}, {best} at {number(high)}, in proportion between",
            )
            return RuleSaid(said, ())
        case ImprovementSet():
            th, en = ("ร้อยละของปีก่อน", "percent of last year") if of.change == "percent" else ("จุด", "points")
            turned_th, turned_en = ("ลดลง", "fall") if better is Better.LOWER else ("เพิ่มขึ้น", "rise")
            without = _otherwise(of.otherwise)
            said = Words(
                th=f"ค่าที่{turned_th}จากปีก่อน ({th}); ไม่มีค่าปีก่อน: {without.th}",
                en=f"the {turned_en} since last year ({en}); without last year: {without.en}",
            )
            return RuleSaid(said, _bands(of, Better.HIGHER))
        case ConditionalSet():
            branches = tuple((branch.by, join([_condition(c) for c in branch.when]), "") for branch in of.branches)
            otherwise: tuple[str, Cell, Cell] = (of.otherwise or "-", Words(th="นอกนั้น", en="otherwise"), "")
            said = Words(th="เงื่อนไขแรกที่จริงบอกว่าใช้เกณฑ์ใด", en="the first condition that holds names the rule")
            return RuleSaid(said, (*branches, otherwise))


def _bands(of: BandSet | ImprovementSet, better: Better) -> tuple[tuple[str, Cell, Cell], ...]:
    edges = of.lower_edges
    scores = of.scores or tuple(Decimal(n) for n in range(1, len(edges) + 2))
    rows: list[tuple[str, Cell, Cell]] = []
    for n, score in enumerate(scores if better is Better.HIGHER else scores[::-1]):
        low = number(edges[n - 1]) if n else ""
        high = number(edges[n]) if n < len(edges) else ""
        rows.append((number(score), _between(low, high, better), ""))
    return tuple(rows)


def _between(low: str, high: str, better: Better) -> Words:
    if better is Better.HIGHER:
        if low and high:
            return Words(th=f"{low} ถึงต่ำกว่า {high}", en=f"{low} to below {high}")
        return Words(th=f"ตั้งแต่ {low}", en=f"from {low}") if low else Words(th=f"ต่ำกว่า {high}", en=f"below {high}")
    if low and high:
        return Words(th=f"มากกว่า {low} ถึง {high}", en=f"above {low} to {high}")
    return Words(th=f"มากกว่า {low}", en=f"above {low}") if low else Words(th=f"ไม่เกิน {high}", en=f"up to {high}")


def _norm_sentence(of: NormSet) -> Words:
    group = _within(of.within)
    n = "n" if of.sd == "population" else "n - 1"
    zero = number(of.sd_zero)
    return Words(
        th=f"เทียบค่าเฉลี่ย (x̄) และ SD ของ{group.th} (หารด้วย {n}); SD เป็น 0 ได้ {zero}",
        en=f"against mean (x̄) and SD of {group.en} (divided by {n}); an SD of 0 gives {zero}",
    )


def _norm_rows(of: NormSet, better: Better) -> tuple[tuple[str, Cell, Cell], ...]:
    higher = better is Better.HIGHER
    edges = of.edges if higher else [-edge for edge in of.edges[::-1]]
    rows: list[tuple[str, Cell, Cell]] = []
    for n, score in enumerate(of.scores if higher else of.scores[::-1]):
        low = _mean(edges[n - 1]) if n else ""
        high = _mean(edges[n]) if n < len(edges) else ""
        rows.append((number(score), _between(low, high, better), ""))
    return tuple(rows)


def _mean(z: Decimal) -> str:
    if not z:
        return "x̄"
    return f"x̄ {'-' if z < 0 else '+'} {number(abs(z))} SD"


def _ladder(of: LadderSet) -> RuleSaid:
    rungs = sorted(of.rungs, key=lambda rung: -rung.score)
    rows: list[tuple[str, Cell, Cell]] = [(number(r.score), r.title, standing(r.standing)) for r in rungs]
    rows += [(f"+{number(b.add)}", b.title, standing(b.standing)) for b in of.bonuses]
    parts = [Words(th="นับขั้นสูงสุดที่เข้าเงื่อนไข", en="the best rung that holds counts")]
    parts.append(Words(th=f"รวมไม่เกิน {number(of.cap)}", en=f"at most {number(of.cap)} in all"))
    if any("valid" in condition.tests for condition in conditions_of(of)):
        day = of.on.isoformat() if of.on else ""
        th, en = (day, day) if day else ("วันสิ้นงวด", "the last day of the period")
        parts.append(
            Words(
                th=f"ตัดสินวันหมดอายุ ณ {th} ผ่อนผัน {of.grace_months} เดือน",
                en=f"expiry is judged on {en} with {of.grace_months} months of grace",
            )
        )
    return RuleSaid(join(parts), tuple(rows))


def _within(within: tuple[str, ...]) -> Words:
    if not within:
        return Words(th="ทุกหน่วยในเขต", en="all units of the region")
    same = join([ATTRIBUTE_WORDS[name] for name in within], ", ")
    return Words(th=f"หน่วยที่มี{same.th}", en=f"units of {same.en}")


def _condition(of: ConditionOf) -> Words:
    ((test, operand),) = of.tests.items()
    fact = MEMBERS.get(of.fact, Words(th=of.fact, en=of.fact))
    if test == "valid":
        valid = operand == "yes"
        return Words(
            th=f"{fact.th} {'ยังไม่หมดอายุ' if valid else 'หมดอายุ'}", en=f"{fact.en} {'valid' if valid else 'expired'}"
        )
    if isinstance(operand, Decimal):
        x = f"{'-' if operand < 0 else '+'} {number(abs(operand))}" if test.startswith("z_") else number(operand)
    else:
        x = operand if isinstance(operand, str) else ", ".join(operand)
    words = TESTS[test]
    return Words(th=words.th.format(fact=fact.th, x=x), en=words.en.format(fact=fact.en, x=x))


def _otherwise(name: str) -> Words:
    return Words(th=f"ใช้เกณฑ์ {name}", en=f"rule {name}") if name else Words(th="ไม่ให้คะแนน", en="unscored")
