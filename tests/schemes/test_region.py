"""A whole region runs under both schemes from the same folder of counts, and every sum reconciles to its pot."""

from collections import Counter
from pathlib import Path

import pytest

from samrit.demo import write_cube
from samrit.reference import shipped_register
from samrit.schemes import Asked, Payee, RunInputs, SchemeRun, find_inputs, read_inputs, read_pack, run_scheme
from schemes.building import read_rows
from schemes.small_home import Small

PEOPLE = 4_335_091


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region") / "new"
    write_cube(folder)
    return folder


@pytest.fixture(scope="module", params=["qof-2557", "nhso-2552"])
def done(request: pytest.FixtureRequest, small: Small, region: Path) -> SchemeRun:
    pack_id = request.param
    inputs, pack = read_inputs(find_inputs(region, pack_id), lambda own: read_pack(pack_id, own))
    return run_scheme(pack, small.late, shipped_register(), Asked(), inputs)


def test_every_pool_every_unit_and_the_whole_add_up(done: SchemeRun) -> None:
    rows = read_rows(done.run.folder / "payments.csv")
    amounts = {(r["org"], r["component"]): int(r["amount_satang"]) for r in rows}
    assert len(amounts) == len(rows)
    whole = done.whole
    earned: Counter[str] = Counter()
    for payee in done.payees:
        items = {name: a for (org, name), a in amounts.items() if org == payee.org and name.startswith("earned.")}
        pools = {name: items.pop(name) for name in list(items) if name.removeprefix("earned.") in pool_ids(done)}
        assert sum(items.values()) == amounts[payee.org, "earned"] == sum(pools.values() or items.values())
        for name, amount in items.items():
            pool = done.pack.pool(done.pack.item(name.removeprefix("earned."))).id
            earned[pool] += amount
        advance = amounts.get((payee.org, "advance"), 0)
        assert amounts[payee.org, "net"] == amounts[payee.org, "earned"] - advance
    assert amounts[whole, "pot"] == amounts[whole, "earned"] + amounts[whole, "undistributed"]
    for pool in pool_ids(done):
        name = f".{pool}" if len(pool_ids(done)) > 1 else ""
        assert amounts[whole, f"earned{name}"] == earned[pool]
        assert amounts[whole, f"pot{name}"] == earned[pool] + amounts[whole, f"undistributed{name}"]


def pool_ids(done: SchemeRun) -> list[str]:
    return [pool.id for pool in done.pack.scheme.pools]


def test_the_pots_are_those_of_the_region(done: SchemeRun) -> None:
    """qof-2557: 54.10 baht at full marks, rounded unit by unit; nhso-2552: 10 + 10 baht and 1 of support."""
    amount = done.evaluation.amount
    if done.pack.id == "qof-2557":
        assert amount(done.whole, "pot") == pytest.approx(PEOPLE * 54_10, abs=len(done.payees))
        return
    assert amount(done.whole, "pot.primary") == amount(done.whole, "pot.referral") == PEOPLE * 10_00
    assert amount(done.whole, "support") + amount(done.whole, "undistributed.support") == PEOPLE * 1_00
    assert "schemes.run.people_differ" not in {w.code for w in done.warnings}  # the networks hold everybody once


def test_networks_that_do_not_hold_everybody_once_are_warned_of(small: Small) -> None:
    """nhso-2552 A7: a person counts once in each pool; here 10705 has its network and 11030 its own people again."""
    people = ({"uc": 300, "referral_uc": 400}, {"uc": 100, "referral_uc": 100})
    payees = tuple(Payee(org, "4201", "", "", of) for org, of in zip(("10705", "11030"), people, strict=True))
    done = run_scheme(read_pack("nhso-2552"), small.late, shipped_register(), Asked(), RunInputs(populations=payees))
    (warning,) = [w for w in done.warnings if w.code == "schemes.run.people_differ"]
    assert warning.level == "warning"
    assert "500" in warning.en
    assert "400" in warning.en


def test_what_is_paid_when_is_what_is_paid(done: SchemeRun) -> None:
    paid: Counter[str] = Counter()
    kinds = {payment.id: payment.of for payment in done.pack.scheme.calendar.payments}
    for row in read_rows(done.run.folder / "instalments.csv"):
        paid[kinds[row["payment"]]] += int(row["amount_satang"])
    amount = done.evaluation.amount
    nets = [amount(p.org, "net") for p in done.payees]
    wanted = {
        "net": sum(n for n in nets if n > 0),
        "advance": amount(done.whole, "advance"),
        "support": amount(done.whole, "support"),
    }
    assert paid == {kind: n for kind, n in wanted.items() if n}


def test_scores_of_hospitals_stand_beside_those_of_contracting_units(done: SchemeRun) -> None:
    if done.pack.id != "nhso-2552":
        pytest.skip("one pool")
    rows = read_rows(done.run.folder / "scores.csv")
    orgs = {item: {r["org"] for r in rows if r["item"] == item} for item in ("P1", "R1")}
    assert len(orgs["P1"]) == len(done.payees)
    assert orgs["R1"] < orgs["P1"]
    basis = read_rows(done.run.folder / "basis.csv")
    assert {"mean", "sd", "n"} <= {r["name"] for r in basis if r["item"] == "R2"}
    assert any(r["unit"] and r["name"] == "rung" for r in basis if r["item"] == "P1")
    assert {"mean.primary", "factor.primary"} <= {r["name"] for r in basis if not r["org"]}
