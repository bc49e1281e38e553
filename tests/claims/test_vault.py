"""Claims at rest: nothing lost, arrival forgotten, every row walks back, no person outside the vault."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random

import polars as pl
import pytest

from builders import ask, citizen_id, load_all, name_of_zip, person, row, write_zip
from claims.making import CERVICAL, INPATIENT, RISK, form, load, load_lines, smear, stay, text_of, write
from samrit.claims import Source
from samrit.warehouse import (
    Home,
    Kind,
    PublishRefusedError,
    WarehouseError,
    claims_rejects,
    latest,
    load_claims,
    open_snapshot,
    prefer_source,
    rebuild,
    rejects,
    snapshots,
    trace,
    views,
)
from samrit.warehouse.claims import loading
from samrit.warehouse.claims.receiving import claims_receipts

FED = ("admissions", "admission_diagnoses", "screenings", "cervical_screenings", "paid_items")
DAY = date(2026, 11, 24)


def told(home: Home, view: str = "admissions") -> list[tuple[object, ...]]:
    """The rows of a view without the columns that say which line of which file it was."""
    names = [c.name for c in views()[view].description.columns if c.name not in {"row_id", "admission_id"}]
    return sorted(ask(open_snapshot(home), f"SELECT {', '.join(names)} FROM {view}"), key=str)


def at_key(path: Path) -> Home:
    """A home with the same key as any other made so: its person ids can be compared."""
    home = Home(path)
    (home.keys / "person.key").write_bytes(b"k" * 32)
    return home


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    home, file = Home(tmp_path / "home"), write(tmp_path, "a.csv", "inpatient", [stay(), stay("A2")])
    first = load(home, "inpatient", file)
    before = {f: f.read_bytes() for f in home.path.rglob("*") if f.is_file()}
    again = load(home, "inpatient", file)
    assert again.snapshot == first.snapshot
    assert [received.status for received in again.received] == ["duplicate"]
    assert {f: f.read_bytes() for f in home.path.rglob("*") if f.is_file()} == before


def test_the_same_bytes_under_another_name_are_the_same_file(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load_lines(home, tmp_path, "inpatient", [stay()], "a.csv")
    again = load_lines(home, tmp_path, "inpatient", [stay()], "b.csv")
    assert [received.status for received in again.received] == ["duplicate"]
    assert len(told(home)) == 1


def test_of_two_lines_of_one_stay_the_later_stands_whatever_came_first(tmp_path: Path) -> None:
    old = stay(principal_diagnosis="J450", updated_at="2013-07-01")
    new = stay(principal_diagnosis="J459", updated_at="2013-07-02")
    never = stay(principal_diagnosis="J46", updated_at="")  # says no moment: the oldest
    for turn, order in enumerate(permutations([old, new, never])):
        home = Home(tmp_path / f"home{turn}")
        for n, line in enumerate(order):
            loaded = load_lines(home, tmp_path / str(turn), "inpatient", [line], f"{n}.csv")
        assert loaded.snapshot
        assert ask(loaded.snapshot, "SELECT principal_diagnosis FROM admissions") == [("J459",)]
        rows = loaded.rows.values()
        assert sorted(r["kept"] for r in rows) == [0, 0, 1]
        assert all(r["read"] == r["kept"] + r["rejected"] + r["superseded"] for r in rows)


def test_neither_order_nor_the_cutting_into_files_matters(tmp_path: Path) -> None:
    """Random lines with many versions of few stays and forms, dealt to files in any way."""
    dice = Random(7)
    kinds = {
        "inpatient": [
            stay(f"A{dice.randint(1, 5)}", hospital=dice.choice(["11053", "10705"]), pid=dice.choice(["", "1", "2"]),
                 insurance=dice.choice(["0100", "1100"]), principal_diagnosis=dice.choice(["J450", "I10", ""]),
                 rw=dice.choice(["", "1", "0.5"]), updated_at=dice.choice(["", "2013-07-01", "2013-07-02"]))
            for _ in range(40)
        ],
        "risk-screening": [
            form(day=f"2013-06-0{dice.randint(1, 3)}", smoke=dice.choice("1234"),
                 updated_at=dice.choice(["", "2014-01-01"]))
            for _ in range(20)
        ],
    }  # fmt: skip
    found = set()
    for turn in range(4):
        home = at_key(tmp_path / f"home{turn}")
        for kind, lines in kinds.items():
            dealt = dice.sample(lines, len(lines))
            cuts = sorted(dice.sample(range(1, len(lines)), turn))
            parts = [dealt[a:b] for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]
            for n, part in enumerate(parts):
                load_lines(home, tmp_path / str(turn), kind, part, f"{n}.csv")
        found.add(str([told(home, view) for view in FED]))
    assert len(found) == 1


def test_arrival_in_another_order_gives_the_same_snapshot_and_bytes(tmp_path: Path) -> None:
    package = write_zip(tmp_path, name_of_zip(), {"PERSON": [person()], "ADMISSION": [row("ADMISSION", AN="A1")]})
    stays = write(tmp_path, "stays.csv", "inpatient", [stay(), stay("A2")])
    more = write(tmp_path, "more.csv", "inpatient", [stay("A2", updated_at="2014-01-01")])
    forms = write(tmp_path, "forms.csv", "risk-screening", [form()])
    steps = [
        lambda home: load_all(home, package).snapshot,
        lambda home: load(home, "inpatient", stays).snapshot,
        lambda home: load(home, "inpatient", more).snapshot,
        lambda home: load(home, "risk-screening", forms).snapshot,
    ]
    found = set()
    for turn, order in enumerate(permutations(steps)):
        home = at_key(tmp_path / f"home{turn}")
        for step in order:
            shot = step(home)
        assert shot
        files = {name: [f.read_bytes() for f in shot.files(name)] for name in FED}
        found.add((shot.id, str(shot.views), str(files)))
    assert len(found) == 1


def test_the_snapshot_id_tells_of_files_kind_and_precedence(tmp_path: Path) -> None:
    package = write_zip(tmp_path, name_of_zip(), {"PERSON": [person()]})
    both = write(tmp_path, "a.csv", "risk-screening", [form()])
    both.write_text(both.read_text().replace("updated_at", "result"))  # a form and a line of the registry
    ids = []
    for turn, kinds in enumerate(([], [RISK], [CERVICAL], [RISK, CERVICAL], [CERVICAL, RISK])):
        home = Home(tmp_path / f"home{turn}")
        shot = load_all(home, package).snapshot
        for kind in kinds:
            shot = load_claims(home, kind, [both]).snapshot
        assert shot
        ids.append(shot.id)
    assert len(set(ids)) == 4
    assert [s.claims_count for s in snapshots(home)] == [0, 1, 2]
    prefer_source(home, "screenings", Source.CLAIMS, DAY)
    other = rebuild(home)
    assert other.id not in ids
    prefer_source(home, "screenings", Source.F43, DAY)
    assert rebuild(home).id == ids[-1]
    assert open_snapshot(home, other.id).claims["precedence"]["screenings"] == ["claims", "f43"]


def test_without_claims_nothing_of_them_is_in_a_manifest_and_a_preference_changes_no_id(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shot = load_all(home, write_zip(tmp_path, name_of_zip(), {"ADMISSION": [row("ADMISSION")]})).snapshot
    assert shot
    assert b"claims" not in (home.snapshots / "00000001.json").read_bytes()
    prefer_source(home, "admissions", Source.CLAIMS, DAY)
    assert rebuild(home) == shot


def test_every_row_leads_to_its_line(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    paths = [
        write(tmp_path, f"{n}.csv", "inpatient", [stay(f"A{n}{i}", hospital=h) for i in range(n)])
        for n, h in ((1, "11053"), (2, "10705"), (3, "11053"))
    ]
    load(home, "inpatient", *paths)
    files = {path.name: path for path in paths}
    for kind, line, view in (
        ("risk-screening", form(), "screenings"),
        ("cervical", smear(), "cervical_screenings"),
        ("paid-items", {**smear(), "service": "cervical"}, "paid_items"),
    ):
        path = files[f"{view}.csv"] = write(tmp_path, f"{view}.csv", kind, [{**line, "hospital": "x"}, line])
        load(home, kind, path)
    shot = open_snapshot(home)
    for view in FED:
        rows = ask(shot, f"SELECT row_id, facility FROM {view}")
        assert rows
        assert all(row_id < 0 for row_id, _ in rows)
        for (_, facility), place in zip(rows, trace(shot, [row_id for row_id, _ in rows]), strict=True):
            line = files[place.file].read_text().splitlines()[place.line - 1].split(",")
            assert line[0] == facility == place.facility
            assert str(place) == f"{place.file} : {place.line}"
    places = trace(shot, [row_id for (row_id,) in ask(shot, "SELECT row_id FROM admissions")])
    assert len({(p.sha256, p.line) for p in places}) == 6
    assert {p.table for p in places} == {"inpatient"}


def test_row_ids_of_other_snapshots_are_refused(tmp_path: Path) -> None:
    shot = load_lines(Home(tmp_path / "home"), tmp_path, "inpatient", [stay()]).snapshot
    assert shot
    [(row_id,)] = ask(shot, "SELECT row_id FROM admissions")
    assert -row_id == 11053 * 2**46 + (2**19 + 1) * 2**26 + 2  # hospital; of claims, kind 0, file 1; line 2
    for wrong in (row_id - 2**26, row_id - 2**42, row_id - 2**45, row_id - 2**46, row_id + 2**26):
        with pytest.raises(WarehouseError, match=r"warehouse\.trace\.unknown"):
            trace(shot, [wrong])


def test_faults_are_said_once_with_how_often_and_listed_one_by_one_with_the_hospital(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    lines = [form(), form(smoke=""), form(hospital="10705", smoke="", dbp="0"), form(glucose="x")]
    loaded = load_lines(home, tmp_path, "risk-screening", lines)
    said = [(p.code, p.where.line, p.where.field) for p in loaded.problems]
    assert sorted(said) == [
        ("claims.row.form_blank", 3, "smoke"),
        ("claims.row.form_number", 4, "dbp"),
        ("claims.row.number", 5, "glucose"),
    ]
    assert any("2 forms" in p.en for p in loaded.problems)
    found = [(r.hospital, r.line, r.field, r.rule, r.state, r.bounced) for r in claims_rejects(home)]
    assert found == [
        ("10705", 4, "dbp", "form_number", "aside", True),
        ("10705", 4, "smoke", "form_blank", "aside", True),
        ("11053", 3, "smoke", "form_blank", "aside", True),
        ("11053", 5, "glucose", "number", "voided", False),
    ]
    assert [r.line for r in claims_rejects(home, "risk-screening", "10705")] == [4, 4]
    assert claims_rejects(home, "inpatient") == []
    whole = [(r.table, r.line, r.field, r.rule, r.state, r.place) for r in rejects(home)]
    assert whole[0] == ("risk-screening", 3, "smoke", "form_blank", "aside", "a.csv")
    [receipt] = claims_receipts(home)
    assert len(list(rejects(home, receipt.sha256[:8]))) == len(whole) == 4


def test_what_cannot_be_received_says_why_and_leaves_the_rest(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    wrong, good = (
        write(tmp_path, "forms.csv", "risk-screening", [form()]),
        write(tmp_path, "a.csv", "inpatient", [stay()]),
    )
    loaded = load_claims(home, INPATIENT, [tmp_path / "none.csv", wrong])
    assert [p.code for p in loaded.problems] == [
        "claims.load.nothing", "claims.file.unreadable", "claims.file.columns"
    ]  # fmt: skip
    assert loaded.as_dict()["snapshot"] is None
    assert [r.status for r in load_claims(home, INPATIENT, [wrong, good]).received] == ["rejected", "loaded"]
    empty = write(tmp_path, "empty.csv", "inpatient", [])
    assert [p.code for p in load_claims(home, INPATIENT, [empty]).problems] == ["claims.file.empty"]
    thai = tmp_path / "thai.csv"
    thai.write_bytes(text_of("cervical", [smear(result="ปกติ")]).replace("method", "วิธี").encode("cp874"))
    noted = load_claims(home, CERVICAL, [thai]).problems
    assert [(p.code, p.where.field) for p in noted] == [
        ("claims.file.encoding", ""), ("claims.file.column_unused", "วิธี")
    ]  # fmt: skip


def test_columns_have_the_documented_names_types_and_nulls(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    blank = {
        "insurance": "",
        "admitted_at": "",
        "discharged_at": "",
        "principal_diagnosis": "",
        "other_diagnoses": "I10",
    }
    load_lines(home, tmp_path, "inpatient", [stay(), stay("A2", **blank), stay("A3", rw="1", adjrw="1")])
    load_lines(home, tmp_path, "risk-screening", [form(), form(day="2013-01-01", glucose="98")], "b.csv")
    load_lines(home, tmp_path, "cervical", [smear()], "c.csv")
    items = [{**smear(), "service": "cervical"}, {**smear(day="2013-01-01"), "service": "x", "amount_baht": "1"}]
    shot = load_lines(home, tmp_path, "paid-items", items, "d.csv").snapshot
    assert shot
    complete = {"weight", "height", "waist", "sbp", "dbp"}  # a form without one bounced
    for name in FED:
        described = views()[name].description.columns
        for file in shot.files(name):
            assert pl.read_parquet_schema(file).names() == [column.name for column in described]
        types = ask(shot, f"SELECT column_name, column_type FROM (DESCRIBE {name})")
        assert types == [(column.name, column.type) for column in described]
        for column in described:
            nulls = ask(shot, f"SELECT count(*) FROM {name} WHERE {column.name} IS NULL") != [(0,)]
            of_claims_only = name == "screenings" and column.name in complete
            of_stays = name == "admission_diagnoses" and column.name == "admission_id"  # a claim is its own stay
            assert nulls == (column.null and not of_claims_only and not of_stays), f"{name}.{column.name}"


SECRETS = [citizen_id(7_654_321_987), "PIDZQX9911", "สมชาย"]


def test_no_byte_outside_the_vault_names_a_person(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    who = [{"person": SECRETS[0], "pid": ""}, {"person": "", "pid": SECRETS[1]}, {"person": SECRETS[2], "pid": ""}]
    for n, (kind, line) in enumerate((("inpatient", stay()), ("risk-screening", form()), ("cervical", smear()),
                                      ("paid-items", {**smear(), "service": "x"}))):  # fmt: skip
        lines = [{**line, **is_, **({"an": f"A{m}"} if "an" in line else {})} for m, is_ in enumerate(who)]
        load_lines(home, tmp_path, kind, lines, f"{n}.csv")
    rebuild(home)
    files = [f for f in home.path.rglob("*") if f.is_file() and home.vault not in f.parents]
    assert {f.parent.name for f in files if f.suffix == ".parquet"} >= set(FED)
    for file in files:
        content = file.read_bytes()
        if file.suffix == ".parquet":
            content += str(pl.read_parquet(file).to_dicts()).encode()
        assert [secret for secret in SECRETS if secret.encode() in content] == [], file
    vault = b"".join(f.read_bytes() for f in home.packages.iterdir())
    assert all(secret.encode() in vault for secret in SECRETS), "the search could not find them"


def test_no_message_holds_the_cell_that_is_wrong(tmp_path: Path) -> None:
    home, marker = Home(tmp_path / "home"), "QZX77"
    said = ""
    for n, (kind, line) in enumerate((("inpatient", stay()), ("risk-screening", form()), ("cervical", smear()))):
        lines = [{**line, name: marker} for name in line if name != "an"]
        loaded = load_lines(home, tmp_path, kind, lines, f"{n}.csv")
        said += "".join(map(str, loaded.problems)) + str(loaded.as_dict()) + str(claims_rejects(home))
    assert len(said) > 5_000
    assert marker not in said


def test_another_key_gives_the_same_rows_and_other_ids(tmp_path: Path) -> None:
    file = write(tmp_path, "a.csv", "inpatient", [stay("A1"), stay("A2", person="x"), stay("A3", person="x")])
    shots = [load(Home(tmp_path / name), "inpatient", file).snapshot for name in ("one", "other")]
    ids = [{i for (i,) in ask(s, "SELECT person_id FROM admissions")} for s in shots if s]
    assert [len(found) for found in ids] == [2, 2]
    assert ids[0].isdisjoint(ids[1])
    assert len({shot.id for shot in shots if shot}) == 1


def test_two_hospitals_with_one_number_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samrit.warehouse.loading.facility_number", lambda code: 7)
    with pytest.raises(PublishRefusedError):
        load_lines(Home(tmp_path / "home"), tmp_path, "inpatient", [stay(), stay(hospital="10705")])


def test_derived_files_that_no_snapshot_names_are_collected(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load_lines(home, tmp_path, "inpatient", [stay()])
    for folder in (home.links, home.views / "cervical_screenings"):
        folder.mkdir(exist_ok=True)
        (folder / "left.parquet").write_bytes(b"")
    (home.standing / "left").mkdir()
    (home.parsed / "left.zip").write_bytes(b"")
    load_lines(home, tmp_path, "inpatient", [stay("A2")], "b.csv")
    assert not list(home.path.rglob("left*"))
    for shot in (open_snapshot(home, "1"), open_snapshot(home, "2")):
        assert all(file.exists() for file in shot.files("admissions"))
        assert len(trace(shot, [i for (i,) in ask(shot, "SELECT row_id FROM admissions")])) == shot.number


def test_a_load_that_dies_before_it_publishes_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    with monkeypatch.context() as patched:
        patched.setattr(loading, "publish_received", lambda home, progress: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            load_lines(home, tmp_path, "inpatient", [stay()])
    assert latest(home) is None
    snapshot = load_claims(home, INPATIENT, []).snapshot
    assert snapshot
    assert ask(snapshot, "SELECT count(*) FROM admissions") == [(1,)]


def test_a_load_that_is_killed_before_any_rename_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "a.csv", "inpatient", [stay(), stay("A2", hospital="10705")])
    true = load(Home(tmp_path / "true"), "inpatient", file).snapshot
    assert true
    replace, killed = Path.replace, 0
    while True:
        left = iter([None] * killed)

        def replace_or_die(self: Path, target: Path, left: Iterator[None] = left) -> Path:
            if next(left, "dead") == "dead":
                raise SystemExit
            return replace(self, target)

        home = Home(tmp_path / f"home{killed}")
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace_or_die)
            try:
                load(home, "inpatient", file)
                break
            except SystemExit:
                killed += 1
        assert {s.id for s in snapshots(home)} <= {true.id}
        again = load(home, "inpatient", file).snapshot
        assert again
        assert again.id == true.id
        rows = "SELECT row_id, facility FROM admissions ORDER BY ALL"
        assert ask(again, rows) == ask(true, rows)
        assert not list(home.path.rglob(".unfinished-*"))
    assert killed >= 8  # parsed, kept, receipt, key, standing and links of two, views, manifest


def test_each_file_of_a_view_is_of_one_hospital(tmp_path: Path) -> None:
    lines = [stay(), stay(hospital="10705")]
    shot = load_lines(Home(tmp_path / "home"), tmp_path, "inpatient", lines).snapshot
    assert shot
    assert len(shot.files("admissions")) == 2
    for file in shot.files("admissions"):
        assert len(set(pl.read_parquet(file)["facility"])) == 1
    assert {v.name for v in views().values() if v.kind is Kind.CLAIM} <= set(FED)
