"""Run folders: everything a result was made from, hashed, beside the result. Anyone can recompute and compare."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from samrit import __version__
from samrit.objects import canonical, make_folder

ID_LENGTH = 16
MANIFEST = "manifest.json"
UNNAMED = ("warnings", "papers")
"""What a manifest says beside what names the run: warnings, and copies of what is named by its hash already."""

Table = tuple[Sequence[str], Iterable[Sequence[object]]]
CODE_ENDINGS = {".py", ".sql", ".yaml", ".csv"}


@dataclass(frozen=True)
class Run:
    """A kept run: its id, its folder and its manifest; `made`: SHA-256 of every table as it was made just now."""

    id: str
    folder: Path
    manifest: dict[str, Any]
    made: Mapping[str, str] = field(default_factory=dict)

    def copy_to(self, out: Path) -> None:
        """Copy the files of the run into a folder; files of an earlier run that was copied there go."""
        out.mkdir(parents=True, exist_ok=True)
        earlier = out / MANIFEST
        if earlier.is_file():
            said = json.loads(earlier.read_bytes())
            for name in (*said.get("files", {}), *said.get("papers", {})):
                _inside(out, name).unlink(missing_ok=True)
        for name in (*self.manifest["files"], *self.manifest.get("papers", {}), MANIFEST):
            target = _inside(out, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.folder / name, target)

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of one of its tables, column -> text; [] when the run has no such table."""
        path = self.folder / name
        if name not in self.manifest["files"]:
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def damaged(self) -> list[str]:
        """Names of files that are missing or no longer have the bytes that the manifest says, sorted."""
        said = {**self.manifest["files"], **self.manifest.get("papers", {})}
        return sorted(name for name, sha256 in said.items() if _sha256(self.folder / name) != sha256)


def keep_run(
    runs: Path, inputs: dict[str, Any], tables: Mapping[str, Table], papers: Mapping[str, bytes] | None = None
) -> Run:
    """Keep a run under the hash of its inputs; the manifest holds the inputs and the SHA-256 of every file.

    `papers` (name inside the folder -> bytes) are copies of what the inputs name by hash: with them anyone recomputes
    the run. `warnings` and papers are said by the manifest and do not name the run. A run that is there already is
    never written again; what was made just now stands in `made` all the same, for holding against it.
    """
    run_id = run_id_of(inputs)
    papers = papers or {}
    contents = {name: as_csv(*table) for name, table in tables.items()}
    made = _hashes(contents)
    manifest = {"run": run_id, **inputs, "files": made, "papers": _hashes(papers)}

    def write(folder: Path) -> None:
        for name, content in {**contents, **papers}.items():
            _inside(folder, name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        pretty = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / MANIFEST).write_text(pretty, encoding="utf-8")

    return replace(read_run(make_folder(runs / run_id, write)), made=made)


def run_id_of(inputs: Mapping[str, Any]) -> str:
    """The id that those inputs give."""
    named = {name: value for name, value in inputs.items() if name not in UNNAMED}
    return hashlib.sha256(canonical(named)).hexdigest()[:ID_LENGTH]


def read_run(folder: Path) -> Run:
    """The run in a folder, as its manifest says."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    return Run(manifest["run"], folder, manifest)


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


def _inside(folder: Path, name: str) -> Path:
    """A path of a run's file; a name that leads out of the folder is nobody's run."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{name}: outside the run folder")
    return path


def _hashes(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
