"""`dawndusk check`: read a scenario file and say what it holds, or everything that is wrong with it."""

from __future__ import annotations

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import Form, answer, formats


@click.command(epilog="FILE is a scenario of yours, or the name of a shipped one, such as colossus.")
@click.argument("file", shell_complete=names_of("scenarios"))
@formats
def command(file: str, form: Form) -> None:
    """Read a scenario FILE and say what it holds, or everything that is wrong with it."""
    from dataclasses import asdict

    from dawndusk.library.contents import summarise
    from dawndusk.library.read import read
    from dawndusk.report.check import document

    scenario, uncertainty = read(file)
    summary = summarise(scenario, uncertainty)
    data = {"valid": True, "file": file, "scenario": asdict(summary)}
    answer("check", form, data, document(file, scenario, summary))
