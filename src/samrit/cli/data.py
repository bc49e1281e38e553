"""Commands about data: demo, load, snapshots, rejects, f43 check."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from samrit.cli.rejected import show_rejects
from samrit.cli.shown import (
    COLOURS,
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    bars,
    err,
    out,
    show_json,
    show_problems,
    show_table,
)
from samrit.demo import DemoError, write_cube, write_demo
from samrit.f43 import Summary, check_package
from samrit.problems import Level, Problem, problem
from samrit.warehouse import Home, Loaded, load, rejects, snapshots
from samrit.warehouse.receiving import find_packages

Paths = Annotated[list[Path], typer.Argument(help="แฟ้ม zip หรือโฟลเดอร์ / zips or folders", show_default=False)]
LEVELS = (Level.ERROR, Level.WARNING, Level.NOTE)
STATUSES = {
    "loaded": "zip รับใหม่ / loaded",
    "duplicate": "zip ซ้ำ / duplicate",
    "rejected": "zip ปฏิเสธ / rejected",
}
ROWS = {
    "read": "แถวที่อ่าน / rows read",
    "kept": "แถวที่ใช้อยู่ / kept",
    "rejected": "แถวที่พักไว้ / set aside",
    "superseded": "แถวที่มีรุ่นใหม่กว่า / superseded",
}
f43 = typer.Typer(help="ตรวจแฟ้มโดยไม่นำเข้า / check files without loading", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("demo")(demo)
    app.command("load")(load_packages)
    app.command("snapshots")(list_snapshots)
    app.command("rejects")(list_rejects)
    app.add_typer(f43, name="f43")


def demo(
    folder: Annotated[Path, typer.Argument(help="โฟลเดอร์ว่างที่จะเขียน zip / an empty folder for the zips")],
    province: Annotated[str | None, typer.Option(help="รหัสจังหวัด (เว้นไว้ = 42) / province code")] = None,
    people: Annotated[int | None, typer.Option(min=1, help="จำนวนคน (เว้นไว้ = 20000) / how many people")] = None,
    seed: Annotated[int, typer.Option(help="เลขเริ่มสุ่ม เลขเดียวกันได้แฟ้มเดียวกัน / same seed, same bytes")] = 1,
    year: Annotated[int, typer.Option(help="ปีงบประมาณ พ.ศ. / Buddhist fiscal year")] = 2557,
    truth: Annotated[
        Path | None, typer.Option(help="โฟลเดอร์เฉลย: ข้อบกพร่องที่ใส่ไว้ ชุดสะอาด ค่าที่ควรนับได้ / what is known beside the zips")
    ] = None,
    region: Annotated[str | None, typer.Option(help="เขตสุขภาพ ใช้กับ --level cube / health region, with cube")] = None,
    level: Annotated[
        Literal["zips", "cube"], typer.Option(help="zips = แฟ้ม 43 แฟ้ม, cube = เฉพาะค่า A และ B ทั้งเขต / counts only")
    ] = "zips",
) -> None:
    """เขียนแฟ้ม 43 แฟ้มสังเคราะห์ ไม่มีคนจริง / write synthetic 43-file zips; nobody in them is real."""
    if (level == "cube") != (region is not None) or (level == "cube" and any((province, people, truth))):
        raise DemoError(problem("demo.cube.level"))
    if region is not None:
        written = write_cube(folder, region=region, seed=seed, year=year)
        names = ", ".join(path.relative_to(folder).as_posix() for path in written)
        err.print(f"เขียน {names} ที่ {folder}", markup=False)
        return
    with bars() as progress:
        written = write_demo(
            folder,
            province=province or "42",
            people=people or 20_000,
            seed=seed,
            year=year,
            truth=truth,
            progress=progress,
        )
    err.print(f"เขียน {len(written)} zip ที่ {folder} / wrote {len(written)} zips", markup=False)


def load_packages(paths: Paths, home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """รับ zip เข้าคลังและสร้างชุดข้อมูลใหม่ / receive zips and publish a snapshot of everything received."""
    with bars() as progress:
        loaded = load(Home(home), paths, progress)
    problems = [*loaded.problems, *(p for r in loaded.received for p in r.problems)]
    if json:
        show_json(loaded.as_dict())
    else:
        show_loaded(loaded)
    show_problems(problems)
    if any(p.level is Level.ERROR for p in problems):
        raise typer.Exit(PROBLEMS_FOUND)


def show_loaded(loaded: Loaded) -> None:
    """A few lines on what a load did: packages by status, then what became of their rows."""
    packages = loaded.as_dict()["packages"]
    tables = [counts for package in packages for counts in package["rows"].values()]
    zips = [(words, sum(p["status"] == status for p in packages)) for status, words in STATUSES.items()]
    rows = [(words, f"{sum(counts[name] for counts in tables):,}") for name, words in ROWS.items()]
    show_table("นำเข้า / load", ["", "จำนวน / count"], [*zips, *rows], (1,))
    shot = loaded.snapshot
    said = f"{shot.id} (ที่ {shot.number})" if shot else "ยังไม่มี / none yet"
    out.print(f"ชุดข้อมูล / snapshot {said}", markup=False, highlight=False)


def list_snapshots(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """ชุดข้อมูลที่เผยแพร่แล้ว / published snapshots, oldest first."""
    every = snapshots(Home(home))
    if json:
        show_json(
            [
                {
                    "number": s.number,
                    "snapshot": s.id,
                    "packages": len(s.packages),
                    "logs": s.log_count,
                    "claims": s.claims_count,
                    "facilities": len(s.facilities),
                    "newest": s.newest.isoformat() if s.newest else None,
                }
                for s in every
            ]
        )
        return
    show_table(
        "ชุดข้อมูล / snapshots",
        ["ที่ / number", "รหัส / snapshot", "zip / packages", "หน่วยบริการ / facilities", "ส่งล่าสุด / newest"],
        [(s.number, s.id, len(s.packages), len(s.facilities), s.newest or "") for s in every],
        (0, 2, 3),
    )


def list_rejects(
    home: HomeOption = DEFAULT_HOME,
    package: Annotated[str, typer.Option(help="SHA-256 ของ zip หรือส่วนต้น / of a zip, or its start")] = "",
    json: JsonOption = False,
) -> None:
    """แถวที่พักไว้และช่องที่ถือเป็นว่าง / rows set aside and cells read as blank, with package, entry, line, field, rule."""
    if json:
        show_json({"rejects": [r.as_dict() for r in rejects(Home(home), package)]})
        return
    show_rejects(rejects(Home(home), package))


@f43.command("check")
def check(paths: Paths, json: JsonOption = False) -> None:
    """ตรวจ zip โดยไม่นำเข้า / check zips without loading them; exit 1 when an error is found."""
    files, problems = find_packages(paths)
    summary = Summary()
    for file in files:
        problems += check_package(file, summary)
    if json:
        show_json({"problems": [p.as_dict() for p in problems], "summary": summary.as_dict()})
    else:
        _show_check(problems, summary)
    if any(p.level is Level.ERROR for p in problems):
        raise typer.Exit(PROBLEMS_FOUND)


def _show_check(problems: list[Problem], summary: Summary) -> None:
    groups: dict[tuple[str, str], list[Problem]] = {}
    for found in problems:
        groups.setdefault((found.code, found.where.field), []).append(found)
    for (code, _), group in sorted(groups.items(), key=lambda g: (LEVELS.index(g[1][0].level), -len(g[1]), g[0])):
        first = group[0]
        out.print(f"{first.level.value:<7} {len(group):>6,} x {code}", style=COLOURS[first.level], highlight=False)
        out.print(f"    {first.th}\n    {first.en}", markup=False, highlight=False)
        out.print(f"    พบครั้งแรก / first at: {first.where}", markup=False, highlight=False)
    zips = f"{summary.packages:,} zip (ปฏิเสธ / refused {summary.refused:,}), แฟ้มย่อย / entries {summary.entries:,}"
    rows = f"แถว / rows {summary.rows['read']:,} (พักไว้ / set aside {summary.rows['aside']:,})"
    out.print(f"{zips}, {rows}", markup=False, highlight=False)
