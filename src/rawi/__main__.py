"""`python -m rawi` is the command `rawi`."""

from rawi.cli import main

main()
