"""What was counted before is not counted again; whatever changed a figure is counted again: a stale hit cannot be."""

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from measures.building import CENSUS, a_case, compiled, load_rows, made_up, standard_register
from samrit.measures import counting, functions, remembering
from samrit.measures.compiling import compile_measure
from samrit.measures.counting import count
from samrit.measures.definition import Measure
from samrit.measures.engine import Engine
from samrit.measures.planning import When
from samrit.reference import Period, Register
from samrit.results import Cell
from samrit.warehouse import Snapshot, views

YEAR = Period(CENSUS, CENSUS.replace(year=2014, month=9, day=30))
MONTHS = [When(month, CENSUS) for month in YEAR.months()]
SMOKED = (
    "SELECT s.person_id, s.person_id AS counted_id, s.row_id FROM screenings AS s "
    "WHERE s.day BETWEEN $start AND $end AND s.smoke = '1'"
)
PEOPLE = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[list[When]]:
    """The periods of every count that was really made."""
    made: list[list[When]] = []
    really = counting._count

    def note(engine: Engine, plan: object) -> object:
        made.append(list(plan.whens))  # type: ignore[attr-defined]
        return really(engine, plan)  # type: ignore[arg-type]

    monkeypatch.setattr(counting, "_count", note)
    return made


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    people = [{"PID": "P1", "TYPEAREA": "1"}, {"PID": "P2", "TYPEAREA": "1"}]
    screened = [
        {"PID": "P1", "DATE_SERV": "20131105", "SMOKE": "1"},
        {"PID": "P2", "DATE_SERV": "20140210", "SMOKE": "2"},
    ]
    return load_rows(tmp_path, a_case(PERSON=people, NCDSCREEN=screened))


def smokers(**changes: object) -> Measure:
    return made_up(SMOKED, PEOPLE, part_of="b", **changes)


def ask(snapshot: Snapshot, of: Measure, whens: list[When], register: Register | None = None) -> list[Cell]:
    with Engine(snapshot, register or standard_register()) as engine:
        return count(engine, compiled(of), whens)


def test_what_was_counted_is_not_counted_again(snapshot: Snapshot, counted: list[list[When]]) -> None:
    first = ask(snapshot, smokers(), MONTHS)
    again = ask(snapshot, smokers(), MONTHS)

    assert counted == [MONTHS]
    assert again == first
    assert sum(cell.amount for cell in first if cell.letter == "a") == 1
    assert sum(cell.amount for cell in first if cell.letter == "b") == 2 * 12


def test_a_new_month_counts_that_month_alone(snapshot: Snapshot, counted: list[list[When]]) -> None:
    ask(snapshot, smokers(), MONTHS[:11])
    ask(snapshot, smokers(), MONTHS)

    assert counted == [MONTHS[:11], MONTHS[11:]]


def test_one_period_and_many_share_what_they_remember(snapshot: Snapshot, counted: list[list[When]]) -> None:
    many = ask(snapshot, smokers(), MONTHS)
    one = ask(snapshot, smokers(), MONTHS[1:2])

    assert counted == [MONTHS]
    assert one == [cell for cell in many if cell.period == MONTHS[1].period]


def test_that_nothing_counts_is_remembered_as_well(snapshot: Snapshot, counted: list[list[When]]) -> None:
    nobody = made_up(f"{SMOKED} AND s.smoke = '3'", f"{PEOPLE} WHERE p.sex = '3'", part_of="b")

    assert ask(snapshot, nobody, MONTHS) == []
    assert ask(snapshot, nobody, MONTHS) == []
    assert counted == [MONTHS]


def test_a_count_that_must_not_be_remembered_asks_and_leaves_nothing(
    snapshot: Snapshot, counted: list[list[When]]
) -> None:
    for _ in range(2):
        with Engine(snapshot, standard_register()) as engine:
            count(engine, compiled(smokers()), MONTHS, remember=False)

    assert counted == [MONTHS, MONTHS]
    assert list(snapshot.home.counted.folder.iterdir()) == []


def with_units(**units: str) -> Register:
    """The standard register, some facilities under another contracting unit."""
    return Register(replace(r, cup=units.get(f"_{r.hospcode}", r.cup)) for r in standard_register().rows)


