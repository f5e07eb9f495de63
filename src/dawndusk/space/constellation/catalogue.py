"""Catalogues of real satellites: read from TLE or OMM, checked, and asked how old they are."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.numbers import number
from dawndusk.core.records import record
from dawndusk.formats.omm import read as omm
from dawndusk.formats.reading import REV_PER_DAY, Mask, Reading, Sieve
from dawndusk.formats.tle import read_tle
from dawndusk.physics.motion.orbit import LOWEST_ALTITUDE
from dawndusk.physics.motion.sgp4_orbits import perigee_altitude

LOWEST_PERIGEE: Final = number("catalogue_lowest_perigee")  # m, where no satellite completes an orbit
SHOWN: Final = 20  # problems printed before the rest is only counted
STALE_DAYS: Final = number("catalogue_stale_age")
_FETCH: Final = "a TLE or OMM file (JSON, CSV, XML, KVN) as CelesTrak or Space-Track give them"
_GZIP: Final = b"\x1f\x8b"


@record
class Age:
    """How old the elements of a catalogue are at an instant.

    Parameters
    ----------
    count : int
        Satellites whose epoch is more than the asked number of days away, before or after.
    oldest, newest : d
        Age of the oldest and of the newest epoch; negative for an epoch still to come.
    """

    count: int
    oldest: float
    newest: float


def read_catalogue(path: Path | str, *, skip_bad: bool = False) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The satellites of a TLE or OMM file, and what was left out.

    Parameters
    ----------
    path : Path or str
        A file in TLE (two or three lines a satellite) or OMM (JSON, CSV, KVN, XML), packed with gzip or not;
        its content says which, not its name.
    skip_bad : bool
        Whether to leave out records that cannot be read or are no orbit, instead of raising.

    Returns
    -------
    catalogue, skipped
        The satellites, and one Problem for each record left out. Satellites in re-entry (perigee from 100 to
        150 km), of which real catalogues always hold a few, and older elements of a satellite that the file
        has newer ones of are left out in any case.

    Raises
    ------
    UserError
        If the file cannot be read, holds no satellite that can be used, or, without `skip_bad`, holds a bad
        record: the first 20 of them and a count.
    """
    text = _text(Path(path))
    reading = _reader(text, str(path))(text, str(path))
    sieve = Sieve(reading.catalogue.size)
    _drop_impossible(reading, str(path), sieve)
    bad = (*reading.problems, *sieve.problems)
    if bad and not skip_bad:
        raise UserError(*_first(bad, str(path)))
    low = Sieve(reading.catalogue.size)
    low.good = sieve.good
    _drop_reentering(reading, str(path), low)
    _drop_older(reading, str(path), low)
    skipped = (*bad, *low.problems)
    if not low.good.any():
        nothing = _unusable(str(path), "no satellite in orbit" if skipped else "an empty list", _FETCH)
        raise UserError(*(_first(skipped, str(path)) if skipped else [nothing]))
    return reading.catalogue.take(np.flatnonzero(low.good)), skipped


def stale(catalogue: Catalogue, at: float, days: float = STALE_DAYS) -> Age:
    """How old the elements are at an instant, and how many are too old or too new.

    Parameters
    ----------
    catalogue : Catalogue
        At least one satellite.
    at : float
        Instant, seconds TT since J2000.
    days : float
        Largest distance of an epoch (d). The error of SGP4 in low orbit grows by 1-3 km a day.
    """
    age = (at - catalogue.epoch) / DAY
    count = int(np.count_nonzero(np.abs(age) > days))
    return Age(count=count, oldest=float(age.max()), newest=float(age.min()))


def _text(path: Path) -> str:
    """The file's text, unpacked if need be."""
    file = str(path)
    try:
        raw = path.read_bytes()
        raw = gzip.decompress(raw) if raw.startswith(_GZIP) else raw
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UserError(_unusable(file, f"a torn gzip file ({error})", "a whole gzip file")) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(_unusable(file, reason, "a file that can be read")) from None
    if raw.startswith(b"PAR1"):
        expected = "TLE or OMM; elements in Parquet are read by dawndusk.formats.elements_table"
        raise UserError(_unusable(file, "a Parquet file", expected))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            _unusable(file, f"bytes that are no text (at {error.start})", "a text file or one in gzip")
        ) from None


