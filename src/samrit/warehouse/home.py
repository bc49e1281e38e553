"""The home: one folder that holds everything a site has (DESIGN section 3).

vault/       0700: packages, logs, claims as received, parsed rows, standing rows, links, the person key, the access log
warehouse/   curated views, snapshots, remembered counts, cubes: no citizen id, name or HN in any byte
inputs/      dated, hashed input sets;   runs/   results
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from samrit.objects import Remembered, forget_oldest, put_file, remove_unfinished
from samrit.problems import problem
from samrit.warehouse.errors import WarehouseError

WAIT_FOR_LOCK_SECONDS = 600.0
KEY_BYTES = 32
MOST_REMEMBERED_BYTES = 2**28
"""Counts of some dozens of snapshots of a province."""
CUBE_ENDING = ".parquet"
MOST_CUBE_BYTES = 2**28
"""Cubes of all measures of some years of a province."""


class Home:
    """A home at a path, made when it is not there yet.

    >>> import tempfile
    >>> home = Home(Path(tempfile.mkdtemp()) / "home")
    >>> home.vault.stat().st_mode & 0o777 == 0o700 or os.name == "nt"
    True
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.vault = path / "vault"
        self.packages = self.vault / "packages"
        self.receipts = self.vault / "receipts"
        self.log_receipts = self.vault / "log-receipts"
        self.claims_receipts = self.vault / "claims-receipts"
        self.parsed = self.vault / "parsed"
        self.standing = self.vault / "standing"
        self.links = self.vault / "links"
        self.keys = self.vault / "keys"
        self.spill = self.vault / "spill"
        self.access_log = self.vault / "access-log.jsonl"
        self.views = path / "warehouse" / "views"
        self.snapshots = path / "warehouse" / "snapshots"
        self.counted = Remembered(path / "warehouse" / "counted")
        self.cubes = path / "warehouse" / "cubes"
        self.inputs = path / "inputs"
        self.runs = path / "runs"
        try:
            path.mkdir(parents=True, exist_ok=True)
            self.vault.mkdir(mode=0o700, exist_ok=True)
            if os.name != "nt" and self.vault.stat().st_mode & 0o077:
                self.vault.chmod(0o700)  # made by other hands, or copied back from a backup
            for folder in self._vault_folders:
                folder.mkdir(exist_ok=True)
            for folder in (self.views, self.snapshots, self.counted.folder, self.cubes, self.inputs, self.runs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(problem("warehouse.home.unusable", reason=type(error).__name__)) from error

    @property
    def _vault_folders(self) -> tuple[Path, ...]:
        received = (self.packages, self.receipts, self.log_receipts, self.claims_receipts)
        return (*received, self.parsed, self.standing, self.links, self.keys)

    def cube(self, name: str) -> Path:
        """The file of a cube of that name."""
        return self.cubes / f"{name}{CUBE_ENDING}"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writers' lock; what a killed writer left unfinished is cleared first."""
        try:
            with FileLock(self.path / "writer.lock", timeout=WAIT_FOR_LOCK_SECONDS):
                for folder in self._vault_folders:
                    remove_unfinished(folder)
                for folder in (self.snapshots, *(f for f in self.views.iterdir() if f.is_dir())):
                    remove_unfinished(folder)
                shutil.rmtree(self.spill, ignore_errors=True)
                self.counted.forget(MOST_REMEMBERED_BYTES)
                forget_oldest(self.cubes, CUBE_ENDING, MOST_CUBE_BYTES)
                yield
        except Timeout as error:
            raise WarehouseError(problem("warehouse.home.locked")) from error

    def person_key(self) -> bytes:
        """The secret of this home that makes person ids; made once, never leaves the vault."""
        path = self.keys / "person.key"
        if not path.exists():
            put_file(path, secrets.token_bytes(KEY_BYTES), mode=0o600)
        return path.read_bytes()

    def key_id(self) -> str:
        """A name for the key that tells nothing about it: links and views are named by it."""
        return hashlib.sha256(b"samrit person key id" + self.person_key()).hexdigest()[:16]

    def relative(self, path: Path) -> str:
        """A path inside the home as manifests write it."""
        return path.relative_to(self.path).as_posix()


def default_home() -> Path:
    """`$SAMRIT_HOME`, else ./samrit-home."""
    return Path(os.environ.get("SAMRIT_HOME") or "samrit-home")
