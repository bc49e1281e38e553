"""A desk: a folder where the inputs of one pack are written as files and read as a run reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from samrit.problems import Problem
from samrit.schemes import RunInputs, SchemesError, find_inputs, read_inputs, read_pack
from schemes.building import write_csv


@dataclass
class Desk:
    """A folder of inputs, and the pack that they are for."""

    folder: Path
    pack_id: str

    def write(self, kind: str, columns: Sequence[str], *rows: Sequence[object]) -> Path:
        return write_csv(self.folder / f"{kind}.csv", columns, rows)

    def read(self, files: Mapping[str, Path] | None = None) -> RunInputs:
        return read_inputs(files or find_inputs(self.folder), lambda own: read_pack(self.pack_id, own))[0]

    def refused(self) -> list[Problem]:
        with pytest.raises(SchemesError) as error:
            self.read()
        return list(error.value.problems)

    def refused_once(self) -> tuple[str, str, int, str]:
        found = self.refused()
        assert len(found) == 1, [str(p) for p in found]
        return found[0].code, found[0].where.file, found[0].where.line, found[0].where.field
