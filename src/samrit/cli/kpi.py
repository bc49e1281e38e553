"""Commands about KPI templates: `samrit kpi check FILE.json...`."""

from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import PROBLEMS_FOUND, JsonOption, out, show_json, show_problems
from samrit.kpi import Checked, KpiError, check_template, read_template, shipped_templates
from samrit.problems import Problem

app = typer.Typer(help="ตัวชี้วัดของทะเบียน / templates of the KPI registry", no_args_is_help=True)
Files = Annotated[
    list[Path] | None, typer.Argument(help="แฟ้มแม่แบบ JSON ไม่ใส่คือที่มากับโปรแกรม / template files; none: the shipped ones")
]


@app.callback()
def kpi() -> None:
    """ตัวชี้วัดของทะเบียน / templates of the KPI registry."""


@app.command("check")
def check(files: Files = None, json: JsonOption = False) -> None:
    """ตรวจแม่แบบด้วยตัวอย่างในแฟ้ม บอกสูตรกลับเป็นภาษาไทย / check templates by their own worked cases."""
    problems: list[Problem] = []
    told: list[dict[str, object]] = []
    passed = failed = 0
    for path in files or shipped_templates():
        try:
            template = read_template(path)
        except KpiError as error:
            problems += error.problems
            told.append({"file": str(path), "problems": [one.as_dict() for one in error.problems]})
            failed += 1
            continue
        checked = check_template(template)
        problems += [*template.warnings, *(one for case in checked for one in case.problems)]
        passed += sum(case.passed for case in checked)
        failed += sum(not case.passed for case in checked)
        told.append(_told(path, template.id, template.formula.read_back_th(), checked))
        if not json:
            good = sum(case.passed for case in checked)
            out.print(f"{template.id}: {template.written.name_th}", markup=False)
            out.print(f"    {template.formula.read_back_th()}  ({good}/{len(checked)})", markup=False)
    if json:
        show_json({"templates": told, "passed": passed, "failed": failed})
    show_problems(problems)
    if not json:
        out.print(f"{passed} passed, {failed} failed")
    if failed:
        raise typer.Exit(PROBLEMS_FOUND)


def _told(path: Path, template_id: str, reading: str, checked: tuple[Checked, ...]) -> dict[str, object]:
    cases = [
        {"number": c.number, "note": c.note, "passed": c.passed, "problems": [one.as_dict() for one in c.problems]}
        for c in checked
    ]
    return {"file": str(path), "id": template_id, "formula_th": reading, "cases": cases}
