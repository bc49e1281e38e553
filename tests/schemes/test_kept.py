"""A kept run: its folder holds all that it was made from, so it can be made again, and next year starts from it."""

from dataclasses import replace
from pathlib import Path

import pytest

from samrit.reference import shipped_register
from samrit.results import keep_run
from samrit.schemes import (
    Asked,
    InputFile,
    Receivable,
    SchemeRun,
    SchemesError,
    evaluate,
    find_inputs,
    materials_of,
    read_inputs,
    read_pack,
    run_scheme,
)
from samrit.schemes.kept import cells_of
from schemes.building import read_rows, write_csv
from schemes.small_home import Small

REGISTER = shipped_register()
SIGNED = ("สมชาย", "2014-04-15")
NA_HAEO, NONG_HIN = "11033", "28861"
RISE = {
    "scoring.RISE": "{kind: improvement, change: points, lower_edges: [0, 2, 5, 10]}",
    "items.2.6.score.by": "RISE",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs of several kinds."""
    made = tmp_path_factory.mktemp("given")
    entries = ("item", "org", "a", "b", "value", "author", "entered_on")
    write_csv(made / "entries.csv", entries, [("3.1", NA_HAEO, 80, 100, "", *SIGNED)])
    write_csv(made / "cube.csv", ("item", "org", "a", "b"), [("2.6", NA_HAEO, 70, 100), ("1.1", NONG_HIN, 9, 10)])
    write_csv(
        made / "changes.csv", ("path", "value", "author", "entered_on"), [("scoring.B5.lower_edges.0", "40", *SIGNED)]
    )
    columns = ("org", "kind", "amount_baht", "reason", "author", "entered_on", "approved_by", "approved_on")
    write_csv(
        made / "adjustments.csv",
        columns,
        [
            (NA_HAEO, "appeal", "12.50", "แฟ้มมาช้า", *SIGNED, "สมหญิง", "2014-05-01"),
            (NA_HAEO, "adjustment", "-3", "คิดซ้ำ", *SIGNED, "", ""),
        ],
    )
    write_csv(made / "ledger.csv", ("org", "since", "amount_baht"), [(NONG_HIN, "2556", "1000")])
    return made


@pytest.fixture(scope="module")
def done(small: Small, folder: Path) -> SchemeRun:
    inputs, pack = read_inputs(find_inputs(folder), lambda own: read_pack("qof-2557", own))
    org = InputFile("org", "org.csv", "0" * 64, "", REGISTER.canonical_csv())
    return run_scheme(pack, small.late, REGISTER, Asked("42"), inputs, (org,))


def test_the_bytes_of_every_input_and_of_the_pack_are_in_the_folder(done: SchemeRun, folder: Path) -> None:
    kept = done.run.folder
    for path in folder.iterdir():
        assert (kept / "inputs" / path.name).read_bytes() == path.read_bytes()
    assert (kept / "inputs" / "org.csv").read_bytes() == REGISTER.canonical_csv()
    pack = next(iter(done.pack.folders.values()))
    for path in (p for p in pack.rglob("*") if p.is_file()):
        assert (kept / "pack" / "qof-2557" / path.relative_to(pack)).read_bytes() == path.read_bytes()
    assert not done.run.damaged()


def test_adjustments_are_kept_as_entered_with_their_state(done: SchemeRun) -> None:
    rows = read_rows(done.run.folder / "adjustments.csv")
    assert [(r["org"], r["amount_satang"], r["state"]) for r in rows] == [
        (NA_HAEO, "1250", "approved"),
        (NA_HAEO, "-300", "pending"),
    ]


def test_the_ledger_of_a_run_opens_with_what_was_owed_and_closes_exactly(done: SchemeRun) -> None:
    rows = read_rows(done.run.folder / "ledger.csv")
    assert rows
    for row in rows:
        opening, set_off, new, closing = (int(row[name]) for name in ("opening", "set_off", "new", "closing"))
        assert closing == opening - set_off + new
    assert {(r["org"], r["since"], r["opening"]) for r in rows if r["opening"] != "0"} == {(NONG_HIN, "2556", "100000")}
    net = {p.org: done.evaluation.amount(p.org, "net") for p in done.payees}
    assert {r["org"]: int(r["new"]) for r in rows if int(r["new"])} == {org: -n for org, n in net.items() if n < 0}


def test_a_kept_run_is_materials_again_without_counting(done: SchemeRun) -> None:
    again = materials_of(done.run)
    assert again == done.materials
    assert evaluate(again) == done.evaluation
    assert cells_of(done.run) == {code: cells for code, cells in done.cells.items() if cells}


def test_materials_of_a_run_follow_its_own_pack_and_not_the_shipped_one(done: SchemeRun, tmp_path: Path) -> None:
    done.run.copy_to(tmp_path / "copy")
    kept = replace(done.run, folder=tmp_path / "copy")
    path = tmp_path / "copy" / "pack" / "qof-2557" / "scheme.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 28.13", "value: 1"), encoding="utf-8")
    assert evaluate(materials_of(kept)).amount(NA_HAEO, "advance") == 8985 * 100


def test_last_years_run_gives_last_years_values_and_what_is_still_owed(small: Small, done: SchemeRun) -> None:
    """2.6 of Na Haeo was 70 last year; what a unit came out below zero is taken out of this year's money."""
    inputs, pack = read_inputs({}, lambda own: read_pack("qof-2557", {**own, **RISE}), done.run)
    assert inputs.previous == done.run.id
    assert inputs.last["2.6", NA_HAEO] == 70
    assert inputs.last["3.1", NA_HAEO] == 80
    closing = {(r["org"], r["since"]): int(r["closing"]) for r in read_rows(done.run.folder / "ledger.csv")}
    assert {(r.org, r.since): r.amount for r in inputs.ledger} == {key: n for key, n in closing.items() if n}
    this = run_scheme(pack, small.late, REGISTER, Asked("42"), inputs)
    assert this.run.manifest["parameters"]["previous"] == done.run.id
    assert set(this.run.manifest["inputs"]) == {"last", "ledger"}
    assert evaluate(materials_of(this.run)) == this.evaluation  # the run before is not needed for that


def test_a_file_of_last_year_stands_before_the_run_of_last_year(done: SchemeRun, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "last.csv", ("item", "org", "value"), [("2.6", NA_HAEO, 12)])
    inputs, _ = read_inputs({"last": path}, lambda own: read_pack("qof-2557", own), done.run)
    assert inputs.last == {("2.6", NA_HAEO): 12}
    assert inputs.ledger


def test_last_year_goes_by_the_measure_when_the_code_of_an_item_is_new(done: SchemeRun) -> None:
    """ht_controlled was item 2.6; under another code it still has last year's value."""
    renamed = read_pack("qof-2557")
    items = tuple(i.model_copy(update={"item": "2.9"}) if i.item == "2.6" else i for i in renamed.scheme.items)
    pack = replace(renamed, scheme=renamed.scheme.model_copy(update={"items": items}))
    inputs, _ = read_inputs({}, lambda own: pack, done.run)
    assert inputs.last["2.9", NA_HAEO] == 70
    assert ("2.6", NA_HAEO) not in inputs.last


@pytest.mark.parametrize(
    ("org", "code", "told"),
    [
        ("41", "schemes.run.org", "41"),
        ("11003", "schemes.run.org", "'1103"),
        ("4202x", "schemes.run.org", "4202x"),
        ("region:9", "schemes.run.org", "region:9"),
    ],
)
def test_an_unknown_org_is_told_before_anything_is_counted(
    small: Small, monkeypatch: pytest.MonkeyPatch, org: str, code: str, told: str
) -> None:
    def count(*_: object) -> None:
        pytest.fail("counted before the org was looked at")

    monkeypatch.setattr("samrit.schemes.running.count_items", count)
    with pytest.raises(SchemesError) as refused:
        run_scheme(read_pack("qof-2557"), small.late, REGISTER, Asked(org))
    (found,) = refused.value.problems
    assert found.code == code
    assert told.strip("'") in found.th


def test_a_pack_without_a_table_of_people_says_what_is_missing(small: Small) -> None:
    with pytest.raises(SchemesError) as refused:
        run_scheme(read_pack("nhso-2552"), small.late, REGISTER, Asked())
    (found,) = refused.value.problems
    assert found.code == "schemes.run.no_payees"
    assert "uc_population, referral_population" in found.hint


def test_what_was_set_off_in_full_is_not_owed_next_year(tmp_path: Path) -> None:
    columns = ("org", "since", "opening", "set_off", "new", "closing")
    ledger = [(NA_HAEO, "2556", 500, 500, 0, 0), (NA_HAEO, "2557", 0, 0, 1234, 1234)]
    earlier = keep_run(tmp_path, {"scheme": "qof-2557"}, {"ledger.csv": (columns, ledger)})
    inputs, _ = read_inputs({}, lambda own: read_pack("qof-2557", own), earlier)
    assert inputs.ledger == (Receivable(NA_HAEO, "2557", 1234),)
