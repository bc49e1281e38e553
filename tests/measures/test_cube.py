"""The cube: whatever is asked of it is what counting says, and every cut sums to the whole."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from measures.building import (
    CENSUS,
    PERIOD,
    WORDS,
    a_case,
    compiled,
    load_rows,
    made_up,
    random_case,
    standard_register,
)
from samrit.measures import Engine, When, count, measure, value_of
from samrit.measures import cube as cube_room
from samrit.measures.cases import write_packages
from samrit.measures.compiling import Compiled
from samrit.measures.cube import Cube, Cut, CutLine, make_cube
from samrit.reference import Grouping, OrgLevel, Period, Register, Span, spans_of
from samrit.results import Cell, add, roll_up, roll_up_inside
from samrit.warehouse import Snapshot, WarehouseError, load

WHOLE = Period(*PERIOD)
Level = OrgLevel | Grouping
CUTS: tuple[Cut, ...] = ("sex", "age_band", "contracting_unit")
PERIODS = sorted({period for _, period in spans_of(WHOLE)})
WEIGHED = (
    "SELECT a.person_id, a.row_id AS counted_id, a.facility, "
    "CASE WHEN a.facility = '11053' THEN CAST('0.5' AS DECIMAL(38, 9)) ELSE CAST('1.234567891' AS DECIMAL(38, 9)) END "
    "AS amount FROM admissions AS a WHERE a.discharged_on BETWEEN $start AND $end"
)
STAYS = (
    "SELECT a.person_id, a.row_id AS counted_id, a.facility FROM admissions AS a "
    "WHERE a.discharged_on BETWEEN $start AND $end"
)


SUMS = {"counts": "weights", "unit": "x", "sums": True, **WORDS}
STAY = {"HOSPCODE": "11053", "PID": "P1", "DATETIME_ADMIT": "20131001080000", "DATETIME_DISCH": "20131009080000"}


def weights() -> Compiled:
    return compiled(made_up(WEIGHED, STAYS, a=SUMS, counted_at="treating_facility", formula="A/B"))


def of(name: str) -> Compiled:
    return compiled(measure(name))


MEASURES = {
    "home": lambda: of("ht_controlled"),  # A is part of B
    "home, two parts": lambda: of("asthma_admission_rate"),
    "treating": lambda: of("dm_readmission_28_days"),
    "contracting": lambda: compiled(made_up(STAYS, STAYS, counted_at="contracting_unit")),
    "weights": weights,
}


@pytest.fixture(scope="module", params=[1, 2], ids=lambda seed: f"world {seed}")
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return load_rows(tmp_path_factory.mktemp("world"), random_case(request.param))


@dataclass(frozen=True)
class Both:
    """A cube of all spans, and the same measure counted period by period."""

    cube: Cube
    engine: Engine
    measured: Compiled
    known: dict[Period, list[Cell]]

    def ask(self, periods: list[Period], level: Level, org: str = "", by: Cut | None = None) -> list[CutLine]:
        return self.cube.ask(self.measured.measure.id, periods, level, org, by)

    def cells(self, period: Period) -> list[Cell]:
        if period not in self.known:
            self.known[period] = count(self.engine, self.measured, [When(period, CENSUS)], remember=False)
        return self.known[period]


@pytest.fixture(params=MEASURES, scope="module")
def both(request: pytest.FixtureRequest, world: Snapshot) -> Iterator[Both]:
    measured = MEASURES[request.param]()
    with Engine(world, standard_register()) as engine, make_cube(engine, [measured], PERIODS, CENSUS) as cube:
        yield Both(cube, engine, measured, {})


LEVELS: tuple[Level, ...] = (*OrgLevel, *Grouping)
INSIDE = [
    (OrgLevel.FACILITY, "11053"),
    (OrgLevel.FACILITY, "4203"),
    (OrgLevel.CONTRACTING_UNIT, "11053"),
    (OrgLevel.CONTRACTING_UNIT, "42"),
    (OrgLevel.DISTRICT, "contracting_unit:11053"),
    (OrgLevel.DISTRICT, "4203"),
    (OrgLevel.PROVINCE, "42"),
    (OrgLevel.PROVINCE, "TH"),
    (OrgLevel.REGION, "8"),
    (OrgLevel.COUNTRY, "TH"),
    (OrgLevel.FACILITY, "99999"),  # a facility that the register does not have
    (Grouping.SERVICE_LEVEL, "42"),
]


@pytest.mark.parametrize("span", Span)
def test_every_span_and_level_is_what_counting_says(both: Both, span: Span) -> None:
    cuts = [period for of_span, period in spans_of(WHOLE) if of_span is span][-2:]
    cells = [cell for period in cuts for cell in both.cells(period)]

    assert cells
    for level in LEVELS:
        answers = both.ask(cuts, level)

        assert [answer.line for answer in answers] == roll_up(cells, level, standard_register(), CENSUS)
        assert {answer.cut for answer in answers} == {""}


@pytest.mark.parametrize(("level", "org"), INSIDE)
def test_one_organisation_is_what_counting_says(both: Both, level: Level, org: str) -> None:
    lines = roll_up_inside(both.cells(WHOLE), level, org, standard_register(), CENSUS)

    assert [answer.line for answer in both.ask([WHOLE], level, org)] == lines


@pytest.mark.parametrize("by", CUTS)
def test_the_parts_of_a_cut_sum_to_the_whole_and_are_those_of_the_cells(both: Both, by: Cut) -> None:
    for level in LEVELS:
        parts = both.ask([WHOLE], level, by=by)

        assert summed(parts) == summed(both.ask([WHOLE], level))
        for cut in {getattr(cell, by) for cell in both.cells(WHOLE)}:
            of_cut = [cell for cell in both.cells(WHOLE) if getattr(cell, by) == cut]
            assert [part.line for part in parts if part.cut == cut] == roll_up(
                of_cut, level, standard_register(), CENSUS
            )


def summed(parts: list[CutLine]) -> dict[str, tuple[object, object]]:
    found = defaultdict(list)
    for part in parts:
        found[part.line.org].append(part.line)
    return {org: (add(*(x.a for x in lines)), add(*(x.b for x in lines))) for org, lines in found.items()}


def test_facilities_sum_to_districts_provinces_regions_and_the_country(both: Both) -> None:
    def total(level: Level) -> tuple[object, object]:
        lines = [answer.line for answer in both.ask([WHOLE], level)]
        return add(*(line.a for line in lines)), add(*(line.b for line in lines))

    assert len({total(level) for level in LEVELS}) == 1


def test_months_sum_to_quarters_and_the_year_where_events_of_the_period_are_counted(world: Snapshot) -> None:
    def weight(span: Span) -> object:
        periods = [period for of_span, period in spans_of(WHOLE) if of_span is span]
        return add(*(answer.line.a for answer in cube.ask("made_up", periods, OrgLevel.COUNTRY)))

    with Engine(world, standard_register()) as engine, make_cube(engine, [weights()], PERIODS, CENSUS) as cube:
        by_span = {span: weight(span) for span in (Span.MONTH, Span.QUARTER, Span.YEAR)}

    assert by_span[Span.MONTH] == by_span[Span.QUARTER] == by_span[Span.YEAR]
    assert isinstance(by_span[Span.YEAR], Decimal)


@pytest.fixture
def village(tmp_path: Path) -> Snapshot:
    """A hospital with two stays, and a person on the hypertension register of a health centre."""
    stays = [
        STAY | {"AN": f"A{n}", "DATETIME_DISCH": day} for n, day in enumerate(("20131003080000", "20140103080000"))
    ]
    return load_rows(tmp_path, a_case(PERSON=[{"PID": "P1", "TYPEAREA": "1"}], ADMISSION=stays))


def test_exact_decimals_stay_exact_and_counts_stay_whole_numbers(village: Snapshot) -> None:
    with Engine(village, standard_register()) as engine, make_cube(engine, [weights()], PERIODS, CENSUS) as cube:
        [answer] = cube.ask("made_up", [WHOLE], OrgLevel.FACILITY)

    assert (answer.line.a, answer.line.b) == (Decimal("1"), 2)  # two of 0.5
    assert (str(answer.line.a), type(answer.line.b)) == ("1", int)


def test_what_has_no_b_has_no_value_and_what_has_neither_has_no_line(village: Snapshot) -> None:
    nobody = "SELECT p.person_id, p.person_id AS counted_id, p.row_id FROM people AS p WHERE p.sex = 'x'"
    measured = compiled(made_up(b_sql=nobody))
    with Engine(village, standard_register()) as engine, make_cube(engine, [measured], [WHOLE], CENSUS) as cube:
        [answer] = cube.ask("made_up", [WHOLE], OrgLevel.FACILITY)

        assert (answer.line.a, answer.line.b) == (1, 0)
        assert value_of(measured.measure, answer.line) is None
        assert cube.ask("made_up", [WHOLE], OrgLevel.FACILITY, "10705") == []


def test_what_is_not_in_the_cube_is_refused(village: Snapshot) -> None:
    with Engine(village, standard_register()) as engine, make_cube(engine, [weights()], [WHOLE], CENSUS) as cube:
        assert cube.ask("made_up", [], OrgLevel.FACILITY) == []
        with pytest.raises(ValueError, match=r"2013-04-01\.\.2013-04-30"):
            cube.ask("made_up", [WHOLE.months()[0]], OrgLevel.FACILITY)
        with pytest.raises(KeyError):
            cube.ask("ht_controlled", [WHOLE], OrgLevel.FACILITY)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The measures that were really counted for a cube."""
    names: list[str] = []
    really = cube_room.count_pieces

    def note(engine: Engine, measured: Compiled, whens: list[When]) -> object:
        names.append(measured.measure.id)
        return really(engine, measured, whens)

    monkeypatch.setattr(cube_room, "count_pieces", note)
    return names


