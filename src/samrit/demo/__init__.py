"""Demo data: synthetic 43-file zips of one province, invented from end to end, with the dirt of real exports.

>>> from pathlib import Path
>>> write_demo(Path("demo"), people=3000)  # doctest: +SKIP
[PosixPath('demo/F43_04665_20140429094312.zip'), ...]
"""

from samrit.demo.cube import write_cube
from samrit.demo.errors import DemoError
from samrit.demo.write import write_demo

__all__ = ["DemoError", "write_cube", "write_demo"]
