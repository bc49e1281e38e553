"""Claims and registry files at rest, by the stages of the packages: receive -> parse -> stand -> link -> view.

A file is known by its kind and its bytes; its name is kept for people and decides nothing. Lines are brought together
hospital by hospital, so that the views of a hospital are made from its packages and its claims alone.
"""