PARAMETER = "SELECT p.person_id, p.person_id AS counted_id FROM people AS p WHERE p.sex <> $sex"
CODES = f"{SMOKED} OR in_codelist(s.smoke, 'uc')"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(smokers(), made_up(SMOKED.replace("'1'", "'2'"), PEOPLE, part_of="b"), id="the text of A"),
        pytest.param(smokers(), made_up(SMOKED, f"{PEOPLE} WHERE p.sex = '3'", part_of="b"), id="the text of B"),
        pytest.param(smokers(), made_up(SMOKED, PEOPLE), id="whether A is a part of B"),
        pytest.param(
            made_up(SMOKED.replace("s.row_id", "s.row_id, s.facility"), SMOKED.replace("s.row_id", "s.facility"),
                    counted_at="treating_facility"),
            made_up(SMOKED.replace("s.row_id", "s.row_id, s.facility"), SMOKED.replace("s.row_id", "s.facility"),
                    counted_at="contracting_unit"),
            id="where it is counted",
        ),
        pytest.param(
            made_up(SMOKED, PARAMETER, parameters={"sex": "'1'"}),
            made_up(SMOKED, PARAMETER, parameters={"sex": "'2'"}),
            id="a parameter",
        ),
    ],
)  # fmt: skip
def test_another_measure_is_counted_again(
    snapshot: Snapshot, counted: list[list[When]], one: Measure, other: Measure
) -> None:
    ask(snapshot, one, MONTHS[:2])
    found = ask(snapshot, other, MONTHS[:2])

    assert counted == [MONTHS[:2], MONTHS[:2]]
    with Engine(snapshot, standard_register()) as engine:
        assert found == count(engine, compiled(other), MONTHS[:2], remember=False)


