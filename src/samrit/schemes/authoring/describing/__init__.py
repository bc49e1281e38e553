"""Describing: a pack in words, Thai and English: what is measured, how it is scored and paid, and who says so.

One description, shown on a screen (`samrit schemes show`) and written as a page (docs/packs).
words      names of kinds, rules and standings, and figures with their standing
rules      a score rule as a table of what must be and what it gives
sections   the whole pack, section by section
"""

from samrit.schemes.authoring.describing.sections import Section, describe, describe_worked
from samrit.schemes.authoring.describing.words import STANDINGS, Cell, say

__all__ = ["STANDINGS", "Cell", "Section", "describe", "describe_worked", "say"]
