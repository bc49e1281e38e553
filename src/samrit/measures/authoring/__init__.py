"""Writing measures: what an analyst of a site needs beside the four files.

starting     the files that a new measure begins with
describing   a measure in words: what it reads, its cases, its SQL as it runs; for the screen and the pages
differing    what a change of definition changes: in the text, and on a snapshot by unit
"""
