"""Commands about packs: list, check, show, new."""

from pathlib import Path
from typing import Annotated

import typer

from samrit.cli.shown import (
    DEFAULT_HOME,
    PROBLEMS_FOUND,
    HomeOption,
    JsonOption,
    out,
    show_json,
    show_problems,
    show_table,
)
from samrit.cli.wrapping import wrap
from samrit.problems import Problem
from samrit.schemes import Pack, SchemesError, pack_ids, read_pack, read_pack_folder
from samrit.schemes.authoring.describing import Section, describe, say
from samrit.schemes.authoring.scheme import Scheme
from samrit.schemes.authoring.site import SCHEME_FILE, find_pack, site_folder
from samrit.schemes.authoring.starting import start_pack
from samrit.schemes.proving import prove

PackArgument = Annotated[str, typer.Argument(help="รหัสกติกา เช่น qof-2557 / pack id")]
ManyArgument = Annotated[
    list[str] | None, typer.Argument(help="รหัสกติกาหรือโฟลเดอร์ ไม่ใส่คือทุกกติกา / pack id or folder; none: all")
]


def register(app: typer.Typer) -> None:
    """Put the commands into `samrit schemes`."""
    app.command("list")(list_packs)
    app.command("check")(check_packs)
    app.command("show")(show_pack)
    app.command("new")(new_pack)


def list_packs(json: JsonOption = False, home: HomeOption = DEFAULT_HOME) -> None:
    """กติกาที่มี ทั้งที่มากับโปรแกรมและของหน่วยงาน / the packs, shipped and of the site."""
    site = site_folder(home)
    packs: list[Scheme] = []
    problems: list[Problem] = []
    for pack_id in pack_ids(site):
        try:
            packs.append(read_pack(pack_id, site=site).scheme)
        except SchemesError as error:
            problems += error.problems
    if json:
        show_json([{"id": p.id, "title": p.title.model_dump(), "year": p.year} for p in packs])
    else:
        rows = [(p.id, p.title.th, str(p.period), len(p.items)) for p in packs]
        show_table("กติกา / schemes", ["id", "ชื่อ / title", "ช่วงผลงาน / period", "ข้อ / items"], rows, (3,))
    show_problems(problems)
    if problems:
        raise typer.Exit(PROBLEMS_FOUND)


def check_packs(packs: ManyArgument = None, home: HomeOption = DEFAULT_HOME) -> None:
    """ตรวจกติกา: คีย์ ชื่อ ผลรวม เกณฑ์ และคำนวณตัวอย่าง / check packs and work out their examples; exit 1 on a problem."""
    site = site_folder(home)
    wrong = False
    for named in packs or pack_ids(site):
        folder = _folder(named, site)
        try:
            pack = read_pack_folder(folder, site=site)
            proof = prove(pack)
        except SchemesError as error:
            show_problems(error.problems)
            wrong = True
            continue
        show_problems(proof.problems)
        if proof.problems:
            wrong = True
            continue
        out.print(_fine(pack, proof.examples, proof.figures), markup=False, highlight=False)
    if wrong:
        raise typer.Exit(PROBLEMS_FOUND)


def _folder(named: str, site: Path) -> Path:
    """The folder of an id, or a folder as it is named. Raises SchemesError for an unknown id."""
    as_folder = Path(named)
    return as_folder if (as_folder / SCHEME_FILE).is_file() else find_pack(named, site)


def _fine(pack: Pack, examples: int, figures: int) -> str:
    payees = f"{len(pack.payees)} หน่วยรับเงิน " if pack.payees else ""
    return f"{pack.id}: {len(pack.scheme.items)} ข้อ {payees}{examples} ตัวอย่าง {figures} ตัวเลข ถูกต้อง / fine"


def show_pack(pack_id: PackArgument, json: JsonOption = False, home: HomeOption = DEFAULT_HOME) -> None:
    """วัดอะไร ให้คะแนนและจ่ายอย่างไร ตัวเลขมาจากไหน / what is measured, scored and paid; who says each figure."""
    site = site_folder(home)
    pack = read_pack_folder(_folder(pack_id, site), site=site)
    if json:
        show_json(pack.scheme.model_dump(mode="json"))
        return
    for text in wrap(f"{pack.id}: {pack.scheme.title.th}", out.width):
        out.print(text, markup=False, highlight=False, style="bold")
    out.print()
    for section in describe(pack):
        _show_section(section)


def _show_section(section: Section) -> None:
    """A section for people, in Thai."""
    sentences = [say(sentence, "th") for sentence in section.sentences]
    title = ": ".join([section.title.th, *sentences])
    if not section.columns:
        for text in wrap(title, out.width):
            out.print(text, markup=False, highlight=False)
        out.print()
        return
    lines = [[say(cell, "th") for cell in row] for row in (section.columns, *section.rows)]
    if section.under:
        at = section.under
        beside = [[cell.replace(" (", "\n(") for cell in line[at + 1 :]] for line in lines]
        under = [f"{line[at - 1]}\n{line[at]}" for line in lines]
        lines = [[*line[: at - 1], two, *right] for line, two, right in zip(lines, under, beside, strict=True)]
    show_table(title, lines[0], lines[1:], section.numbers)


def new_pack(
    pack_id: Annotated[str, typer.Argument(help="รหัสของกติกาใหม่ เช่น loei-2569 / id of the new pack")],
    like: Annotated[str, typer.Option("--like", help="ต่อยอดจากกติกานี้ / build on this pack")] = "",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """เริ่มกติกาใหม่: แฟ้มตั้งต้นพร้อมคำอธิบาย / start a pack: commented files in the home."""
    folder = start_pack(site_folder(home), pack_id, like)
    out.print(f"{folder}  ->  samrit schemes check {pack_id}", markup=False, highlight=False)
