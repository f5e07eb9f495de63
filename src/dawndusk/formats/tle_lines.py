"""Two-line element sets (TLE) as text: what was read by `formats.tle` comes out letter by letter the same."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats, Ints
from dawndusk.formats.aside import write_text
from dawndusk.formats.instants import utc_days
from dawndusk.formats.reading import REV_PER_DAY
from dawndusk.formats.tle import COLUMNS, SETS, checksums

LARGEST_NUMBER: Final = 339999  # Z9999 in Alpha-5


def write_tle(path: Path, catalogue: Catalogue) -> Path:
    """Write three-line element sets (name, line 1, line 2), in one step; the path.

    Parameters
    ----------
    path : Path
        File to make or replace.
    catalogue : Catalogue
        Satellites as read, or made of elements by `physics.motion.sgp4_orbits.as_catalogue`.

    Raises
    ------
    UserError
        If a satellite does not fit into the columns (catalogue number above 339,999, epoch after 2056, ...).
    """
    return write_text(path, tle_text(catalogue))


def tle_text(catalogue: Catalogue) -> str:
    """Three-line element sets of a catalogue; what was read from a TLE comes out the same.

    Raises
    ------
    UserError
        If a satellite does not fit into the columns.
    """
    _require_fit(catalogue)
    pairs = _with_checksums([*_first_lines(catalogue), *_second_lines(catalogue)])
    half = catalogue.size
    return "".join(
        f"{name}\n{one}\n{two}\n"
        for name, one, two in zip(catalogue.names, pairs[:half], pairs[half:], strict=True)
    )


def _require_fit(catalogue: Catalogue) -> None:
    """Raise for the first satellite that the columns cannot hold."""
    c, day = catalogue, 1.0 / REV_PER_DAY
    limits = (
        ("catalogue number", c.numbers, 0.0, LARGEST_NUMBER),
        ("epoch (year)", utc_days(c.epoch)[0].astype("datetime64[Y]").astype(np.int64) + 1970, 1972, 2056),
        ("mean motion (rev/day)", c.mean_motion * day, 0.0, 99.9),
        ("eccentricity", c.eccentricity, 0.0, 0.9999999),
        ("mean motion's change (rev/day2)", np.abs(c.mean_motion_dot) * day * DAY, 0.0, 0.99999999),
        ("bstar", np.abs(c.bstar), 0.0, 9.9e8),
        ("mean motion's second change", np.abs(c.mean_motion_ddot) * day * DAY**2, 0.0, 9.9e8),
    )
    for what, values, low, high in limits:
        bad = ~((values >= low) & (values <= high))
        if bad.any():
            k = int(bad.argmax())
            raise UserError(
                Problem(
                    path=f"{c.names[k]}: {what}",
                    read=f"{values[k]:g}",
                    expected=f"{low:g} to {high:g}, which a TLE can hold",
                    write="OMM instead of TLE, or other satellites",
                )
            )


def _first_lines(catalogue: Catalogue) -> list[str]:
    """First lines without checksum."""
    c, day = catalogue, 1.0 / REV_PER_DAY
    days, time_of_day = utc_days(c.epoch)
    parts = np.round(time_of_day / DAY * 1e8).astype(np.int64)
    days, parts = days + parts // 100_000_000, parts % 100_000_000
    years = days.astype("datetime64[Y]")
    ordinal = (days - years.astype("datetime64[D]")).astype(np.int64) + 1
    columns = zip(
        _alpha5(c.numbers),
        c.classifications,
        c.designators,
        ((years.astype(np.int64) + 1970) % 100).tolist(),
        ordinal.tolist(),
        parts.tolist(),
        (c.mean_motion_dot * day * DAY).tolist(),
        _powers(c.mean_motion_ddot * day * DAY**2),
        _powers(c.bstar),
        (c.element_sets % 10000).tolist(),
        strict=True,
    )
    return [
        f"1 {number}{kind[:1]} {_short_designator(launch):8.8} {year:02d}{date:03d}.{part:08d} "
        f"{f'{dot: .8f}'.replace('0.', '.', 1)} {ddot} {drag} 0 {count:4d}"
        for number, kind, launch, year, date, part, dot, ddot, drag, count in columns
    ]


def _second_lines(catalogue: Catalogue) -> list[str]:
    """Second lines without checksum."""
    c = catalogue
    turns = (np.round(np.rad2deg(x), 4) % 360.0 for x in (c.raan, c.argument_of_perigee, c.mean_anomaly))
    columns = zip(
        _alpha5(c.numbers),
        np.rad2deg(c.inclination).tolist(),
        *(x.tolist() for x in turns),
        np.round(c.eccentricity * 1e7).astype(np.int64).tolist(),
        (c.mean_motion / REV_PER_DAY).tolist(),
        (c.revolutions % 100000).tolist(),
        strict=True,
    )
    return [
        f"2 {which} {tilt:8.4f} {node:8.4f} {shape:07d} {perigee:8.4f} {mean:8.4f} {motion:11.8f}{revs:5d}"
        for which, tilt, node, perigee, mean, shape, motion, revs in columns
    ]


def _with_checksums(lines: list[str]) -> list[str]:
    grid = np.array([line.encode("ascii", "replace") for line in lines], dtype=f"S{COLUMNS - 1}")
    sums = checksums(grid.view(np.uint8).reshape(len(lines), COLUMNS - 1))
    return [f"{line}{total}" for line, total in zip(lines, sums.tolist(), strict=True)]


def _alpha5(catalogue_numbers: Ints) -> list[str]:
    """Catalogue numbers in five columns; from 100,000 on with a letter first."""
    letters = [""] * 10 + list(SETS["N"][11:])
    heads = [letters[k] or str(k) for k in (catalogue_numbers // 10000).tolist()]
    return [
        f"{head}{rest:04d}" for head, rest in zip(heads, (catalogue_numbers % 10000).tolist(), strict=True)
    ]


def _powers(values: Floats) -> list[str]:
    """Texts like ``-12345-4`` for -0.12345e-4; below 1e-10 nothing is left."""
    size = np.abs(values)
    some = size >= 1e-10
    exponent = np.where(some, np.floor(np.log10(np.where(some, size, 1.0))) + 1.0, 0.0)
    digits = np.where(some, np.round(size / 10.0**exponent * 1e5), 0.0)
    carried = digits >= 1e5
    exponent, digits = exponent + carried, np.where(carried, 1e4, digits)
    rows = zip((values < 0.0) & some, digits.astype(int).tolist(), exponent.astype(int).tolist(), strict=True)
    return [f"{'-' if minus else ' '}{part:05d}{power:+d}" for minus, part, power in rows]


def _short_designator(long: str) -> str:
    """``19074B`` of ``2019-074B``; nothing where it is not of that form."""
    year, _, piece = long.partition("-")
    return f"{year[2:]}{piece}" if len(year) == 4 and year.isdigit() and piece else ""
