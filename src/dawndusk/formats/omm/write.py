"""Orbit mean-elements messages (OMM) as files: JSON and CSV as catalogues publish them, XML or KVN of CCSDS.

A file in KVN holds one message, as CCSDS 502.0-B-3 (2023) has it; many go into one combined message (NDM) in
XML, CCSDS 505.0-B-3 (2023). The date of creation is the latest epoch in the file, not the time of day: the
same satellites give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats
from dawndusk.formats.aside import write_text
from dawndusk.formats.instants import utc_texts
from dawndusk.formats.omm.read import UNKNOWN
from dawndusk.formats.reading import REV_PER_DAY

# the comment for satellites of `physics.motion.sgp4_fit.fitted`
FITTED: Final = "fitted to a secular J2 orbit at the epoch: no drag, some 20 km off a day later"
_METADATA: Final = {
    "CENTER_NAME": "EARTH",
    "REF_FRAME": "TEME",
    "TIME_SYSTEM": "UTC",
    "MEAN_ELEMENT_THEORY": "SGP4",
}
_METADATA_KEYS: Final = ("OBJECT_NAME", "OBJECT_ID", *_METADATA)
_ELEMENT_KEYS: Final = (
    "EPOCH",
    "MEAN_MOTION",
    "ECCENTRICITY",
    "INCLINATION",
    "RA_OF_ASC_NODE",
    "ARG_OF_PERICENTER",
    "MEAN_ANOMALY",
)
_TLE_KEYS: Final = (
    "EPHEMERIS_TYPE",
    "CLASSIFICATION_TYPE",
    "NORAD_CAT_ID",
    "ELEMENT_SET_NO",
    "REV_AT_EPOCH",
    "BSTAR",
    "MEAN_MOTION_DOT",
    "MEAN_MOTION_DDOT",
)
_SCHEMA: Final = "https://sanaregistry.org/r/ndmxml_unqualified/ndmxml-3.0.0-master-3.0.xsd"
_ROOT: Final = (
    f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="{_SCHEMA}"'
)
_VERSION: Final = 'id="CCSDS_OMM_VERS" version="3.0"'


def write_omm(path: Path, catalogue: Catalogue, *, comment: str = "") -> Path:
    """Write an OMM in one step; the path.

    Parameters
    ----------
    path : Path
        File to make or replace: ``.json`` (a list of messages), ``.csv`` or ``.xml``; ``.omm`` is KVN for one
        satellite and XML for many, ``.kvn`` KVN for one.
    catalogue : Catalogue
        Satellites as read, or made of elements by `physics.motion.sgp4_fit.fitted`; for those `comment`
        should be `FITTED`.
    comment : str
        One line for each message; CSV has no place for it.

    Raises
    ------
    UserError
        If the suffix is another, or ``.kvn`` is asked for many satellites.
    """
    if path.suffix not in _WRITERS:
        raise problem(
            "output file", path.name, f"a name that ends in {', '.join(_WRITERS)}", f"{path.stem}.json"
        )
    if path.suffix == ".kvn" and catalogue.size != 1:
        raise problem(
            "output file",
            f"{catalogue.size} satellites in {path.name}",
            "one message in KVN",
            f"{path.stem}.xml",
        )
    return write_text(path, _WRITERS[path.suffix](catalogue, comment=comment))


def omm_json(catalogue: Catalogue, *, comment: str = "") -> str:
    """A JSON list with one message for each satellite."""
    head = {"CCSDS_OMM_VERS": "3.0", **_header(catalogue, comment)}
    messages = (json.dumps(head | fields) for fields in _messages(catalogue))
    return "[\n" + ",\n".join(messages) + "\n]\n"


def omm_kvn(catalogue: Catalogue, *, comment: str = "") -> str:
    """Messages in keyword-value notation, one after another; a file should hold one."""
    head = f"CCSDS_OMM_VERS = 3.0\n{_pairs(_header(catalogue, comment)).replace('COMMENT = ', 'COMMENT ', 1)}"
    return "\n".join(head + _pairs(fields) for fields in _messages(catalogue))


def omm_csv(catalogue: Catalogue, *, comment: str = "") -> str:
    """A line of keywords, then a line for each satellite, as catalogues have it: without a comment."""
    del comment
    text = io.StringIO()
    columns = ("OBJECT_NAME", "OBJECT_ID", *_ELEMENT_KEYS, *_TLE_KEYS)
    table = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(_messages(catalogue))
    return text.getvalue()


def omm_xml(catalogue: Catalogue, *, comment: str = "") -> str:
    """One message in XML, or a combined message (NDM) of many."""
    header = _tag("header", _tags(_header(catalogue, comment)))
    bodies = [header + _body(fields) for fields in _messages(catalogue)]
    start = '<?xml version="1.0" encoding="UTF-8"?>\n'
    if len(bodies) == 1:
        return f"{start}<omm {_ROOT} {_VERSION}>{bodies[0]}</omm>\n"
    return f"{start}<ndm {_ROOT}>\n" + "".join(f"<omm {_VERSION}>{b}</omm>\n" for b in bodies) + "</ndm>\n"


def omm_text(catalogue: Catalogue, *, comment: str = "") -> str:
    """What a file ``.omm`` holds: KVN for one satellite, XML for many."""
    return (omm_kvn if catalogue.size == 1 else omm_xml)(catalogue, comment=comment)


_WRITERS: Final[Mapping[str, Callable[..., str]]] = {
    ".omm": omm_text,
    ".xml": omm_xml,
    ".json": omm_json,
    ".csv": omm_csv,
    ".kvn": omm_kvn,
}


def _header(catalogue: Catalogue, comment: str) -> dict[str, str]:
    said = {"COMMENT": comment} if comment else {}
    return said | {"CREATION_DATE": _created(catalogue), "ORIGINATOR": "DAWNDUSK"}


def _pairs(fields: Mapping[str, Any]) -> str:
    return "".join(f"{key} = {value}\n" for key, value in fields.items())


def _body(fields: Mapping[str, Any]) -> str:
    metadata, elements, rest = (
        _tags({key: fields[key] for key in keys}) for keys in (_METADATA_KEYS, _ELEMENT_KEYS, _TLE_KEYS)
    )
    data = _tag("meanElements", elements) + _tag("tleParameters", rest)
    return _tag("body", _tag("segment", _tag("metadata", metadata) + _tag("data", data)))


def _tags(fields: Mapping[str, Any]) -> str:
    return "".join(_tag(key, escape(str(value))) for key, value in fields.items())


def _tag(name: str, inside: str) -> str:
    return f"<{name}>{inside}</{name}>"


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
