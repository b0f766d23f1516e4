"""Rules as the real nftables writes them, and the table that steers."""

import subprocess
from pathlib import Path

from monitor.steering.nftables import list_rules_of
from monitor.steering.parsing import parse_ruleset
from monitor.steering.routes import parse_routes
from monitor.steering.ruleset import Ruleset
from tests.network.street import CHOICES, RULES

ROUTES = {
    4: parse_routes(
        '[{"dst": "default", "dev": "internet"}, {"dst": "10.20.0.0/16", "dev": "servers"}]', 4
    ),
    6: parse_routes('[{"dst": "default", "dev": "internet"}]', 6),
}
GATEWAY = 0
"""The user, as in the rules of the tests: root."""


def list_rules(text: str) -> str:
    """List rules as nftables does, in a namespace of their own."""
    command = ["unshare", "--net", "sh", "-c", "nft --file - && nft --json list ruleset"]
    return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout


def list_steering(folder: Path, more: str = "", **choices: str) -> str:
    """List the rules that an administrator has, with more below them."""
    lesrust = folder / "lesrust"
    lesrust.mkdir(exist_ok=True)
    (lesrust / RULES.name).write_text(RULES.read_text())
    path = lesrust / "steering.nft"
    defined = "".join(f"define {key} = {value}\n" for key, value in {**CHOICES, **choices}.items())
    path.write_text(f'{defined}include "lesrust/lesrust.nft"\n{more}')
    return list_rules_of(path)


def ruleset(text: str) -> Ruleset:
    """Parse rules that are written as in a file."""
    return parse_ruleset(list_rules(text))
