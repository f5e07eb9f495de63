"""`dawndusk design`: the satellite of least cost per delivered H100e-hour."""

from __future__ import annotations

import time
from pathlib import Path

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import Form, answer, formats
from dawndusk.core.errors import problem


@click.command(epilog="A preset is priced by the scenario colossus. Same name and seed, same answer.")
@click.argument(
    "name",
    metavar="[SCENARIO|PRESET]",
    default="colossus",
    shell_complete=names_of("scenarios", "satellites"),
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the search.")
@click.option("--picture", metavar="FILE.png", help="Draw the front of mass per power against cost.")
@formats
def command(name: str, seed: int, picture: str | None, form: Form) -> None:
    """Find the satellite of least cost per delivered H100e-hour.

    Altitude, size, array, shield, what to do in shadow and how warm the chips run are chosen; margins,
    optics, limits of heat and dose stay those of the scenario's first satellite, or of PRESET.

    Example: dawndusk design colossus --picture front.png
    """
    from dawndusk.report.design import document
    from dawndusk.space.design.as_json import choice_json
    from dawndusk.space.design.choice import choose

    path = None if picture is None else _path(picture)
    started = time.perf_counter()
    told = choice_json(choose(name, seed=seed))
    if path is not None:
        from dawndusk.report.design_picture import draw

        told["picture"] = str(draw(told, path))
    answer("design", form, told, document(told, seconds=time.perf_counter() - started))


def _path(text: str) -> Path:
    path = Path(text)
    if path.suffix != ".png" or not path.parent.is_dir():
        raise problem(
            "--picture", text, "a name that ends with .png, in a folder that exists", "--picture front.png"
        )
    return path
