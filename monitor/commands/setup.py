"""`lesrust setup`: give each service the files that it needs. The services' units run it too."""

from pathlib import Path

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext


@click.command(cls=LocalisedCommand)
@config_option
def setup(config: Path) -> None:
    """Give each service the files that it needs. Run it as root.

    Each service has a user of its own. The store is for all of them; a secret that the
    configuration names is for the one that needs it, and nobody else can read it. The school's
    own secret and the token of health are made where they are missing. What belongs to another
    program is left as it is, and named. The services do this themselves each time they start.
    """
    from monitor.configuration import load_configuration
    from monitor.installation.file_grants import find_grants
    from monitor.installation.granting import (
        GrantOutcome,
        apply_grant,
        find_groups_of_administration_alone,
    )
    from schedules.secret import create_secret_if_missing

    with exit_on_refusal():
        settings = load_configuration(config)
        create_secret_if_missing(settings.web.secret)
        create_secret_if_missing(settings.health_token)
        for grant in find_grants(settings):
            outcome = apply_grant(grant)
            if outcome is GrantOutcome.GRANTED:
                click.echo(gettext("{path}: for {group}", path=grant.path, group=grant.group))
            elif outcome is GrantOutcome.LEFT:
                click.echo(
                    gettext(
                        "{path}: left as it is, because it belongs to another, or is a link; see "
                        "to it that {group} can read it",
                        path=grant.path,
                        group=grant.group,
                    ),
                    err=True,
                )
    for group in find_groups_of_administration_alone():
        click.echo(
            gettext(
                "the user lesrust is in the group {group}, and no service is; when one reads what "
                "is for that group: usermod -aG {group} lesrust-gateway",
                group=group,
            ),
            err=True,
        )