def cube_of(snapshot: Snapshot, measured: Compiled, register: Register | None = None, census: date = CENSUS) -> str:
    with (
        Engine(snapshot, register or standard_register()) as engine,
        make_cube(engine, [measured], [WHOLE], census) as cube,
    ):
        assert cube.ask(measured.measure.id, [WHOLE], OrgLevel.COUNTRY)
        return cube.name


def test_a_cube_is_made_once_and_found_warm(village: Snapshot, made: list[str]) -> None:
    assert cube_of(village, weights()) == cube_of(village, weights())
    assert made == ["made_up"]


def test_what_decides_a_cube_names_it(village: Snapshot, made: list[str]) -> None:
    """Another text, other parameters, another census day, another register: each is counted anew."""
    other = made_up(WEIGHED.replace("1.234567891", "1.5"), STAYS, a=SUMS, counted_at="treating_facility", formula="A/B")
    ages = made_up(
        "SELECT person_id, person_id AS counted_id, row_id FROM people WHERE sex <> $sex", parameters={"sex": "9"}
    )
    names = [
        cube_of(village, weights()),
        cube_of(village, compiled(other)),
        cube_of(village, weights(), standard_register(without=["10671"])),
        cube_of(village, weights(), census=date(2013, 10, 2)),
        cube_of(village, compiled(ages)),
        cube_of(village, compiled(ages, sex="8")),
    ]

    assert len(set(names)) == len(names) == len(made)


def test_new_data_make_a_new_cube(village: Snapshot, tmp_path: Path, made: list[str]) -> None:
    before = cube_of(village, weights())
    write_packages(a_case(ADMISSION=[STAY | {"AN": "A9"}]), tmp_path / "more")
    after = cube_of(load(village.home, [tmp_path / "more"]).snapshot, weights())

    assert after != before
    assert len(made) == 2


def test_a_damaged_file_of_a_cube_is_made_again(village: Snapshot, made: list[str]) -> None:
    cube_of(village, weights())
    [file] = village.home.cubes.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    cube_of(village, weights())

    assert len(made) == 2


def test_no_cube_without_a_snapshot() -> None:
    with Engine(None, standard_register()) as engine, pytest.raises(WarehouseError):
        make_cube(engine, [weights()], [WHOLE], CENSUS)
