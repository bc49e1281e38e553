"""Starting: the commented files from which a site makes a pack of its own."""

import re
from importlib import resources
from pathlib import Path

from samrit.objects import put_file
from samrit.problems import Where, problem
from samrit.schemes.authoring.site import SCHEME_FILE, find_pack, shipped_ids
from samrit.schemes.errors import SchemesError

START_FILES = (SCHEME_FILE, "population.csv", "sources.yaml", "worked/example.yaml")
START_ID = "district-contest"
PACK_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
EXTENSION = """\
# กติกาที่ต่อยอดจาก {like}: บอกเฉพาะที่แก้และที่เพิ่ม / A pack on top of {like}: only what it changes and adds.
# ดูทุกคีย์ด้วย samrit schemes show {like} / see what there is
id: {id}
extends: {like}
title: {{th: "กติกาของพื้นที่ ต่อยอดจาก {like}", en: "Rules of the site, on top of {like}"}}
# year: 2569
change: {{}}                       # ตำแหน่ง: ค่า เหมือน --set / path: value, as --set
#   items.1.1.points.value: 60    # ตัวเลขที่แก้มีที่มาเป็น typed_in / a changed figure becomes typed_in
#   money.netting: floor_zero
add_scoring: {{}}                  # เกณฑ์ใหม่ / new score rules
#   OURS: {{kind: bands, unit: percent, lower_edges: [50, 60, 70, 80], standing: typed_in}}
add_items: []                    # ข้อใหม่ของพื้นที่ / new items of the region, such as:
# - item: X1
#   title: {{th: ข้อของพื้นที่, en: An item of the region}}
#   pool: NAME
#   weight: {{value: 5, standing: typed_in}}   # หรือ points / or points; open_rate ต้องมี rate
#   entry: percent
#   score: {{by: OURS, standing: typed_in}}
"""


def start_text(name: str) -> str:
    """The text of a starting file, as it is shipped."""
    return resources.files("samrit.schemes.authoring").joinpath("start", name).read_text(encoding="utf-8")


def start_pack(site: Path, pack_id: str, like: str = "") -> Path:
    """Write the starting files of a pack into the folder of the site: a whole example, or an extension of `like`.

    The folder that was made. Raises SchemesError for an id that cannot be one or is taken, and for an unknown `like`.
    """
    if not PACK_ID.fullmatch(pack_id):
        raise SchemesError(problem("schemes.new.id", id=pack_id))
    folder = site / pack_id
    if pack_id in shipped_ids():
        raise SchemesError(problem("schemes.site.taken", Where(file=str(folder)), id=pack_id))
    if folder.exists():
        raise SchemesError(problem("schemes.new.there", Where(file=str(folder)), id=pack_id))
    if like:
        find_pack(like, site)
        files = {SCHEME_FILE: EXTENSION.format(id=pack_id, like=like)}
    else:
        files = {name: start_text(name).replace(START_ID, pack_id) for name in START_FILES}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        put_file(path, text.encode("utf-8"))
    return folder
