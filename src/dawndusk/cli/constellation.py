"""`dawndusk constellation`: what a whole constellation meets in orbit, group by group."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import Form, answer, formats
from dawndusk.cli.progress import Progress

if TYPE_CHECKING:
    from dawndusk.space.constellation.environment import Environment
    from dawndusk.space.constellation.fleet import Fleet


@click.command(epilog="Without a name the shipped constellations are listed.")
@click.argument("name", metavar="[NAME|FILE]", required=False, shell_complete=names_of("constellations"))
@click.option("--group", metavar="GROUP", help="Only this group.")
@click.option("--year", type=int, default=2027, show_default=True, help="Calendar year of the light.")
@click.option(
    "--sun-synchronous", is_flag=True, help="Fly dawn-dusk groups sun-synchronous, whatever is filed."
)
@click.option("--approaches", is_flag=True, help="Count neighbours too (a minute for a million).")
@click.option("--picture", metavar="FILE.png", help="Draw it: over the ground, from the Sun, its light.")
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    help="Write satellites: .zip or .oem, .omm .xml .json .csv, .tle, .czml, .parquet",
)
@click.option("--sample", type=int, help="Satellites in an export. [default: 200; all in .parquet]")
@click.option(
    "--at", metavar="DATE", help="Instant of picture and exports, UTC. [default: 20 March, or the elements']"
)
@click.option("--skip-bad", is_flag=True, help="Leave out unreadable element sets, and say how many.")
@formats
def command(
    name: str | None,
    group: str | None,
    year: int,
    picture: str | None,
    exports: tuple[str, ...],
    sample: int | None,
    at: str | None,
    *,
    sun_synchronous: bool,
    approaches: bool,
    skip_bad: bool,
    form: Form,
) -> None:
    """What a constellation meets in orbit: light, dose, drag, neighbours, disposal, group by group.

    NAME is a shipped constellation; FILE is one of yours in YAML, or real satellites as TLE or OMM.

    Example: dawndusk constellation spacex_2026_05 --picture spacex.png
    """
    from dawndusk.report.constellation import document
    from dawndusk.space.constellation.environment import environment, summary_json
    from dawndusk.space.constellation.export import instant_of, require_exportable
    from dawndusk.space.constellation.fleet import open_fleet

    if name is None:
        return _list(form)
    with Progress(quiet=form is not None) as progress:
        fleet = open_fleet(name, year=year, only=group, sun_synchronous=sun_synchronous, skip_bad=skip_bad)
        seconds = instant_of(fleet, year, at)
        for path in exports:
            require_exportable(fleet, path, sample)
        found = environment(fleet, year=year, approaches=approaches, progress=progress.say)
        progress.say(0.95, "writing")
        written = [_draw(fleet, found, Path(picture), seconds)] if picture else []
        written += [_export(fleet, path, sample, seconds) for path in exports]
    data = summary_json(fleet, found)
    told = document(data, note=fleet.note, written=written)
    return answer("constellation", form, data | {"files": [path for path, _ in written]}, told)


def _list(form: Form) -> None:
    from dawndusk.library.filing import built_ins
    from dawndusk.report.document import shelf

    known = built_ins()
    shown = shelf("Shipped constellations", known, f"dawndusk constellation {next(iter(known))}")
    return answer("constellation", form, {"constellations": known}, shown)


def _draw(fleet: Fleet, found: Environment, path: Path, seconds: float) -> tuple[str, str]:
    from dawndusk.core.errors import problem
    from dawndusk.report.constellation_picture import draw
    from dawndusk.space.constellation.snapshot import snapshot

    if path.suffix != ".png" or not path.absolute().parent.is_dir():
        raise problem(
            "--picture", str(path), "a name that ends with .png, in a folder that exists", "--picture a.png"
        )
    return str(draw(snapshot(fleet, found, seconds=seconds), path)), "picture"


def _export(fleet: Fleet, path: str, sample: int | None, seconds: float) -> tuple[str, str]:
    from dawndusk.space.constellation.export import FORMATS, export

    count = export(fleet, path, sample=sample, seconds=seconds)
    return path, f"{count:,} satellites, {FORMATS[Path(path).suffix]}"
