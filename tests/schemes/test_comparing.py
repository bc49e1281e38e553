"""Two runs held against each other: every satang of the difference has a cause, and the causes add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from samrit.reference import shipped_register
from samrit.results import Run, freeze
from samrit.schemes import Asked, RunInputs, SchemeRun, SchemesError, materials_of, read_inputs, read_pack, run_scheme
from samrit.schemes.comparing import Cause, Comparison, compare
from samrit.schemes.late import adjustments_of
from samrit.schemes.transfers import TRANSFER_COLUMNS, overpaid_of, transfers_of
from samrit.schemes.verifying import Verdict, remake, verify
from samrit.scoring import ScoreStanding
from samrit.warehouse import Snapshot
from schemes.small_home import UNITS, Small

ENTRIES = "item,org,a,b,value,author,entered_on\n3.1,11033,,,75,somsri,2014-04-10\n"
RICHER = "org,district_code,uc_population\n" + "".join(f"{org},{d},9000\n" for d, org in UNITS.items())


def run(
    snapshot: Snapshot, tmp: Path | None = None, *, files: dict[str, str] | None = None, **changes: str
) -> SchemeRun:
    paths = {}
    for kind, text in (files or {}).items():
        assert tmp
        paths[kind] = tmp / f"{kind}.csv"
        paths[kind].write_text(text, encoding="utf-8")
    said = {path.replace("__", "."): value for path, value in changes.items()}
    inputs, pack = (
        read_inputs(paths, lambda own: read_pack("qof-2557", {**own, **said}))
        if paths
        else (RunInputs(), read_pack("qof-2557", said))
    )
    return run_scheme(pack, snapshot, shipped_register(), Asked("42"), inputs)


def held(before: SchemeRun, after: SchemeRun) -> Comparison:
    return compare(before.run, after.run, materials_of(before.run), materials_of(after.run))


def causes(found: Comparison) -> set[Cause]:
    return {cause for change in found.items for cause in change.by}


def check_sums(found: Comparison, before: SchemeRun, after: SchemeRun) -> None:
    """The steps of every line add up to its difference, and the items of a unit to its earned money."""
    for change in found.items:
        assert sum(change.by.values()) == change.satang
    for moved in found.money:
        assert sum(moved.by.values()) == moved.after - moved.before
    for payee in before.payees:
        items = sum(c.satang for c in found.items if c.org == payee.org)
        amounts = [of.evaluation.amount(payee.org, "earned") for of in (before, after)]
        assert items == amounts[1] - amounts[0]


def test_a_run_does_not_differ_from_itself(small: Small) -> None:
    one = run(small.late)
    found = held(one, one)
    assert found.same
    assert found.inputs == ()


def test_more_data_are_the_cause_where_only_the_snapshot_is_new(small: Small) -> None:
    before, after = run(small.early), run(small.late)
    found = held(before, after)
    assert [(d.cause, d.name) for d in found.inputs] == [(Cause.DATA, "snapshot")]
    assert any(c.satang for c in found.items)
    assert causes(found) == {Cause.DATA}
    assert not any(c.peers for c in found.items)  # bands: nobody's score hangs on the others
    check_sums(found, before, after)


def test_a_typed_in_value_is_an_input_and_moves_only_its_own_line(small: Small, tmp_path: Path) -> None:
    before, after = run(small.late), run(small.late, tmp_path, files={"entries": ENTRIES})
    found = held(before, after)
    assert [(d.cause, d.name, d.before) for d in found.inputs] == [(Cause.INPUTS, "entries", "")]
    (change,) = found.items
    assert (change.org, change.item, change.before.value, change.after.value) == ("11033", "3.1", "", "75.0000")
    # score 4 of 5 in B5 at 3.25 baht for 8,985 people
    assert change.by == {Cause.INPUTS: 2336100}
    check_sums(found, before, after)


def test_a_changed_rate_is_a_rule_and_names_the_path(small: Small) -> None:
    before = run(small.late)
    after = run(small.late, items__1__6__rate__value="3.24", domains__1__rate="21.65")
    found = held(before, after)
    assert {d.name for d in found.inputs} == {"--set items.1.6.rate.value", "--set domains.1.rate"}
    assert {c.item for c in found.items} == {"1.6"}
    assert causes(found) == {Cause.RULES}
    check_sums(found, before, after)


def test_data_inputs_and_rules_at_once_are_told_apart_and_add_up(small: Small, tmp_path: Path) -> None:
    before = run(small.early)
    files = {"entries": ENTRIES, "populations": RICHER}
    after = run(small.late, tmp_path, files=files, scoring__B5__lower_edges__0="40")
    found = held(before, after)
    assert {d.cause for d in found.inputs} == {Cause.DATA, Cause.INPUTS, Cause.RULES}
    assert causes(found) >= {Cause.DATA, Cause.INPUTS}
    # the typed-in 75 scores 4 of 5 under both rules, and its people are an input too: 0.8 x 3.25 baht x 9,000
    typed = next(c for c in found.items if (c.org, c.item) == ("11033", "3.1"))
    assert typed.by == {Cause.INPUTS: 2_340_000}
    check_sums(found, before, after)


def test_in_a_closed_pool_peers_move_who_did_not_move(small: Small, tmp_path: Path) -> None:
    """One unit's typed-in value takes money from the others although nothing of theirs changed."""
    pool = {"region__people__value": "18000", "pools__qof__rule": "closed_pool"}
    before = run(small.late, tmp_path, files={"populations": RICHER}, **pool)
    after = run(small.late, tmp_path, files={"populations": RICHER, "entries": ENTRIES}, **pool)
    found = held(before, after)
    other = [c for c in found.items if c.org == "28861"]
    assert other
    assert all(c.satang <= 0 and (c.before.score, c.before.value) == (c.after.score, c.after.value) for c in other)
    assert all(c.peers for c in other)
    assert not next(c for c in found.items if (c.org, c.item) == ("11033", "3.1")).peers
    assert sum(c.satang for c in found.items) == 0
    check_sums(found, before, after)


