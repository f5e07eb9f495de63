"""Some satellites of a constellation as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import numpy as np

from dawndusk.core import time
from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import problem
from dawndusk.core.memory import require_memory
from dawndusk.core.records import Floats, Ints, replace
from dawndusk.formats.czml import write_czml
from dawndusk.formats.elements_table import write_elements
from dawndusk.formats.oem import write_oem
from dawndusk.formats.omm.write import FITTED, write_omm
from dawndusk.formats.tle import LARGEST_NUMBER, write_tle
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.orbit import nodal_period
from dawndusk.physics.motion.precession import j2000_vectors, vectors_of_date
from dawndusk.physics.motion.secular import advanced, states
from dawndusk.physics.motion.sgp4_fit import fitted
from dawndusk.physics.motion.sgp4_orbits import states as sgp4_states
from dawndusk.space.constellation.fleet import Fleet

# suffix -> what is written
FORMATS: Final = {
    ".zip": "CCSDS OEM, a file for each satellite: positions and velocities over a day",
    ".oem": "CCSDS OEM of one satellite: positions and velocities over a day",
    ".omm": "CCSDS OMM: mean elements (KVN of one satellite, XML of many)",
    ".xml": "CCSDS OMM: mean elements (XML)",
    ".json": "CCSDS OMM: mean elements (JSON)",
    ".csv": "CCSDS OMM: mean elements (CSV)",
    ".tle": "two-line element sets",
    ".czml": "CZML for Cesium: positions over a day",
    ".parquet": "Parquet: a table of mean elements",
}
STEPS: Final = 288  # instants of the day in OEM and CZML: every 300 s
SAMPLE: Final = 200  # satellites, unless asked otherwise
FIRST_IN_TLE: Final = 270000  # T0000 in Alpha-5: numbers that no catalogue will reach for decades
_SGP4: Final = "by SGP4 from the mean elements as read"
_SECULAR: Final = "secular J2 theory: no drag, no short-period terms (up to 18 km)"


def export(fleet: Fleet, path: str | Path, *, seconds: float, sample: int | None = None) -> int:
    """Write satellites of a fleet; the suffix says in which format.

    Parameters
    ----------
    fleet : Fleet
        From `space.constellation.fleet.open_fleet`.
    path : str or Path
        Ends with one of `FORMATS`.
    seconds : float
        Instant, seconds TT since J2000: start of the day in OEM and CZML, and epoch of the elements of a
        filed constellation. Elements that were read are written as they were.
    sample : int, optional
        Satellites, spread evenly over all; 200 without, and all of them in Parquet.

    Returns
    -------
    int
        Satellites written.

    Raises
    ------
    UserError
        For an unknown suffix, a sample below 1, a folder that does not exist, or satellites that the format
        cannot hold.
    """
    target = Path(path)
    require_exportable(fleet, target, sample)
    whole = target.suffix == ".parquet"
    usual = fleet.planes.total if whole else SAMPLE
    catalogue, elements, group = fleet.sample(usual if sample is None else sample)
    if whole:
        names = tuple(fleet.groups[k].name for k in group)
        standing = elements if fleet.catalogue else advanced(elements, seconds)
        write_elements(target, standing, names=catalogue.names, groups=names)
    elif target.suffix in (".oem", ".zip", ".czml"):
        _write_tracks(target, fleet, catalogue, elements, group, seconds)
    else:
        _write_mean_elements(target, fleet, catalogue, elements, seconds)
    return group.size


def require_exportable(fleet: Fleet, path: str | Path, sample: int | None = None) -> None:
    """Raise a UserError for what `export` would refuse whatever the orbits: to be asked before long work.

    Parameters
    ----------
    fleet, path, sample : Fleet, str or Path, int
        As for `export`.
    """
    target = Path(path)
    if target.suffix not in FORMATS:
        known = "; ".join(f"{suffix} ({words})" for suffix, words in FORMATS.items())
        raise problem("--export", target.name, f"a name that ends with {known}", "--export satellites.czml")
    if not target.absolute().parent.is_dir():
        raise problem("--export", str(target), "a folder that exists", f"--export {target.name}")
    if target.suffix == ".oem" and min(fleet.planes.total, SAMPLE if sample is None else sample) > 1:
        raise problem(
            "--export",
            f"more than one satellite for {target.name}",
            "one, which is all that an OEM may hold",
            f"--export {target.with_suffix('.zip')}, one message each, or --sample 1",
        )


def _write_mean_elements(
    path: Path, fleet: Fleet, catalogue: Catalogue, elements: Elements, at: float
) -> None:
    """TLE or OMM: as read, or fitted to our orbits at the instant."""
    ours = not fleet.catalogue
    if ours:
        catalogue = fitted(advanced(elements, at), catalogue.names, catalogue.numbers)
    if path.suffix != ".tle":
        write_omm(path, catalogue, comment=FITTED if ours else "")
        return
    if ours:
        room = LARGEST_NUMBER - FIRST_IN_TLE + 1
        if catalogue.size > room:
            raise problem(
                "--sample", catalogue.size, f"at most {room:,} numbers that a TLE has free", "--export a.json"
            )
        catalogue = replace(catalogue, numbers=FIRST_IN_TLE + np.arange(catalogue.size))
    write_tle(path, catalogue)


def _write_tracks(
    path: Path, fleet: Fleet, catalogue: Catalogue, elements: Elements, group: Ints, begin: float
) -> None:
    """OEM or CZML of a day from `begin` on."""
    require_memory(elements.size, STEPS)
    instants: Floats = begin + np.arange(STEPS + 1, dtype=np.float64) * (DAY / STEPS)
    places, speeds, frame = _tracks(fleet, catalogue, elements, instants)
    if path.suffix != ".czml":
        write_oem(
            path, catalogue.names, instants, places, speeds, frame=frame, designators=catalogue.designators,
            comment=_SGP4 if fleet.catalogue else _SECULAR,
        )  # fmt: skip
        return
    period = float(np.median(nodal_period(fleet.planes.altitude, fleet.planes.inclination)))
    labels = tuple(fleet.groups[k].label for k in group)
    if frame == "TEME":
        places = j2000_vectors(vectors_of_date(places, instants), instants)
    write_czml(path, catalogue.names, instants, places, groups=labels, title=fleet.title, period=period)


def _tracks(
    fleet: Fleet, catalogue: Catalogue, elements: Elements, instants: Floats
) -> tuple[Floats, Floats, Literal["TEME", "EME2000"]]:
    """Positions and velocities, shape (3, n, T), and their frame: SGP4 for real elements, else J2."""
    if fleet.catalogue:
        found = sgp4_states(catalogue, instants)
        return found.positions, found.velocities, "TEME"
    tracks = [states(elements, float(at)) for at in instants]
    places, speeds = (np.stack(part, axis=-1) for part in zip(*tracks, strict=True))
    return j2000_vectors(places, instants), j2000_vectors(speeds, instants), "EME2000"


def instant_of(fleet: Fleet, year: int, text: str | None) -> float:
    """The instant of pictures and exports: as asked for, or 20 March of a year, or that of the elements read.

    Parameters
    ----------
    fleet : Fleet
        What flies.
    year : int
        Calendar year of the light.
    text : str, optional
        As for `read_instant`.
    """
    if text is not None:
        return read_instant(text)
    return fleet.planes.epoch if fleet.catalogue else read_instant(f"{year}-03-20T12:00")


def read_instant(text: str) -> float:
    """Seconds TT since J2000 of a UTC date such as ``2027-03-20T12:00``.

    Raises
    ------
    UserError
        With what to write instead.
    """
    try:
        return float(time.seconds_from_utc(text))
    except ValueError:
        raise problem("--at", text, "a UTC date, with or without time", "--at 2027-03-20T12:00") from None
