"""Place: where a unit stands among its peers, the units of the same group that have a result in the same item."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Literal

from samrit.formula import round_half_up
from samrit.schemes.authoring.figures import Words
from samrit.schemes.authoring.judging import better_of
from samrit.schemes.explaining.asked import Subject
from samrit.schemes.explaining.conditions import ATTRIBUTES
from samrit.schemes.explaining.words import rounded, short
from samrit.schemes.norms import VALUE
from samrit.schemes.scores import ScoreLine, payees_of_pool
from samrit.scoring import Better

LEAST_PEERS = 3
QUARTERS = 4
MEDIAN_DECIMALS = 4


@dataclass(frozen=True)
class Place:
    """Rank 1 is the best; units that are equal share a rank (`equal`: how many others). `of`: units ranked, the own one
    among them. quartile 1 is the best quarter. median: of the same units, in the unit of what is compared (`by`).
    within: what the units of the group share.
    """

    rank: int
    equal: int
    of: int
    median: Decimal
    by: Literal["value", "score"]
    within: tuple[tuple[str, str], ...]
    whole: bool = False
    """Values are levels."""

    @property
    def quartile(self) -> int:
        """1 to 4, by rank."""
        return 1 + (self.rank - 1) * QUARTERS // self.of

    def as_dict(self) -> dict[str, Any]:
        """For the JSON."""
        middle = format(round_half_up(self.median, MEDIAN_DECIMALS), "f")
        ranks = {"rank": self.rank, "equal": self.equal, "of": self.of, "quartile": self.quartile}
        return {**ranks, "median": middle, "by": self.by, "within": dict(self.within)}

    def say(self) -> Words:
        """The place in words."""
        group = "".join(f" {ATTRIBUTES[name].th} {value}" for name, value in self.within)
        group_en = "".join(f", {ATTRIBUTES[name].en} {value}" for name, value in self.within)
        tied = Words(th=f" ร่วมกับอีก {self.equal} หน่วย", en=f", shared with {self.equal} more") if self.equal else None
        what = Words(th="ค่า", en="value") if self.by == "value" else Words(th="คะแนน", en="score")
        middle = rounded(self.median) if self.by == "value" and not self.whole else short(self.median)
        return Words(
            th=f"อันดับที่ {self.rank} จาก {self.of} หน่วย{group}{tied.th if tied else ''} (ควอร์ไทล์ที่ {self.quartile}"
            f" นับจากดีที่สุด) มัธยฐานของ{what.th}ในกลุ่ม {middle}",
            en=f"rank {self.rank} of {self.of} units{group_en}{tied.en if tied else ''} (quartile {self.quartile} from"
            f" the best); median {what.en} of the group {middle}",
        )


def place_of(subject: Subject) -> Place | None:
    """The place of the unit; None when it has no result or no people, or fewer than three others have a result.

    Units are compared by value; where an item has facts instead, by score. The group is that of the item's norm, else
    all payees of its pool in the run.
    """
    by: Literal["value", "score"] = "score" if subject.item.entry == "facts" else "value"
    own = _number(subject.line, by)
    norm = subject.pack.norms(subject.item).get(VALUE)
    names = norm.within if norm else ()
    within = tuple((name, subject.payee.attribute(name)) for name in names)
    group = {
        payee.org
        for payee in payees_of_pool(subject.pool, subject.run.payees)
        if all(payee.attribute(name) == value for name, value in within)
    }
    lines = [s for s in subject.run.evaluation.scores if s.item == subject.item.item and s.org in group]
    numbers = [number for line in lines if (number := _number(line, by)) is not None]
    if own is None or subject.payee.org not in group or len(numbers) - 1 < LEAST_PEERS:
        return None
    up = by == "score" or better_of(subject.item) is Better.HIGHER
    ahead = sum(number > own if up else number < own for number in numbers)
    return Place(
        ahead + 1, numbers.count(own) - 1, len(numbers), median(numbers), by, within, subject.item.entry == "level"
    )


def _number(line: ScoreLine, by: str) -> Decimal | None:
    return line.counted.value if by == "value" else line.scored.score
