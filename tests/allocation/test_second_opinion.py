"""The slow allocator agrees on random regions with ties, zeros and halves."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from allocation import slow
from samrit.allocation import (
    Index,
    Ledger,
    Mean,
    MeanOfZero,
    PointLine,
    RatedItem,
    Scale,
    by_domain,
    cap_amounts,
    close_period,
    open_rate,
    price_per_point,
    relative_to_mean,
    split,
)

SIZES = ["0", "1", "1", "2", "2.5", "0.01", "7"]


def some_codes(chance: random.Random, most: int = 9) -> list[str]:
    return [str(code) for code in chance.sample(range(10, 60), chance.randint(1, most))]


def some_shares(chance: random.Random, most: int = 9) -> dict[str, Decimal]:
    return {code: Decimal(chance.choice(SIZES)) for code in some_codes(chance, most)}


def test_splits_agree_also_in_a_stated_order() -> None:
    chance = random.Random(2557)
    for _ in range(400):
        shares = some_shares(chance)
        pool = chance.randint(-50, 400)
        order = chance.sample(list(shares), len(shares))
        if any(shares.values()):
            assert split(pool, shares) == slow.hand_out(pool, shares)
            assert split(pool, shares, order) == slow.hand_out(pool, shares, order)


def test_open_rates_agree() -> None:
    chance = random.Random(1)
    for _ in range(200):
        items = [
            (code, rate, chance.choice([None, Decimal(0), Decimal("0.2"), Decimal("0.6"), Decimal(1)]))
            for code, rate in some_shares(chance).items()
        ]
        people = chance.choice([0, 1, 3, 977])
        found = open_rate([RatedItem(*item) for item in items], people)
        assert (found.total, found.items, found.undistributed) == slow.earn(items, people)


def test_caps_agree() -> None:
    chance = random.Random(2)
    for _ in range(300):
        exact = {code: Fraction(share) / chance.choice([1, 2, 3]) for code, share in some_shares(chance).items()}
        cap, scale = chance.choice([None, 0, 5, 12, 1000]), chance.choice(list(Scale))
        found = cap_amounts(exact, cap, scale)
        assert (found.parts, found.undistributed) == slow.fit(exact, cap, scale is Scale.BOTH)
        assert found.total == sum(found.parts.values())


def test_regions_against_their_mean_agree() -> None:
    chance = random.Random(3)
    empty = 0
    for _ in range(400):
        units = {
            code: (Decimal(chance.choice(["0", "0", "320", "350", "350", "410.5"])), chance.choice([0, 1, 2, 7, 333]))
            for code in some_codes(chance, 6)
        }
        base = Decimal(chance.choice(["10", "0.07", "1"]))
        mean = chance.choice([Mean.SIMPLE, Mean.WEIGHTED, Decimal(0), Decimal("352.5")])
        cap, scale, places = chance.choice([None, 90, 250_000]), chance.choice(list(Scale)), chance.choice([None, 0, 1])
        exact = slow.compare(units, base, mean if isinstance(mean, Decimal) else mean.value, places)
        if exact is None:
            with pytest.raises(MeanOfZero) as caught:
                relative_to_mean(units, base, mean, cap, scale, places)
            assert caught.value.result.undistributed == (cap or 0)
            empty += 1
            continue
        found = relative_to_mean(units, base, mean, cap, scale, places)
        assert found.unadjusted == exact
        assert (found.paid, found.undistributed) == slow.fit(exact, cap, scale is Scale.BOTH)
    assert 20 < empty < 300


def test_pools_by_domain_agree() -> None:
    chance = random.Random(4)
    for _ in range(200):
        weights = some_shares(chance, 4)
        if not any(weights.values()):
            continue
        known = {domain: some_shares(chance, 5) for domain in weights if chance.random() < 0.8}
        pot = chance.randint(0, 300)
        found = by_domain(pot, weights, known)
        assert (found.parts, found.undistributed) == slow.cut_by_domain(pot, weights, known)
        assert found.total == pot - sum(found.undistributed.values())


def test_prices_agree() -> None:
    chance = random.Random(5)
    for _ in range(200):
        lines, plain = {}, {}
        for code, points in some_shares(chance).items():
            indices = tuple(Index(Decimal(chance.randint(0, 4)), Decimal(3)) for _ in range(chance.randint(0, 2)))
            product = Fraction(1)
            for one in indices:
                product *= Fraction(one.value) / 3
            lines[code] = PointLine(points, indices)
            plain[code] = (points, product)
        people = chance.choice([1, 9103, 4552])
        found = price_per_point(lines, Decimal("201.16"), [Index(Decimal(people), Decimal(9103))])
        assert found.items == slow.price(plain, Decimal("201.16"), Fraction(people, 9103))
        assert found.total == sum(found.items.values())


def test_ledgers_agree_coin_by_coin() -> None:
    chance = random.Random(6)
    for _ in range(100):
        ledger, debts = Ledger(), {org: slow.Debts() for org in "abc"}
        for number in range(chance.randint(1, 8)):
            period = f"{2557 + number}"
            dues = {org: chance.choice([-30, -7, 0, 7, 10, 45]) for org in "abc" if chance.random() < 0.8}
            closed = close_period(ledger, period, dues)
            ledger = closed.ledger
            for org, due in dues.items():
                assert closed.settled[org].paid == debts[org].close(period, due)
            for org, one in debts.items():
                assert ledger.owed(org) == {of: one.queue.count(of) for of in dict.fromkeys(one.queue)}