def _reader(text: str, file: str) -> Callable[[str, str], Reading]:
    """What reads this text, judged by how it begins."""
    start = text.lstrip()
    first = start.partition("\n")[0].strip()
    if not start:
        raise UserError(_unusable(file, "an empty file", _FETCH))
    if start[0] in "[{":
        return omm.read_json
    if start[0] == "<":
        return omm.read_xml
    if re.search(r"^\s*CCSDS_OMM_VERS\s*=", text, re.MULTILINE):
        return omm.read_kvn
    if "MEAN_MOTION" in first and "," in first:
        return omm.read_csv
    if re.search(r"^\s*[12] ", text, re.MULTILINE):
        return read_tle
    raise UserError(_unusable(file, f"'{first[:60]}' at the beginning", _FETCH))


def _drop_impossible(reading: Reading, file: str, sieve: Sieve) -> None:
    """Take out what is no orbit around the Earth."""
    c = reading.catalogue
    motion = c.mean_motion / REV_PER_DAY

    def drop(bad: Mask, what: str, read: Callable[[int], str], expected: str, write: str) -> None:
        sieve.drop(
            bad,
            lambda k: reading.flaw(k, file, what, read(k), expected, f"{write}, or leave it out (skip_bad)"),
        )

    drop(
        ~(c.mean_motion > 0.0),
        "mean motion",
        lambda k: f"{motion[k]:g} rev/day",
        "above 0 rev/day",
        "such as 15.06",
    )
    drop(
        ~((c.eccentricity >= 0.0) & (c.eccentricity < 1.0)),
        "eccentricity",
        lambda k: f"{c.eccentricity[k]:g}",
        "0 to below 1: an orbit that closes",
        "such as 0.0001",
    )
    drop(
        ~((c.inclination >= 0.0) & (c.inclination <= np.pi)),
        "inclination",
        lambda k: f"{np.rad2deg(c.inclination[k]):g} deg",
        "0 to 180 deg",
        "such as 53.05",
    )
    perigee = _perigee(reading, sieve.good)
    drop(
        ~(perigee >= LOWEST_PERIGEE),
        "perigee",
        lambda k: f"{perigee[k] / 1e3:.1f} km above the ground",
        f"at least {LOWEST_PERIGEE / 1e3:g} km: below no satellite completes an orbit",
        "a smaller mean motion or eccentricity",
    )


def _drop_reentering(reading: Reading, file: str, sieve: Sieve) -> None:
    """Take out satellites that are on their way down."""
    perigee = _perigee(reading, sieve.good)
    sieve.drop(
        ~(perigee >= LOWEST_ALTITUDE),
        lambda k: reading.flaw(
            k,
            file,
            "perigee",
            f"{perigee[k] / 1e3:.1f} km: a satellite in re-entry, left out",
            f"at least {LOWEST_ALTITUDE / 1e3:g} km for an orbit that lasts a day",
            "nothing, or a file without it",
        ),
    )


def _drop_older(reading: Reading, file: str, sieve: Sieve) -> None:
    """Take out all but the newest elements of each catalogue number; 0 is none."""
    c = reading.catalogue
    numbered = np.flatnonzero(sieve.good & (c.numbers > 0))
    order = numbered[np.lexsort((numbered, c.epoch[numbered], c.numbers[numbered]))]
    older = np.zeros(c.size, dtype=bool)
    older[order[:-1]] = c.numbers[order[:-1]] == c.numbers[order[1:]]
    sieve.drop(
        older,
        lambda k: reading.flaw(
            k,
            file,
            "catalogue number",
            f"{c.numbers[k]}: older elements of a satellite that the file has newer ones of, left out",
            "each satellite once",
            "nothing, or a file with the newest elements",
        ),
    )


def _perigee(reading: Reading, good: Mask) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Height of the perigee (m), infinite where the orbit is no good."""
    height = np.full(good.size, np.inf)
    height[good] = perigee_altitude(reading.catalogue.take(np.flatnonzero(good)))
    return height


def _first(problems: tuple[Problem, ...], file: str) -> list[Problem]:
    """The first problems, and how many more there are."""
    more = len(problems) - SHOWN
    if more <= 0:
        return list(problems)
    rest = Problem(
        path="more of the same",
        read=f"{more} more bad records, {len(problems)} in all",
        expected="none",
        write="a whole file, or leave the bad records out (skip_bad)",
        file=file,
    )
    return [*problems[:SHOWN], rest]


def _unusable(file: str, read: str, expected: str, write: str = _FETCH) -> Problem:
    return Problem(path="catalogue file", read=read, expected=expected, write=write, file=file)
