"""Samrit (สัมฤทธิ์): from a zip to a satang and back.

The rooms and what may import what are drawn in `docs/house.md`.
"""

__version__ = "0.1.0"
