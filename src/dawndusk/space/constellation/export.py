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
from dawndusk.core.records import Floats, Ints
from dawndusk.formats.czml import write_czml
from dawndusk.formats.elements_table import write_elements
from dawndusk.formats.oem import write_oem
from dawndusk.formats.omm_messages import APPROXIMATE, write_omm
from dawndusk.formats.tle_lines import write_tle
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.orbit import nodal_period
from dawndusk.physics.motion.precession import j2000_vectors
from dawndusk.physics.motion.secular import states
from dawndusk.physics.motion.sgp4_orbits import states as sgp4_states
from dawndusk.space.constellation.fleet import Fleet

# suffix -> what is written
FORMATS: Final = {
    ".oem": "CCSDS OEM: positions and velocities over a day",
    ".omm": "CCSDS OMM: mean elements (KVN)",
    ".json": "CCSDS OMM: mean elements (JSON)",
    ".tle": "two-line element sets",
    ".czml": "CZML for Cesium: positions over a day",
    ".parquet": "Parquet: a table of mean elements",
}
STEPS: Final = 288  # instants of the day in OEM and CZML: every 300 s
SAMPLE: Final = 200  # satellites, unless asked otherwise


def export(fleet: Fleet, path: str | Path, *, sample: int | None = None, seconds: float | None = None) -> int:
    """Write satellites of a fleet; the suffix says in which format.

    Parameters
    ----------
    fleet : Fleet
        From `space.constellation.fleet.open_fleet`.
    path : str or Path
        Ends with one of `FORMATS`.
    sample : int, optional
        Satellites, spread evenly over all; 200 without, and all of them in Parquet.
    seconds : float, optional
        Start of the day in OEM and CZML, seconds TT since J2000; the elements' epoch without.

    Returns
    -------
    int
        Satellites written.

    Raises
    ------
    UserError
        For an unknown suffix, a sample below 1, or a folder that does not exist.
    """
    target = Path(path)
    if target.suffix not in FORMATS:
        known = "; ".join(f"{suffix} ({words})" for suffix, words in FORMATS.items())
        raise problem("--export", target.name, f"a name that ends with {known}", "--export satellites.czml")
    if not target.absolute().parent.is_dir():
        raise problem("--export", str(target), "a folder that exists", f"--export {target.name}")
    whole = target.suffix == ".parquet"
    usual = fleet.planes.total if whole else SAMPLE
    wanted = usual if sample is None else sample
    catalogue, elements, group = fleet.sample(wanted)
    names = tuple(fleet.groups[k].name for k in group)
    if whole:
        write_elements(target, elements, names=catalogue.names, groups=names)
    elif target.suffix == ".tle":
        write_tle(target, catalogue)
    elif target.suffix in (".omm", ".json"):
        write_omm(target, catalogue, comment="" if fleet.catalogue else APPROXIMATE)
    else:
        begin = fleet.planes.epoch if seconds is None else seconds
        _write_tracks(target, fleet, catalogue, elements, group, begin)
    return group.size


def _write_tracks(
    path: Path, fleet: Fleet, catalogue: Catalogue, elements: Elements, group: Ints, begin: float
) -> None:
    """OEM or CZML of a day from `begin` on."""
    require_memory(elements.size, STEPS)
    instants: Floats = begin + np.arange(STEPS + 1, dtype=np.float64) * (DAY / STEPS)
    places, speeds, frame = _tracks(fleet, catalogue, elements, instants)
    if path.suffix == ".oem":
        write_oem(path, catalogue.names, instants, places, speeds, frame=frame)
        return
    period = float(np.median(nodal_period(fleet.planes.altitude, fleet.planes.inclination)))
    labels = tuple(fleet.groups[k].label for k in group)
    if frame == "TEME":
        places = j2000_vectors(places, instants)
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
