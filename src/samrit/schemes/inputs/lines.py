"""One line of an input: items, payees, numbers, money and days in its cells; each mistake is told at its column."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from samrit.allocation import to_satang
from samrit.problems import Problems, Where, nearest
from samrit.reference import SheetLine, parse_day
from samrit.reference.refused import ReferenceRefused
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.payees import Payee
from samrit.schemes.scores import is_of_pool

SATANG_DIGITS = 2


@dataclass
class Lines:
    """Reads the lines of one file and collects what is wrong. `orgs` are the codes of all payees, also of those whose
    own line in the population table has a mistake; `payees` those without one."""

    file: str
    pack: Pack
    orgs: Collection[str]
    payees: dict[str, Payee]
    problems: Problems
    seen: set[Any] = field(default_factory=set)

    def item(self, line: SheetLine, *, optional: bool = False) -> Item | None:
        """The item that a line names; None when there is none."""
        code = line.cells.get("item", "")
        if optional and not code:
            return None
        items = {item.item: item for item in self.pack.scheme.items}
        if code not in items:
            self.wrong(line, "item", "schemes.item.unknown", item=code, near=nearest(code, items) or "-")
            return None
        return items[code]

    def is_payee(self, line: SheetLine, item: Item | None = None) -> bool:
        """True when the unit is a payee and, with an item, one of that item's pool."""
        org = line.cells["org"]
        if org not in self.orgs:
            self.wrong(line, "org", "schemes.payee.unknown", org=org, near=nearest(org, sorted(self.orgs)) or "-")
            return False
        if item is not None and org in self.payees:
            pool = self.pack.pool(item)
            if not is_of_pool(self.payees[org], pool):
                base = self.pack.scheme.people[pool.people].column
                self.wrong(line, "org", "schemes.payee.pool", org=org, item=item.item, pool=pool.id, base=base)
                return False
        return True

    def number(self, line: SheetLine, name: str) -> Decimal | None:
        """A number from 0; None for a blank cell and for a mistake."""
        text = line.cells.get(name, "").replace(",", "")
        if not text:
            return None
        if not _is_plain(text):
            self.wrong(line, name, "schemes.input.number", name=name)
            return None
        return Decimal(text)

    def whole(self, line: SheetLine, name: str) -> int | None:
        """A whole number from 0 that must be there."""
        found = self.number(line, name)
        if found is not None and found == int(found):
            return int(found)
        if found is not None or not line.cells.get(name):
            self.wrong(line, name, "schemes.input.whole", name=name)
        return None

    def money(self, line: SheetLine, name: str, *, signed: bool = False) -> int | None:
        """An amount in baht with at most two decimals, as satang; None for a mistake."""
        text = line.cells.get(name, "").replace(",", "")
        size = text[1:] if signed and text[:1] in {"-", "+"} else text
        if not _is_plain(size) or len(size.partition(".")[2]) > SATANG_DIGITS:
            self.wrong(line, name, "schemes.input.signed_money" if signed else "schemes.input.money", name=name)
            return None
        return to_satang(Decimal(text))

    def day(self, line: SheetLine, name: str) -> date | None:
        """A day; None for a mistake, which is told."""
        try:
            return parse_day(line.cells.get(name, ""), Where(file=self.file, line=line.number, field=name))
        except ReferenceRefused as error:
            self.problems.extend(error.problems)
            return None

    def is_first(self, line: SheetLine, key: object) -> bool:
        """False, and told, when an earlier line of the file had that key."""
        if key in self.seen:
            self.wrong(line, "", "schemes.input.repeated")
            return False
        self.seen.add(key)
        return True

    def wrong(self, line: SheetLine, column: str, code: str, **facts: object) -> None:
        """Tell a mistake at a line and column."""
        self.problems.add(code, Where(file=self.file, line=line.number, field=column), **facts)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdigit()
