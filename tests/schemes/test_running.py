"""A run on received data: what names it, what it keeps, care and knowledge cut by a day, warnings, counts of others."""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from samrit.reference import OrgLevel, Period, shipped_register
from samrit.schemes import (
    Asked,
    InputFile,
    Pack,
    RunInputs,
    SchemeRun,
    SchemesError,
    find_inputs,
    read_inputs,
    read_pack,
    read_pack_folder,
    run_scheme,
)
from samrit.schemes import running as running_module
from samrit.warehouse import Snapshot
from schemes.building import BANDS_OF, EVERYONE, FULL_PACK, PACK, VALUES, copy_pack, read_rows, spoil, write_csv
from schemes.small_home import Small

REGISTER = shipped_register()
SIGNED = ("สมชาย", "2014-04-15")
NA_HAEO, NONG_HIN = "11033", "28861"


def run(snapshot: Snapshot, asked: Asked = Asked("42"), pack: Pack = PACK, **more: Any) -> SchemeRun:  # noqa: B008
    return run_scheme(pack, snapshot, REGISTER, asked, **more)


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a run folder by its place in it."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.fixture(scope="module")
def plain(small: Small) -> SchemeRun:
    """The run of the newest snapshot for the province."""
    return run(small.late)


def inputs_of(folder: Path, changes: dict[str, str] | None = None) -> tuple[RunInputs, Pack]:
    return read_inputs(find_inputs(folder), lambda own: read_pack("qof-2557", {**own, **(changes or {})}))


def test_the_same_inputs_give_the_same_id_and_the_same_bytes(small: Small, plain: SchemeRun) -> None:
    before = bytes_of(plain.run.folder)
    again = run(small.late)
    assert again.run.id == plain.run.id
    assert bytes_of(again.run.folder) == before


def test_a_run_that_is_made_anew_has_the_same_bytes(
    small: Small, plain: SchemeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small.home, "runs", small.home.path / "other-runs")
    again = run(small.late)
    assert again.run.folder != plain.run.folder
    files = bytes_of(plain.run.folder)
    tables = ["cube.csv", "instalments.csv", "ledger.csv", "manifest.json", "payments.csv", "scores.csv"]
    assert sorted(name for name in files if "/" not in name) == tables
    assert bytes_of(again.run.folder) == files


