"""Bands and levels: a score for where a value lies, and the level that steps lead to. Source: moph-kpi.md section 4."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from samrit.kpi.errors import KpiError
from samrit.problems import Problems


@dataclass(frozen=True)
class BandOf:
    """A half-open band [lower, upper) and its score; None: no end on that side."""

    lower: Decimal | None
    upper: Decimal | None
    score: Decimal


def check_bands(bands: Sequence[BandOf]) -> None:
    """Raises KpiError when bands overlap or leave a hole: each begins where the one before it ends.

    The first may have no lower end and the last no upper end, the others have both.
    """
    found = Problems()
    for before, after in pairwise(bands):
        if before.upper is None or after.lower is None or before.upper != after.lower:
            found.add("kpi.bands.meet", upper=before.upper, lower=after.lower)
    for band in bands:
        if band.lower is not None and band.upper is not None and not band.lower < band.upper:
            found.add("kpi.bands.empty", lower=band.lower, upper=band.upper)
    if found:
        raise KpiError(*found)


def score_in(value: Decimal | None, bands: Sequence[BandOf]) -> Decimal | None:
    """The score of an unrounded value; None without a value or outside all bands. Raises KpiError as `check_bands`.

    >>> bands = [BandOf(None, Decimal(65), Decimal(1)), BandOf(Decimal(65), None, Decimal(2))]
    >>> score_in(Decimal("64.999"), bands), score_in(Decimal(65), bands)
    (Decimal('1'), Decimal('2'))
    """
    check_bands(bands)
    if value is None:
        return None
    for band in bands:
        if (band.lower is None or value >= band.lower) and (band.upper is None or value < band.upper):
            return band.score
    return None


def level_of(steps: Sequence[bool | None], *, independent: bool = False) -> int | None:
    """The highest n of which steps 1..n are all done, 0 for none; None when a step that decides is not known.

    independent: the number of steps done, whatever lies between; the author must have said so.

    >>> level_of([True, True, False, True]), level_of([True, None]), level_of([True, False, None])
    (2, None, 1)
    """
    if independent:
        return None if None in steps else sum(bool(step) for step in steps)
    level = 0
    for step in steps:
        if step is None:
            return None
        if not step:
            break
        level += 1
    return level
