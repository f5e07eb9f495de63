"""`dawndusk satellite`: close the budgets of one satellite and print a design sheet."""

from __future__ import annotations

from typing import Literal

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import Form, answer, formats


@click.command(epilog="Without a name the presets are listed.")
@click.argument("name", metavar="[PRESET|FILE]", required=False, shell_complete=names_of("satellites"))
@click.option("--altitude", metavar="'650 km'", help="Fly it at another altitude.")
@click.option(
    "--eclipse", type=click.Choice(["battery", "shed"]), help="In shadow: run on, or switch compute off."
)
@click.option("--workload", default="text", help="What it serves; sizes links and ground stations.")
@click.option("--scenario", metavar="NAME|FILE", default="colossus", help="Prices, rates and site.")
@formats
def command(
    name: str | None,
    altitude: str | None,
    eclipse: Literal["battery", "shed"] | None,
    workload: str,
    scenario: str,
    form: Form,
) -> None:
    """Close the budgets of one satellite: power, heat, mass; then its cost and compute in service.

    PRESET is a shipped design, FILE one of yours in YAML. The maker's claims stand beside our closure, and
    the same chips in a data centre beside the satellite.
    """
    from pathlib import Path

    from dawndusk.library.design import presets, read_altitude, read_sourced, with_options
    from dawndusk.library.read import read
    from dawndusk.report.document import shelf
    from dawndusk.report.satellite import document
    from dawndusk.space.account.account import account
    from dawndusk.space.account.as_json import account_json
    from dawndusk.space.sheet import close_sheet, sheet_json

    if name is None:
        known = presets()
        shown = shelf("Shipped satellites", known, f"dawndusk satellite {next(iter(known))}")
        return answer("satellite", form, {"presets": known}, shown)
    design, uncertainty = read_sourced(name)
    height = None if altitude is None else read_altitude(altitude)
    sheet = close_sheet(with_options(design, altitude=height, eclipse=eclipse), dict(uncertainty.ranges))
    terms, spread = read(scenario)
    found = account(sheet, terms, name=Path(name).stem, workload=workload, ranges=(uncertainty, spread))
    return answer("satellite", form, sheet_json(sheet) | account_json(sheet, found), document(sheet, found))
