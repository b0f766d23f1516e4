"""`python -m monitor` is `lesrust`."""

from monitor.commands.cli import main

main(prog_name="lesrust")
