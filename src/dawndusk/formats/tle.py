"""Two-line element sets (TLE), with or without a line for the name before each pair.

Layout: 69 columns a line, the last a checksum (sum of the digits, a minus counting 1, modulo 10); Hoots &
Roehrich (1980), Spacetrack Report No. 3, and Vallado & Cefola (2012), *Two-line element sets - practice and
use*, 63rd International Astronautical Congress. Catalogue numbers from 100,000 to 339,999 in the Alpha-5 form
of Space-Track (a letter but I and O for the first two digits). Two-digit years below 57 are 20xx.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats, Ints
from dawndusk.formats.aside import write_text
from dawndusk.formats.instants import seconds_from_days, utc_days
from dawndusk.formats.reading import REV_PER_DAY, Mask, Reading, Sieve, numbers

COLUMNS: Final = 69
LARGEST_NUMBER: Final = 339999  # Z9999 in Alpha-5
_CENTURY: Final = 57  # two-digit years from here on are 19xx
# What each column may hold: N first of a number, S digit or space, D digit, G sign or space, Z sign, space
# or 0, C class, A anything printable; the rest stands for itself.
_LAYOUT: Final = (
    "1 NSSSSC AAAAAAAA SSSSS.DDDDDDDD Z.DDDDDDDD GDDDDDGD GDDDDDGD S SSSSD",
    "2 NSSSS SSS.DDDD SSS.DDDD DDDDDDD SSS.DDDD SSS.DDDD SS.DDDDDDDDSSSSSD",
)
SETS: Final = {
    "N": " 0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    "S": " 0123456789",
    "D": "0123456789",
    "G": " +-",
    "Z": " +-0",
    "C": " ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "A": "".join(map(chr, range(32, 127))),
}
_COPY: Final = "the file fetched anew from its origin, or no such satellite (skip_bad)"
Bytes = NDArray[np.uint8]


def read_tle(text: str, file: str) -> Reading:
    """The satellites of a TLE text; bad ones become problems that name the line.

    Parameters
    ----------
    text : str
        Lines of two- or three-line element sets; empty lines, lines that begin with ``#`` and blanks
        before a line are skipped.
    file : str
        Name for the problems.
    """
    lines = [line.strip() for line in text.splitlines()]
    first, second, name, problems = _pairs(lines, file)
    sieve = Sieve(first.size)
    grids = [_grid(lines, at, file, sieve) for at in (first, second)]
    for number, (at, grid) in enumerate(zip((first, second), grids, strict=True)):
        _check_line(number, at, grid, lines, file, sieve)
    other = np.any(grids[0][:, 2:7] != grids[1][:, 2:7], axis=1)
    sieve.drop(
        np.asarray(other, dtype=bool), lambda k: _mismatch(file, second[k], lines[first[k]], lines[second[k]])
    )
    sieve.drop(_other_theory(grids[0]), lambda k: _theory(file, first[k], lines[first[k]]))
    kept = np.flatnonzero(sieve.good)
    names = tuple(_name(lines, name[k], first[k]) for k in kept)
    catalogue, sound = _catalogue(names, grids[0][kept], grids[1][kept], first[kept], lines, file, sieve)
    problems += sieve.problems
    return Reading(
        catalogue=catalogue.take(sound),
        records=kept[sound] + 1,
        lines=second[kept][sound] + 1,
        problems=tuple(sorted(problems, key=lambda p: p.line or 0)),
    )


def _pairs(lines: list[str], file: str) -> tuple[Ints, Ints, Ints, list[Problem]]:
    """Indices of first lines, second lines and names (-1 for none), and what has no partner."""
    at = np.array([k for k, line in enumerate(lines) if line and not line.startswith("#")], dtype=np.int64)
    kind = np.array([{"1 ": 1, "2 ": 2}.get(lines[k][:2], 0) for k in at], dtype=np.int64)
    before, after = np.append(-1, kind[:-1]), np.append(kind[1:], -1)
    beyond = np.append(after[1:], -1)
    # of several lines that one broken line has orphaned, only one is blamed
    stray = (kind == 0) & (after != 1) & (before != 1) & ~((after == 0) & (beyond == 2))
    whole = (kind == 1) & (after == 2)
    starts = np.flatnonzero(whole)
    name = np.where(before[starts] == 0, at[starts - 1], -1)
    wrong = (
        ((kind == 1) & (after != 2), "line 1 without its line 2", "line 2 of the pair right below"),
        (
            (kind == 2) & (before != 1) & (before != 0),
            "line 2 without its line 1",
            "line 1 of the pair right above",
        ),
        (stray, "neither line 1 nor 2, nor a name above one", "element sets"),
    )
    problems = [
        _problem(file, at[k], "order of lines", f"{what}: {_shown(lines[at[k]])}", expected)
        for bad, what, expected in wrong
        for k in np.flatnonzero(bad)
    ]
    return at[starts], at[starts + 1], name, problems


def _grid(lines: list[str], at: Ints, file: str, sieve: Sieve) -> Bytes:
    """Characters of these lines, shape (n, 69); lines of another length are dropped."""
    chosen = [lines[k].encode("ascii", "replace") for k in at]
    lengths = np.array([len(line) for line in chosen], dtype=np.int64)
    sieve.drop(
        lengths != COLUMNS,
        lambda k: _problem(
            file, at[k], "length", f"{lengths[k]} columns: {_shown(lines[at[k]])}", f"{COLUMNS} columns"
        ),
    )
    return np.array(chosen, dtype=f"S{COLUMNS}").view(np.uint8).reshape(len(chosen), COLUMNS)


def _check_line(number: int, at: Ints, grid: Bytes, lines: list[str], file: str, sieve: Sieve) -> None:
    """Drop pairs with a character out of place or a wrong checksum in this line."""
    strange = ~_allowed(number)[np.arange(COLUMNS), np.minimum(grid, 127)]
    column = strange.argmax(axis=1)
    sieve.drop(
        np.asarray(strange.any(axis=1), dtype=bool),
        lambda k: _problem(
            file,
            at[k],
            f"line {number + 1}, column {column[k] + 1}",
            f"'{lines[at[k]][column[k]]}' in {_shown(lines[at[k]])}",
            f"a character as in {_LAYOUT[number]!r} (D a digit, S a digit or space, G a sign or space)",
        ),
    )
    total = checksums(grid[:, :-1])
    sieve.drop(
        total != grid[:, -1] - ord("0"),
        lambda k: _problem(
            file,
            at[k],
            f"line {number + 1}, checksum",
            f"'{lines[at[k]][-1]}' at the end of {_shown(lines[at[k]])}",
            f"{total[k]}, the sum of its digits",
        ),
    )


def _allowed(number: int) -> Mask:
    """Which character may stand in which column, shape (69, 128)."""
    table = np.zeros((COLUMNS, 128), dtype=bool)
    for column, mark in enumerate(_LAYOUT[number]):
        table[column, [ord(c) for c in SETS.get(mark, mark)]] = True
    return table


def checksums(grid: Bytes) -> Ints:
    """Checksums of lines, given as characters without the last column, shape (n,)."""
    digit = (grid >= ord("0")) & (grid <= ord("9"))
    values = np.where(digit, grid.astype(np.int64) - ord("0"), 0) + (grid == ord("-"))
    return np.asarray(values.sum(axis=1) % 10, dtype=np.int64)


def _catalogue(
    names: tuple[str, ...], one: Bytes, two: Bytes, at: Ints, lines: list[str], file: str, sieve: Sieve
) -> tuple[Catalogue, Ints]:
    """The columns as numbers, and which rows are all numbers; the others become problems."""
    epoch = _epochs(one)
    columns = {
        "mean_motion": _field(two, 52, 63) * REV_PER_DAY,
        "eccentricity": _scaled(two, 26, 33),
        "inclination": np.deg2rad(_field(two, 8, 16)),
        "raan": np.deg2rad(_field(two, 17, 25)),
        "argument_of_perigee": np.deg2rad(_field(two, 34, 42)),
        "mean_anomaly": np.deg2rad(_field(two, 43, 51)),
        "bstar": _power(one, 53),
        "mean_motion_dot": _field(one, 33, 43) * REV_PER_DAY / DAY,
        "mean_motion_ddot": _power(one, 44) * REV_PER_DAY / DAY**2,
    }
    whole = {"numbers": _catalogue_numbers(one), "element_sets": _field(one, 64, 68, blank="0")}
    whole["revolutions"] = _field(two, 63, 68, blank="0")
    inside = Sieve(len(names))
    for what, values in {"epoch": epoch, **columns, **whole}.items():
        inside.drop(~np.isfinite(values), _gap(what, at, lines, file))
    sieve.problems += inside.problems
    counts = {key: np.nan_to_num(values).astype(np.int64) for key, values in whole.items()}
    catalogue = Catalogue(
        names=names,
        designators=tuple(_long_designator(x) for x in _texts(one, 9, 17)),
        classifications=tuple(x.strip() or "U" for x in _texts(one, 7, 8)),
        epoch=epoch,
        numbers=counts["numbers"],
        element_sets=counts["element_sets"],
        revolutions=counts["revolutions"],
        **columns,
    )
    return catalogue, np.flatnonzero(inside.good)


def _gap(what: str, at: Ints, lines: list[str], file: str) -> Callable[[int], Problem]:
    expected = "a day of 1972 to 2056" if what == "epoch" else "a number without gaps"
    return lambda k: _problem(
        file, at[k], what.replace("_", " "), f"element set {_shown(lines[at[k]])}", expected
    )


def _texts(grid: Bytes, low: int, high: int) -> list[str]:
    cut = np.ascontiguousarray(grid[:, low:high]).view(f"S{high - low}").ravel()
    return [str(x, "ascii") for x in cut.tolist()]


def _field(grid: Bytes, low: int, high: int, blank: str = "") -> Floats:
    """Numbers of these columns; NaN where they are none."""
    cut = np.ascontiguousarray(grid[:, low:high])
    if blank:
        cut[(cut == ord(" ")).all(axis=1), -1] = ord(blank)
    return numbers(cut.view(f"S{high - low}").ravel())


def _scaled(grid: Bytes, low: int, high: int) -> Floats:
    """Numbers with the decimal point left out before their first digit."""
    point = np.full((len(grid), 1), ord("."), dtype=np.uint8)
    return _field(np.hstack([point, grid[:, low:high]]), 0, high - low + 1)


def _power(grid: Bytes, low: int) -> Floats:
    """Numbers like ``-12345-4`` for -0.12345e-4, in 8 columns."""
    part = np.where(grid[:, low : low + 8] == ord(" "), ord("+"), grid[:, low : low + 8])
    sign, mantissa, exponent = part[:, :1], part[:, 1:6], part[:, 6:8]
    marks = [np.full_like(sign, ord(mark)) for mark in ".e"]
    return _field(np.hstack([sign, marks[0], mantissa, marks[1], exponent]).astype(np.uint8), 0, 10)


def _epochs(grid: Bytes) -> Floats:
    """Seconds TT since J2000 of the epochs, NaN where there is no such day."""
    year, day = _field(grid, 18, 20), _field(grid, 20, 23)
    sound = np.isfinite(year) & (day >= 1.0) & (day <= 366.0)
    full = np.where(sound, np.where(year < _CENTURY, 2000, 1900) + year, 2000).astype(np.int64)
    start = (full - 1970).astype("datetime64[Y]").astype("datetime64[D]")
    days = start + np.where(sound, day - 1, 0).astype(np.int64)
    sound &= days.astype("datetime64[Y]") == start.astype("datetime64[Y]")
    return np.where(sound, seconds_from_days(days, _scaled(grid, 24, 32) * DAY), np.nan)


def _catalogue_numbers(grid: Bytes) -> Floats:
    """Catalogue numbers, with Alpha-5; NaN where there are gaps."""
    head = grid[:, 2].astype(np.int64)
    letter = head >= ord("A")
    lead = head - ord("A") + 10 - (head > ord("I")) - (head > ord("O"))
    plain = grid.copy()
    plain[letter, 2] = ord("0")
    return _field(plain, 2, 7) + np.where(letter, lead * 10000, 0)


def _name(lines: list[str], name: int, first: int) -> str:
    """The line above, or the catalogue number where there is none."""
    if name < 0:
        return lines[first][2:7].strip()
    return lines[name].removeprefix("0 ").strip()


def _long_designator(short: str) -> str:
    """``2019-074B`` of ``19074B``; other texts as they are."""
    plain = short.strip()
    if len(plain) < 5 or not plain[:5].isdigit():
        return plain
    century = "19" if int(plain[:2]) >= _CENTURY else "20"
    return f"{century}{plain[:2]}-{plain[2:]}"


def _shown(line: str) -> str:
    return f"'{line}'" if len(line) <= 80 else f"'{line[:77]}...'"


def _problem(file: str, index: int, path: str, read: str, expected: str) -> Problem:
    return Problem(path=path, read=read, expected=expected, write=_COPY, file=file, line=int(index) + 1)


def _other_theory(one: Bytes) -> Mask:
    """Whether the ephemeris type says that other equations than SGP4's belong to the elements."""
    return np.asarray(~np.isin(one[:, 62], [ord(mark) for mark in " 012"]), dtype=bool)


def _theory(file: str, index: int, line: str) -> Problem:
    theory = "4 (SGP4-XP)" if line[62] == "4" else line[62]
    expected = "0, 1, 2 or a blank: elements of SGP4"
    return _problem(file, index, "line 1, column 63", f"ephemeris type {theory} in {_shown(line)}", expected)


def _mismatch(file: str, index: int, one: str, two: str) -> Problem:
    read = f"catalogue number '{two[2:7]}' under '{one[2:7]}' of line 1"
    return _problem(file, index, "line 2, catalogue number", read, "the same number in both lines")


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
