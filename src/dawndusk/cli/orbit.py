"""``dawndusk orbit``: sunlight and eclipses of a circular orbit over a year."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import click

from dawndusk.cli.output import console, emit
from dawndusk.core.errors import problem
from dawndusk.core.units import Unit, UnitError

DAWN_DUSK = 6.0  # h, the node's local time when nothing fixes the plane
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@click.command("orbit")
@click.option("--altitude", required=True, metavar="TEXT", help="Height with its unit, such as '650 km'.")
@click.option(
    "--inclination",
    metavar="TEXT",
    help="Tilt, such as '53 deg' (a bare number is deg). [default: sun-synchronous]",
)
@click.option(
    "--ltan", metavar="HOURS", help="Mean local time of the ascending node on 1 January. [default: 6]"
)
@click.option("--raan", metavar="TEXT", help="Ascending node on 1 January 0 h UTC, instead of --ltan (deg).")
@click.option("--year", type=int, default=2027, show_default=True, help="Calendar year (UTC), 1972 to 2100.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    altitude: str, inclination: str | None, ltan: str | None, raan: str | None, year: int, as_json: bool
) -> None:
    """Sunlight and eclipses of a circular orbit over a year.

    Computed from the orbit's J2 drift, the Sun's position and Earth's conical shadow.

    Example: dawndusk orbit --altitude "650 km" --ltan 6 --year 2027
    """
    height = _read("--altitude", altitude, Unit("km", 150.0, 50e3), "650 km")
    tilt = _read_bare("--inclination", inclination, Unit("deg", 0.0, 180.0), "53 deg")
    hours = _read_bare("--ltan", ltan, Unit("h", 0.0, 24.0), "6 h")
    node = _read_bare("--raan", raan, Unit("deg", -360.0, 360.0), "120 deg")
    if hours is not None and node is not None:
        raise problem(
            "--ltan, --raan", "both", "one of the two: each fixes the plane", f"--raan '{raan}' alone"
        )
    if hours is None and node is None:
        hours = DAWN_DUSK
    from dawndusk.space.orbit import orbit_summary

    found = orbit_summary(
        altitude=height * 1e3,
        inclination=None if tilt is None else math.radians(tilt),
        ltan=hours,
        raan=None if node is None else math.radians(node),
        year=year,
    )
    if as_json:
        emit("orbit", found)
    else:
        _show(found)


def _read(option: str, text: str, unit: Unit, example: str) -> float:
    """The option's number in `unit`, or an error that says what to write."""
    try:
        return unit.read(text)
    except UnitError as error:
        raise problem(option, text, error.expected, f"{option} '{example}'") from None


def _read_bare(option: str, text: str | None, unit: Unit, example: str) -> float | None:
    """As `_read`, with None for an absent option and `unit` for a bare number."""
    if text is None:
        return None
    try:
        float(text)
    except ValueError:
        return _read(option, text, unit, example)
    return _read(option, f"{text} {unit.text}", unit, example)


def _clock(hours: float) -> str:
    minutes = round(hours * 60.0) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _duration(seconds: float) -> str:
    return "none" if seconds == 0.0 else f"{seconds:.0f} s  ({seconds / 60.0:.1f} min)"


def _rows(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a spacecraft engineer asks of an orbit, in words and numbers."""
    kind = "sun-synchronous" if found["sun_synchronous"] else "given"
    return [
        ("inclination", f"{found['inclination_deg']:.4f} deg  ({kind})"),
        ("node on 1 January", f"RAAN {found['raan_deg']:.3f} deg, mean local time {_clock(found['ltan_h'])}"),
        ("node drift", f"{found['raan_drift_deg_per_day']:+.6f} deg/day"),
        ("nodal period", f"{found['period_s']:.1f} s  ({found['period_s'] / 60.0:.2f} min)"),
        ("beta angle", f"{found['beta_min_deg']:.2f} to {found['beta_max_deg']:.2f} deg"),
        ("smallest |beta|", f"{found['abs_beta_min_deg']:.2f} deg"),
        ("sunlight over the year", f"{found['sunlit_fraction']:.3%}"),
        ("longest umbra", _duration(found["longest_umbra_s"])),
        ("longest shadow", _duration(found["longest_shadow_s"])),
        ("days with umbra", f"{found['days_with_umbra']}"),
        ("days with any shadow", f"{found['days_with_shadow']}"),
    ]


def _show(found: Mapping[str, Any]) -> None:
    from rich.table import Table

    out = console()
    out.print(f"[bold]Circular orbit at {found['altitude_km']:g} km, {found['year']}[/bold]")
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="dim")
    table.add_column()
    for row in _rows(found):
        table.add_row(*row)
    out.print(table)
    months = Table(box=None, pad_edge=False, title="sunlight by month, %", title_justify="left")
    for name in MONTHS:
        months.add_column(name, justify="right")
    months.add_row(*(f"{100.0 * x:.1f}" for x in found["sunlit_fraction_by_month"]))
    out.print(months)