def test_a_changed_codelist_is_counted_again(
    snapshot: Snapshot, counted: list[list[When]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ask(snapshot, made_up(CODES, PEOPLE, part_of="b"), MONTHS[:2])
    monkeypatch.setattr(functions, "codelist", lambda name: ("2",))
    after = ask(snapshot, made_up(CODES, PEOPLE, part_of="b"), MONTHS[:2])

    assert counted == [MONTHS[:2], MONTHS[:2]]
    assert [c.amount for c in before if c.letter == "a"] != [c.amount for c in after if c.letter == "a"]


def test_a_changed_set_is_counted_again(snapshot: Snapshot, counted: list[list[When]]) -> None:
    of = made_up(PEOPLE, "SELECT r.person_id, r.person_id AS counted_id FROM residents AS r", part_of="b")
    shipped = (Path(remembering.__file__).parent / "catalogue" / "sets" / "residents.sql").read_text(encoding="utf-8")
    for sets in ({}, {"residents": f"SELECT s.* FROM ({shipped}) AS s WHERE s.sex = '9'"}):
        with Engine(snapshot, standard_register()) as engine:
            count(engine, compile_measure(of, {}, sets), MONTHS[:2])

    assert counted == [MONTHS[:2], MONTHS[:2]]


def test_another_census_day_is_counted_again(snapshot: Snapshot, counted: list[list[When]]) -> None:
    later = [When(MONTHS[0].period, CENSUS.replace(day=2))]
    ask(snapshot, smokers(), MONTHS[:1])
    ask(snapshot, smokers(), later)

    assert counted == [MONTHS[:1], later]


def test_another_version_of_the_code_counts_again(
    snapshot: Snapshot, counted: list[list[When]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(snapshot, smokers(), MONTHS[:1])
    monkeypatch.setattr(remembering, "code_hash", lambda: "another")
    ask(snapshot, smokers(), MONTHS[:1])

    assert counted == [MONTHS[:1], MONTHS[:1]]


def test_the_register_is_named_as_far_as_it_is_read(snapshot: Snapshot, counted: list[list[When]]) -> None:
    ask(snapshot, smokers(), MONTHS[:1])
    ask(
        snapshot,
        smokers(),
        MONTHS[:1],
        Register(replace(r, size="XL", health_region="9") for r in standard_register().rows),
    )
    assert len(counted) == 1  # size and region decide no figure of this measure

    moved = ask(snapshot, smokers(), MONTHS[:1], with_units(_11053="10705"))
    assert len(counted) == 2
    assert {cell.contracting_unit for cell in moved} == {"10705"}


def test_a_measure_that_reads_the_facilities_is_counted_again_when_one_of_them_changed(
    snapshot: Snapshot, counted: list[list[When]]
) -> None:
    large = f"{PEOPLE} WHERE p.home_facility IN (SELECT f.facility FROM facilities AS f WHERE f.size = 'XL')"
    ask(snapshot, made_up(SMOKED, large), MONTHS[:1])
    changed = Register(replace(r, size="XL") for r in standard_register().rows)
    found = ask(snapshot, made_up(SMOKED, large), MONTHS[:1], changed)

    assert len(counted) == 2
    assert sum(cell.amount for cell in found if cell.letter == "b") == 2


def changed_files(snapshot: Snapshot, *names: str) -> Snapshot:
    """The same snapshot with other files of these views: copies under other names."""
    named = dict(snapshot.views)
    for name in names:
        copies = []
        for file in snapshot.files(name):
            copy = file.with_name(f"copy-{file.name}")
            copy.write_bytes(file.read_bytes())
            copies.append(snapshot.home.relative(copy))
        named[name] = tuple(copies)
    return replace(snapshot, views=named)


@pytest.mark.parametrize("view", ["screenings", "people", "registrations"])
def test_another_file_of_a_view_that_is_read_is_counted_again(
    snapshot: Snapshot, counted: list[list[When]], view: str
) -> None:
    ask(snapshot, smokers(), MONTHS[:2])
    ask(changed_files(snapshot, view), smokers(), MONTHS[:2])

    assert counted == [MONTHS[:2], MONTHS[:2]]


def test_a_file_under_a_plain_view_that_is_read_is_counted_again(tmp_path: Path, counted: list[list[When]]) -> None:
    readings = [{"PID": "P1", "DATE_SERV": "20131105", "SBP": "120", "DBP": "80"}]
    snapshot = load_rows(tmp_path, a_case(PERSON=[{"PID": "P1"}], CHRONICFU=readings))
    pressures = made_up("SELECT b.person_id, b.person_id AS counted_id FROM blood_pressures AS b", PEOPLE)
    ask(snapshot, pressures, MONTHS[:1])
    ask(changed_files(snapshot, "follow_ups"), pressures, MONTHS[:1])

    assert len(counted) == 2


def test_another_text_of_a_plain_view_is_counted_again(
    snapshot: Snapshot, counted: list[list[When]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pressures = made_up("SELECT b.person_id, b.person_id AS counted_id FROM blood_pressures AS b", PEOPLE)
    ask(snapshot, pressures, MONTHS[:1])
    view = views()["blood_pressures"]
    monkeypatch.setitem(views(), view.name, replace(view, sql=f"{view.sql} AND r.sbp < 200"))
    ask(snapshot, pressures, MONTHS[:1])

    assert len(counted) == 2


def test_files_that_are_not_read_do_not_matter(snapshot: Snapshot, counted: list[list[When]]) -> None:
    ask(snapshot, smokers(), MONTHS[:2])
    ask(changed_files(snapshot, "visits", "follow_ups"), smokers(), MONTHS[:2])

    assert counted == [MONTHS[:2]]


def test_where_people_live_does_not_matter_to_what_is_counted_where_it_was_done(
    snapshot: Snapshot, counted: list[list[When]]
) -> None:
    done = "SELECT s.person_id, s.row_id AS counted_id, s.facility FROM screenings AS s"
    ask(snapshot, made_up(done, done, counted_at="treating_facility"), MONTHS[:2])
    ask(
        changed_files(snapshot, "people", "registrations"),
        made_up(done, done, counted_at="treating_facility"),
        MONTHS[:2],
    )

    assert counted == [MONTHS[:2]]


def damages() -> Iterator[tuple[str, Callable[[bytes, str], bytes]]]:
    yield "cut off", lambda content, name: content[:-3]
    yield "empty", lambda content, name: b""
    yield "one bit", lambda content, name: content[:-1] + bytes([content[-1] ^ 1])
    yield "no such thing", lambda content, name: zlib.compress(b"{}")
    yield "another's", lambda content, name: zlib.compress(json.dumps(["another", []]).encode())


@pytest.mark.parametrize(("damage"), [pytest.param(d, id=what) for what, d in damages()])
def test_what_is_damaged_is_counted_again(
    snapshot: Snapshot, counted: list[list[When]], damage: Callable[[bytes, str], bytes]
) -> None:
    right = ask(snapshot, smokers(), MONTHS[:2])
    files = list(snapshot.home.counted.folder.iterdir())
    assert len(files) == 3  # two A, one B
    for file in files:
        file.write_bytes(damage(file.read_bytes(), file.stem))

    assert ask(snapshot, smokers(), MONTHS[:2]) == right
    assert len(counted) == 2
    assert ask(snapshot, smokers(), MONTHS[:2]) == right
    assert len(counted) == 2  # and kept whole this time
