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
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats, Ints
from dawndusk.formats.instants import seconds_from_texts
from dawndusk.formats.reading import REV_PER_DAY, Mask, Reading, Sieve, numbers

_DEGREE: Final = np.pi / 180.0
_LARGEST: Final = 999_999_999  # nine digits, as the standard has them
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
# the unit of each number, and how else it is written
_UNITS: Final = {
    "MEAN_MOTION": ("rev/day", "rev/d"),
    "ECCENTRICITY": ("1", "", "n/a"),
    "INCLINATION": ("deg", "degrees"),
    "RA_OF_ASC_NODE": ("deg", "degrees"),
    "ARG_OF_PERICENTER": ("deg", "degrees"),
    "MEAN_ANOMALY": ("deg", "degrees"),
    "BSTAR": ("1/er", "1/[er]"),
    "MEAN_MOTION_DOT": ("rev/day**2", "rev/d**2"),
    "MEAN_MOTION_DDOT": ("rev/day**3", "rev/d**3"),
}
# where a message says so at all, it must be this
_DEMANDED: Final = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME", "TEMEOFDATE"),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4", "SGP"),
    "EPHEMERIS_TYPE": ("0", "1", "2"),
}
_TEXTS: Final = ("OBJECT_NAME", "OBJECT_ID", "CLASSIFICATION_TYPE", "EPOCH")
UNKNOWN: Final = "UNKNOWN"  # what the standard writes for no designator
_EXAMPLE: Final = {
    "EPOCH": '"2025-05-24T18:20:22.669728" (UTC)',
    "MEAN_MOTION": "15.06 (rev/day)",
    "ECCENTRICITY": "0.0001348",
    "INCLINATION": "53.05 (deg)",
    "RA_OF_ASC_NODE": "120.5 (deg)",
    "ARG_OF_PERICENTER": "90.1 (deg)",
    "MEAN_ANOMALY": "270.0 (deg)",
    "BSTAR": "0.0002 (0 for no drag)",
    "MEAN_MOTION_DOT": "0.00001 (0 where unknown)",
    "MEAN_MOTION_DDOT": "0",
    "NORAD_CAT_ID": "44714",
    "ELEMENT_SET_NO": "999",
    "REV_AT_EPOCH": "30405",
    "OBJECT_ID": "2019-074B",
    "CLASSIFICATION_TYPE": "U",
    "OBJECT_NAME": "the satellite's name",
}


class Repeated(tuple[Any, ...]):
    """Values that differ under one keyword of one message."""

    __slots__ = ()


def read_json(text: str, file: str) -> Reading:
    """The satellites of an OMM in JSON: a list of messages, or one.

    Raises
    ------
    UserError
        If the text is no JSON, or not made of messages.
    """
    try:
        found = json.loads(text, object_pairs_hook=_fields)
    except json.JSONDecodeError as error:
        near = text.splitlines()[error.lineno - 1 : error.lineno] or [""]
        at = max(0, error.colno - 30)
        raise _unread(
            file, "JSON", f"{error.msg} at '{near[0][at : at + 60]}'", "valid JSON", error.lineno
        ) from None
    except RecursionError:
        raise _unread(file, "JSON", "brackets within brackets without end", "a list of messages", 1) from None
    except ValueError as error:  # a number of more digits than can be read
        raise _unread(file, "JSON", str(error).partition(";")[0], "numbers of a few digits", 1) from None
    rows = found if isinstance(found, list) else [found]
    fields = [row if isinstance(row, dict) else {} for row in rows]
    return _reading(fields, np.zeros(len(rows), dtype=np.int64), file)


def read_csv(text: str, file: str) -> Reading:
    """The satellites of an OMM in CSV: a line of keywords, then a line for each satellite.

    Raises
    ------
    UserError
        If the text is no CSV.
    """
    reader = csv.reader(io.StringIO(text))
    rows: list[Fields] = []
    lines: list[int] = []
    keywords: list[str] = []
    try:
        for cells in reader:
            if keywords and cells:
                rows.append(_fields(zip(keywords, (cell.strip() for cell in cells), strict=False)))
                lines.append(reader.line_num)
            keywords = keywords or [cell.strip() for cell in cells]
    except csv.Error as error:
        raise _unread(file, "CSV", str(error), "values between commas", reader.line_num) from None
    return _reading(rows, np.array(lines, dtype=np.int64), file)


def read_kvn(text: str, file: str) -> Reading:
    """The satellites of OMM in KVN (``KEYWORD = value``), one message after another."""
    messages: list[list[tuple[str, str]]] = []
    starts: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        key, mark, value = line.partition("=")
        keyword = key.strip()
        if keyword == "CCSDS_OMM_VERS":
            messages.append([])
            starts.append(number)
        elif mark and messages and not keyword.startswith("COMMENT"):
            bare, bracket, unit = value.strip().removesuffix("]").partition("[")
            whole = value.strip()
            messages[-1].append((keyword, _said(keyword, whole, bare, unit) if bracket else whole))
    return _reading([_fields(pairs) for pairs in messages], np.array(starts, dtype=np.int64), file)


