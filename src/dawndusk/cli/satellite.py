"""`dawndusk satellite`: close the budgets of one satellite and print a design sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import console, emit

if TYPE_CHECKING:
    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table

    from dawndusk.space.account.account import Account, Refused
    from dawndusk.space.claims import Check
    from dawndusk.space.sheet import Sheet

BAR = 12  # characters of a full bar
SMALL = 0.015  # parts below this share of the total are shown together as `other`


@click.command(epilog="Without a name the presets are listed.")
@click.argument("name", metavar="[PRESET|FILE]", required=False, shell_complete=names_of("satellites"))
@click.option("--altitude", metavar="'650 km'", help="Fly it at another altitude.")
@click.option(
    "--eclipse", type=click.Choice(["battery", "shed"]), help="In shadow: run on, or switch compute off."
)
@click.option("--workload", default="text", help="What it serves; sizes links and ground stations.")
@click.option("--scenario", metavar="NAME|FILE", default="colossus", help="Prices, rates and site.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    name: str | None,
    altitude: str | None,
    eclipse: Literal["battery", "shed"] | None,
    workload: str,
    scenario: str,
    *,
    as_json: bool,
) -> None:
    """Close the budgets of one satellite: power, heat, mass; then its cost and compute in service.

    PRESET is a shipped design, FILE one of yours in YAML. The maker's claims stand beside our closure, and
    the same chips in a data centre beside the satellite.
    """
    from pathlib import Path

    from dawndusk.library.design import presets, read_altitude, read_sourced, with_options
    from dawndusk.library.read import read
    from dawndusk.space.account.account import account
    from dawndusk.space.account.as_json import account_json
    from dawndusk.space.sheet import close_sheet, sheet_json

    if name is None:
        return _list(presets(), as_json=as_json)
    design, uncertainty = read_sourced(name)
    height = None if altitude is None else read_altitude(altitude)
    sheet = close_sheet(with_options(design, altitude=height, eclipse=eclipse), dict(uncertainty.ranges))
    terms, spread = read(scenario)
    found = account(sheet, terms, name=Path(name).stem, workload=workload, ranges=(uncertainty, spread))
    if as_json:
        return emit("satellite", sheet_json(sheet) | account_json(sheet, found))
    return console().print(_page(sheet, found))  # type: ignore[no-any-return]


def _list(known: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        return emit("satellite", {"presets": known})
    width = max(map(len, known))
    for name, text in known.items():
        click.echo(f"{name:{width}}  {text}")
    return click.echo(f"\nTry: dawndusk satellite {next(iter(known))}")


def _page(sheet: Sheet, found: Account | Refused) -> Group:
    """The whole sheet, for a screen of 80 columns or more."""
    from math import isfinite

    from rich.console import Group
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from dawndusk.cli.satellite_account import refusal, sections
    from dawndusk.space.account.account import Refused

    design = sheet.design
    if not isfinite(sheet.budget.mass.total):
        return Group(
            Text.assemble((design.name, "bold"), "  ", ("does not close", "bold red")), Text(sheet.binding)
        )
    mass = f" at {sheet.budget.mass.total / 1e3:.2f} t"
    fits = sheet.closes and not isinstance(found, Refused)
    verdict = ("closes" + mass, "bold green") if fits else (f"out of limits{mass}", "bold red")
    pair = Table.grid(padding=(0, 4))
    pair.add_row(_power(sheet), _heat(sheet))
    parts = Table.grid(padding=(0, 4))
    parts.add_row(_mass(sheet), _cost(sheet))
    lines = Text("\n").join(Text(x[0].upper() + x[1:]) for x in sheet.binding.split("; "))
    return Group(
        Text.assemble((design.name, "bold"), "  ", verdict),
        Text(design.note, style="dim"),
        Text(_orbit(sheet)),
        *(Padding(part, (1, 0, 0, 0)) for part in (pair, parts, _claims(sheet.found), _summary(sheet))),
        *(refusal(found) if isinstance(found, Refused) else sections(found)),
        *_beyond(sheet, found),
        Text.assemble("\n", ("Verdict: " + verdict[0], verdict[1])),
        Padding(lines, (0, 0, 0, 2)),
    )


def _beyond(sheet: Sheet, found: Account | Refused) -> list[Padding]:
    """What breaks its limit, and by how much."""
    from rich.padding import Padding
    from rich.table import Table

    from dawndusk.space.account.account import Refused
    from dawndusk.space.claims import out_of_limits

    rows = [*out_of_limits(sheet.found), *(found.beyond if isinstance(found, Refused) else ())]
    if not rows:
        return []
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("Out of limits", header_style="bold red")
    for title in ("is", "limit", "by"):
        table.add_column(title, justify="right", header_style="dim")
    for row in rows:
        form = "{:.2f}" if row.unit == "t" else "{:.0f}"
        apart = "K" if row.unit == "degC" else row.unit
        table.add_row(
            row.what,
            *(f"{form.format(x)} {row.unit}" for x in (row.value, row.limit)),
            f"{form.format(row.by)} {apart}",
        )
    return [Padding(table, (1, 0, 0, 0))]


def _orbit(sheet: Sheet) -> str:
    from math import degrees

    design = sheet.design
    shadow = "carried by battery" if design.battery.eclipse == "battery" else "compute switched off"
    return (
        f"{design.orbit.kind}, {design.orbit.altitude / 1e3:g} km, {degrees(sheet.inclination):.2f} deg; "
        f"in light {100 * sheet.sunlit_fraction:.1f} % of the year;\nlongest shadow "
        f"{sheet.longest_shadow / 60:.1f} of {sheet.period / 60:.1f} min, {shadow}"
    )


def _rows(title: str, unit: str, rows: list[tuple[str, str]]) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(title, style="", header_style="bold")
    table.add_column(unit, justify="right", header_style="dim")
    for row in rows:
        table.add_row(*row)
    return table


def _power(sheet: Sheet) -> Table:
    power = sheet.budget.power
    names = {
        "compute, orbit average": power.compute,
        "compute while running": power.run,
        "compute, peak": power.peak,
        "bus": power.bus,
        "battery charging": power.charge,
        "array, begin of life": power.array_bol,
        "array, end of life": power.array_eol,
    }
    return _rows("Power", "kW", [(name, f"{value / 1e3:.1f}") for name, value in names.items()])


def _heat(sheet: Sheet) -> Table:
    from dawndusk.core.constants import ZERO_CELSIUS

    budget = sheet.budget
    heat = budget.temperature
    limit = sheet.design.plate.junction_limit
    rows = [
        ("to reject", f"{budget.power.heat / 1e3:.1f} kW"),
        ("radiator, both faces used", f"{budget.area.radiator:.0f} m2"),
        ("rejected per planform", f"{budget.radiator_flux:.0f} W/m2"),
        ("radiator", f"{heat.radiator - ZERO_CELSIUS:.0f} degC"),
        ("coolant", f"{heat.coolant - ZERO_CELSIUS:.0f} degC"),
        ("junction", f"{heat.junction - ZERO_CELSIUS:.0f} degC"),
        ("junction at peak", f"{heat.junction_peak - ZERO_CELSIUS:.0f} of {limit - ZERO_CELSIUS:.0f} degC"),
    ]
    return _rows("Heat", "", rows)


def _shares(title: str, unit: str, parts: dict[str, float], total: float, form: str) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(title, header_style="bold")
    table.add_column(unit, justify="right", header_style="dim")
    table.add_column("", width=BAR)
    large = {name: value for name, value in parts.items() if value >= SMALL * total}
    rest = sum(parts.values()) - sum(large.values())
    shown = dict(sorted(large.items(), key=lambda x: -x[1])) | ({"other": rest} if rest > 0 else {})
    for name, value in shown.items():
        table.add_row(name, form.format(value), "█" * round(BAR * value / max(shown.values())))
    table.add_row("[bold]total[/]", f"[bold]{form.format(total)}[/]", "")
    return table


def _mass(sheet: Sheet) -> Table:
    from dataclasses import asdict

    mass = asdict(sheet.budget.mass)
    total = mass.pop("total")
    mass.pop("dry")
    shown = {"coolant loop" if k == "loop" else k: float(v) for k, v in mass.items() if v > 0}
    return _shares("Mass", "kg", shown, float(total), "{:,.0f}")


def _cost(sheet: Sheet) -> Table:
    from dataclasses import asdict

    cost = {k: float(v) / 1e6 for k, v in asdict(sheet.budget.cost).items()}
    total = cost.pop("total")
    cost.pop("platform")
    return _shares("Cost, not launched", "MUSD", cost, total, "{:.2f}")


def _claims(found: tuple[Check, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("Claim or limit", header_style="bold")
    for title in ("said", "ours", ""):
        table.add_column(title, justify="right" if title else "left", header_style="dim")
    for check in found:
        form = {"degC": "{:.0f}", "t": "{:.2f}", "kW": "{:.1f}"}.get(check.unit, "{:.0f}") + f" {check.unit}"
        mark = (
            "[green]holds[/]" if check.holds else "[red]fails[/]" if check.balance else "[yellow]differs[/]"
        )
        table.add_row(check.name, form.format(check.said), form.format(check.ours), mark)
    return table


def _summary(sheet: Sheet) -> Table:
    """Figures that stand for the whole satellite."""
    from rich.table import Table

    budget = sheet.budget
    per_tonne = 1 / budget.mass.total
    rows = {
        "Per tonne": f"{budget.power.compute * per_tonne:.1f} kW of average compute, "
        f"{budget.power.array_bol * per_tonne:.1f} kW of array",
        "Platform": f"{budget.cost.platform / budget.power.compute:.0f} USD per W of average compute, "
        "without launch",
    }
    if budget.compute > 0:
        rows["Compute"] = f"{budget.compute:.0f} H100e on {budget.gpus:.0f} GPUs when new, on orbit average"
    if sheet.drawn:
        rows["10-90 %"] = _spread(sheet)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    for row in rows.items():
        table.add_row(*row)
    return table


def _spread(sheet: Sheet) -> str:
    low, _, high = (x / 1e3 for x in sheet.drawn["mass"])
    cheap, _, dear = sheet.drawn["platform"]
    share = 100 * sheet.drawn["closes"][0]
    reached = f"{100 * sheet.lighter:.1f} % reach" if sheet.lighter > 0 else "none reaches"
    light = f"; {reached} the claimed mass" if sheet.design.claim.mass else ""
    return (
        f"{low:.1f} to {high:.1f} t, {cheap:.0f} to {dear:.0f} USD/W over the ranges of the inputs; "
        f"the junction stays in its limit in {share:.0f} % of the draws{light}"
    )
