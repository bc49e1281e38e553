"""Run folders: everything a result was made from, hashed, beside the result. Anyone can recompute and compare."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from samrit import __version__
from samrit.objects import canonical, make_folder

ID_LENGTH = 16
Table = tuple[Sequence[str], Iterable[Sequence[object]]]
CODE_ENDINGS = {".py", ".sql", ".yaml", ".csv"}


@dataclass(frozen=True)
class Run:
    """A kept run: its id, its folder and its manifest."""

    id: str
    folder: Path
    manifest: dict[str, Any]

    def copy_to(self, out: Path) -> None:
        """Copy the files of the run into a folder; files of an earlier run that was copied there go."""
        out.mkdir(parents=True, exist_ok=True)
        earlier = out / "manifest.json"
        if earlier.is_file():
            for name in json.loads(earlier.read_bytes()).get("files", {}):
                (out / Path(name).name).unlink(missing_ok=True)
        for file in sorted(self.folder.iterdir()):
            shutil.copyfile(file, out / file.name)


def keep_run(runs: Path, inputs: dict[str, Any], tables: Mapping[str, Table]) -> Run:
    """Keep a run under the hash of its inputs; the manifest holds the inputs and the SHA-256 of every file.

    `warnings` in the inputs are said by the manifest and do not name the run.
    A run that is there already is never written again.
    """
    named = {name: value for name, value in inputs.items() if name != "warnings"}
    run_id = hashlib.sha256(canonical(named)).hexdigest()[:ID_LENGTH]
    contents = {name: as_csv(*table) for name, table in tables.items()}
    files = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    manifest = {"run": run_id, **inputs, "files": files}

    def write(folder: Path) -> None:
        for name, content in contents.items():
            (folder / name).write_bytes(content)
        pretty = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / "manifest.json").write_text(pretty, encoding="utf-8")

    folder = make_folder(runs / run_id, write)
    return Run(run_id, folder, json.loads((folder / "manifest.json").read_bytes()))


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV: UTF-8, LF, None as an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode()


@cache
def code_hash() -> str:
    """The version of the code and of everything shipped with it that can change a result."""
    root = Path(str(resources.files("samrit")))
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        if file.suffix in CODE_ENDINGS:
            digest.update(f"{file.relative_to(root).as_posix()}\n".encode() + file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"