def read_xml(text: str, file: str) -> Reading:
    """The satellites of OMM in XML (``<omm>``, or many of them in ``<ndm>``).

    Raises
    ------
    UserError
        If the text is no XML, or has a document type of its own.
    """
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        expected = "OMM in XML, which has no document type"
        raise _unread(file, "XML", "a document type, as web pages have", expected, 1)
    try:
        root = ET.fromstring(text)  # noqa: S314 - no entities can be declared without a document type
    except (ET.ParseError, ValueError) as error:
        line = error.position[0] if isinstance(error, ET.ParseError) else 1
        raise _unread(file, "XML", str(error), "valid XML", line) from None
    rows = [
        _fields(_leaf(leaf) for leaf in message.iter() if len(leaf) == 0)
        for message in root.iter()
        if _name(message) == "segment"
    ]
    return _reading(rows, np.zeros(len(rows), dtype=np.int64), file)


def _leaf(leaf: ET.Element) -> tuple[str, str]:
    keyword, value, unit = _name(leaf), (leaf.text or "").strip(), leaf.get("units")
    return keyword, value if unit is None else _said(keyword, f"{value} [{unit}]", value, unit)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(keyword: str, whole: str, bare: str, unit: str) -> str:
    """The number alone where its unit is ours; with another unit all of it, which is no number."""
    plain = unit.lower().replace(" ", "").replace("^", "**")
    return bare.strip() if plain in _UNITS.get(keyword, ()) else whole


def _fields(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A message of keywords and values, with what it says twice and differently."""
    found: dict[str, Any] = {}
    for keyword, value in pairs:
        twice = keyword in found and found[keyword] != value
        found[keyword] = Repeated((found[keyword], value)) if twice else value
    return found


def _unread(file: str, what: str, read: str, expected: str, line: int) -> UserError:
    write = "the whole file fetched anew from its origin"
    return UserError(Problem(path=what, read=read, expected=expected, write=write, file=file, line=line))


def _reading(rows: Sequence[Fields], lines: Ints, file: str) -> Reading:
    """Messages as keywords with texts or numbers -> satellites; the bad ones become problems."""
    sieve = Sieve(len(rows))

    def flaw(keyword: str, expected: str, k: int) -> Problem:
        return _flaw(rows[k], k, keyword, expected, file, int(lines[k]) or None)

    for keyword in (*_TEXTS, *_COUNTS, *_NEEDED, *_SPARED, *_DEMANDED):
        column = [row.get(keyword) for row in rows]
        sieve.drop(_mask(isinstance(x, Repeated) for x in column), partial(flaw, keyword, "one value"))
        sieve.drop(_mask(not _plain(x) for x in column), partial(flaw, keyword, "a number or a text"))
    for keyword in ("OBJECT_NAME", "EPOCH", "NORAD_CAT_ID", *_NEEDED):
        lost = _mask(_blank(row.get(keyword)) for row in rows)
        sieve.drop(lost, partial(flaw, keyword, "this keyword with a value"))
    for keyword, allowed in _DEMANDED.items():
        said = (allowed[0] if _blank(row.get(keyword)) else str(row[keyword]).strip() for row in rows)
        other = _mask(text.upper() not in allowed for text in said)
        sieve.drop(other, partial(flaw, keyword, " or ".join(allowed)))
    values = _numbers(rows, sieve, flaw)
    kept = np.flatnonzero(sieve.good)
    catalogue = _catalogue([rows[k] for k in kept.tolist()], {key: x[kept] for key, x in values.items()})
    problems = tuple(sorted(sieve.problems, key=lambda p: int(p.path.split()[1])))
    return Reading(catalogue=catalogue, records=kept + 1, lines=lines[kept], problems=problems)


def _numbers(
    rows: Sequence[Fields], sieve: Sieve, flaw: Callable[[str, str, int], Problem]
) -> dict[str, Floats]:
    """Numbers by keyword; messages in which one is none are dropped."""
    values = {"EPOCH": seconds_from_texts([row.get("EPOCH") for row in rows])}
    values |= {key: numbers([row.get(key) for row in rows]) for key in _NEEDED}
    values |= {key: numbers([row.get(key) or 0 for row in rows]) for key in (*_SPARED, *_COUNTS)}
    for keyword, column in values.items():
        good, expected = np.isfinite(column), "a UTC date from 1972 to 2100"
        if keyword in _COUNTS:
            good &= (column >= 0.0) & (column <= _LARGEST) & (column == np.floor(column))
            expected = f"a whole number from 0 to {_LARGEST}"
        elif keyword in _UNITS:
            expected = f"a number in {_UNITS[keyword][0]}"
        sieve.drop(~good, partial(flaw, keyword, expected))
    return values


def _flaw(row: Fields, k: int, keyword: str, expected: str, file: str, line: int | None) -> Problem:
    """What is wrong with a message, and what would be right."""
    name = str(row.get("OBJECT_NAME") or row.get("NORAD_CAT_ID") or "no name")[:40]
    value = row.get(keyword)
    read = "nothing" if _blank(value) else repr(value)
    if isinstance(value, Repeated):
        read = " and ".join(map(repr, value))
    example = f"{keyword}: {_EXAMPLE.get(keyword)}"
    if keyword in _DEMANDED:
        example = "SGP4 elements in TEME and UTC from their origin"
    return Problem(
        path=f"record {k + 1} ({name}): {keyword}",
        read=read if len(read) <= 80 else f"{read[:77]}...",
        expected=expected,
        write=f"{example}, or leave this satellite out (skip_bad)",
        file=file,
        line=line,
    )


def _mask(values: Iterable[bool]) -> Mask:
    return np.array(list(values), dtype=bool)


def _plain(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


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
