"""`python -m verbatims` is the `verbatims` command."""

from verbatims.cli import main

main()
