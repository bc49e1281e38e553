"""Conditions of a rung or branch in words: the fact by its title, what is asked of it, and what it is now."""

from datetime import date
from decimal import Decimal

from samrit.reference import format_day_th
from samrit.schemes.authoring.describing.rules import MEMBERS, TESTS
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.rules import ConditionOf
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.explaining.words import rounded, short
from samrit.scoring import Fact, Known

ATTRIBUTES = {
    "service_level": Words(th="ระดับบริการ", en="service level"),
    "hostype": Words(th="ประเภทหน่วยบริการ", en="type of facility"),
    "size": Words(th="ขนาด", en="size"),
    "province_code": Words(th="จังหวัด", en="province"),
}
YES, NO = Words(th="ใช่", en="yes"), Words(th="ไม่ใช่", en="no")
UNKNOWN = Words(th="ไม่ทราบ", en="not known")


def title_of(name: str, item: Item) -> Words:
    """What a fact is called: as the item declares it; a ratio by the two that it is made of."""
    if name in item.facts:
        return item.facts[name].title
    if name in item.derived:
        of, per = (title_of(part, item) for part in (item.derived[name].of, item.derived[name].per))
        return Words(th=f"{of.th} ต่อ {per.th}", en=f"{of.en} per {per.en}")
    return MEMBERS.get(name) or ATTRIBUTES.get(name) or Words(th=name, en=name)


def say_fact(fact: Fact | None, item: Item, name: str) -> Words:
    """What a fact of that name is; a word by its title."""
    if fact is None:
        return UNKNOWN
    if isinstance(fact, bool):
        return YES if fact else NO
    if isinstance(fact, Decimal):
        return Words(th=f"{round_fact(fact)}", en=f"{round_fact(fact)}")
    if isinstance(fact, date):
        return Words(th=format_day_th(fact), en=fact.isoformat())
    return title_of_word(fact, item, name)


def title_of_word(word: str, item: Item, name: str) -> Words:
    """What a word of a fact is called: as the item declares it, else itself."""
    words = item.facts[name].words if name in item.facts else {}
    return words.get(word) or Words(th=word, en=word)


def round_fact(fact: Decimal) -> str:
    """A number that was typed in as it is, a ratio to two places."""
    return f"{fact:,f}" if fact == fact.to_integral_value() else rounded(fact)


def look_at(known: Known, name: str) -> Fact | None:
    """The fact of that name; value, last, change and cases are members of what is known."""
    if name == "cases":
        return None if known.cases is None else Decimal(known.cases)
    members: dict[str, Fact | None] = {"value": known.value, "last": known.last, "change": known.change}
    return members[name] if name in members else known.facts.get(name, known.attributes.get(name))


def say_condition(of: ConditionOf, item: Item, known: Known) -> Words:
    """What is asked of a fact, and what the fact is now."""
    ((test, operand),) = of.tests.items()
    fact, now = title_of(of.fact, item), say_fact(look_at(known, of.fact), item, of.fact)
    if test == "valid":
        valid = operand == "yes"
        asked = Words(
            th=f"{fact.th} {'ยังไม่พ้นกำหนด' if valid else 'พ้นกำหนดแล้ว'}",
            en=f"{fact.en} {'valid' if valid else 'expired'}",
        )
    else:
        asked = Words(
            th=TESTS[test].th.format(fact=fact.th, x=_operand(of, item).th),
            en=TESTS[test].en.format(fact=fact.en, x=_operand(of, item).en),
        )
    edge = _edge(of, test, operand, known)
    return Words(th=f"{asked.th}{edge} (ขณะนี้ {now.th})", en=f"{asked.en}{edge} (now {now.en})")


def _operand(of: ConditionOf, item: Item) -> Words:
    ((test, operand),) = of.tests.items()
    if isinstance(operand, Decimal):
        number = f"{'-' if operand < 0 else '+'} {short(abs(operand))}" if test.startswith("z_") else f"{operand:,f}"
        return Words(th=number, en=number)
    if isinstance(operand, tuple):
        said = [title_of_word(word, item, of.fact) for word in operand]
        return Words(th=" หรือ ".join(w.th for w in said), en=" or ".join(w.en for w in said))
    return {"yes": YES, "no": NO}.get(operand) or title_of_word(operand, item, of.fact)


def _edge(of: ConditionOf, test: str, operand: str | Decimal | tuple[str, ...], known: Known) -> str:
    """Where mean + z SD of the group is."""
    norm = known.norms.get("" if of.fact == "value" else of.fact)
    if not test.startswith("z_") or norm is None or not isinstance(operand, Decimal):
        return ""
    return f" = {rounded(norm.at(operand))}"