def test_verifying_makes_the_same_bytes_again_from_the_folder_alone(small: Small, tmp_path: Path) -> None:
    kept = run(small.late, tmp_path, files={"entries": ENTRIES}, scoring__B5__lower_edges__0="40")
    done = verify(kept.run, small.late)
    assert done.verdict is Verdict.SAME
    assert done.again.run.id == kept.run.id


def test_a_run_made_by_other_code_is_the_same_only_when_every_table_is(small: Small) -> None:
    kept = run(small.late).run
    other = {**kept.manifest, "code": "0.0.1+older", "run": "0" * 16}
    older = Run("0" * 16, kept.folder, other)
    assert verify(older, small.late).verdict is Verdict.SAME_RESULTS
    wrong = Run("0" * 16, kept.folder, {**other, "files": {**kept.manifest["files"], "scores.csv": "f" * 64}})
    done = verify(wrong, small.late)
    assert (done.verdict, done.different) == (Verdict.DIFFERENT, ("scores.csv",))


def test_late_data_become_entries_that_nobody_has_approved(small: Small) -> None:
    kept = run(small.early)
    bytes_before = {f.name: f.read_bytes() for f in kept.run.folder.iterdir() if f.is_file()}
    again = remake(kept.run, small.late)
    found = held(kept, again)
    columns, rows = adjustments_of(found, small.late.id, "somsri", date(2014, 5, 1))
    entries = [dict(zip(columns, row, strict=True)) for row in rows]
    moved = [c for c in found.items if c.satang]
    assert [(e["org"], e["item"]) for e in entries] == [(c.org, c.item) for c in moved]
    assert sum(round(float(e["amount_baht"]) * 100) for e in entries) == sum(c.satang for c in moved)
    assert {(e["author"], e["entered_on"], e["approved_by"]) for e in entries} == {("somsri", "2014-05-01", "")}
    assert {f.name: f.read_bytes() for f in kept.run.folder.iterdir() if f.is_file()} == bytes_before


def test_entries_of_late_data_are_read_back_and_paid_only_once_approved(small: Small, tmp_path: Path) -> None:
    kept = run(small.early)
    found = held(kept, remake(kept.run, small.late))
    columns, rows = adjustments_of(found, small.late.id, "somsri", date(2014, 5, 1))

    def paid(*signed: str) -> tuple[int, int]:
        text = "\n".join([",".join(columns), *(",".join([*row[:-2], *signed]) for row in rows)]) + "\n"
        done = run(small.early, tmp_path, files={"adjustments": text})
        amounts = [sum(done.evaluation.amount(p.org, c) for p in done.payees) for c in ("adjustment", "net")]
        return amounts[0], amounts[1]

    wanted = sum(c.satang for c in found.items)
    pending, approved = paid("", ""), paid("boonmee", "2014-05-09")
    assert pending[0] == 0
    assert approved[0] == wanted
    assert approved[1] - pending[1] == wanted


@pytest.mark.parametrize("act", [lambda kept, m: transfers_of(kept, m, None)])
def test_nothing_is_transferred_by_a_run_that_is_not_frozen(small: Small, act: Callable[..., object]) -> None:
    kept = run(small.late).run
    with pytest.raises(SchemesError) as raised:
        act(kept, materials_of(kept))
    assert [p.code for p in raised.value.problems] == ["schemes.transfer.not_frozen"]


