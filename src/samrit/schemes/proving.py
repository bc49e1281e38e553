"""Proving: the worked examples of a pack are evaluated, and every figure that comes out otherwise is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from samrit.allocation import Activity, to_satang
from samrit.problems import Problem
from samrit.schemes.authoring.figures import Standing, Words
from samrit.schemes.authoring.judging import fact_of
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.reading import read_pack_folder
from samrit.schemes.authoring.rules import LinearSet, ScoreBy
from samrit.schemes.authoring.scheme import Item
from samrit.schemes.authoring.worked import Expected, Worked, WorkedIn, differs, given_scores, read_worked
from samrit.schemes.errors import SchemesError
from samrit.schemes.evaluating import Evaluation, evaluate
from samrit.schemes.inputs import RunInputs, counted_value
from samrit.schemes.materials import Materials
from samrit.schemes.payees import Payee
from samrit.schemes.scores import Counted, FactsOf

WHOLE = "all"
GIVEN = "given."
SCORE = Words(th="คะแนนตามเกณฑ์ (score)", en="score")
POINTS = Words(th="แต้ม (points)", en="points")
JUDGED = Words(th="ผลการตัดสิน (judged)", en="judged")
BAHT = Words(th="เงิน (baht)", en="baht")
"""The figures of an expectation, as people call them and as its file does."""


@dataclass(frozen=True)
class Proof:
    """The examples of a pack: how many figures were compared, and what is wrong with them."""

    examples: int
    figures: int
    problems: tuple[Problem, ...]


def prove(pack: Pack) -> Proof:
    """Evaluate every worked example of the pack and compare; mistakes of the examples themselves are told first."""
    files, problems = read_worked(pack)
    if problems:
        return Proof(0, 0, tuple(problems))
    told: list[Problem] = []
    examples = figures = 0
    for read in files:
        for n, worked in enumerate(read.file.model.worked):
            examples += 1
            figures += len(worked.expect)
            try:
                told += _compare(read, n, worked, pack)
            except SchemesError as error:
                told += [replace(p, where=read.file.marks.at("worked", n)) for p in error.problems]
    return Proof(examples, figures, tuple(told))


def work_out(worked: Worked, pack: Pack) -> Evaluation:
    """What an example comes to. Raises SchemesError for changes that do not fit, and as `evaluate`."""
    if worked.set:
        folder = next(iter(pack.folders.values()))
        pack = read_pack_folder(folder, {**pack.changes, **worked.set}, folder.parent)
    scores = given_scores(worked, pack)
    taken = _take_scores(pack, {item for item, _ in scores})
    counts = {key: Counted(None, None, score, Standing.TYPED_IN) for key, score in scores.items()}
    for unit, of in worked.units.items():
        for code, counted in of.counted.items():
            value = counted_value(pack, pack.item(code), counted.a, counted.b)
            counts[code, unit] = Counted(counted.a, counted.b, value, Standing.TYPED_IN)
        for code, value in of.values.items():
            counts[code, unit] = Counted(None, None, value, Standing.TYPED_IN)
    payees = tuple(
        Payee(unit, "", unit, unit, dict(of.people), dict(of.words)) for unit, of in sorted(worked.units.items())
    )
    return evaluate(Materials(taken, payees, WHOLE, counts, _inputs(worked, pack)))


def _inputs(worked: Worked, pack: Pack) -> RunInputs:
    units = worked.units.items()
    facts: dict[tuple[str, str], dict[str, FactsOf]] = {}
    for unit, of in units:
        for code, said in of.facts.items():
            facts.setdefault((code, unit), {})[""] = _typed(pack.item(code), said)
        for code, parts in of.parts.items():
            facts[code, unit] = {part: _typed(pack.item(code), said) for part, said in parts.items()}
    indices = {(unit, "", name): value for unit, of in units for name, value in of.indices.items()}
    for unit, of in units:
        for code, named in of.item_indices.items():
            indices |= {(unit, code, name): value for name, value in named.items()}
    return RunInputs(
        facts=facts,
        last={(code, unit): value for unit, of in units for code, value in of.last.items()},
        activities={
            unit: Activity(of.activities.hospitals, of.activities.beds, of.activities.units)
            for unit, of in units
            if of.activities is not None
        },
        indices=indices,
        last_paid={unit: to_satang(of.last_paid) for unit, of in units if of.last_paid is not None},
    )


def _typed(item: Item, said: dict[str, str]) -> FactsOf:
    typed = {name: fact_of(text, item.facts[name].type) for name, text in said.items()}
    return {name: fact for name, fact in typed.items() if fact is not None}


def _take_scores(pack: Pack, codes: set[str]) -> Pack:
    """The pack in which the values of these items are their scores."""
    if not codes:
        return pack
    scheme = pack.scheme
    scoring = dict(scheme.scoring)
    items = []
    for item in scheme.items:
        if item.item in codes:
            best = pack.best(item)
            by = f"{GIVEN}{item.item}"
            scoring[by] = LinearSet(
                kind="linear", standing=Standing.TYPED_IN, unit="points", lower=Decimal(0), upper=best, best=best
            )
            score = ScoreBy(by=by, standing=Standing.TYPED_IN)
            plain = {"measure": "", "parameters": {}, "entry": "number", "facts": {}, "derived": {}, "better": ""}
            item = item.model_copy(update={**plain, "parts": None, "few": None, "score": score})  # noqa: PLW2901
        items.append(item)
    return replace(pack, scheme=scheme.model_copy(update={"scoring": scoring, "items": tuple(items)}))


def _compare(read: WorkedIn, n: int, worked: Worked, pack: Pack) -> Iterator[Problem]:
    evaluation = work_out(worked, pack)
    for m, expected in enumerate(worked.expect):
        for figure, wanted, found in _figures(expected, evaluation):
            if wanted != found:
                yield differs(read, n, m, figure, _said(wanted), _said(found))


def _figures(expected: Expected, evaluation: Evaluation) -> Iterator[tuple[Words, object, object]]:
    """The name of a figure, what is expected and what came out, for every one that an expectation names."""
    if expected.component:
        org = expected.unit or WHOLE
        there = any(line.org == org and line.component == expected.component for line in evaluation.payments)
        satang = evaluation.amount(org, expected.component)
        yield BAHT, expected.baht, Decimal(satang) / 100 if there else None
        return
    line = next(line for line in evaluation.scores if line.org == expected.unit and line.item == expected.item)
    if expected.score is not None:
        yield SCORE, expected.score, line.scored.score
    if expected.points is not None:
        yield POINTS, expected.points, line.points
    if expected.judged:
        yield JUDGED, expected.judged, line.scored.standing.value


def _said(figure: object) -> str:
    return "-" if figure is None else f"{figure:,}" if isinstance(figure, Decimal) else str(figure)
