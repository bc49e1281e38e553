"""Explaining: why a unit got what it got for an item - from the satang down to the line of a received file.

asked         the item and the unit that are asked about
account       the sum of the unit: items, adjustments, advance, net, what is owed, what is paid when
money         how the rule of the pool made satang of the points
judged        how the rule made a score: way (which rule judged), rungs (of a ladder), conditions (facts in words)
stepping      the next better step: in the value, in people (reaching), in satang (worth)
place         rank, quartile and median among peers
behind        who is in A, in B and missing, on which received lines; what A looked at and did not count
explanation   all of that as data and as sentences; words: standings and terms in Thai and English
recalling     a kept run to be explained without counting
"""

from samrit.schemes.explaining.asked import check_asked
from samrit.schemes.explaining.explanation import Explanation, explain
from samrit.schemes.explaining.recalling import recall

__all__ = ["Explanation", "check_asked", "explain", "recall"]
