"""Starting: the commented files from which a site makes a measure of its own, or a copy of a measure to be changed."""

import re
from importlib import resources
from pathlib import Path

from samrit.measures.definition import NAME, measure, measure_ids
from samrit.measures.errors import MeasuresError
from samrit.measures.finding import Shelf, find
from samrit.objects import put_file
from samrit.problems import Where, problem
from samrit.warehouse import views

START_FILES = ("measure.yaml", "a.sql", "b.sql", "cases.yaml")
START_ID = "bp_measured"
USUAL_PACK = "site"
PACK_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
COPIED = """\
# คัดลอกจาก {like} เพื่อแก้เป็นนิยามของพื้นที่ / Copied from {like} to become a definition of the site.
# แก้ชื่อ เหตุผล A และ B เป็นคำพูด ที่มา แล้วจึงแก้ SQL และกรณีตัวอย่าง / Change title, why, the words of A and B, sources;
# then the SQL and the cases, and say in history what changed: {{on: 2026-10-01, th: ..., en: ...}}
# ดูสิ่งที่เปลี่ยนไปต่อหน่วย / What it changes, by unit:  samrit measures diff {like} --measure {id} --period ...
"""
HISTORY = re.compile(r"^history:.*\n(?:[-#\s].*\n?)*", re.MULTILINE)
"""The history of a measure is not that of its copy."""


def start_text(name: str) -> str:
    """The text of a starting file, as it is shipped."""
    return resources.files("samrit.measures.authoring").joinpath("start", name).read_text(encoding="utf-8")


def start_measure(packs: Path, measure_id: str, pack_id: str = "", like: str = "") -> Path:
    """Write the files of a new measure into a pack of the site: a whole example, or a copy of `like` with its cases.

    packs: the folder of the site's packs. pack_id: '' for the pack `site`. Gives the folder; it passes `check` at once.
    Raises MeasuresError for an id that cannot be one or is taken, and for an unknown `like`.
    """
    pack_id = pack_id or USUAL_PACK
    folder = packs / pack_id / Shelf.MEASURES.value / measure_id
    if not NAME.fullmatch(measure_id) or measure_id in views():
        raise MeasuresError(problem("measures.new.id", id=measure_id))
    if not PACK_ID.fullmatch(pack_id):
        raise MeasuresError(problem("measures.new.pack", id=pack_id))
    if measure_id in measure_ids():
        other = find(Shelf.MEASURES, measure_id).place
        raise MeasuresError(problem("measures.new.there", Where(file=str(folder)), id=measure_id, other=other))
    if folder.exists():
        raise MeasuresError(problem("measures.new.there", Where(file=str(folder)), id=measure_id, other=str(folder)))
    files = _copied(measure_id, like) if like else _started(measure_id)
    folder.mkdir(parents=True)
    for name, text in files.items():
        put_file(folder / name, text.encode("utf-8"))
    return folder


def _started(measure_id: str) -> dict[str, str]:
    return {name: start_text(name).replace(START_ID, measure_id) for name in START_FILES}


def _copied(measure_id: str, like: str) -> dict[str, str]:
    """The files of another measure under a new id; of its case files those that are about that measure alone."""
    of = measure(like)
    own_id = re.compile(rf"^id: *{re.escape(of.id)} *$", re.MULTILINE)
    own_names = "|".join(map(re.escape, sorted({of.id, *of.names}, key=len, reverse=True)))
    own_measure = re.compile(rf"^( *measure: *)({own_names}) *$", re.MULTILINE)
    files = {}
    for file in sorted(of.folder.iterdir()):
        text = file.read_text(encoding="utf-8")
        if file.name == "measure.yaml":
            own = own_id.sub(f"id: {measure_id}", HISTORY.sub("", text))
            files[file.name] = COPIED.format(like=of.id, id=measure_id) + own
        elif file.suffix == ".sql":
            files[file.name] = text
        elif file.suffix == ".yaml" and own_measure.search(text):
            files[file.name] = own_measure.sub(lambda m: f"{m[1]}{measure_id}{m[2][len(of.id) :]}", text)
    return files
