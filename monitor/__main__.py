"""`python -m monitor` is `lesrust`."""

from monitor.cli import main

main(prog_name="lesrust")
