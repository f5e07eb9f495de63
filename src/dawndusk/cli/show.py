"""``dawndusk show``: the summary of a result file, again."""

from __future__ import annotations

from pathlib import Path

import click

from dawndusk.cli.output import console, emit


@click.command("show")
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(result: Path, *, as_json: bool) -> None:
    """Print the summary of a result file again.

    Nothing is computed anew: all of it stands in the file.

    Example: dawndusk show runs/colossus-7f3a/result.nc
    """
    from dawndusk.study.result.result import Result

    found = Result.load(result)
    if as_json:
        from dawndusk.report.summary import summarise

        emit("show", summarise(found))
    else:
        from dawndusk.report.screen import render

        render(found, console())
