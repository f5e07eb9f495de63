"""`dawndusk constellation`: what a whole constellation meets in orbit, group by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dawndusk.cli.completion import names_of
from dawndusk.cli.output import console, emit
from dawndusk.cli.progress import Progress

if TYPE_CHECKING:
    from rich.table import Table

    from dawndusk.space.constellation.environment import Environment
    from dawndusk.space.constellation.fleet import Fleet

Row = Mapping[str, Any]


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
    help="Write satellites: .oem .omm .json .tle .czml .parquet",
)
@click.option("--sample", type=int, help="Satellites in an export. [default: 200; all in .parquet]")
@click.option(
    "--at", metavar="DATE", help="Instant of picture and tracks, UTC. [default: 20 March, or the elements']"
)
@click.option("--skip-bad", is_flag=True, help="Leave out unreadable element sets, and say how many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
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
    as_json: bool,
) -> None:
    """What a constellation meets in orbit: light, dose, drag, neighbours, disposal, group by group.

    NAME is a shipped constellation; FILE is one of yours in YAML, or real satellites as TLE or OMM.

    Example: dawndusk constellation spacex_2026_05 --picture spacex.png
    """
    from dawndusk.space.constellation.environment import environment, summary_json
    from dawndusk.space.constellation.export import read_instant
    from dawndusk.space.constellation.fleet import open_fleet

    if name is None:
        return _list(as_json=as_json)
    seconds = None if at is None else read_instant(at)
    with Progress(quiet=as_json) as progress:
        fleet = open_fleet(name, year=year, only=group, sun_synchronous=sun_synchronous, skip_bad=skip_bad)
        found = environment(fleet, year=year, approaches=approaches, progress=progress.say)
        progress.say(0.95, "writing")
        written = [_draw(fleet, found, Path(picture), seconds)] if picture else []
        written += [_export(fleet, path, sample, seconds) for path in exports]
    summary = summary_json(fleet, found)
    if as_json:
        return emit("constellation", summary | {"files": [path for path, _ in written]})
    return _show(fleet, summary, written)


def _list(*, as_json: bool) -> None:
    from dawndusk.library.filing import built_ins

    known = built_ins()
    if as_json:
        return emit("constellation", {"constellations": known})
    width = max(map(len, known))
    for name, text in known.items():
        click.echo(f"{name:{width}}  {text}")
    return click.echo(f"\nTry: dawndusk constellation {next(iter(known))}")


def _draw(fleet: Fleet, found: Environment, path: Path, seconds: float | None) -> tuple[str, str]:
    from dawndusk.core import time
    from dawndusk.core.errors import problem
    from dawndusk.report.constellation_picture import draw
    from dawndusk.space.constellation.snapshot import snapshot

    if path.suffix != ".png" or not path.absolute().parent.is_dir():
        raise problem(
            "--picture", str(path), "a name that ends with .png, in a folder that exists", "--picture a.png"
        )
    if seconds is None:
        equinox = float(time.seconds_from_utc(f"{found.year}-03-20T12:00"))
        seconds = fleet.planes.epoch if fleet.catalogue else equinox
    return str(draw(snapshot(fleet, found, seconds=seconds), path)), "picture"


def _export(fleet: Fleet, path: str, sample: int | None, seconds: float | None) -> tuple[str, str]:
    from dawndusk.space.constellation.export import FORMATS, export

    count = export(fleet, path, sample=sample, seconds=seconds)
    return path, f"{count:,} satellites, {FORMATS[Path(path).suffix]}"


def _show(fleet: Fleet, summary: Row, written: Sequence[tuple[str, str]]) -> None:
    from rich.padding import Padding

    out = console()
    rows = summary["groups"]
    out.print(f"[bold]{summary['title']}[/bold]")
    out.print(_count(summary))
    if fleet.note:
        out.print(Padding(f"[dim]{fleet.note}[/dim]", (0, 0, 1, 0)), width=min(out.width, 100))
    tables = [_orbits(rows), _light(rows, summary["year"]), _radiation(rows), _drag(rows)]
    if summary["craft"]["disposal_m_per_s"] > 0:
        tables.append(_ends(rows, summary))
    if rows[0]["approaches_per_day_1km"] is not None:
        tables.append(_neighbours(rows, summary))
    for table in tables:
        out.print(Padding(table, (0, 0, 1, 0)))
    if summary["contacts_per_yr"] is not None:
        out.print(_contacts(summary), width=min(out.width, 100))
    for row in rows:
        if row["flag"]:
            out.print(f"[yellow]{row['name']}[/]: {row['flag']}")
    for remark in fleet.remarks:
        out.print(f"[yellow]note[/]: {remark}")
    out.print(f"[dim]{_reading(rows)}[/dim]", width=min(out.width, 100))
    for path, words in written:
        out.print(f"wrote [bold]{path}[/]  ({words})")


def _count(summary: Row) -> str:
    satellites, planes = summary["satellites"], summary["planes"]
    filed = summary["satellites_filed"]
    more = f" (the groups add up to {filed:,}; planes are thinned alike)" if filed != satellites else ""
    return f"{satellites:,} satellites in {planes:,} planes{more}"


def _table(rows: Sequence[Row], title: str, columns: Mapping[str, Callable[[Row], str]]) -> Table:
    """Groups down, columns across; a column's name may have two lines."""
    from rich.table import Table

    table = Table(
        box=None, padding=(0, 2, 0, 0), show_edge=False, title=title, title_justify="left", title_style="bold"
    )
    table.add_column("group", header_style="dim", vertical="bottom", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", header_style="dim", vertical="bottom", no_wrap=True)
    for row in rows:
        table.add_row(row["name"], *(cell(row) for cell in columns.values()))
    return table


def _number(value: float | None, digits: int = 3) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 10**digits:
        return f"{value:,.0f}"
    text = f"{value:#.{digits}g}".rstrip(".")
    return f"{value:.1e}" if "e" in text else text


def _share(value: float | None) -> str:
    return "-" if value is None or value != value else f"{100 * value:.1f}"  # noqa: PLR0124 - NaN


def _orbits(rows: Sequence[Row]) -> Table:
    def heights(row: Row) -> str:
        low, high = row["altitude_km"]
        return f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f}-{high:,.0f}"

    return _table(
        rows,
        "Orbits",
        {
            "satellites\nat most": lambda r: f"{r['satellites']:,}",
            "planes": lambda r: f"{r['planes']:,}",
            "altitude\nkm": heights,
            "inclination\ndeg": lambda r: f"{r['inclination_deg']:.4g}",
        },
    )


