"""``dawndusk orbit``: sunlight and eclipses of a circular orbit over a year."""

from __future__ import annotations

import math

import click

from dawndusk.cli.output import Form, answer, formats
from dawndusk.core.errors import problem
from dawndusk.core.units import Unit, UnitError


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
@formats
def command(
    altitude: str, inclination: str | None, ltan: str | None, raan: str | None, year: int, form: Form
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
    from dawndusk.report.orbit import document
    from dawndusk.space.orbit import DAWN_DUSK, orbit_summary

    if hours is None and node is None:
        hours = DAWN_DUSK

    found = orbit_summary(
        altitude=height * 1e3,
        inclination=None if tilt is None else math.radians(tilt),
        ltan=hours,
        raan=None if node is None else math.radians(node),
        year=year,
    )
    answer("orbit", form, found, document(found))


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
