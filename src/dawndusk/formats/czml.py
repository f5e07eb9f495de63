"""CZML: satellites for the globe of Cesium, with their paths, coloured by group.

Layout: *CZML Guide* of CesiumJS (version 1.0 of the format). Cesium takes ``INERTIAL`` for ICRF; vectors of
the equator of date (ours, and TEME of SGP4) must be turned by `physics.motion.precession.j2000_vectors`
first, or they stand 0.36 deg, 44 km, beside where they belong in 2027. No time of day is written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from dawndusk.core.records import Floats
from dawndusk.formats.aside import write_text
from dawndusk.formats.instants import utc_texts
from dawndusk.formats.oem import require_samples

# Okabe & Ito (2008), *Color Universal Design*: told apart with any colour vision
_COLOURS: Final = (
    (230, 159, 0),
    (86, 180, 233),
    (0, 158, 115),
    (240, 228, 66),
    (0, 114, 178),
    (213, 94, 0),
    (204, 121, 167),
)
_SPEED: Final = 60  # seconds of flight in one of watching
_DEGREE: Final = 5  # of the interpolation between samples
_PATH_ALPHA: Final = 90
_POINT: Final = 5  # pixels


def write_czml(
    path: Path,
    names: Sequence[str],
    seconds: Floats,
    positions: Floats,
    *,
    groups: Sequence[str] = (),
    title: str = "dawndusk",
    period: float = 6000.0,
) -> Path:
    """Write a CZML document, in one step; the path.

    Parameters
    ----------
    path : Path
        File to make or replace.
    names : sequence of str
        One for each of the n satellites.
    seconds : array
        Instants (seconds TT since J2000, rising), shape (instants,).
    positions : array
        m, shape (3, n, instants), mean equator and equinox of J2000 (within 1 m of ICRF in low orbit).
    groups : sequence of str
        Group of each satellite: a folder and a colour each; none without.
    title : str
        Name of the document.
    period : float
        Length of the path that is drawn behind a satellite (s).

    Raises
    ------
    UserError
        If shapes do not fit, instants do not rise, or a number is not finite.
    """
    require_samples(names, seconds, positions)
    start, stop = (f"{text}Z" for text in utc_texts(np.asarray(seconds)[[0, -1]]))
    belongs = list(groups) or [""] * len(names)
    colour = {group: _COLOURS[k % len(_COLOURS)] for k, group in enumerate(dict.fromkeys(belongs))}
    folders = [{"id": f"group/{group}", "name": group} for group in colour if group]
    since = np.round(np.asarray(seconds) - seconds[0], 6)
    packets = (
        _satellite(
            k, name, group, _place(since, positions[:, k], start), colour[group], f"{start}/{stop}", period
        )
        for k, (name, group) in enumerate(zip(names, belongs, strict=True))
    )
    lines = (
        json.dumps(packet, separators=(",", ":"))
        for packet in (_document(title, start, stop), *folders, *packets)
    )
    return write_text(path, "[\n" + ",\n".join(lines) + "\n]\n")


def _document(title: str, start: str, stop: str) -> dict[str, Any]:
    clock = {
        "interval": f"{start}/{stop}",
        "currentTime": start,
        "multiplier": _SPEED,
        "range": "LOOP_STOP",
        "step": "SYSTEM_CLOCK_MULTIPLIER",
    }
    return {"id": "document", "name": title, "version": "1.0", "clock": clock}


def _place(since: Floats, positions: Floats, start: str) -> dict[str, Any]:
    """Samples of time and position, to the decimetre."""
    samples = np.vstack([since, np.round(positions, 1)]).T
    return {
        "epoch": start,
        "referenceFrame": "INERTIAL",
        "interpolationAlgorithm": "LAGRANGE",
        "interpolationDegree": min(_DEGREE, len(samples) - 1),
        "cartesian": samples.ravel().tolist(),
    }


def _satellite(
    k: int,
    name: str,
    group: str,
    place: dict[str, Any],
    colour: tuple[int, int, int],
    span: str,
    period: float,
) -> dict[str, Any]:
    parent = {"parent": f"group/{group}"} if group else {}
    line = {"solidColor": {"color": {"rgba": [*colour, _PATH_ALPHA]}}}
    return {
        "id": f"satellite/{k}",
        "name": name,
        **parent,
        "availability": span,
        "position": place,
        "point": {"pixelSize": _POINT, "color": {"rgba": [*colour, 255]}},
        "path": {"width": 1, "leadTime": 0, "trailTime": period, "material": line},
    }