def _light(rows: Sequence[Row], year: int) -> Table:
    columns: dict[str, Callable[[Row], str]] = {"light\n%": lambda r: _share(r["sunlit_fraction"])}
    if any(row["raan_tolerance_deg"] > 0 for row in rows):
        columns |= {
            "node at\nedge, %": lambda r: _share(r["sunlit_fraction_raan_edge"]),
            "node\nspread, %": lambda r: _share(r["sunlit_fraction_raan_spread"]),
        }
    columns |= {
        "longest\nshadow, min": lambda r: f"{r['longest_shadow_s'] / 60:.1f}",
        "days with\nshadow": lambda r: f"{r['days_with_shadow']}",
        "array\nfixed": lambda r: _share(r["array_cosine_body_fixed"]),
        "shadows\nper year": lambda r: _number(r["shadows_per_yr"]),
    }
    return _table(rows, f"Light in {year}", columns)


def _radiation(rows: Sequence[Row]) -> Table:
    dose = {
        f"{'krad/yr' if shield == '1mm' else ''}\n{shield.replace('mm', ' mm')}": _dose(shield)
        for shield in ("1mm", "3mm", "5mm", "10mm")
    }
    return _table(
        rows,
        "Dose behind aluminium",
        dose
        | {
            "true within\na factor": lambda r: _number(r["dose_factor"], 2),
            "in the South\nAtlantic, %": lambda r: _share(r["saa_share"]),
            "upsets\n10 mm": _upsets,
        },
    )


