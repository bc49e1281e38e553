"""Packs as data: what a policy officer writes, read and checked.

figures, rules, pools, scheme   the models of scheme.yaml
judging     its score rules as rules of samrit.scoring
pack        what evaluation asks a pack
reading     a folder becomes a pack; `site` says where folders are, `tables` reads people and pots
changing    changes by path; `extending` a pack that builds on another
checking    what the models cannot see; salvaging: what can still be checked when they refuse a part
"""

from samrit.schemes.authoring.figures import Figure, Standing, Words
from samrit.schemes.authoring.pack import Pack
from samrit.schemes.authoring.reading import read_pack, read_pack_folder
from samrit.schemes.authoring.scheme import Item, Scheme
from samrit.schemes.authoring.site import pack_ids

__all__ = ["Figure", "Item", "Pack", "Scheme", "Standing", "Words", "pack_ids", "read_pack", "read_pack_folder"]
