"""Logs at rest, by the stages of the packages beside them: receive -> parse -> stand -> link -> view.

A log is known by its kind and its bytes; its name is kept for people and decides nothing.
"""
