"""Where the product and the second evaluator disagree on a world."""

import tempfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from samrit.schemes import Evaluation, evaluate
from schemes.random_packs import World, materials
from schemes.slow_scheme import Opinion, second_opinion


def evaluated(world: World) -> Evaluation:
    """What the product makes of a world."""
    with tempfile.TemporaryDirectory(prefix="samrit-pack-") as folder:
        return evaluate(materials(world, Path(folder)))


def differences(world: World) -> list[str]:
    """Every score, amount, receivable and payment on which the two disagree; a line of 0 satang says nothing."""
    return list(compare(evaluated(world), second_opinion(world)))


def compare(product: Evaluation, opinion: Opinion) -> Iterator[str]:
    """The differences of two results, in words."""
    scores = {
        (line.item, line.org): ((_exact(line.scored.score), line.scored.standing.value), _exact(line.points))
        for line in product.scores
    }
    yield from _different("score", scores, opinion.scores)
    satang: dict[tuple[str, str], int] = {}
    for line in product.payments:
        assert (line.org, line.component) not in satang, f"{line.org} has {line.component} twice"
        satang[line.org, line.component] = line.amount
    yield from _different("satang", _not_zero(satang), _not_zero(opinion.satang))
    ledger = {(line.org, line.since): (line.opening, line.set_off, line.new) for line in product.ledger}
    yield from _different("ledger", ledger, opinion.ledger)
    payments = {(line.org, line.payment, line.due): line.amount for line in product.instalments}
    yield from _different("payment", payments, opinion.payments)


def _exact(number: Any) -> Fraction | None:
    return None if number is None else Fraction(number)


def _not_zero(of: Mapping[Any, int]) -> dict[Any, int]:
    return {key: amount for key, amount in of.items() if amount}


def _different(what: str, found: Mapping[Any, Any], expected: Mapping[Any, Any]) -> Iterator[str]:
    for key in sorted(found.keys() | expected.keys()):
        if found.get(key) != expected.get(key):
            yield f"{what} {' '.join(key)}: product {found.get(key)}, second opinion {expected.get(key)}"
