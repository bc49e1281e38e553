"""Objects named by content or by the hash of what they are made from: written aside, synced, renamed into place.

An object that is there is whole: whoever is killed in between leaves only a name that starts with `.unfinished-`.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

UNFINISHED = ".unfinished-"


def name_of(*parts: object) -> str:
    """The name of a derived object: a hash of everything that it is made from, in a fixed form."""
    return hashlib.sha256(canonical(parts)).hexdigest()[:32]


def canonical(value: Any) -> bytes:
    """JSON with one spelling: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def put_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    aside = path.with_name(f"{UNFINISHED}{uuid4().hex}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
    _sync_folder(path.parent)


def make_file(path: Path, write: Callable[[Path], None]) -> Path:
    """The derived file at `path`; `write` makes it when it is not there yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{UNFINISHED}{uuid4().hex}")
        write(aside)
        _sync_file(aside)
        aside.replace(path)
        _sync_folder(path.parent)
    return path


def make_folder(path: Path, write: Callable[[Path], None]) -> Path:
    """The derived folder at `path`; `write` fills it when it is not there yet."""
    if not path.exists():
        aside = path.with_name(f"{UNFINISHED}{uuid4().hex}")
        aside.mkdir(parents=True)
        write(aside)
        for made in sorted(aside.rglob("*")):
            (_sync_folder if made.is_dir() else _sync_file)(made)
        _sync_folder(aside)
        try:
            aside.replace(path)
        except OSError:
            if not path.exists():  # else somebody made the same folder meanwhile: it has the same content
                raise
            shutil.rmtree(aside)
        _sync_folder(path.parent)
    return path


def take_next_number(folder: Path, content: Callable[[int], bytes]) -> int:
    """Publish `<number>.json` under the next free number; a taken number is never overwritten."""
    number = max(numbers(folder), default=0) + 1
    aside = folder / f"{UNFINISHED}{uuid4().hex}"
    put_file(aside, content(number))
    os.link(aside, folder / f"{number:08d}.json")
    aside.unlink()
    _sync_folder(folder)
    return number


def numbers(folder: Path) -> list[int]:
    """The numbers published in a folder, rising."""
    return sorted(int(f.stem) for f in folder.glob("*.json") if f.stem.isdigit())


def remove_unfinished(folder: Path) -> None:
    """Clear what killed writers left; call it only under the writers' lock."""
    for left in folder.glob(UNFINISHED + "*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()


def remove_except(folder: Path, keep: Iterable[str]) -> None:
    """Remove objects of a folder whose names nothing refers to."""
    kept = set(keep)
    for made in folder.iterdir():
        if made.name not in kept and not made.name.startswith(UNFINISHED):
            shutil.rmtree(made) if made.is_dir() else made.unlink()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(path: Path) -> None:
    if os.name == "nt":  # pragma: no cover (Windows has no folders to sync)
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
