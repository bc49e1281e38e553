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
from samrit.objects.remembered import Remembered, forget_oldest

__all__ = [
    "UNFINISHED",
    "Chain",
    "Remembered",
    "canonical",
    "forget_oldest",
    "make_file",
    "make_folder",
    "name_of",
    "numbers",
    "put_file",
    "remove_except",
    "remove_unfinished",
    "take_next_number",
]
