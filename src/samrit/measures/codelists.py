"""Lists of clinical codes: one CSV each with code_prefix, title_en, source; shipped, or in a pack of the site."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from samrit.measures.errors import MeasuresError
from samrit.measures.finding import Found, Shelf, site
from samrit.problems import Problem, Where, problem

COLUMNS = ("code_prefix", "title_en", "source")
PREFIX = re.compile(r"[0-9A-Z]+", re.ASCII)
"""How views write codes: capital letters and digits, nothing between them."""


@dataclass(frozen=True)
class Code:
    """A line of a list: a code or what codes start with, its English title, who says so."""

    prefix: str
    title: str
    source: str


def codelist_names() -> tuple[str, ...]:
    """Names of the lists, shipped and of the site, sorted."""
    return site().names(Shelf.CODELISTS)


def codelist(name: str) -> tuple[str, ...]:
    """The prefixes of a list, sorted. Raises KeyError for an unknown list, MeasuresError with every mistake in it."""
    return tuple(sorted(code.prefix for code in codes_of(name)))


def titled_codes(name: str) -> tuple[tuple[str, str], ...]:
    """The prefixes of a list with their English titles, in the order of the file. Raises as `codelist`."""
    return tuple((code.prefix, code.title) for code in codes_of(name))


def codes_of(name: str) -> tuple[Code, ...]:
    """The lines of a list, in the order of the file. Raises as `codelist`."""
    return site().remembered(Shelf.CODELISTS, name, _read)


def _read(found: Found) -> tuple[Code, ...]:
    try:
        text = found.path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        where = Where(file=found.place)
        raise MeasuresError(problem("authored.unreadable", where, reason=type(error).__name__)) from error
    lines = list(csv.reader(text.splitlines()))
    wrong = list(_wrong(found.place, lines))
    if wrong:
        raise MeasuresError(*wrong)
    at = [lines[0].index(column) for column in COLUMNS]
    return tuple(Code(*(line[place].strip() for place in at)) for line in lines[1:] if line)


def _wrong(place: str, lines: list[list[str]]) -> Iterator[Problem]:
    """What is wrong with the lines of a list: its header, a short line, a prefix that no code can have."""
    header = lines[0] if lines else []
    missing = [column for column in COLUMNS if column not in header]
    for column in missing:
        yield problem("measures.codelist.column", Where(place, line=1, field=column), column=column)
    if missing:
        return
    if not any(lines[1:]):
        yield problem("measures.codelist.empty", Where(place, line=1))
    seen: set[str] = set()
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        prefix = dict(zip(header, line, strict=False)).get("code_prefix", "").strip()
        where = Where(place, line=number, field="code_prefix")
        if len(line) < len(header):
            yield problem("measures.codelist.cells", where, found=len(line), columns=len(header))
        elif not PREFIX.fullmatch(prefix):
            yield problem("measures.codelist.prefix", where, prefix=prefix)
        elif prefix in seen:
            yield problem("measures.codelist.repeated", where, prefix=prefix)
        seen.add(prefix)
