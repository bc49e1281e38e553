"""Counts that give wanted scores, a pack to spoil, a region made up around Loei, input files."""

import csv
import shutil
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from samrit.schemes import Counted, Evaluation, Materials, Pack, Payee, RunInputs, Winner, evaluate, read_pack
from samrit.schemes.authoring.site import packs_folder

PACK = read_pack("qof-2557")
UNSCORED = ("2.2", "2.3", "2.4", "3.3", "3.4")
ALL_SCORED = {
    "scoring.LOW": "{kind: bands, unit: rate, lower_edges: [10, 20, 30, 40]}",
    **{f"items.{item}.score.by": "LOW" for item in UNSCORED[:3]},
    **{f"items.{item}.score.by": "LEVEL" for item in UNSCORED[3:]},
}
FULL_PACK = read_pack("qof-2557", ALL_SCORED)
"""The pack with bands for the five items that the source leaves without."""
VALUES = {
    "B1": ("64.99", "65", "70", "75", "80"),
    "B2": ("89.99", "90", "92", "94", "96"),
    "B3": ("1.00", "1.01", "1.36", "1.51", "1.71"),
    "B4": ("9.99", "10", "30", "50", "80"),
    "B5": ("49.99", "50", "60", "70", "80"),
    "LEVEL": ("1", "2", "3", "4", "5"),
    "LOW": ("40.01", "40", "30", "20", "10"),
}
"""Band set -> values that earn 1, 2, 3, 4, 5 (qof-2557 section 4; LOW is the mirror image: less is better)."""
BANDS_OF = {
    **dict.fromkeys(("1.1", "1.2", "1.3"), "B1"),
    **dict.fromkeys(("1.4", "1.5", "1.6"), "B2"),
    "2.1": "B3",
    **dict.fromkeys(("2.2", "2.3", "2.4"), "LOW"),
    **dict.fromkeys(("2.5", "4.1"), "B4"),
    **dict.fromkeys(("2.6", "3.1", "3.2", "4.2", "4.3", "4.4", "4.5", "4.6"), "B5"),
    **dict.fromkeys(("3.3", "3.4"), "LEVEL"),
}
REGION = 4_335_091  # qof-2557 section 1: people of the region
LOEI = 511_034
NEIGHBOURS = (
    Payee("90001", "4101", "หนึ่ง", "One", {"uc": 1_500_000}),
    Payee("90002", "4101", "สอง", "Two", {"uc": 700_000}),
    Payee("90003", "4701", "สาม", "Three", {"uc": REGION - LOEI - 2_200_000}),
)
EVERYONE = (*PACK.payees, *NEIGHBOURS)


def counts(scores: Mapping[str, Mapping[str, int | None]]) -> dict[tuple[str, str], Counted]:
    """Org -> item -> wanted score as counts; 0 is a reported item without a value, None an item not reported."""
    made = {}
    for org, of_org in scores.items():
        for item, score in of_org.items():
            if score is not None:
                value = Decimal(VALUES[BANDS_OF[item]][score - 1]) if score else None
                made[item, org] = Counted(None, None, value)
    return made


def all_at(score: int | None, payees: Iterable[Payee] = PACK.payees) -> dict[tuple[str, str], Counted]:
    """Every item of every unit at one score."""
    return counts({p.org: dict.fromkeys(BANDS_OF, score) for p in payees})


def evaluate_all(
    pack: Pack,
    counts: Mapping[tuple[str, str], Counted],
    payees: Sequence[Payee],
    whole: str = "all",
    winners: Sequence[Winner] = (),
    **given: Any,
) -> Evaluation:
    """The evaluation of a pack on counts, with what else is given to a run by its name (facts, last, ledger ...)."""
    inputs = RunInputs(winners=tuple(winners), **given)
    return evaluate(Materials(pack, tuple(payees), whole, counts, inputs))


def payee(name_en: str) -> Payee:
    """A payee of the pack by its English name."""
    return next(p for p in PACK.payees if p.name_en == name_en)


def copy_pack(folder: Path) -> Path:
    """A copy of the pack to be spoilt."""
    return shutil.copytree(packs_folder() / "qof-2557", folder / "qof-2557")


def spoil(pack: Path, old: str, new: str, file: str = "scheme.yaml") -> int:
    """Replace a text that stands in a file of the pack, the first time; the line where it stood."""
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {file}"
    (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """An input file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def lines_of(evaluation: Evaluation) -> dict[tuple[str, str], int]:
    """(org, component) -> satang; a component stands once for a unit."""
    lines = [((p.org, p.component), p.amount) for p in evaluation.payments]
    assert len(dict(lines)) == len(lines), "a component stands twice for a unit"
    return dict(lines)


def half_up(number: Fraction) -> int:
    """A number from 0 rounded half up."""
    return int(number + Fraction(1, 2))


def share_out(pool: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Largest remainder in plain fractions; ties: larger share, then smaller code (qof-2557 section 5)."""
    total = sum(shares.values())
    if not total:
        return dict.fromkeys(shares, 0)
    exact = {code: pool * share / total for code, share in shares.items()}
    parts = {code: int(part) for code, part in exact.items()}
    order = sorted(exact, key=lambda code: (parts[code] - exact[code], -shares[code], code))
    for code in order[: pool - sum(parts.values())]:
        parts[code] += 1
    return parts


def earned_by(pack: Pack, payee: Payee, scores: Mapping[str, int | None]) -> Fraction:
    """What a unit earns at the open rate before rounding, in satang."""
    return sum(
        (
            Fraction(item.rate.value) * 100 * payee.population * (scores.get(item.item) or 0) / 5
            for item in pack.scheme.items
        ),
        Fraction(0),
    )
