"""Capital and small letters, written out: `upper` and `lower` change the letters A to Z, as codes have them.

Beyond those, engines differ: of 'ß' one makes 'SS' and another 'ẞ'.
"""

from string import ascii_lowercase, ascii_uppercase

from sqlglot import exp


def write_letters(tree: exp.Query) -> exp.Query:
    """The same tree with `upper` and `lower` as a plain exchange of letters; changed in place."""
    # what stands inside another call is changed first
    for node in reversed(list(tree.find_all(exp.Upper, exp.Lower))):
        small, capital = exp.Literal.string(ascii_lowercase), exp.Literal.string(ascii_uppercase)
        before, after = (small, capital) if isinstance(node, exp.Upper) else (capital, small)
        node.replace(exp.cast(exp.Translate(this=node.this, from_=before, to=after), "varchar"))
    return tree
