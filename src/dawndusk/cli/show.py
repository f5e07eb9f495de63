"""``dawndusk show``: the summary of a result file, again."""

from __future__ import annotations

from pathlib import Path

import click

from dawndusk.cli.output import Form, answer, formats


@click.command("show")
@click.argument("result", type=click.Path(path_type=Path), metavar="RESULT")
@formats
def command(result: Path, form: Form) -> None:
    """Print the summary of a result file again.

    Nothing is computed anew: all of it stands in the file.

    Example: dawndusk show runs/colossus-7f3a/result.nc
    """
    from dawndusk.report.run import document
    from dawndusk.report.summary import summarise
    from dawndusk.study.result.result import Result

    found = Result.load(result)
    answer("show", form, summarise(found), document(found))
