"""Call the command line as a person does, without a new process: exit code, what stood on stdout, what on stderr."""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from samrit.cli import main


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one JSON document that it must be."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


def samrit(*words: str | Path, home: str | Path | None = None) -> Said:
    """`samrit words...`; home: what SAMRIT_HOME says (None: it says nothing)."""
    out, err = io.StringIO(), io.StringIO()
    clean = {name: value for name, value in os.environ.items() if name != "SAMRIT_HOME"}
    env = {**clean, **({"SAMRIT_HOME": str(home)} if home else {})}
    code = 0
    with (
        patch.object(sys, "argv", ["samrit", *map(str, words)]),
        patch.dict(os.environ, env, clear=True),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else int(left.code is not None)
    return Said(code, out.getvalue(), err.getvalue())


def has_thai(text: str) -> bool:
    """Whether a text holds a Thai letter."""
    return any("\u0e01" <= letter <= "\u0e3a" for letter in text)
