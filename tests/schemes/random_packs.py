"""Random whole packs as people would write them, with random units, results and money: worlds for second opinions.

A world is plain data (texts and whole numbers), so that a second evaluator can read it without the models; `materials`
writes it as a folder of YAML and CSV and reads it with the product. Few different numbers: edges are met, ties common.
"""

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from samrit.allocation import Activity
from samrit.schemes import Counted, Materials, RunInputs, Winner
from samrit.schemes.authoring import read_pack_folder
from samrit.schemes.inputs import Adjustment, AdjustmentKind, Receivable
from schemes.random_scoring import TITLE, ScoringMaker, facts_of_unit, figure

Written = dict[str, Any]
BASES = ("uc", "thai")
PEOPLE = (0, 1, 2, 3, 3, 7, 10, 10, 12, 333, 1000)
LEVELS = ("A", "B", "")
STRAY = "99999"
"""A unit that was counted and is paid by nobody."""
MEASURES = {"ht_controlled": "higher", "asthma_admission_rate": "lower"}
"""Measures and the way in which they improve."""
RULES = ("open_rate", "closed_pool", "relative_to_mean", "price_per_point")


@dataclass(frozen=True)
class Unit:
    """A unit that is paid; `people` has no key where the table has a blank."""

    org: str
    district: str
    people: Mapping[str, int]
    service_level: str
    size: str


