"""`python -m gateway` is the command line, `bronpoort`."""

from gateway.cli import main

main()
