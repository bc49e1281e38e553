"""Reading: a folder becomes a checked pack, with everything that is wrong told at once, at file and line."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from samrit.authored import AuthoredError, Document, Marked, parse
from samrit.problems import Problems, Where, nearest, problem
from samrit.schemes.authoring.changing import lay_over
from samrit.schemes.authoring.checking import check_scheme
from samrit.schemes.authoring.extending import extend, is_extension, refuse_circle
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.salvaging import salvage
from samrit.schemes.authoring.scheme import Scheme
from samrit.schemes.authoring.site import SCHEME_FILE, find_pack, pack_ids, shown_name
from samrit.schemes.authoring.tables import read_population, read_pots
from samrit.schemes.errors import SchemesError


def read_pack(pack_id: str, changes: Mapping[str, Any] | None = None, site: Path | None = None) -> Pack:
    """The pack of that id, shipped or in the `site` folder, with `changes` (path -> value) laid over it.

    Raises SchemesError with every mistake, at file and line, or at the path of a change.
    """
    return read_pack_folder(find_pack(pack_id, site), changes, site)


def read_pack_folder(folder: Path, changes: Mapping[str, Any] | None = None, site: Path | None = None) -> Pack:
    """The pack in a folder; what it extends is looked for beside it, then in `site`, then among the shipped packs.

    Raises SchemesError with every mistake.
    """
    try:
        written = read_written(folder, site)
    except AuthoredError as error:
        raise SchemesError(*error.problems) from error
    return pack_of(written, changes or {})


@dataclass(frozen=True)
class Written:
    """A scheme as it is written, what it extends worked in, and the folders: id -> folder, own first."""

    document: Document
    folders: dict[str, Path]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of every file of the folder; with an extension, of the hashes of all folders in order."""
        hashes = [_hash_folder(folder) for folder in self.folders.values()]
        return hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def pack_of(written: Written, changes: Mapping[str, Any], said: Mapping[str, Where] | None = None) -> Pack:
    """The checked pack of a scheme that was read, with changes laid over it: one reading serves many changes.

    said: where a change was written, for its mistakes (default: --set). Raises SchemesError with every mistake.
    """
    document = _laid_over(written.document, changes, said or {})
    found = Problems()
    pack_id, folders = next(iter(written.folders)), list(written.folders.values())
    pots = read_pots(folders, found)
    try:
        scheme = Marked(document.typed(Scheme), document.marks)
    except AuthoredError as error:
        found.extend(error.problems)
        rest = salvage(document, error.places, pack_id)
        if rest is not None:
            found.extend(check_scheme(rest.scheme, pack_id, rest.doubtful))
            read_population(folders, rest.scheme.model.people, found)
        raise SchemesError(*found.sorted()) from error
    found.extend(check_scheme(scheme, pack_id))
    payees = read_population(folders, scheme.model.people, found)
    if found.has_errors:
        raise SchemesError(*found.sorted())
    kept = {path: str(value) for path, value in changes.items()}
    return Pack(scheme.model, payees, pots, written.hash, kept, written.folders)


def read_written(folder: Path, site: Path | None = None, below: tuple[str, ...] = ()) -> Written:
    """The scheme of a folder before changes and checks. Raises AuthoredError, and SchemesError for what it extends."""
    own = parse(folder / SCHEME_FILE, shown_name(folder))
    pack_id = folder.resolve().name
    if not is_extension(own):
        return Written(own, {pack_id: folder})
    where = own.marks.at("extends")
    refuse_circle(pack_id, below, where)
    base = read_written(_base_folder(folder, str(own.body["extends"]), site, where), site, (*below, pack_id))
    return Written(extend(own, base.document), {pack_id: folder, **base.folders})


def _base_folder(folder: Path, base: str, site: Path | None, where: Where) -> Path:
    beside = folder.resolve().parent / base
    if base and (beside / SCHEME_FILE).is_file():
        return beside
    if base not in pack_ids(site):
        near = nearest(base, pack_ids(site)) or "-"
        raise SchemesError(problem("schemes.extend.unknown", where, id=base, near=near))
    return find_pack(base, site)


def _laid_over(document: Document, changes: Mapping[str, Any], said: Mapping[str, Where]) -> Document:
    if not changes:
        return document
    shown = f"{document.marks.file} --set"
    return lay_over(document, changes, {path: said.get(path) or Where(file=shown, field=path) for path in changes})


def _hash_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest.update(f"{file.relative_to(folder).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
