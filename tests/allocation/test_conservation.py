"""Every function of the room checks its own sums: a lost satang is an error and not a wrong payment."""

import dataclasses
import importlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import ModuleType

import pytest

import samrit.allocation
from samrit.allocation import (
    Activity,
    ActivityShares,
    Ledger,
    NotConserved,
    PointLine,
    Pooled,
    RatedItem,
    Settled,
    by_domain,
    cap_amounts,
    close_period,
    instalments,
    open_rate,
    price_per_point,
    settle,
)
from samrit.allocation import support as give_support

RESULTS = [
    found for found in vars(samrit.allocation).values() if isinstance(found, type) and dataclasses.is_dataclass(found)
]


def lose_one(pool: int, shares: Mapping[str, object], order: object = None) -> dict[str, int]:
    """A split that loses a satang."""
    first, *others = shares
    return {first: pool - 1, **dict.fromkeys(others, 0)}


def lose_a_part(pot: int, weights: Mapping[str, object], counts: Mapping[str, Mapping[str, object]]) -> Pooled:
    """A cut by domain that forgets what stays."""
    return Pooled({domain: dict.fromkeys(counts[domain], 0) for domain in weights}, dict.fromkeys(weights, 0), 0)


def keep_one(org: str, due: int, owed: Mapping[str, int]) -> Settled:
    """A payment that is one satang short."""
    return Settled(org, due, due - 1, {}, {}, 0)


def module(name: str) -> ModuleType:
    """A module of the room (some share their name with the function that is public)."""
    return importlib.import_module(f"samrit.allocation.{name}")


@pytest.mark.parametrize(
    ("where", "name", "broken", "call"),
    [
        ("open_rate", "divide", lose_one, lambda: open_rate([RatedItem("1", Decimal(1), Decimal(1))], 1)),
        ("pools", "divide", lose_one, lambda: by_domain(9, {"1": 1}, {"1": {"a": 1}})),
        ("capping", "divide", lose_one, lambda: cap_amounts({"a": 5}, 9)),
        ("price", "divide", lose_one, lambda: price_per_point({"a": PointLine(Decimal(1))}, Decimal(1))),
        ("instalments", "split", lose_one, lambda: instalments(9, {"first": 1})),
        ("support", "by_domain", lose_a_part, lambda: give_support(9, {"a": Activity(1)}, ActivityShares(Decimal(1)))),
        ("ledger", "max", lambda amount, _: amount, lambda: settle("11053", 5, {})),
        ("ledger", "settle", keep_one, lambda: close_period(Ledger(), "2557", {"11053": 5})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_lost_satang_is_refused(
    monkeypatch: pytest.MonkeyPatch, where: str, name: str, broken: object, call: Callable[[], object]
) -> None:
    call()
    monkeypatch.setattr(module(where), name, broken, raising=False)
    with pytest.raises(NotConserved):
        call()


def test_all_values_of_the_room_are_looked_at() -> None:
    assert len(RESULTS) >= 16


@pytest.mark.parametrize("kind", RESULTS, ids=lambda kind: kind.__name__)
def test_values_cannot_be_changed(kind: type) -> None:
    """Frozen: a payment that was checked stays as it was checked."""
    blank = object.__new__(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(blank, dataclasses.fields(kind)[0].name, 1)


@pytest.mark.parametrize("kind", ["Earned", "Pooled", "Capped", "Relative", "Support", "Settled", "Closed"])
def test_every_result_says_what_stays_undistributed(kind: str) -> None:
    found = getattr(samrit.allocation, kind)
    assert "undistributed" in {*(field.name for field in dataclasses.fields(found)), *vars(found)}
