"""`python -m ringproof`."""

from ringproof.cli import main

main()
