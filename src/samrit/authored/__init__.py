"""What people write in YAML: read as text with line numbers, typed by a model, every mistake with file and line.

A YAML scalar is always text here (a usual reader turns 0100 into 64); the model says what it becomes.

document   the text of a file and the marks of its places; `read` and `read_marked` type it by a model
marks      where the value of a place was written: also for mistakes that only a later check can see
shape      what a model allows at a place: its keys, what is inside, which of several models was chosen
mistakes   what a model refuses, in words of ours; expected: what should have stood there, by the type of the mistake
"""

from samrit.authored.document import Document, Marked, parse, parse_text, read, read_marked
from samrit.authored.marks import Marks, Place
from samrit.authored.model import AuthoredError, Model, UnfitError
from samrit.authored.shape import Shape

__all__ = [
    "AuthoredError",
    "Document",
    "Marked",
    "Marks",
    "Model",
    "Place",
    "Shape",
    "UnfitError",
    "parse",
    "parse_text",
    "read",
    "read_marked",
]
