"""Orbit mean-elements messages (OMM): JSON and CSV as CelesTrak gives them, KVN and XML of CCSDS.

Keywords and units as in CCSDS 502.0-B-3 (2023), *Orbit Data Messages*, sec. 4: rev/day, degrees, UTC. Only
messages of the theory SGP4 (not SGP4-XP) around the Earth in TEME are read: others mean other orbits by the
same keywords.
"""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats, Ints
from dawndusk.formats.instants import seconds_from_texts
from dawndusk.formats.reading import REV_PER_DAY, Reading, Sieve, numbers

_DEGREE: Final = np.pi / 180.0
Fields = Mapping[str, Any]

# keyword -> field of Catalogue and how many of its unit one of the file's is
_NEEDED: Final = {
    "MEAN_MOTION": ("mean_motion", REV_PER_DAY),
    "ECCENTRICITY": ("eccentricity", 1.0),
    "INCLINATION": ("inclination", _DEGREE),
    "RA_OF_ASC_NODE": ("raan", _DEGREE),
    "ARG_OF_PERICENTER": ("argument_of_perigee", _DEGREE),
    "MEAN_ANOMALY": ("mean_anomaly", _DEGREE),
    "BSTAR": ("bstar", 1.0),
}
# what SGP4 does not use may be missing
_SPARED: Final = {
    "MEAN_MOTION_DOT": ("mean_motion_dot", REV_PER_DAY / DAY),
    "MEAN_MOTION_DDOT": ("mean_motion_ddot", REV_PER_DAY / DAY**2),
}
_COUNTS: Final = {
    "NORAD_CAT_ID": "numbers",
    "ELEMENT_SET_NO": "element_sets",
    "REV_AT_EPOCH": "revolutions",
}
# where a message says so at all, it must be this
_DEMANDED: Final = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME", "TEMEOFDATE"),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4", "SGP"),
    "EPHEMERIS_TYPE": ("0", "1", "2"),
}
UNKNOWN: Final = "UNKNOWN"  # what the standard writes for no designator
_EXAMPLE: Final = {
    "EPOCH": '"2025-05-24T18:20:22.669728" (UTC)',
    "MEAN_MOTION": "15.06 (rev/day)",
    "ECCENTRICITY": "0.0001348",
    "BSTAR": "0.0002 (0 for no drag)",
    "NORAD_CAT_ID": "44714",
    "OBJECT_NAME": "the satellite's name",
}


def read_json(text: str, file: str) -> Reading:
    """The satellites of an OMM in JSON: a list of messages, or one.

    Raises
    ------
    UserError
        If the text is no JSON, or not made of messages.
    """
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        near = text.splitlines()[error.lineno - 1 : error.lineno] or [""]
        at = max(0, error.colno - 30)
        raise _unread(
            file, "JSON", f"{error.msg} at '{near[0][at : at + 60]}'", "valid JSON", error.lineno
        ) from None
    rows = found if isinstance(found, list) else [found]
    fields = [row if isinstance(row, dict) else {} for row in rows]
    return _reading(fields, np.zeros(len(rows), dtype=np.int64), file)


def read_csv(text: str, file: str) -> Reading:
    """The satellites of an OMM in CSV: a line of keywords, then a line for each satellite."""
    reader = csv.DictReader(io.StringIO(text))
    rows, lines = [], []
    for row in reader:
        rows.append({str(key).strip(): value for key, value in row.items()})
        lines.append(reader.line_num)
    return _reading(rows, np.array(lines, dtype=np.int64), file)


def read_kvn(text: str, file: str) -> Reading:
    """The satellites of OMM in KVN (``KEYWORD = value``), one message after another."""
    rows: list[dict[str, str]] = []
    starts: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        key, mark, value = line.partition("=")
        keyword = key.strip()
        if keyword == "CCSDS_OMM_VERS":
            rows.append({})
            starts.append(number)
        elif mark and rows and not keyword.startswith("COMMENT"):
            rows[-1][keyword] = re.sub(r"\s*\[.*\]\s*$", "", value).strip()
    return _reading(rows, np.array(starts, dtype=np.int64), file)


