"""Commands for those who write measures: new and check."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import DEFAULT_HOME, PROBLEMS_FOUND, HomeOption, out, show_problems
from samrit.measures import Measure, MeasuresError, Outcome, check, check_files, measure, measure_ids
from samrit.measures.authoring.starting import USUAL_PACK, start_measure
from samrit.measures.case_reading import read_cases
from samrit.measures.definition import read_measure
from samrit.measures.mistakes import case_files, mistakes_of, mistakes_of_site
from samrit.problems import Level, Problem, Problems


def register(app: typer.Typer) -> None:
    """Put the commands into `samrit measures`."""
    app.command("new")(new_measure)
    app.command("check")(check_measures)


def new_measure(
    measure_id: Annotated[str, typer.Argument(help="id ของตัวชี้วัดใหม่ เช่น dm_foot_exam / id of the new measure")],
    like: Annotated[str, typer.Option("--from", help="คัดลอกจากตัวชี้วัดนี้ / copy this measure")] = "",
    pack: Annotated[str, typer.Option(help="ชุดของพื้นที่ที่จะเก็บ / the pack of the site to put it in")] = USUAL_PACK,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """เริ่มตัวชี้วัดของพื้นที่: แฟ้มตั้งต้นพร้อมคำอธิบาย / start a measure of the site: commented files in the home."""
    folder = start_measure(home / "packs", measure_id, pack, like)
    out.print(f"{folder}  ->  samrit measures check {measure_id}", markup=False, highlight=False)


def check_measures(
    measure_id: Annotated[
        list[str] | None, typer.Argument(help="id หรือโฟลเดอร์ (เว้นไว้ = ทั้งหมด) / ids or folders; none: all")
    ] = None,
    cases: Annotated[
        Path | None, typer.Option(help="โฟลเดอร์กรณีตัวอย่างอื่น / a folder of case files instead of the shipped ones")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """ตรวจนิยามทุกแฟ้ม แล้วคำนวณกรณีตัวอย่างจากแฟ้มจริงตั้งแต่ต้นจนจบ / check the texts, run worked cases end to end.

    บอกทุกข้อผิดพร้อมแฟ้ม บรรทัด และชื่อที่ใกล้เคียง / every mistake with file, line and the nearest good name.
    """
    if cases and not cases.is_dir():
        raise typer.BadParameter(f"--cases {cases}: ไม่พบโฟลเดอร์นี้ / no such folder")
    found = Problems()
    good = _read(measure_id or measure_ids(), found)
    if not measure_id:
        found.extend(mistakes_of_site())
    show_problems(dict.fromkeys(found))
    outcomes: list[Outcome] = []
    for of in good if not cases else ():
        for file in case_files(of):
            outcomes += _show_outcomes(file, [o for o in check_files([file], of) if _asked(o, good, measure_id)])
    for file in sorted(cases.glob("*.yaml")) if cases else ():
        own = {name: of for of in good for name in (of.id, *of.names)}
        of_file = [check(case, own.get(case.measure)) for case in read_cases(file)]
        outcomes += _show_outcomes(file, [o for o in of_file if _asked(o, good, measure_id)])
    failed = sum(o.status == "failed" for o in outcomes)
    for name in sorted({o.case.measure for o in outcomes if o.status == "skipped"}):
        out.print(f"ข้าม / skipped: {name} (ยังไม่มีตัวชี้วัดนี้ / no such measure yet)", markup=False)
    out.print(f"{sum(o.status == 'passed' for o in outcomes)} passed, {failed} failed", highlight=False)
    if failed or found.has_errors:
        raise typer.Exit(PROBLEMS_FOUND)


def _read(named: Sequence[str], found: Problems) -> list[Measure]:
    """The measures that can be counted; what is wrong with these and the others is put into `found`.

    Raises MeasuresError for an id that is nobody's.
    """
    good = []
    for name in named:
        try:
            folder = Path(name)
            of = read_measure(folder, name.rstrip("/")) if (folder / "measure.yaml").is_file() else measure(name)
        except MeasuresError as error:
            if any(p.code == "measures.unknown" for p in error.problems):
                raise
            found.extend(error.problems)
            continue
        wrong: list[Problem] = mistakes_of(of)
        found.extend(wrong)
        if not any(p.level is Level.ERROR for p in wrong):
            good.append(of)
    return good


def _asked(outcome: Outcome, good: Sequence[Measure], named: Sequence[str] | None) -> bool:
    """With ids, only the cases of those measures are told."""
    return not named or outcome.case.measure in {name for of in good for name in (of.id, *of.names)}


def _show_outcomes(file: Path, outcomes: list[Outcome]) -> list[Outcome]:
    counts = {s: sum(o.status == s for o in outcomes) for s in ("passed", "failed", "skipped")}
    if outcomes:
        said = ", ".join(f"{n} {s}" for s, n in counts.items() if n)
        out.print(f"{file.name}: {said}", markup=False, highlight=False)
    for outcome in outcomes:
        if outcome.status == "failed":
            place = f"{outcome.case.file}:{outcome.case.line}"
            why = outcome.why.replace("\n", "\n    ")
            out.print(f"  {place}  {outcome.case.name}\n    {why}", style="red", markup=False)
    return outcomes
