"""The command `rawi`: parses, calls the archive, prints.

Results go to standard output (with `--json`: one JSON value, or one line each, and nothing else), everything about
the work to standard error. Exit status: 0 done, 1 done but with items that failed, 2 wrong use, 3 could not run.
"""

# Each adds its commands, in the order in which `rawi --help` lists them.
from rawi.cli import gathering

# isort: split
from rawi.cli import conclusions

# isort: split
from rawi.cli import asking

# isort: split
from rawi.cli import attention

# isort: split
from rawi.cli import searches

# isort: split
from rawi.cli import reading

# isort: split
from rawi.cli import serving

# isort: split
from rawi.cli.app import app, main

__all__ = ["app", "asking", "attention", "conclusions", "gathering", "main", "reading", "searches", "serving"]