def _upsets(row: Row) -> str:
    found = row["upsets_per_chip_yr_10mm"]
    return f"{_number(found['silent_corruption'], 2)} / {_number(found['hbm_uncorrectable'], 2)}"


def _drag(rows: Sequence[Row]) -> Table:
    return _table(
        rows,
        "Drag at solar minimum / mean / maximum",
        {
            "life without\nthrust, yr": lambda r: _levels(r["drag_life_yr"]),
            "to stay in place,\nm/s per yr": lambda r: _levels(r["station_keeping_m_per_s_per_yr"]),
        },
    )


def _dose(shield: str) -> Callable[[Row], str]:
    return lambda row: _number(row["dose_krad_per_yr"][shield], 2)


def _levels(found: Mapping[str, float | None]) -> str:
    return " / ".join(_number(found[level], 2) for level in ("min", "mean", "max"))


def _ends(rows: Sequence[Row], summary: Row) -> Table:
    kept = summary["craft"]["disposal_m_per_s"]
    return _table(
        rows,
        f"Disposal, {kept:g} m/s kept for it",
        {
            "reaches\nkm": lambda r: _number(r["disposal_perigee_km"]),
            "then down in, yr\nmin / mean / max": lambda r: _levels(r["disposed_life_yr"]),
            "controlled\nm/s": lambda r: _number(r["controlled_reentry_m_per_s"]),
            "re-entries\nper day": lambda r: _number(r["reentries_per_day"]),
            "dead in\norbit": lambda r: _number(r["derelicts"], 2),
        },
    )


def _neighbours(rows: Sequence[Row], summary: Row) -> Table:
    pairs, nearest = summary["pairs_below_1km_at_epoch"], summary["nearest_pair_m"]
    return _table(
        rows,
        f"Neighbours: {pairs:,} pairs below 1 km at the epoch, nearest {nearest:,.0f} m",
        {
            "a day below\n1 km": lambda r: _number(r["approaches_per_day_1km"]),
            "phases\nheld": lambda r: _number(r["approaches_phased_per_day_1km"]),
            "below\n100 m": lambda r: _number(r["approaches_per_day_100m"]),
            "one of them\ndead, 1 km": lambda r: _number(r["approaches_failed_per_day_1km"]),
            "debris hits a year\n1 cm / 10 cm": _debris,
        },
    )


def _debris(row: Row) -> str:
    return f"{_number(row['debris_1cm_per_yr'], 2)} / {_number(row['debris_10cm_per_yr'], 2)}"


def _contacts(summary: Row) -> str:
    """What would happen if nobody dodged, in a sentence."""
    clock, yearly = summary["crash_clock_s"], summary["contacts_per_yr"]
    if clock is None:
        return "No contacts at all."
    return (
        f"If nobody dodged, satellites would touch {_number(yearly)} times a year, the first time after "
        f"{_span(clock)}; with one in a thousand missed (a guess, 1e-4 to 1e-2), and all between dead "
        f"satellites, {_number(summary['collisions_per_yr'])} times a year."
    )


def _span(seconds: float) -> str:
    for size, name in ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= size:
            return f"{_number(seconds / size, 2)} {name}"
    return f"{_number(seconds, 2)} seconds"


def _reading(rows: Sequence[Row]) -> str:
    text = (
        "Light: mean over the year, partial shadow by the visible disc. Array fixed: mean cosine, %, on a "
        "wing along the orbit's normal. Dose: trapped particles (AP8, AE8) and solar protons. Upsets: silent "
        "wrong results / memory errors per chip and year, by Google's proton test. Lives and velocities: at "
        "a level of solar activity held all the time, +-30 %."
    )
    if rows[0]["approaches_per_day_1km"] is not None:
        text += (
            " Approaches: a rate from theory, phases unknown or held, at a stated spread of orbits (altitude "
            "50 m, eccentricity 4e-5, tilt 3e-5), half to each group of a pair. For scale: Starlink made 34 "
            "avoidance manoeuvres per satellite and year against everything in orbit (E003)."
        )
    return text
