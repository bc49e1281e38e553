"""What scoring and paying cost, and how fast "what if" is: `python benchmarks/paying.py [REGION]`.

1. A scheme made up for it, 1,000 units x 60 items of five kinds of rules, scored and paid by three rules of a pool,
   against the same figures worked out by hand in the plainest Python.
2. With REGION, a folder written by `samrit demo REGION --region 8 --level cube`: 1,000 scenarios of qof-2557, against
   reading and evaluating everything anew for each.
"""

import argparse
import gc
import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from measured import machine

from samrit.reference import shipped_register
from samrit.schemes import (
    Asked,
    Counted,
    Evaluation,
    Materials,
    Pack,
    Payee,
    RunInputs,
    choose,
    evaluate,
    find_inputs,
    read_inputs,
    read_pack,
)
from samrit.schemes.authoring.scheme import Scheme
from samrit.schemes.counting import gather_counts
from samrit.schemes.scenarios import combine
from samrit.schemes.simulating import simulate

RULES: dict[str, dict[str, Any]] = {
    "bands": {"kind": "bands", "unit": "percent", "lower_edges": [60, 70, 80, 90], "scores": [1, 2, 3, 4, 5]},
    "levels": {"kind": "levels", "scores": {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}},
    "linear": {"kind": "linear", "unit": "percent", "lower": 40, "upper": 90, "best": 5},
    "norm": {"kind": "norm", "edges": [-2, -1, 0, 1, 2], "scores": [0, 1, 2, 3, 4, 5], "sd_zero": 3},
    "improvement": {"kind": "improvement", "change": "points", "lower_edges": [-5, 0, 5, 10]},
}
KINDS = tuple(RULES)
POOLS: dict[str, dict[str, Any]] = {
    "open_rate": {},
    "closed_pool": {"pot": {"amount": {"value": 1_000_000_000, "standing": "assumed"}}},
    "relative_to_mean": {
        "base": {"value": 10, "standing": "assumed"},
        "pot": {"rate": {"value": 10, "standing": "assumed"}},
    },
}
WORDS = {"th": "-", "en": "-"}


def made_up(rule: str, units: int, items: int, seed: int = 1) -> Materials:
    """Units with values for every item, every twentieth missing; scored by the five rules in turn."""
    draw = random.Random(seed)
    kinds = [KINDS[number % len(KINDS)] for number in range(items)]
    scheme = {
        "id": "made-up", "title": WORDS, "year": 2557, "period": "2013-04-01..2014-03-31", "census_day": "2013-10-01",
        "people": {"uc": {"title": WORDS, "column": "uc", "day": "2013-10-01", "standing": "assumed"}},
        "calendar": {"assessed": WORDS},
        "scoring": {name: {**of, "standing": "assumed"} for name, of in RULES.items()},
        "pools": [{"id": "all", "title": WORDS, "people": "uc", "rule": rule, **POOLS[rule]}],
        "items": [
            {
                "item": f"1.{number}", "title": WORDS, "entry": "level" if kind == "levels" else "number",
                "points": {"value": 10 + number % 7, "standing": "assumed"},
                "rate": {"value": f"{1 + number % 5}.33", "standing": "assumed"},
                "score": {"by": kind, "standing": "assumed"},
            }
            for number, kind in enumerate(kinds, start=1)
        ],
    }  # fmt: skip
    payees = tuple(
        Payee(f"{10_000 + number}", "4201", "", "", {"uc": draw.randint(5_000, 150_000)}) for number in range(units)
    )
    pack = Pack(Scheme.model_validate(scheme), payees, (), "", {})
    counts, last = {}, {}
    for item, kind in zip(pack.scheme.items, kinds, strict=True):
        for payee in payees:
            key, b = (item.item, payee.org), draw.randint(20, 2_000)
            a = draw.randint(0, b)
            value = Decimal(draw.randint(0, 5)) if kind == "levels" else Decimal(100 * a) / b
            if draw.random() >= 0.05:
                counts[key] = Counted(a, b, value)
            last[key] = Decimal(draw.randint(0, 10_000)) / 100
    return Materials(pack, payees, "all", counts, RunInputs(last=last))


def by_hand(of: Materials) -> dict[tuple[str, str], int]:
    """(org, item) -> satang earned at the open rate, the plainest way: a chain of ifs and fractions."""
    items = [
        (item.item, item.score.by if item.score else "", Fraction(item.rate.value))
        for item in of.pack.scheme.items
        if item.rate
    ]
    norms = {}
    for code, kind, _ in items:
        if kind == "norm":
            values = [
                Fraction(c.value) for p in of.payees if (c := of.counts.get((code, p.org))) and c.value is not None
            ]
            mean = sum(values, Fraction(0)) / len(values)
            norms[code] = mean, sum(((v - mean) ** 2 for v in values), Fraction(0)) / len(values)
    made = {}
    for payee in of.payees:
        exact = {}
        for code, kind, rate in items:
            counted = of.counts.get((code, payee.org))
            score = _score(kind, counted, of.inputs.last[code, payee.org], norms.get(code))
            exact[code] = rate * 100 * payee.people["uc"] * score / 5
        total = math.floor(sum(exact.values(), Fraction(0)) + Fraction(1, 2))
        for code, part in _share_out(total, exact).items():
            made[payee.org, code] = part
    return made