def read_xml(text: str, file: str) -> Reading:
    """The satellites of OMM in XML (``<omm>``, or many of them in ``<ndm>``).

    Raises
    ------
    UserError
        If the text is no XML, or has a document type of its own.
    """
    if re.search(r"<!(DOCTYPE|ENTITY)", text[:10000], re.IGNORECASE):
        expected = "OMM in XML, which has no document type"
        raise _unread(file, "XML", "a document type, as web pages have", expected, 1)
    try:
        root = ET.fromstring(text)  # noqa: S314 - no entities can be declared without a document type
    except ET.ParseError as error:
        raise _unread(file, "XML", str(error), "valid XML", error.position[0]) from None
    rows = [
        {leaf.tag.rpartition("}")[2]: (leaf.text or "").strip() for leaf in message.iter() if len(leaf) == 0}
        for message in root.iter()
        if message.tag.rpartition("}")[2] == "segment"
    ]
    return _reading(rows, np.zeros(len(rows), dtype=np.int64), file)


def _unread(file: str, what: str, read: str, expected: str, line: int) -> UserError:
    write = "the whole file fetched anew from its origin"
    return UserError(Problem(path=what, read=read, expected=expected, write=write, file=file, line=line))


def _reading(rows: Sequence[Fields], lines: Ints, file: str) -> Reading:
    """Messages as keywords with texts or numbers -> satellites; the bad ones become problems."""
    sieve = Sieve(len(rows))

    def flaw(keyword: str, expected: str, k: int) -> Problem:
        name = rows[k].get("OBJECT_NAME") or rows[k].get("NORAD_CAT_ID") or "no name"
        return Problem(
            path=f"record {k + 1} ({name}): {keyword}",
            read="nothing" if _blank(rows[k].get(keyword)) else repr(rows[k][keyword]),
            expected=expected,
            write=f"{keyword}: {_EXAMPLE.get(keyword, '53.05')}, or leave this satellite out (skip_bad)",
            file=file,
            line=int(lines[k]) or None,
        )

    for keyword in ("OBJECT_NAME", "EPOCH", "NORAD_CAT_ID", *_NEEDED):
        lost = np.array([_blank(row.get(keyword)) for row in rows], dtype=bool)
        sieve.drop(lost, partial(flaw, keyword, "this keyword with a value"))
    for keyword, allowed in _DEMANDED.items():
        said = [allowed[0] if _blank(row.get(keyword)) else str(row[keyword]).strip() for row in rows]
        other = np.array([text.upper() not in allowed for text in said], dtype=bool)
        sieve.drop(other, partial(flaw, keyword, " or ".join(allowed)))
    values = {"EPOCH": seconds_from_texts([row.get("EPOCH") for row in rows])}
    values |= {key: numbers([row.get(key) for row in rows]) for key in _NEEDED}
    values |= {key: numbers([row.get(key) or 0 for row in rows]) for key in (*_SPARED, *_COUNTS)}
    for keyword, column in values.items():
        expected = "a UTC date from 1972 to 2100" if keyword == "EPOCH" else "a number"
        sieve.drop(~np.isfinite(column), partial(flaw, keyword, expected))
    kept = np.flatnonzero(sieve.good)
    catalogue = _catalogue([rows[k] for k in kept.tolist()], {key: x[kept] for key, x in values.items()})
    problems = tuple(sorted(sieve.problems, key=lambda p: int(p.path.split()[1])))
    return Reading(catalogue=catalogue, records=kept + 1, lines=lines[kept], problems=problems)


def _blank(value: Any) -> bool:
    return value is None or value == ""


def _catalogue(rows: Sequence[Fields], values: Mapping[str, Floats]) -> Catalogue:
    scaled = {name: values[key] * unit for key, (name, unit) in (_NEEDED | _SPARED).items()}
    turn = 2.0 * np.pi
    for angle in ("raan", "argument_of_perigee", "mean_anomaly"):
        scaled[angle] = np.where(
            (scaled[angle] < 0.0) | (scaled[angle] > turn), np.mod(scaled[angle], turn), scaled[angle]
        )
    counts = {name: values[key].astype(np.int64) for key, name in _COUNTS.items()}
    return Catalogue(
        names=tuple(str(row["OBJECT_NAME"]).strip() for row in rows),
        designators=tuple(str(row.get("OBJECT_ID") or "").strip().replace(UNKNOWN, "") for row in rows),
        classifications=tuple(str(row.get("CLASSIFICATION_TYPE") or "U") for row in rows),
        epoch=values["EPOCH"],
        numbers=counts["numbers"],
        element_sets=counts["element_sets"],
        revolutions=counts["revolutions"],
        **scaled,
    )