def test_a_transfer_file_holds_what_is_paid_and_never_what_is_owed(small: Small, tmp_path: Path) -> None:
    done = run(small.late)
    materials = materials_of(done.run)
    frozen = freeze(tmp_path, done.run, "somsri", "final", datetime(2014, 6, 30, 9, 0, tzinfo=UTC))
    rows = [dict(zip(TRANSFER_COLUMNS, row, strict=True)) for row in transfers_of(done.run, materials, frozen)]
    assert {r["frozen_on"] for r in rows} == {"2014-06-30"}
    advances = {r["org"]: r["amount_satang"] for r in rows if r["payment"] == "advance"}
    assert advances == {p.org: done.evaluation.amount(p.org, "advance") for p in done.payees}
    final = {r["org"]: r["amount_satang"] for r in rows if r["payment"] == "final"}
    assert final == {p.org: net for p in done.payees if (net := done.evaluation.amount(p.org, "net")) > 0}
    assert transfers_of(done.run, materials, frozen, "final") == [
        tuple(r.values()) for r in rows if r["payment"] == "final"
    ]
    with pytest.raises(SchemesError, match="'final'"):
        transfers_of(done.run, materials, frozen, "finall")


def test_a_run_in_place_of_another_transfers_only_what_it_adds(small: Small, tmp_path: Path) -> None:
    """Both transfer files together are what the second run pays, unit by unit, where it pays more."""
    first = run(small.late)
    text = "org,item,kind,amount_baht,reason,author,entered_on,approved_by,approved_on\n"
    text += "28861,,appeal,1000000.00,x,somsri,2014-05-01,boonmee,2014-05-02\n"
    second = run(small.late, tmp_path, files={"adjustments": text})
    frozen = freeze(tmp_path, second.run, "somsri", "appeal", datetime(2014, 7, 1, tzinfo=UTC))
    made = transfers_of(second.run, materials_of(second.run), frozen, earlier=[first.run])
    added = {(row[5], row[3]): row[9] for row in made}
    pays = [of.evaluation.amount("28861", "net") for of in (first, second)]
    assert pays[1] - pays[0] == 100_000_000
    assert added == {("28861", "final"): pays[1] - max(pays[0], 0)}


def test_what_an_earlier_run_paid_too_much_is_listed(small: Small, tmp_path: Path) -> None:
    """The earlier run paid 28861 one million more: the later one transfers nothing to it and says so to the satang."""
    text = "org,item,kind,amount_baht,reason,author,entered_on,approved_by,approved_on\n"
    text += "28861,,appeal,1000000.00,x,somsri,2014-05-01,boonmee,2014-05-02\n"
    first, second = run(small.late, tmp_path, files={"adjustments": text}), run(small.late)
    materials = materials_of(second.run)
    pays = [max(of.evaluation.amount("28861", "net"), 0) for of in (first, second)]
    (row,) = overpaid_of(second.run, materials, [first.run])
    assert (row[2], row[3], row[5], row[6], row[8]) == ("final", "28861", pays[0], pays[1], pays[0] - pays[1])
    assert pays[0] > pays[1]
    assert overpaid_of(second.run, materials, [first.run], "advance") == []
    assert overpaid_of(first.run, materials_of(first.run), [second.run]) == []


def test_a_run_whose_place_was_taken_transfers_nothing(small: Small, tmp_path: Path) -> None:
    done = run(small.late)
    frozen = freeze(tmp_path, done.run, "somsri", "final", datetime(2014, 6, 30, 9, 0, tzinfo=UTC))
    with pytest.raises(SchemesError) as raised:
        transfers_of(done.run, materials_of(done.run), frozen, later=replace(frozen, run="ffff", replaces=done.run.id))
    assert [p.code for p in raised.value.problems] == ["schemes.transfer.replaced"]


def test_units_without_results_in_a_shared_pot_are_told_and_in_a_price_list_they_are_not(
    small: Small, tmp_path: Path
) -> None:
    """In a closed pool their money goes to the others; at an open rate it only stays."""
    pool = {"region__people__value": "18000", "pools__qof__rule": "closed_pool"}
    shared = run(small.late, tmp_path, files={"populations": RICHER, "entries": ENTRIES}, **pool)
    (told,) = [w for w in shared.warnings if w.code == "schemes.run.unreported"]
    paid = {"11033", "28861"}  # others were counted too, but nothing is theirs
    silent = [s for s in shared.evaluation.scores if s.scored.standing is ScoreStanding.NO_DATA and s.org in paid]
    assert {s.org for s in shared.evaluation.scores} > paid
    assert {s.org for s in silent} == paid
    assert f"2 of 2 units have no result in {len(silent)} lines" in told.en
    assert not [w for w in run(small.late).warnings if w.code == "schemes.run.unreported"]