def _score(kind: str, counted: Counted | None, last: Decimal, norm: tuple[Fraction, Fraction] | None) -> Fraction:
    if counted is None or counted.value is None:
        return Fraction(0)
    value = counted.value
    match kind:
        case "bands":
            rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
            return Fraction(1 + sum(rounded >= edge for edge in (60, 70, 80, 90)))
        case "levels":
            return Fraction(value)
        case "linear":
            return 5 * min(max((Fraction(value) - 40) / 50, Fraction(0)), Fraction(1))
        case "improvement":
            rounded = (value - last).quantize(Decimal("0.01"), ROUND_HALF_UP)
            return Fraction(1 + sum(rounded >= edge for edge in (-5, 0, 5, 10)))
    assert norm is not None
    away = Fraction(value) - norm[0]
    return Fraction(sum(away * abs(away) >= edge * abs(edge) * norm[1] for edge in (-2, -1, 0, 1, 2)))


def _share_out(pool: int, exact: Mapping[str, Fraction]) -> dict[str, int]:
    whole = sum(exact.values(), Fraction(0)) or Fraction(1)
    shares = {code: pool * part / whole for code, part in exact.items()}
    parts = {code: math.floor(share) for code, share in shares.items()}
    order = sorted(shares, key=lambda code: (parts[code] - shares[code], -exact[code], code))
    for code in order[: pool - sum(parts.values())]:
        parts[code] += 1
    return parts


def cpu(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """CPU seconds, the best of some, and what came out."""
    best, result = float("inf"), None
    for _ in range(times):
        result = None
        gc.collect()
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    return best, result


def pay_made_up(units: int, items: int) -> None:
    """Print what scoring and paying cost, and the ratio to the work by hand."""
    materials = made_up("open_rate", units, items)
    took, hand = cpu(lambda: by_hand(materials), 1)
    print(f"{units:,} units x {items} items: by hand, open rate  {took:7.3f} s CPU")
    for rule in POOLS:  # one after the other: a run holds the figures of one scheme
        materials = made_up(rule, units, items)
        seconds, done = cpu(lambda materials=materials: evaluate(materials), 7)
        print(f"  scored and paid, {rule:16}       {seconds:7.3f} s CPU  {seconds / took:5.2f} x by hand")
        lines, _ = cpu(lambda done=done: (len(done.scores), len(done.payments)), 1)
        print(f"    and every line of it read        {lines:7.3f} s CPU more")
        if rule == "open_rate":
            check(done, hand)


def check(done: Evaluation, hand: Mapping[tuple[str, str], int]) -> None:
    """Both sides must say the same, but for the last digit of scores that do not end."""
    wrong = [key for key, amount in hand.items() if done.amount(key[0], f"earned.{key[1]}") != amount]
    assert len(wrong) == 0, wrong[:5]


def simulate_region(folder: Path, count: int, processes: int) -> None:
    """Print what scenarios of a region cost, and the ratio to reading and evaluating everything anew for each."""
    base = region(folder, {})
    edges, rates = range(1, 50), range(count // 49 + 1)
    grids = {
        "scoring.B5.lower_edges.0": [str(edge) for edge in edges],
        "money.advance.rate.value": [f"{20 + rate / 10:.1f}" for rate in rates],
    }
    scenarios = combine({}, grids)[:count]
    every = max(count // 20, 1)
    sample = scenarios[::every]
    naive, anew = cpu(lambda: [evaluate(region(folder, of.values)) for of in sample], 1)
    print(f"{len(base.payees)} units x {len(base.pack.scheme.items)} items, {count:,} scenarios of {base.pack.id}")
    print(f"  read and evaluated anew           {naive / len(sample) * 1000:7.1f} ms CPU per scenario")
    seconds, _ = cpu(lambda: simulate(base, scenarios[:200]), 1)
    each, times = seconds / min(count, 200), seconds / min(count, 200) / naive * len(sample)
    print(f"  on counts that are there          {each * 1000:7.1f} ms CPU per scenario  {times:5.2f} x")
    started = time.perf_counter()
    found = simulate(base, scenarios, processes=processes)
    print(f"  all of them, {processes} processes          {time.perf_counter() - started:7.1f} s on the clock")
    for of, full in zip(found.outcomes[::every], anew, strict=True):
        assert {org: unit.given for org, unit in of.after.units.items()} == {
            org: full.amount(org, "earned") for org in of.after.units
        }


def region(folder: Path, changes: Mapping[str, Any]) -> Materials:
    """The materials of the region in a folder under some changes, read anew."""
    inputs, pack = read_inputs(find_inputs(folder), lambda own: read_pack("qof-2557", {**own, **changes}))
    register = shipped_register()
    chosen = choose(pack, register, Asked(), inputs)
    return replace(chosen, counts=gather_counts(pack, {}, inputs, register, chosen.days[1]))


def main() -> None:
    """Print figures of both parts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("region", type=Path, nargs="?")
    parser.add_argument("--units", type=int, default=1_000)
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--scenarios", type=int, default=1_000)
    parser.add_argument("--processes", type=int, default=2)
    chosen = parser.parse_args()
    print(machine())
    pay_made_up(chosen.units, chosen.items)
    if chosen.region:
        simulate_region(chosen.region, chosen.scenarios, chosen.processes)


if __name__ == "__main__":
    main()
