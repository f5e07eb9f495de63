"""The command line: click + rich, each command in its own module, imported only when it runs."""

from __future__ import annotations

import importlib
import sys

import click

from dawndusk.cli.output import ErrorGroup

# name -> what `dawndusk --help` says of it; the module of the same name holds `command`
COMMANDS = {
    "run": "Plan a scenario, check the plan, write result and report.",
    "show": "Print the summary of a result file again.",
    "check": "Read a scenario file and say everything that is wrong with it.",
    "evaluate": "Unit cost of every option with drawn inputs, without a plan.",
    "orbit": "Sunlight and eclipses of a circular orbit over a year.",
    "satellite": "Close the budgets of one satellite: power, heat, mass, cost.",
    "design": "Find the satellite of least cost per delivered H100e-hour.",
    "constellation": "What a whole constellation meets in orbit, group by group.",
    "latency": "Round-trip times between two places over a satellite network.",
    "validate": "Published numbers beside ours: reproduced, refuted, and why.",
    "ledger": "Show the sourced numbers behind the defaults.",
    "schema": "Print the JSON schema of scenario files.",
}


class LazyGroup(ErrorGroup):
    """Knows its commands by name; imports one only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """All command names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        made: click.Command = importlib.import_module(f"dawndusk.cli.{cmd_name}").command
        return made

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dawndusk", message="dawndusk %(version)s")
def cli() -> None:
    """Plan and simulate AI compute capacity on the ground and in orbit.

    Start with: dawndusk run colossus
    """


def main() -> None:
    """Entry point of the `dawndusk` command."""
    sys.exit(cli.main(standalone_mode=False))
