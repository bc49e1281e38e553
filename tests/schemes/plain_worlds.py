"""Small worlds written by hand: one pool of a few numbers that are typed in, every unit with people of one base."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from schemes.random_packs import BASES, Unit, World, Written
from schemes.random_scoring import TITLE, figure

BANDS: Written = {"kind": "bands", "standing": "printed", "unit": "percent", "lower_edges": ["50", "60", "70", "80"]}
NORM: Written = {
    "kind": "norm",
    "standing": "printed",
    "edges": ["-2", "-1", "0", "1", "2"],
    "scores": ["0", "1", "2", "3", "4", "5"],
    "sd_zero": "3",
}
"""The norm of nhso-2552 section 4: 3 from the mean, 4 from one SD above it, 2 below it."""
OPEN: Written = {"rule": "open_rate"}
RELATIVE: Written = {"rule": "relative_to_mean", "base": figure("10"), "pot": {"rate": figure("10")}}


def plain_world(
    values: Mapping[str, Mapping[str, str | None]],
    scoring: Written = BANDS,
    pool: Written = OPEN,
    people: int = 1000,
    rate: str = "1",
    **given: Any,
) -> World:
    """A world of unit -> item -> value (None: not reported); every item 10 points and `rate` baht per head."""
    codes = dict.fromkeys(code for of in values.values() for code in of)
    item = {"title": TITLE, "entry": "number", "points": figure("10"), "score": {"by": "RULE", "standing": "printed"}}
    base = {"title": TITLE, "day": "2013-10-01", "standing": "printed", "file": "population.csv"}
    scheme: Written = {
        "id": "plain",
        "title": TITLE,
        "year": "2557",
        "period": "2013-04-01..2014-03-31",
        "census_day": "2013-10-01",
        "people": {name: base | {"column": f"{name}_people"} for name in BASES},
        "calendar": {"assessed": TITLE, "payments": []},
        "scoring": {"RULE": scoring},
        "pools": [{"id": "money", "title": TITLE, "people": "uc", **pool}],
        "money": {"netting": "recover"},
        "items": [{"item": code, **item, "rate": figure(rate)} for code in codes],
    }
    results = {
        (code, org): (None, None, Decimal(value))
        for org, of in values.items()
        for code, value in of.items()
        if value is not None
    }
    return World(scheme, tuple(Unit(org, "4201", {"uc": people}, "A", "L") for org in values), results, **given)