def test_the_manifest_says_everything_that_went_in_and_the_hash_of_everything_that_came_out(
    small: Small, plain: SchemeRun
) -> None:
    manifest = json.loads((plain.run.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["run"] == plain.run.id == plain.run.folder.name
    assert (manifest["scheme"], manifest["pack"], manifest["snapshot"]) == ("qof-2557", PACK.hash, small.late.id)
    assert manifest["code"].split("+")[0]
    assert manifest["parameters"] == {
        "org": "42",
        "as_of": "",
        "period": "2013-04-01..2014-03-31",
        "census_day": "2013-10-01",
        "trend": False,
        "previous": "",
    }
    files = {name: content for name, content in bytes_of(plain.run.folder).items() if name != "manifest.json"}
    said = {**manifest["files"], **manifest["papers"]}
    assert said == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_any_other_pack_snapshot_code_rule_or_question_has_another_id(
    small: Small, plain: SchemeRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = copy_pack(tmp_path)
    spoil(changed, "Read docs", "Do read docs")
    ids = [
        plain.run.id,
        run(small.early).run.id,
        run(small.late, Asked("4206")).run.id,
        run(small.late, Asked("42", as_of=date(2013, 12, 31))).run.id,
        run(small.late, pack=read_pack("qof-2557", {"money.netting": "floor_zero"})).run.id,
        run(small.late, pack=read_pack_folder(changed)).run.id,
        run(small.late, papers=(InputFile("org", "org.csv", "0", ""),)).run.id,
    ]
    monkeypatch.setattr(running_module, "code_hash", lambda: "other")
    ids.append(run(small.late).run.id)
    assert len(set(ids)) == len(ids)


def test_scores_and_payments_are_the_evaluation(plain: SchemeRun) -> None:
    scores = read_rows(plain.run.folder / "scores.csv")
    assert {row["scheme"] for row in scores} == {"qof-2557"}
    assert list(scores[0]) == [
        "scheme",
        "org",
        "item",
        "a",
        "b",
        "value",
        "score",
        "max_score",
        "weight",
        "points",
        "note",
    ]
    assert len(scores) == len(plain.evaluation.scores) >= 14 * 22
    one = next(r for r in scores if (r["org"], r["item"]) == (NA_HAEO, "2.6"))
    assert Decimal(one["value"]) == round(Decimal(one["a"]) * 100 / Decimal(one["b"]), 4)
    assert one["value"].partition(".")[2].isdigit()
    assert len(one["value"].partition(".")[2]) == 4
    assert Decimal(one["points"]) == Decimal(one["score"]) * Decimal(one["weight"]) / 5
    unscored = next(r for r in scores if (r["org"], r["item"]) == (NA_HAEO, "3.3"))
    assert [unscored[name] for name in ("a", "b", "value", "score", "points")] == [""] * 5
    payments = read_rows(plain.run.folder / "payments.csv")
    assert list(payments[0]) == ["scheme", "org", "component", "population", "amount_satang", "note"]
    kept = {(r["org"], r["component"]): int(r["amount_satang"]) for r in payments}
    assert len(kept) == len(payments)
    assert kept == {(p.org, p.component): p.amount for p in plain.evaluation.payments}


def test_org_totals_and_the_pot_reconcile_in_the_file(plain: SchemeRun) -> None:
    kept = {(r["org"], r["component"]): int(r["amount_satang"]) for r in read_rows(plain.run.folder / "payments.csv")}
    for p in plain.payees:
        items = sum(a for (org, name), a in kept.items() if org == p.org and name.startswith("earned."))
        assert items == kept[p.org, "earned"]
        assert kept[p.org, "net"] == kept[p.org, "earned"] - kept[p.org, "advance"]
    for name in ("earned", "undistributed", "advance", "net"):
        assert kept["42", name] == sum(kept[p.org, name] for p in plain.payees)
    assert kept["42", "pot"] == kept["42", "earned"] + kept["42", "undistributed"]


def test_a_and_b_are_sums_of_the_cube(plain: SchemeRun) -> None:
    sums: Counter[tuple[str, str, str]] = Counter()
    for cell in read_rows(plain.run.folder / "cube.csv"):
        sums[cell["item"], cell["contracting_unit"], cell["letter"]] += int(cell["amount"])
    assert sums
    for row in read_rows(plain.run.folder / "scores.csv"):
        for letter in ("a", "b"):
            assert sums[row["item"], row["org"], letter] == int(row[letter] or 0)


@pytest.mark.parametrize("org", [NA_HAEO, "4206", "province:42", "region:8", ""])
def test_a_run_of_a_unit_a_district_or_everything_pays_whom_it_names(small: Small, org: str) -> None:
    done = run(small.late, Asked(org))
    paid = {p.org for p in done.payees}
    assert paid == ({NA_HAEO} if org in {NA_HAEO, "4206"} else {p.org for p in PACK.payees})
    keys = [(p.org, p.component) for p in done.evaluation.payments]
    assert len(set(keys)) == len(keys)


def test_the_sums_of_a_run_of_one_unit_do_not_double_it(small: Small, plain: SchemeRun) -> None:
    done = run(small.late, Asked(NA_HAEO))
    assert done.whole == "all"
    for name in ("earned", "net"):
        assert done.evaluation.amount(NA_HAEO, name) == plain.evaluation.amount(NA_HAEO, name)
        assert done.evaluation.amount("all", name) == done.evaluation.amount(NA_HAEO, name)


def test_an_org_without_payees_is_refused(small: Small) -> None:
    with pytest.raises(SchemesError, match=r"schemes\.run\.org"):
        run(small.late, Asked("41"))


def test_as_of_cuts_care_and_not_the_census(small: Small) -> None:
    """Events of the primary-care ratio up to a day are those of the months before it."""
    cut = run(small.late, Asked("42", as_of=date(2013, 9, 30), trend=True))
    whole = run(small.late, Asked("42", trend=True))
    assert str(cut.period) == "2013-04-01..2013-09-30"
    assert cut.census_day == whole.census_day == date(2013, 10, 1)
    months = [x for x in whole.trend if x.item == "2.1" and x.org == "all" and x.span == "month"]
    for part, place in (("a", 0), ("b", 1)):
        assert cut.total_of("2.1")[place] == sum(getattr(x, part) for x in months if x.period.end <= date(2013, 9, 30))
    assert whole.total_of("2.1")[0] > cut.total_of("2.1")[0]  # type: ignore[operator]
    assert cut.total_of("2.6")[1] == whole.total_of("2.6")[1]


def test_as_of_a_day_after_the_period_is_the_whole_period(small: Small, plain: SchemeRun) -> None:
    done = run(small.late, Asked("42", as_of=date(2014, 6, 30)))
    assert done.period == plain.period
    assert done.evaluation == plain.evaluation


def test_as_of_a_day_before_the_period_is_refused(small: Small) -> None:
    with pytest.raises(SchemesError, match=r"schemes\.run\.as_of"):
        run(small.late, Asked("42", as_of=date(2013, 3, 31)))


def test_an_older_snapshot_gives_what_was_known_then_also_after_a_new_load(small: Small, plain: SchemeRun) -> None:
    then = run(small.early)
    assert then.run.manifest["snapshot"] == small.early.id != small.late.id
    assert then.evaluation != plain.evaluation
    assert then.total_of("2.6")[1] < plain.total_of("2.6")[1]  # type: ignore[operator]
    assert run(small.early).run.id == then.run.id


def aged(snapshot: Snapshot, stamp: str) -> Snapshot:
    return replace(snapshot, packages=tuple(replace(p, stamp=stamp) for p in snapshot.packages))


@pytest.mark.parametrize(("stamp", "warned"), [("20140629120000", False), ("20140630120000", True)])
def test_a_register_much_younger_than_the_period_is_warned_of(small: Small, stamp: str, warned: bool) -> None:
    """The period ends on 31 March: 29 June is 90 days later, 30 June 91."""
    done = run(aged(small.late, stamp), Asked("4214", as_of=date(2014, 3, 31)))
    assert [w.code for w in done.warnings] == (["schemes.run.register_young"] if warned else [])
    if warned:
        assert "91" in done.warnings[0].th
        assert done.warnings[0].level == "warning"


def test_a_stamp_that_is_no_day_warns_of_nothing(small: Small) -> None:
    assert run(aged(small.late, "99999999"), Asked("4214")).warnings == ()
    assert run(replace(small.late, packages=()), Asked("4214")).warnings == ()


def write_region(folder: Path, score: int) -> None:
    """People and counts of the whole region, every item but 4.6 (its value needs a prevalence) at one score."""
    write_csv(
        folder / "populations.csv",
        ("org", "district_code", "uc_population"),
        [(p.org, p.district_code, p.population) for p in EVERYONE],
    )
    cells = []
    for p in EVERYONE:
        for item, bands in BANDS_OF.items():
            if item not in {"4.6", "3.3", "3.4"}:
                value = Decimal(VALUES[bands][score - 1])
                cells.append((item, p.org, int(value * 100), 100 if bands == "B3" else 10_000))
    write_csv(folder / "cube.csv", ("item", "org", "a", "b"), cells)


def test_a_run_of_the_region_from_counts_of_others(small: Small, tmp_path: Path) -> None:
    """The counts of others stand in place of the snapshot's; the closed pool is spent to the satang."""
    write_region(tmp_path, 4)
    winners = [(NA_HAEO, "region", *SIGNED), (NONG_HIN, "province", *SIGNED)]
    write_csv(tmp_path / "winners.csv", ("org", "pool", "author", "entered_on"), winners)
    read, pack = inputs_of(tmp_path, {**FULL_PACK.changes, "pools.qof.rule": "closed_pool"})
    done = run(small.late, Asked("region:8"), pack, inputs=read)
    kept = {(p.org, p.component): p.amount for p in done.evaluation.payments}
    assert len(done.payees) == 17
    assert kept["region:8", "earned"] == kept["region:8", "pot"] == 234_569_039_00
    assert kept[NA_HAEO, "excellence"] == 710_815_00
    assert kept[NONG_HIN, "excellence"] == 19_551_727
    for item in ("1.1", "2.1", "2.2", "2.6", "3.1"):
        line = next(s for s in done.evaluation.scores if (s.org, s.item) == (NA_HAEO, item))
        assert (line.scored.score, line.counted.standing) == (4, "typed_in")
    assert done.total_of("3.1") == (17 * 7000, 17 * 10_000, Decimal(70))
    papers = done.run.manifest["inputs"]
    assert set(papers) == {"cube", "populations", "winners"}
    assert all(set(paper) == {"file", "sha256", "day"} for paper in papers.values())


@pytest.mark.parametrize("kind", ["entries", "winners", "cube", "changes", "populations"])
def test_one_changed_byte_of_an_input_changes_the_run_id(small: Small, tmp_path: Path, kind: str) -> None:
    write_region(tmp_path, 3)
    write_csv(
        tmp_path / "entries.csv",
        ("item", "org", "value", "author", "entered_on", "note"),
        [("3.3", NA_HAEO, 4, *SIGNED, "x")],
    )
    write_csv(
        tmp_path / "winners.csv", ("org", "pool", "author", "entered_on", "note"), [(NA_HAEO, "region", *SIGNED, "x")]
    )
    write_csv(
        tmp_path / "changes.csv",
        ("path", "value", "author", "entered_on", "reason"),
        [("items.3.3.score.by", "LEVEL", *SIGNED, "x")],
    )
    read, pack = inputs_of(tmp_path)
    once = run(small.late, Asked("region:8"), pack, inputs=read)
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    read, pack = inputs_of(tmp_path)
    again = run(small.late, Asked("region:8"), pack, inputs=read)
    assert again.run.id != once.run.id
    assert again.evaluation == once.evaluation
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert again.run.manifest["inputs"][kind]["sha256"] == digest


def test_typed_in_values_are_scored_and_paid(small: Small, tmp_path: Path, plain: SchemeRun) -> None:
    columns = ("item", "org", "a", "b", "value", "author", "entered_on")
    write_csv(
        tmp_path / "entries.csv",
        columns,
        [("3.1", NA_HAEO, 80, 100, "", *SIGNED), ("3.2", NA_HAEO, "", "", 55, *SIGNED)],
    )
    read, pack = inputs_of(tmp_path)
    done = run(small.late, Asked("42"), pack, inputs=read)
    lines = {s.item: s for s in done.evaluation.scores if s.org == NA_HAEO}
    assert [lines[i].scored.score for i in ("3.1", "3.2", "4.2")] == [5, 2, 0]
    more = done.evaluation.amount(NA_HAEO, "earned") - plain.evaluation.amount(NA_HAEO, "earned")
    assert more == pytest.approx((325 + 325 * 2 / 5) * 8985, abs=1)
    assert done.total_of("3.1") == (80, 100, Decimal(80))
    assert done.total_of("3.2") == (None, None, None)


def test_the_total_of_a_percentage_is_none_when_some_unit_gave_a_value_alone(small: Small, tmp_path: Path) -> None:
    columns = ("item", "org", "a", "b", "value", "author", "entered_on")
    write_csv(
        tmp_path / "entries.csv",
        columns,
        [("3.1", NA_HAEO, 80, 100, "", *SIGNED), ("3.1", NONG_HIN, "", "", 5, *SIGNED)],
    )
    read, pack = inputs_of(tmp_path)
    assert run(small.late, Asked("42"), pack, inputs=read).total_of("3.1") == (None, None, None)


def test_a_total_is_a_sum_and_never_an_average(plain: SchemeRun) -> None:
    lines = [s.counted for s in plain.evaluation.scores if s.item == "2.6" and s.counted.b]
    a, b, value = plain.total_of("2.6")
    assert (a, b) == (sum(c.a for c in lines), sum(c.b for c in lines))  # type: ignore[misc]
    assert value == round(Decimal(a) * 100 / b, 2)  # type: ignore[arg-type, operator]
    assert plain.total_of("3.1") == (None, None, None)


def test_cells_are_of_the_units_of_the_register(plain: SchemeRun) -> None:
    day = date(2013, 10, 1)
    for cell in plain.cells["2.6"]:
        assert REGISTER.parents(cell.facility, day)[OrgLevel.CONTRACTING_UNIT] == cell.contracting_unit
        assert cell.period == Period.parse("2013-04-01..2014-03-31")
