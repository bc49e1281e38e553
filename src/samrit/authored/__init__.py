"""What people write in YAML: read as text with line numbers, typed by a model, every mistake with file and line.

A YAML scalar is always text here (a usual reader turns 0100 into 64); the model says what it becomes.
"""

from samrit.authored.document import AuthoredError, Model, read

__all__ = ["AuthoredError", "Model", "read"]
