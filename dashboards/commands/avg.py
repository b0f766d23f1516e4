"""The command `lesrust avg`: the papers with which a school answers for measuring."""

from pathlib import Path

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import Language, describe_os_error, gettext, ngettext, override


@click.command(cls=LocalisedCommand)
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="avg",
    show_default=True,
    help="The folder of the papers.",
)
@click.option("--force", is_flag=True, help="Also write over papers that somebody has edited.")
@config_option
def avg(folder: Path, *, force: bool, config: Path) -> None:
    """Write the papers that a school needs before it measures.

    They are made from its configuration. They are Markdown, in Dutch: a DPIA, the legal basis, an
    entry for the register, texts for pupils, parents and staff, rights, letters, an annex for
    processors, what to do about misuse, and what Lesrust does with each clause of the social media
    protocol. They are drafts: the school completes and decides, and nothing in them is legal
    advice.

    Papers that were written before and not edited are replaced. If one was edited, nothing is
    written.
    """
    from dashboards.papers.folder import find_edited, put_papers
    from dashboards.papers.paper import write_papers
    from dashboards.papers.school_facts import make_school_facts
    from monitor.configuration import load_configuration
    from schedules.language import writing

    with exit_on_refusal():
        settings = load_configuration(config)
        with override(Language.DUTCH):
            facts = make_school_facts(settings)
            papers = write_papers(facts)
    try:
        edited = () if force else find_edited(folder, papers)
        if edited:
            raise click.ClickException(
                gettext(
                    "Nothing was written, because these were edited: {paths}. Write to another "
                    "folder with --into and compare, or write over them with --force.",
                    paths=writing.listing([*map(str, edited)]),
                )
            )
        put_papers(folder, papers)
    except OSError as error:
        raise click.ClickException(
            f"{error.filename or folder}: {describe_os_error(error)}"
        ) from error
    click.echo(
        ngettext(
            "{count} paper is in {folder}.",
            "{count} papers are in {folder}. Begin with README.md.",
            len(papers),
            folder=folder,
        )
    )
    if facts.contact.missing:
        click.echo(
            gettext(
                "Not filled in under [contact]: {keys}.",
                keys=writing.listing(facts.contact.missing),
            )
        )
