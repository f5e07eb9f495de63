"""Orbit mean-elements messages (OMM) as files: JSON in the manner of CelesTrak, or KVN of CCSDS.

The date of creation is the latest epoch in the file, not the time of day: the same satellites give the same
bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats
from dawndusk.formats.aside import write_text
from dawndusk.formats.instants import utc_texts
from dawndusk.formats.omm import UNKNOWN
from dawndusk.formats.reading import REV_PER_DAY

# the comment for satellites of `physics.motion.sgp4_orbits.as_catalogue`
APPROXIMATE: Final = "elements of secular J2 theory as SGP4 takes them: no drag, 18 km off within a day"
_METADATA: Final = {
    "CENTER_NAME": "EARTH",
    "REF_FRAME": "TEME",
    "TIME_SYSTEM": "UTC",
    "MEAN_ELEMENT_THEORY": "SGP4",
}


def write_omm(path: Path, catalogue: Catalogue, *, comment: str = "") -> Path:
    """Write an OMM in one step; the path.

    Parameters
    ----------
    path : Path
        File to make or replace: ``.json`` for JSON (a list of messages), ``.kvn``, ``.omm`` or ``.txt`` for
        KVN (one message after another).
    catalogue : Catalogue
        Satellites as read, or made of elements by `physics.motion.sgp4_orbits.as_catalogue`; for those
        `comment` should be `APPROXIMATE`.
    comment : str
        One line for each message.

    Raises
    ------
    UserError
        If the suffix is another.
    """
    if path.suffix == ".json":
        return write_text(path, omm_json(catalogue, comment=comment))
    if path.suffix in {".kvn", ".omm", ".txt"}:
        return write_text(path, omm_kvn(catalogue, comment=comment))
    raise problem("output file", path.name, "a name that ends in .json or .kvn", f"{path.stem}.json")


def omm_json(catalogue: Catalogue, *, comment: str = "") -> str:
    """A JSON list with one message for each satellite."""
    said = {"COMMENT": comment} if comment else {}
    head = {"CCSDS_OMM_VERS": "3.0", **said, "CREATION_DATE": _created(catalogue), "ORIGINATOR": "DAWNDUSK"}
    messages = (json.dumps(head | fields) for fields in _messages(catalogue))
    return "[\n" + ",\n".join(messages) + "\n]\n"


def omm_kvn(catalogue: Catalogue, *, comment: str = "") -> str:
    """One message in keyword-value notation for each satellite."""
    said = f"COMMENT {comment}\n" if comment else ""
    head = f"CCSDS_OMM_VERS = 3.0\n{said}CREATION_DATE = {_created(catalogue)}\nORIGINATOR = DAWNDUSK\n"
    return "\n".join(
        head + "".join(f"{key} = {value}\n" for key, value in fields.items())
        for fields in _messages(catalogue)
    )


def _created(catalogue: Catalogue) -> str:
    return str(utc_texts(catalogue.epoch.max())) if catalogue.size else "2000-01-01T12:00:00"


def _messages(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Keywords and values of each satellite, in the order of the standard."""
    c, n, day = catalogue, catalogue.size, 1.0 / REV_PER_DAY
    columns: dict[str, Sequence[Any]] = {
        "OBJECT_NAME": c.names,
        "OBJECT_ID": [designator or UNKNOWN for designator in c.designators],
        **{key: (value,) * n for key, value in _METADATA.items()},
        "EPOCH": utc_texts(c.epoch).tolist(),
        "MEAN_MOTION": _rounded(c.mean_motion * day),
        "ECCENTRICITY": c.eccentricity.tolist(),
        "INCLINATION": _rounded(np.rad2deg(c.inclination)),
        "RA_OF_ASC_NODE": _rounded(np.rad2deg(c.raan)),
        "ARG_OF_PERICENTER": _rounded(np.rad2deg(c.argument_of_perigee)),
        "MEAN_ANOMALY": _rounded(np.rad2deg(c.mean_anomaly)),
        "EPHEMERIS_TYPE": (0,) * n,
        "CLASSIFICATION_TYPE": c.classifications,
        "NORAD_CAT_ID": c.numbers.tolist(),
        "ELEMENT_SET_NO": c.element_sets.tolist(),
        "REV_AT_EPOCH": c.revolutions.tolist(),
        "BSTAR": c.bstar.tolist(),
        "MEAN_MOTION_DOT": _rounded(c.mean_motion_dot * day * DAY),
        "MEAN_MOTION_DDOT": _rounded(c.mean_motion_ddot * day * DAY**2),
    }
    return (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _rounded(values: Floats) -> list[float]:
    """To 14 digits: what a change of units and back adds disappears, nothing that matters does."""
    return [float(f"{value:.14g}") for value in values.tolist()]
