"""How commands speak: results on stdout, progress and problems on stderr, JSON as one document, exit codes 0, 1, 2."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from samrit.allocation import show_satang
from samrit.cli.wrapping import Words, wrap
from samrit.measures import use_site
from samrit.problems import Level, Problem

FINE, PROBLEMS_FOUND, CANNOT_RUN = 0, 1, 2
out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


def _at_home(home: Path) -> Path:
    """Whoever names a home works with the measures of its packs too."""
    use_site(Path(home) / "packs")
    return Path(home)


HomeOption = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="SAMRIT_HOME",
        help="โฟลเดอร์ข้อมูลของเครื่องนี้ / the home folder",
        show_default=True,
        callback=_at_home,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="พิมพ์ JSON หนึ่งชุดที่ stdout / one JSON document on stdout")]
DEFAULT_HOME = Path("samrit-home")
STAGES = {
    "facilities": "สร้างข้อมูลสาธิต / demo data",
    "receive": "รับแฟ้ม / receive",
    "parse": "อ่านแฟ้ม / parse",
    "stand": "รวมรุ่นล่าสุด / standing rows",
    "views": "สร้างวิว / views",
    "count": "นับตัวชี้วัด / count",
    "simulate": "จำลอง / simulate",
}
COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
MOST_SHOWN = 50


def show_json(document: Any) -> None:
    """One JSON document on stdout and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def show_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as CSV on stdout."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    sys.stdout.write(text.getvalue())


def show_table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], numbers: Iterable[int] = ()
) -> None:
    """A table for people, readable at 80 columns; `numbers` are the places of columns that are set right.

    Texts are set in lines between words where the screen is narrow; a number is never cut.
    """
    right = set(numbers)
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    table = Table(box=box.SIMPLE, header_style="bold", padding=0, pad_edge=False, show_edge=False)
    widest = [max(map(_widest, texts)) for texts in zip(columns, *lines, strict=True)]
    roomy = sum(widest) + len(columns) - 1 <= out.width
    for place, name in enumerate(columns):
        if place in right:  # as wide as its numbers, whatever the screen; its head is set in lines when room is scarce
            heads = [name] if roomy else name.split()
            width = max(map(_widest, (*(line[place] for line in lines), *heads)))
            table.add_column(Words(name), justify="right", min_width=width, max_width=width, no_wrap=True)
        else:
            table.add_column(Words(name))
    for line in lines:
        table.add_row(*map(Words, line))
    for text in wrap(title, out.width):
        out.print(text, markup=False, highlight=False)
    out.print(table)
    out.print()


def _widest(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def show_problems(problems: Iterable[Problem]) -> None:
    """Problems on stderr, the worst place first by file and line; at most a screenful of each code."""
    shown: dict[str, int] = {}
    for found in sorted(problems, key=lambda p: (p.where, p.code)):
        shown[found.code] = shown.get(found.code, 0) + 1
        if shown[found.code] <= MOST_SHOWN:
            err.print(str(found), style=COLOURS[found.level], markup=False, highlight=False)
    for code, count in sorted(shown.items()):
        if count > MOST_SHOWN:
            err.print(f"... {code}: อีก {count - MOST_SHOWN} รายการ / {count - MOST_SHOWN} more", markup=False)


def baht(satang: int) -> str:
    """Satang as baht with two places and thousand separators.

    >>> baht(-60090261)
    '-600,902.61'
    """
    return show_satang(satang)


class Bars:
    """Progress bars on stderr, one per stage; called as the rooms call their progress."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(STAGES.get(stage, stage), total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


@contextmanager
def bars() -> Iterator[Bars]:
    """Progress bars while the block runs."""
    columns = (TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as progress:
        yield Bars(progress)
