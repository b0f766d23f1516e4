"""The options of the commands that read captures."""

import click

from addons.packets.tunnel import Tunnel

files_argument = click.argument("files", nargs=-1, required=True, metavar="FILE…")
tunnel_option = click.option(
    "--tunnel",
    "tunnels",
    multiple=True,
    type=click.Choice([*map(str, Tunnel)]),
    help="Look into packets that are carried in this; may be given several times.",
)
