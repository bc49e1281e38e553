"""The command line: `samrit --help`. Thin: every command calls a room and shows what it gives."""

from samrit.cli.app import main

__all__ = ["main"]
