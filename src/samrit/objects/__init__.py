"""Objects at rest: written aside, synced, renamed into place, named by a hash; warehouse and results stand on it."""

from samrit.objects.chain import Chain
from samrit.objects.files import (
    UNFINISHED,
    canonical,
    make_file,
    make_folder,
    name_of,
    numbers,
    put_file,
    remove_except,
    remove_unfinished,
    take_next_number,
)

__all__ = [
    "UNFINISHED",
    "Chain",
    "canonical",
    "make_file",
    "make_folder",
    "name_of",
    "numbers",
    "put_file",
    "remove_except",
    "remove_unfinished",
    "take_next_number",
]
