"""Report: what a case that failed wanted and what was found, and which of its rows stand behind what was found."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from samrit.measures.cases import Case, Expected
from samrit.measures.compiling import Compiled
from samrit.measures.engine import Engine
from samrit.measures.people import Hit, list_hits
from samrit.measures.planning import When
from samrit.reference import OrgLevel
from samrit.warehouse import Snapshot, trace
from samrit.warehouse.links import persons_of

Found = tuple[Decimal | int, Decimal | int, Decimal | None]
MOST_SHOWN = 12
NOTHING = "ไม่ควรมีผล / expected nothing"


def say_differences(expect: Mapping[str, Expected], found: Mapping[str, Found]) -> str:
    """Every organisation whose result is another one, and in which part; '' when all are as expected."""
    return "\n".join(
        line for org in different(expect, found) for line in _say_org(org, expect.get(org), found.get(org))
    )


def different(expect: Mapping[str, Expected], found: Mapping[str, Found]) -> list[str]:
    """The organisations whose result is not the expected one, sorted."""
    wanted = {org: (of.a, of.b, of.value) for org, of in expect.items()}
    return [org for org in sorted({*wanted, *found}) if wanted.get(org) != found.get(org)]


def say_rows(case: Case, engine: Engine, compiled: Compiled, when: When, snapshot: Snapshot, orgs: list[str]) -> str:
    """For each of these organisations who was found in A and in B, and on which rows of the case.

    Rows are numbered as in the case, the first under the header is 1; rows that a case makes by itself come after.
    """
    by_unit = case.by == OrgLevel.CONTRACTING_UNIT.value
    lines = []
    for letter in ("a", "b"):
        hits = list_hits(engine, compiled, when, letter, OrgLevel.COUNTRY, "TH")
        known = persons_of(snapshot, {hit.person_id for hit in hits if hit.person_id is not None})
        for org in orgs:
            own = [hit for hit in hits if (hit.contracting_unit if by_unit else hit.facility) == org]
            said = [_say_hit(hit, snapshot, known) for hit in own[:MOST_SHOWN]]
            more = [f"+{len(own) - MOST_SHOWN}"] if len(own) > MOST_SHOWN else []
            lines.append(f"{org}: {letter.upper()} ที่พบ / found: {'; '.join([*said, *more]) or 'ไม่มี / none'}")
    return "\n".join(sorted(lines))


def _say_org(org: str, wanted: Expected | None, found: Found | None) -> Iterator[str]:
    if wanted is None:
        a, b, value = found or (0, 0, None)
        yield f"{org}: {NOTHING}, พบ / found A {a} B {b} value {_say(value)}"
    elif found is None:
        said = f"A {wanted.a} B {wanted.b} value {_say(wanted.value)}"
        yield f"{org}: ต้องได้ / expected {said}, ไม่พบเลย / found nothing"
    else:
        for name, due, met in zip(("A", "B", "value"), (wanted.a, wanted.b, wanted.value), found, strict=True):
            if due != met:
                yield f"{org}: {name} ต้องได้ / expected {_say(due)}, พบ / found {_say(met)}"


def _say(number: Decimal | int | None) -> str:
    if number is None:
        return "null"
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def _say_hit(hit: Hit, snapshot: Snapshot, known: Mapping[int, list[tuple[str, str]]]) -> str:
    """A thing that was found: the PID of a made-up person, and table and row of the lines that it stands on."""
    pairs = known.get(hit.person_id, []) if hit.person_id is not None else []
    rows = ", ".join(f"{line.table} {line.line - 1}" for line in trace(snapshot, list(hit.row_ids)))
    return f"{pairs[0][1] if pairs else hit.facility} ({rows})"
