"""The referral network: the zones of disease groups, and the pairs of hospitals that have agreed to refer.

A zone is a part of a health region that keeps patients of one disease group; the same hospital may lie in another zone
for another group. Hospitals with an agreement may send patients over the border of their regions.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from samrit.problems import Problem, Problems, Where, nearest
from samrit.reference.org import is_hospcode
from samrit.reference.refused import ReferenceRefused
from samrit.reference.sheet import Line, read_sheet

DISEASE_GROUPS = ("heart", "cancer", "trauma", "newborn")
"""The groups that have zones (DEFINITIONS 074; source 000: โรคหัวใจ มะเร็ง อุบัติเหตุ ทารกแรกเกิด)."""
ZONE_COLUMNS = ("group", "hospcode", "zone")
AGREEMENT_COLUMNS = ("from", "to")
Pair = tuple[str, str]
Made = TypeVar("Made")


@dataclass(frozen=True, order=True)
class Zone:
    """The zone of one hospital for one disease group."""

    group: str
    hospcode: str
    zone: str


@dataclass(frozen=True)
class ReferralNetwork:
    """Zones and agreements in force; without any nothing leaves a zone and nobody has agreed.

    agreements: (from, to); an agreement holds in both directions.

    >>> ReferralNetwork(agreements=(("10705", "10670"),)).partners()
    [('10670', '10705'), ('10705', '10670')]
    """

    zones: tuple[Zone, ...] = ()
    agreements: tuple[Pair, ...] = ()

    def partners(self) -> list[Pair]:
        """Every pair in both directions, sorted, once."""
        return sorted({pair for one, other in self.agreements for pair in ((one, other), (other, one))})


def read_zones_file(path: Path, known: Iterable[str] = ()) -> tuple[tuple[Zone, ...], list[Problem]]:
    """The zones of a CSV or XLSX (group, hospcode, zone), with the warnings about them; see `zones_of`.

    Raises ReferenceRefused with every problem found when at least one is an error: all of it or nothing.
    """
    problems = Problems()
    lines = read_sheet(path, ZONE_COLUMNS, (), problems)
    return _all_or_nothing(zones_of(lines, str(path), problems, known), problems)


def zones_of(lines: Iterable[Line], shown: str, problems: Problems, known: Iterable[str] = ()) -> tuple[Zone, ...]:
    """The zones that lines make, sorted, each once. known: codes of the register; another code is a warning.

    Errors: an unknown group, a malformed code, no zone, two zones of a hospital for one group.
    """
    codes = frozenset(known)
    first: dict[tuple[str, str], tuple[str, int]] = {}
    made = set()
    for line in lines:
        group, hospcode, zone = (line.cells[column] for column in ZONE_COLUMNS)
        if group not in DISEASE_GROUPS:
            where = Where(file=shown, line=line.number, field="group")
            facts = {"found": group, "near": nearest(group, DISEASE_GROUPS) or "-", "good": ", ".join(DISEASE_GROUPS)}
            problems.add("reference.zone.group", where, **facts)
        _check_code(line, "hospcode", shown, codes, problems)
        if not zone:
            problems.add("reference.zone.blank", Where(file=shown, line=line.number, field="zone"))
        other, at = first.setdefault((group, hospcode), (zone, line.number))
        if other != zone:
            where = Where(file=shown, line=line.number, field="zone")
            problems.add("reference.zone.twice", where, group=group, hospcode=hospcode, first=at)
        made.add(Zone(group, hospcode, zone))
    return tuple(sorted(made))


def read_agreements_file(path: Path, known: Iterable[str] = ()) -> tuple[tuple[Pair, ...], list[Problem]]:
    """The agreements of a CSV or XLSX (from, to), with the warnings about them; see `agreements_of`.

    Raises ReferenceRefused with every problem found when at least one is an error: all of it or nothing.
    """
    problems = Problems()
    lines = read_sheet(path, AGREEMENT_COLUMNS, (), problems)
    return _all_or_nothing(agreements_of(lines, str(path), problems, known), problems)


def agreements_of(lines: Iterable[Line], shown: str, problems: Problems, known: Iterable[str] = ()) -> tuple[Pair, ...]:
    """The agreements that lines make, sorted, each once. known: codes of the register; another code is a warning.

    Errors: a malformed code, a hospital that agrees with itself.
    """
    codes = frozenset(known)
    made = set()
    for line in lines:
        for column in AGREEMENT_COLUMNS:
            _check_code(line, column, shown, codes, problems)
        one, other = (line.cells[column] for column in AGREEMENT_COLUMNS)
        if one and one == other:
            problems.add("reference.agreement.self", Where(file=shown, line=line.number, field="to"), found=other)
        made.add((one, other))
    return tuple(sorted(made))


def zones_csv(zones: Iterable[Zone]) -> bytes:
    """Zones as bytes to hash and to read again: sorted rows, LF, UTF-8."""
    return _csv(ZONE_COLUMNS, ((z.group, z.hospcode, z.zone) for z in sorted(set(zones))))


def agreements_csv(agreements: Iterable[Pair]) -> bytes:
    """Agreements as bytes to hash and to read again: sorted rows, LF, UTF-8."""
    return _csv(AGREEMENT_COLUMNS, sorted(set(agreements)))


def _all_or_nothing(made: Made, problems: Problems) -> tuple[Made, list[Problem]]:
    if problems.has_errors:
        raise ReferenceRefused(*problems.sorted())
    return made, problems.sorted()


def _check_code(line: Line, column: str, shown: str, known: frozenset[str], problems: Problems) -> None:
    code, where = line.cells[column], Where(file=shown, line=line.number, field=column)
    if not code:
        problems.add("reference.hospcode.blank", where)
    elif not is_hospcode(code):
        problems.add("reference.hospcode.form", where, found=code)
    elif known and code not in known:
        problems.add("reference.network.unknown", where, found=code)


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
