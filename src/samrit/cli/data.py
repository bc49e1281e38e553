"""Commands about data: demo, load, snapshots, rejects, f43 check."""

from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import (
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
from samrit.demo import write_demo
from samrit.f43 import Summary, check_package
from samrit.problems import Level, Problem
from samrit.warehouse import Home, Loaded, load, rejects, snapshots
from samrit.warehouse.receiving import find_packages

Paths = Annotated[list[Path], typer.Argument(help="แฟ้ม zip หรือโฟลเดอร์ / zips or folders", show_default=False)]
MOST_REJECTS = 200
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
    province: Annotated[str, typer.Option(help="รหัสจังหวัด / province code")] = "42",
    people: Annotated[int, typer.Option(min=1, help="จำนวนคน / how many people")] = 20_000,
    seed: Annotated[int, typer.Option(help="เลขเริ่มสุ่ม เลขเดียวกันได้แฟ้มเดียวกัน / same seed, same bytes")] = 1,
    year: Annotated[int, typer.Option(help="ปีงบประมาณ พ.ศ. / Buddhist fiscal year")] = 2557,
) -> None:
    """เขียนแฟ้ม 43 แฟ้มสังเคราะห์ ไม่มีคนจริง / write synthetic 43-file zips; nobody in them is real."""
    with bars() as progress:
        written = write_demo(folder, province=province, people=people, seed=seed, year=year, progress=progress)
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
    """A few lines on what a load did."""
    packages = loaded.as_dict()["packages"]
    rows = dict.fromkeys(("read", "kept", "rejected", "superseded"), 0)
    for package in packages:
        for counts in package["rows"].values():
            for name in rows:
                rows[name] += counts[name]
    by_status = {s: sum(p["status"] == s for p in packages) for s in ("loaded", "duplicate", "rejected")}
    show_table(
        "นำเข้า / load",
        ["รับใหม่ / loaded", "ซ้ำ / duplicate", "ปฏิเสธ / rejected", "แถวที่อ่าน / read", "ใช้อยู่ / kept",
         "พักไว้ / aside", "มีรุ่นใหม่กว่า / superseded"],
        [[*by_status.values(), *(f"{rows[n]:,}" for n in ("read", "kept", "rejected", "superseded"))]],
        range(7),
    )  # fmt: skip
    out.print(f"ชุดข้อมูล / snapshot {loaded.snapshot.id} (ที่ {loaded.snapshot.number})", markup=False, highlight=False)


def list_snapshots(home: HomeOption = DEFAULT_HOME, json: JsonOption = False) -> None:
    """ชุดข้อมูลที่เผยแพร่แล้ว / published snapshots, oldest first."""
    every = snapshots(Home(home))
    if json:
        show_json(
            [
                {"number": s.number, "snapshot": s.id, "packages": len(s.packages), "facilities": len(s.facilities)}
                for s in every
            ]
        )
        return
    show_table(
        "ชุดข้อมูล / snapshots",
        ["ที่ / number", "รหัส / snapshot", "zip / packages", "หน่วยบริการ / facilities"],
        [(s.number, s.id, len(s.packages), len(s.facilities)) for s in every],
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
    rows = []
    total = 0
    for reject in rejects(Home(home), package):
        total += 1
        if total <= MOST_REJECTS:
            rows.append((reject.package, reject.entry, reject.line, reject.field, reject.rule, reject.state))
    columns = ["zip", "แฟ้มย่อย / entry", "บรรทัด / line", "คอลัมน์ / field", "กฎ / rule", "สถานะ / state"]
    show_table("พักไว้หรือถือเป็นว่าง / aside or voided", columns, rows, (2,))
    out.print(f"ทั้งหมด {total:,} รายการ แสดง {len(rows):,} (--json แสดงทั้งหมด) / {total:,} in all, --json shows all")


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
    rows = [
        (group[0].level.value, code, len(group), str(group[0].where), group[0].th)
        for (code, _), group in sorted(groups.items(), key=lambda g: (g[1][0].level.value, -len(g[1])))
    ]
    columns = ["ระดับ / level", "รหัส / code", "จำนวน / count", "พบครั้งแรก / first at", "ความหมาย / meaning"]
    show_table("ผลตรวจ / check", columns, rows, (2,))
    counts = summary.as_dict()
    out.print(
        f"{counts['packages']} zip ({counts['refused']} refused), {counts['entries']} entries, rows {counts['rows']}"
    )