@dataclass(frozen=True)
class World:
    """A scheme as it is written and all that a run is given.

    results: (item, org) -> A, B, value; facts: (item, org) -> primary unit ('' none) -> fact -> what it is;
    adjustments: (org, satang, is it approved); ledger: (org, period, satang), oldest first; winners: (org, pot).
    """

    scheme: Written
    units: tuple[Unit, ...]
    results: Mapping[tuple[str, str], tuple[int | None, int | None, Decimal | None]]
    facts: Mapping[tuple[str, str], Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    last: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    activities: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    indices: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    last_paid: Mapping[str, int] = field(default_factory=dict)
    adjustments: tuple[tuple[str, int, bool], ...] = ()
    ledger: tuple[tuple[str, str, int], ...] = ()
    winners: tuple[tuple[str, str], ...] = ()


def worlds(**fixed: Any) -> st.SearchStrategy[World]:
    """Random worlds; hypothesis chooses and shrinks every choice. `fixed` as for `make_world`."""
    return st.randoms(use_true_random=False).map(lambda chance: make_world(chance, **fixed))


def make_world(chance: random.Random, rules: Sequence[str] = RULES, kinds: Sequence[str] = ()) -> World:
    """A world with pools of these rules; `kinds`: only these kinds of score rules, '' any."""
    units = _units(chance)
    pools = [_pool(chance, f"p{n}", chance.choice(rules)) for n in range(1, chance.choice((1, 1, 2, 3)) + 1)]
    scheme: Written = {
        "id": "random",
        "title": TITLE,
        "year": "2557",
        "period": "2013-04-01..2014-03-31",
        "census_day": "2013-10-01",
        "people": {base: _people(base) for base in BASES},
        "pools": pools,
        "money": _money(chance, pools),
        "scoring": {},
        "items": [],
    }
    scheme["calendar"] = {"assessed": TITLE, "payments": _payments(chance, scheme["money"])}
    with_domains = chance.random() < 0.5 or any(pool.get("by_domain") for pool in pools)
    domains: list[Written] = []
    for pool in pools:
        _fill(chance, scheme, pool, domains if with_domains else None, kinds)
    if with_domains:
        scheme["domains"] = domains
    return _given(chance, scheme, units)


def materials(world: World, folder: Path) -> Materials:
    """What the product makes of a world: a pack folder that is read and checked, and the inputs of a run."""
    home = folder / world.scheme["id"]
    home.mkdir(exist_ok=True)
    text = yaml.dump(world.scheme, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)
    (home / "scheme.yaml").write_text(text, encoding="utf-8")
    with (home / "population.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["org", "district_code", *(f"{base}_people" for base in BASES), "service_level", "size"])
        for unit in world.units:
            people = [unit.people.get(base, "") for base in BASES]
            writer.writerow([unit.org, unit.district, *people, unit.service_level, unit.size])
    pack = read_pack_folder(home)
    counts = {key: Counted(*found) for key, found in world.results.items()}
    return Materials(pack, pack.payees, "all", counts, inputs_of(world))


def inputs_of(world: World) -> RunInputs:
    """The inputs of a run in the shape of the product."""
    signed = ("reason", "writer", "2014-04-01")
    approval = {True: ("chief", "2014-05-01"), False: ("", "")}
    return RunInputs(
        facts=world.facts,
        last=world.last,
        winners=tuple(Winner(*winner) for winner in world.winners),
        activities={org: Activity(*numbers) for org, numbers in world.activities.items()},
        adjustments=tuple(
            Adjustment(org, "", AdjustmentKind.ADJUSTMENT, amount, *signed, *approval[approved])
            for org, amount, approved in world.adjustments
        ),
        indices=world.indices,
        last_paid=world.last_paid,
        ledger=tuple(Receivable(*owed) for owed in world.ledger),
    )


def turned(world: World) -> World:
    """The same world with everything in the opposite order that has no meaning in its order."""

    def back(of: Mapping[Any, Any]) -> dict[Any, Any]:
        return dict(reversed(of.items()))

    return replace(
        world,
        units=world.units[::-1],
        results=back(world.results),
        facts={
            key: {unit: back(facts) for unit, facts in back(units).items()} for key, units in back(world.facts).items()
        },
        last=back(world.last),
        activities=back(world.activities),
        indices=back(world.indices),
        last_paid=back(world.last_paid),
        adjustments=world.adjustments[::-1],
        winners=world.winners[::-1],
    )


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _units(chance: random.Random) -> tuple[Unit, ...]:
    made = []
    for number in range(chance.randint(1, 6)):
        people = {"uc": chance.choice(PEOPLE)}
        if chance.random() < 0.7:
            people["thai"] = chance.choice(PEOPLE)
        district = chance.choice(("4201", "4202", "4101"))
        made.append(Unit(f"1100{number}", district, people, chance.choice(LEVELS), chance.choice(("L", "S"))))
    return tuple(made)


def _people(base: str) -> Written:
    made = {"title": TITLE, "column": f"{base}_people", "day": "2013-10-01", "standing": "printed"}
    return made | {"file": "population.csv", "otherwise": "uc" if base == "thai" else ""}


def _pool(chance: random.Random, pool_id: str, rule: str) -> Written:
    made: Written = {"id": pool_id, "title": TITLE, "rule": rule, "people": chance.choice(BASES), "most_regional": "3"}
    amount, rate = chance.choice(("0", "1", "100.05", "12345.67")), chance.choice(("0.01", "10", "54.65"))
    pot = chance.choice(
        ({"amount": figure(amount)}, {"rate": figure(rate)}, {"amount": figure(amount), "rate": figure(rate)})
    )
    if rule == "closed_pool" or chance.random() < 0.6:
        made["pot"] = pot
    if rule == "closed_pool":
        made |= {"by": chance.choice(("points_people", "points")), "by_domain": chance.choice(("true", "false"))}
        if made["by_domain"] == "false":
            del made["by_domain"]
    if rule == "relative_to_mean":
        made |= {
            "base": figure(chance.choice(("10", "0.07", "1"))),
            "mean": chance.choice(("simple", "weighted")),
            "scale": chance.choice(("down_only", "both")),
            "rate_rounding": chance.choice(("none", "whole_baht")),
        }
    if rule == "price_per_point":
        made |= {"price": figure(chance.choice(("201.16", "0.01", "3"))), "indices": _indices(chance)}
    return made


def _indices(chance: random.Random) -> list[Written]:
    made = [
        {"name": "list", "title": TITLE, "value": "people", "reference": figure(chance.choice(("3", "10", "9103")))}
    ]
    for per in ("unit", "item"):
        if chance.random() < 0.5:
            typed = {"name": f"typed_{per}", "title": TITLE, "value": "typed_in", "per": per, "reference": figure("2")}
            made.append(typed | chance.choice(({}, {"low": "0.5"}, {"high": "1.5"}, {"low": "0.5", "high": "1.5"})))
    return made


def _money(chance: random.Random, pools: Sequence[Written]) -> Written:
    money: Written = {"netting": chance.choice(("recover", "floor_zero"))}
    if chance.random() < 0.6:
        money["advance"] = chance.choice(
            (
                {"rate": figure("28.13"), "people": chance.choice(("", *BASES))},
                {"share_of_last": figure("0.6")},
                {"share_of_last": figure("0.6"), "uprating": figure("1.015")},
            )
        )
    if chance.random() < 0.4:
        money["excellence"] = {
            "region": figure(chance.choice(("0", "30.01", "1000"))),
            "province": figure(chance.choice(("0.05", "70"))),
            "share": chance.choice(("population", "equal")),
            "decided_by": TITLE,
        }
    if chance.random() < 0.4:
        cuttable = {p["id"]: p for p in pools if p["rule"] in {"closed_pool", "relative_to_mean"} and "pot" in p}
        inside = chance.choice(("", *cuttable))
        if inside:
            cuttable[inside]["pot"]["amount"] = figure("12345.67")  # always more than the support
        shares = {name: figure(chance.choice(("0", "1", "2.5"))) for name in ("hospitals", "beds")}
        money["support"] = {
            "title": TITLE,
            "rate": figure(chance.choice(("0.01", "1"))),
            "people": chance.choice(BASES),
            "inside": inside,
            **shares,
            "units": figure(chance.choice(("1", "3"))),
        }
    return money


def _payments(chance: random.Random, money: Written) -> list[Written]:
    if chance.random() < 0.3:
        return []
    made = []
    for of in [of for of in ("advance", "support") if of in money] + ["net"]:
        for number in range(chance.choice((1, 1, 2))):
            payment = {"id": f"{of}_{number}", "title": TITLE, "of": of, "due": "2014-01-31", "standing": "assumed"}
            made.append(
                payment | {"parts": chance.choice(("1", "50", "0.5")), "months": chance.choice(("1", "1", "3"))}
            )
    return made


def _fill(
    chance: random.Random, scheme: Written, pool: Written, domains: list[Written] | None, kinds: Sequence[str]
) -> None:
    """Items of one pool, their marks, rules and domains."""
    by_weight = chance.random() < 0.6
    own: list[Written] = []
    for _ in range(1 if domains is None else chance.choice((1, 2))):
        if domains is not None:
            no = str(len(domains) + 1)
            own.append({"no": no, "title": TITLE, "pool": pool["id"]})
            domains.append(own[-1])
            if pool.get("by_domain"):
                own[-1]["weight"] = figure(chance.choice(("1", "3", "40")))
    regional = 0
    for number in range(max(len(own), chance.randint(1, 4))):
        code = f"{pool['id'].upper()}{number}"
        item: Written = {"item": code, "title": TITLE, "pool": pool["id"]}
        if own:
            domain = own[number % len(own)]
            item["item"] = code = f"{domain['no']}.{number}"
            if chance.random() < 0.2:
                item |= {"item": f"X{pool['id']}.{number}", "domain": domain["no"]}
            if chance.random() < 0.5:
                del item["pool"]  # its domain names it
        if pool["rule"] == "open_rate":
            item["rate"] = figure(chance.choice(("0", "0.01", "0.03", "0.5", "2.43", "4.33")), chance)
        if by_weight:
            item["weight"] = figure(chance.choice(("1", "2", "5", "10")), chance)
        else:
            item["points"] = figure(chance.choice(("0", "3", "10", "10", "80")), chance)
        if regional < 3 and chance.random() < 0.3:
            item["origin"] = "regional"
            regional += 1
        ScoringMaker(chance, scheme["scoring"], MEASURES, kinds).give_rule(item)
        scheme["items"].append(item)
    inside = scheme["items"][-max(1, number + 1) :]
    if by_weight and chance.random() < 0.7:
        total = sum(Decimal(item["weight"]["value"]) for item in inside)
        pool["weights"] = chance.choice(({"total": "100", "rescale": "true"}, {"total": str(total)}))
    for domain in own:
        of_domain = [i for i in inside if i.get("domain", i["item"].partition(".")[0]) == domain["no"]]
        if not by_weight and chance.random() < 0.5:
            domain["points"] = str(sum(Decimal(item["points"]["value"]) for item in of_domain))


def _given(chance: random.Random, scheme: Written, units: tuple[Unit, ...]) -> World:
    """Results and money for the units of a scheme."""
    orgs = [unit.org for unit in units]
    results: dict[tuple[str, str], tuple[int | None, int | None, Decimal | None]] = {}
    facts: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    last: dict[tuple[str, str], Decimal] = {}
    indices: dict[tuple[str, str, str], Decimal] = {}
    for item in scheme["items"]:
        code = item["item"]
        for org in (*orgs, STRAY):
            if chance.random() < 0.2:
                continue
            if item.get("entry") == "facts":
                if org != STRAY:
                    names = [f"u{n}" for n in range(chance.randint(1, 3))] if "parts" in item else [""]
                    facts[code, org] = {name: facts_of_unit(chance) for name in names}
                continue
            results[code, org] = _result(chance, item)
            if chance.random() < 0.6:
                last[code, org] = Decimal(chance.choice(("0", "10", "50", "55.5", "80")))
    for pool in scheme["pools"]:
        codes = [i["item"] for i in scheme["items"] if _pool_of(scheme, i) == pool["id"]]
        for index in pool.get("indices", ()):
            for code in [""] if index.get("per") == "unit" else codes if index["value"] == "typed_in" else []:
                for org in orgs:
                    if chance.random() < 0.6:
                        indices[org, code, index["name"]] = Decimal(chance.choice(("0", "1", "2", "2.4", "7")))
    with_people = [unit.org for unit in units if unit.people["uc"]]
    some = [org for org in orgs if chance.random() < 0.6]
    return World(
        scheme,
        units,
        results,
        facts,
        last,
        {org: (chance.randint(0, 2), chance.choice((0, 10, 30)), chance.randint(0, 3)) for org in some},
        indices,
        {org: chance.choice((0, 1, 12345, 99_999)) for org in some},
        _adjustments(chance, orgs),
        _ledger(chance, orgs),
        _winners(chance, with_people) if "excellence" in scheme["money"] else (),
    )


def _pool_of(scheme: Written, item: Written) -> str:
    no = item.get("domain", item["item"].partition(".")[0])
    return str(item.get("pool") or next(d["pool"] for d in scheme["domains"] if d["no"] == no))


def _result(chance: random.Random, item: Written) -> tuple[int | None, int | None, Decimal | None]:
    if item.get("entry") == "level":
        return None, None, Decimal(chance.randint(0, 5))
    if item.get("entry") == "number":
        return None, None, Decimal(chance.choice(("0", "10", "49.995", "50", "55.5", "80", "100")))
    b = chance.choice((0, 1, 4, 10, 30, 40))
    if b == 0:
        return 0, 0, None
    a = chance.randint(0, b)
    return a, b, Decimal(100 * a) / b


def _adjustments(chance: random.Random, orgs: Sequence[str]) -> tuple[tuple[str, int, bool], ...]:
    if chance.random() < 0.5:
        return ()
    amounts = (-50_000, -1, 1, 777)
    return tuple(
        (chance.choice(orgs), chance.choice(amounts), chance.random() < 0.6) for _ in range(chance.randint(1, 4))
    )


def _ledger(chance: random.Random, orgs: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
    if chance.random() < 0.5:
        return ()
    return tuple(
        (org, since, chance.choice((0, 1, 500, 100_000)))
        for org in orgs
        for since in ("2555", "2556")
        if chance.random() < 0.5
    )


def _winners(chance: random.Random, orgs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((org, pot) for org in orgs for pot in ("region", "province") if chance.random() < 0.4)
