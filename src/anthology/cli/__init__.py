"""The commands: words in, one call, problems and an exit code out. One file a command; the only home of Click."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from keyword import iskeyword

import click

# A command is the function of its name, in the module of its name; one that is a word of Python has an underscore
# behind it there. They are imported when asked for, so that help answers at once.
COMMANDS = (
    "new",
    "import",
    "relate",
    "plan",
    "preview",
    "changes",
    "approve",
    "build",
    "check",
    "cache",
    "doctor",
    "completion",
    "schema",
)


# A book is many objects that live to the end: to look through them all for circles every few hundred, as Python does
# by default, takes a tenth of a build.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000


class Commands(click.Group):
    """Commands in the order in which an editor meets them, with the near one suggested for a slip."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the editor's order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(f"anthology.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        from anthology.problems import did_you_mean

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = did_you_mean(args[0], COMMANDS)
            if not hint:
                raise
            raise click.UsageError(f'no command "{args[0]}": {hint}', ctx) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="anthology", message="%(prog)s %(version)s")
def anthology() -> None:
    """Gather articles into an anthology: an EPUB for e-readers, a PDF for paper.

    \b
    anthology new my-book       a small anthology that builds at once
    anthology build my-book     my-book/dist/: the EPUB, the PDF, the record
    """


def main() -> None:
    """Run a command; leave with its exit code, and never with a traceback for what a user can cause."""
    from anthology.problems import AnthologyError

    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        code = anthology.main(prog_name="anthology", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AnthologyError as error:
        from anthology.cli.report import tell

        tell(error.problems)
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else 0)
