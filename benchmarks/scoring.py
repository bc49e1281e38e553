"""What a banded score costs, against a plain chain of ifs over the same decimals: `python benchmarks/scoring.py`."""

import argparse
import gc
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from measured import machine

from samrit.scoring import Bands, Better, Known, NormBands, norm_of, score

CENT = Decimal("0.01")
B1 = Bands((1, 2, 3, 4, 5), (Decimal(65), Decimal(70), Decimal(75), Decimal(80)), 2, Better.HIGHER)
SCORES = [Decimal(score) for score in range(6)]


def by_ifs(value: Decimal | None) -> Decimal:
    """The same bands by hand: no standing, no band, no way up."""
    if value is None:
        return SCORES[0]
    value = value.quantize(CENT, ROUND_HALF_UP)
    if value < 65:
        return SCORES[1]
    if value < 70:
        return SCORES[2]
    if value < 75:
        return SCORES[3]
    if value < 80:
        return SCORES[4]
    return SCORES[5]


def cpu(work: Callable[[], object], times: int, each: int) -> float:
    """Microseconds of CPU per value, the best of five."""
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        for _ in range(times):
            work()
        best = min(best, time.process_time() - started)
    return best / times / each * 1e6


def main() -> None:
    """Print CPU per value and the ratio to the chain of ifs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--values", type=int, default=900)
    parser.add_argument("--times", type=int, default=50)
    chosen = parser.parse_args()
    values = [Decimal(100 * number) / (chosen.values + 7) for number in range(chosen.values)]
    norms = {"": norm_of(values)}
    known = [Known(value, norms=norms) for value in values]
    assert [score(one, B1).score for one in known] == [by_ifs(value) for value in values]
    by_spread = NormBands()
    tried: dict[str, Callable[[], object]] = {
        "chain of ifs": lambda: [by_ifs(value) for value in values],
        "score in bands": lambda: [score(one, B1) for one in known],
        "known and scored": lambda: [score(Known(value), B1) for value in values],
        "score with distance": lambda: [score(one, B1).distance for one in known],
        "score by mean and SD": lambda: [score(one, by_spread) for one in known],
    }
    gc.disable()
    base = cpu(tried["chain of ifs"], chosen.times, chosen.values)
    print(machine())
    for name, work in tried.items():
        took = cpu(work, chosen.times, chosen.values)
        print(f"{name:22} {took:7.2f} us per value  {took / base:6.1f} x the chain of ifs")


if __name__ == "__main__":
    main()
