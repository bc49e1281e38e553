"""Whole random packs evaluated twice: `python proofs/random_packs.py [--examples 5000] [--first 0] [--write]`.

Every example is a pack as people would write it, with units, results, facts and money, made from its number. The
product and the slow second evaluator (tests/schemes/slow_scheme.py) must agree on every score, satang, receivable and
payment. Prints each difference; exit 1 when there is one. --write puts the result into docs/proofs/packs.md.
"""

import argparse
import os
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from schemes.agreeing import compare, evaluated
from schemes.random_packs import RULES, World, make_world
from schemes.slow_scheme import Opinion, second_opinion

PAGE = Path(__file__).parent.parent / "docs" / "proofs" / "packs.md"
MONEY = ("advance", "support", "excellence")


@dataclass
class Compared:
    """What was compared so far, what the worlds held, and the differences."""

    pools: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    worlds: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def take(self, world: World, opinion: Opinion) -> None:
        """Count what a world holds and what was compared in it."""
        scheme, money = world.scheme, world.scheme["money"]
        self.worlds += 1
        self.pools.update(pool["rule"] for pool in scheme["pools"])
        self.rules.update(rule["kind"] for rule in scheme["scoring"].values())
        self.standings.update(judged[1] for judged, _ in opinion.scores.values())
        self.held.update(name for name in MONEY if name in money)
        self.held["support inside a pool"] += bool(money.get("support", {}).get("inside"))
        self.held["more than one pool"] += len(scheme["pools"]) > 1
        self.held["weights that are rescaled"] += any("rescale" in pool.get("weights", {}) for pool in scheme["pools"])
        self.held["by domain"] += any("by_domain" in pool for pool in scheme["pools"])
        self.held["least number of cases"] += any("few" in item for item in scheme["items"])
        self.held["facts of primary units"] += any("parts" in item for item in scheme["items"])
        self.held["items of the region"] += any("origin" in item for item in scheme["items"])
        self.held["adjustments"] += bool(world.adjustments)
        self.held["receivables of earlier years"] += bool(world.ledger)
        self.figures["scores and points"] += len(opinion.scores)
        self.figures["amounts that are not 0"] += sum(amount != 0 for amount in opinion.satang.values())
        self.figures["receivables"] += len(opinion.ledger)
        self.figures["payments of the calendar"] += len(opinion.payments)


def main() -> int:
    """Compare, print, perhaps write the page; 1 when there is a difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    compared, before = Compared(), time.process_time()
    for number in range(given.first, given.first + given.examples):
        world = make_world(random.Random(number))  # noqa: S311 (no secret)
        opinion = second_opinion(world)
        found = [f"example {number}: {words}" for words in compare(evaluated(world), opinion)]
        compared.differences += found
        compared.take(world, opinion)
        sys.stdout.write("".join(f"{words}\n" for words in found))
    report = "\n".join(shown(compared, time.process_time() - before))
    sys.stdout.write(report + "\n")
    if given.write:
        PAGE.write_text(page(report, given.examples, given.first), encoding="utf-8")
    return int(bool(compared.differences))


def shown(of: Compared, cpu: float) -> Iterator[str]:
    """The result as lines of Markdown."""
    yield "| what | |"
    yield "|---|--:|"
    yield f"| packs with their units and inputs | {of.worlds:,} |"
    for what, number in of.figures.items():
        yield f"| {what} compared | {number:,} |"
    yield f"| **differences** | **{len(of.differences):,}** |"
    yield f"| CPU seconds | {cpu:,.0f} |"
    for title, counted in (
        ("rule of a pool", Counter({rule: of.pools[rule] for rule in RULES})),
        ("score rule", of.rules),
        ("standing of a score", of.standings),
        ("packs with", of.held),
    ):
        yield ""
        yield f"| {title} | |"
        yield "|---|--:|"
        yield from (f"| {name} | {number:,} |" for name, number in sorted(counted.items()))


def page(report: str, examples: int, first: int) -> str:
    """The page: result, what the packs hold, and how far it reaches."""
    now = datetime.now(tz=UTC).date().isoformat()
    return f"""# Schemes evaluated twice: random packs

Written by `python proofs/random_packs.py --examples {examples} --first {first} --write` on {now}:
{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}. Every pack is invented.

An example is a pack as people write it (YAML and a population table), read and checked by the product, with results,
facts, last year's values, activities, indices, adjustments, receivables and winners. `tests/schemes/slow_scheme.py`
reads the same text and works everything out with fractions and loops, from the source documents and not from the code.
The two must agree on every score and its standing, on the points to 50 digits, on every amount to the satang, on what
is owed before and after, and on what falls due on which day.

## Result
{report}

Examples hold few different numbers, so that values stand on edges, shares are equal and halves must be rounded.

## What this does not show
Both read the same texts: where a text is silent, both follow the decision that docs/schemes.md states. Counting from
the 43 files is compared elsewhere ([second opinion](second_opinion.md)). Words (notes, explanations) are not compared.
"""


if __name__ == "__main__":
    sys.exit(main())
