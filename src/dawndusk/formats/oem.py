"""Orbit ephemeris messages (OEM) in KVN, as in CCSDS 502.0-B-3 (2023), *Orbit Data Messages*, sec. 5.

A message is of one object (sec. 5.1.3); many satellites are a zip of messages, one file each.

The frame is said as it is: ``TEME`` for what SGP4 gives, ``EME2000`` for our own orbits once
`physics.motion.precession.j2000_vectors` has turned them from the equator of date. The date of creation is
the first instant of the ephemeris, not the time of day: the same orbits give the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats
from dawndusk.formats.aside import aside, write_text
from dawndusk.formats.instants import utc_texts
from dawndusk.formats.omm.read import UNKNOWN

Frame = Literal["TEME", "EME2000"]
_KM: Final = 1e3  # m
_DEGREE: Final = 7  # of the interpolation that readers are told to use


def write_oem(
    path: Path,
    names: Sequence[str],
    seconds: Floats,
    positions: Floats,
    velocities: Floats,
    *,
    frame: Frame,
    designators: Sequence[str] = (),
    comment: str = "",
) -> Path:
    """Write an OEM of one satellite, or a zip of one for each, in one step; the path.

    Parameters
    ----------
    path : Path
        File to make or replace: ``.zip`` for any number of satellites, ``.oem`` or another name for one.
    names : sequence of str
        One for each of the n satellites.
    seconds : array
        Instants (seconds TT since J2000, rising), shape (instants,); at least one. Written as UTC.
    positions, velocities : array
        m and m/s, shape (3, n, instants), in `frame`.
    frame : {"TEME", "EME2000"}
        What the vectors refer to.
    designators : sequence of str
        International designators; ``UNKNOWN`` is written without.
    comment : str
        One line on where the orbits come from and how wrong they may be.

    Raises
    ------
    UserError
        If shapes do not fit, instants do not rise, a number is not finite, or many satellites were to go into
        one message.
    """
    require_samples(names, seconds, positions, velocities)
    if path.suffix != ".zip" and len(names) > 1:
        raise problem(
            "OEM",
            f"{len(names)} satellites for {path.name}",
            "one satellite, which is all that a message may hold",
            f"{path.stem}.zip, one message each, or --sample 1",
        )
    moments = utc_texts(seconds).tolist()
    known = [text or UNKNOWN for text in designators] or [UNKNOWN] * len(names)
    said = f"COMMENT {comment}\n" if comment else ""
    head = f"CCSDS_OEM_VERS = 3.0\n{said}CREATION_DATE = {moments[0]}\nORIGINATOR = DAWNDUSK\n\n"
    vectors = np.concatenate([positions, velocities]) / _KM
    texts = (
        head + _metadata(name, designator, frame, moments) + _ephemeris(moments, vectors[:, k])
        for k, (name, designator) in enumerate(zip(names, known, strict=True))
    )
    if path.suffix == ".zip":
        return _write_zip(path, names, texts)
    return write_text(path, next(texts))


def _write_zip(path: Path, names: Sequence[str], texts: Iterable[str]) -> Path:
    """Files in a zip, named by number and satellite; no time of day in it."""
    width = len(str(len(names)))
    with aside(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for k, (name, text) in enumerate(zip(names, texts, strict=True), start=1):
            plain = re.sub(r"[^A-Za-z0-9.-]+", "_", name).strip("_.")[:60]
            packed.writestr(zipfile.ZipInfo(f"{k:0{width}d}_{plain}.oem"), text, zipfile.ZIP_DEFLATED)
    return path


def require_samples(names: Sequence[str], seconds: Floats, *vectors: Floats) -> None:
    """Raise a UserError unless these are vectors of (3, names, rising instants), all finite."""
    shape = (3, len(names), np.size(seconds))
    for values in vectors:
        if values.shape != shape or 0 in shape:
            raise problem(
                "satellites", f"vectors of shape {values.shape}", f"{shape} for these names", "such vectors"
            )
        if not np.isfinite(values).all():
            name = names[int(np.argmax(~np.isfinite(values).all(axis=(0, 2))))]
            raise problem(name, "a position that is no number", "finite numbers", "a sample without it")
    if not (np.isfinite(seconds).all() and (np.diff(seconds) > 0.0).all()):
        raise problem("instants", "instants that do not rise", "rising instants", "each instant once")


def _metadata(name: str, designator: str, frame: Frame, moments: Sequence[str]) -> str:
    fields = {
        "OBJECT_NAME": name,
        "OBJECT_ID": designator,
        "CENTER_NAME": "EARTH",
        "REF_FRAME": frame,
        "TIME_SYSTEM": "UTC",
        "START_TIME": moments[0],
        "STOP_TIME": moments[-1],
    }
    if len(moments) > _DEGREE:
        fields |= {"INTERPOLATION": "LAGRANGE", "INTERPOLATION_DEGREE": str(_DEGREE)}
    return "META_START\n" + "".join(f"{key} = {value}\n" for key, value in fields.items()) + "META_STOP\n\n"


def _ephemeris(moments: Sequence[str], vectors: Floats) -> str:
    """Lines of epoch, position (km, to the millimetre) and velocity (km/s, to the micrometre per second)."""
    return "".join(
        f"{moment} {x:.6f} {y:.6f} {z:.6f} {u:.9f} {v:.9f} {w:.9f}\n"
        for moment, (x, y, z, u, v, w) in zip(moments, vectors.T.tolist(), strict=True)
    )
