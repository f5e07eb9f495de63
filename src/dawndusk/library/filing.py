"""Constellation files: the shipped ones and the user's, read, checked, all mistakes at once."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dawndusk import ledger
from dawndusk.core.constellation import FORMAT, Constellation, Group
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.ranges import Uncertainty
from dawndusk.core.records import replace
from dawndusk.formats.yaml_document import Document, read_document
from dawndusk.formats.yaml_records import examine, settle
from dawndusk.library.addresses import numbers
from dawndusk.library.find import CONSTELLATIONS, find, first_lines
from dawndusk.library.origins import Origin, origins
from dawndusk.physics.motion.orbit import sun_synchronous_inclination

COUNTS: Final = ("shells", "planes", "satellites")
STAND_IN: Final = math.radians(2.0)  # how far a filed inclination may be from the sun-synchronous one
Finding = tuple[str, object, str, str]  # path, read, expected, write


def built_ins() -> dict[str, str]:
    """Names of the shipped constellations, and the first line of the comment on each."""
    return first_lines(CONSTELLATIONS)


def read_constellation(name: str | Path) -> Constellation:
    """A constellation from the name of a shipped one or from a file.

    Parameters
    ----------
    name : str or path
        ``spacex_2026_05``, or the path of a YAML file.

    Raises
    ------
    UserError
        For an unknown name, or with every mistake in the file at once.
    """
    return read_sourced(name)[0]


def read_sourced(name: str | Path) -> tuple[Constellation, Uncertainty]:
    """As `read_constellation`, with the ledger rows that its numbers come from.

    Raises
    ------
    UserError
        As `read_constellation`.
    """
    source = find(CONSTELLATIONS, name)
    made, uncertainty = read_constellation_text(source.text, source.file)
    explained = frozenset(path for path, _, _ in numbers(made)) if source.shipped else frozenset()
    return made, dataclasses.replace(uncertainty, explained=explained)


def read_constellation_text(text: str, file: str) -> tuple[Constellation, Uncertainty]:
    """As `read_sourced`, from the text of a file; `file` is the name for messages.

    Raises
    ------
    UserError
        With every mistake at once: path, line, what was read and what to write.
    """
    document = read_document(text, file)
    made, problems = examine(Constellation, document, ledger.range_of)
    if made is not None:
        problems += _cross_checks(made, document, {p.path for p in problems})
    if problems or made is None:
        raise UserError(*sorted(problems, key=lambda p: (p.line or 0, p.path)))
    plain, uncertainty = settle(made)
    if uncertainty.ranges:
        raise UserError(*(_ranged(document, path) for path in uncertainty.ranges))
    return _whole(plain), uncertainty


def constellation_origins(name: str | Path) -> tuple[Origin, ...]:
    """Where every number of a constellation comes from; addresses begin with ``constellations.NAME``.

    Raises
    ------
    UserError
        As `read_constellation`.
    """
    return tuple(origins(*read_sourced(name), under=constellation_address(name)))


def constellation_address(name: str | Path) -> str:
    """What the addresses of a constellation's numbers begin with: of a file only its name is kept."""
    return f"constellations.{Path(name).stem}"


def constellation_text(name: str | Path) -> tuple[str, str]:
    """Text of a shipped constellation or of a file, and the name to print in messages.

    Raises
    ------
    UserError
        As `find`.
    """
    source = find(CONSTELLATIONS, name)
    return source.text, source.file


def _cross_checks(made: Constellation, document: Document, known: set[str]) -> list[Problem]:
    found = []
    for path, read, expected, write in findings(made):
        if not any(path == k or path.startswith(f"{k}.") for k in known):
            found.append(document.problem(document.position(path), read, expected, write))
    return found


def findings(made: Constellation) -> Iterator[Finding]:
    """What contradicts itself in a constellation whose single values are all in range.

    Yields
    ------
    tuple
        Dotted path, what was read, what was expected, what to write.
    """
    if made.format != FORMAT:
        yield "format", made.format, f"the format {FORMAT}", f"format: {FORMAT}"
    if not made.groups:
        yield "groups", "no groups", "at least one group of shells", "groups: with lines that begin with '- '"
    names = [group.name for group in made.groups]
    for i, group in enumerate(made.groups):
        if not group.name or "." in group.name:
            yield f"groups.{i}", f"name '{group.name}'", "a name without dots", f"name: group-{i + 1}"
        elif group.name in names[:i]:
            yield "groups", f"'{group.name}' twice", "a name of its own for each group", "another name"
        else:
            yield from _group_findings(group, f"groups.{group.name}")
    yield from _cap_findings(made)


def _cap_findings(made: Constellation) -> Iterator[Finding]:
    filed = sum(group.filed for group in made.groups)
    if made.cap > filed:
        yield (
            "cap",
            f"{made.cap:,.0f}",
            f"at most the {filed:,.0f} satellites of all groups together",
            f"{filed:.0f}, or 0 for no cap",
        )
    elif made.cap != int(made.cap if math.isfinite(made.cap) else 0):
        yield "cap", f"{made.cap:g}", "a whole number", f"{round(made.cap)}"


def _group_findings(group: Group, at: str) -> Iterator[Finding]:
    for name in COUNTS:
        value = getattr(group, name)
        if math.isfinite(value) and value != int(value):
            yield f"{at}.{name}", f"{value:g}", "a whole number", f"{max(1, round(value))}"
    yield from _order_findings(group, at)
    if group.arrangement == "cluster" and (group.shells, group.planes) != (1, 1):
        read = f"{group.shells:g} shells x {group.planes:g} planes"
        yield f"{at}.arrangement", read, "one shell with one plane for a cluster", "shells: 1 and planes: 1"
    if group.sun_synchronous:
        yield from _sun_synchronous_findings(group, at)


def _order_findings(group: Group, at: str) -> Iterator[Finding]:
    low, high = group.altitude_low, group.altitude_high
    text = f"{low / 1e3:g} to {high / 1e3:g} km"
    if low > high:
        yield (
            f"{at}.altitude_low",
            text,
            "altitude_low at or below altitude_high",
            f"altitude_low: {high / 1e3:g} km, altitude_high: {low / 1e3:g} km",
        )
    elif low < high and group.shells == 1:
        yield f"{at}.shells", f"1 shell at {text}", "one altitude for one shell", "both altitudes the same"
    elif low == high and group.shells > 1:
        expected = "a lowest and a highest shell that differ, or one shell"
        yield f"{at}.shells", f"{group.shells:g} shells all at {low / 1e3:g} km", expected, "shells: 1"
    tilts = [math.degrees(x) for x in (group.inclination_low, group.inclination_high)]
    if tilts[0] > tilts[1]:
        yield (
            f"{at}.inclination_low",
            f"{tilts[0]:g} to {tilts[1]:g} deg",
            "inclination_low at or below inclination_high",
            f"inclination_low: {tilts[1]:g} deg, inclination_high: {tilts[0]:g} deg",
        )


def _sun_synchronous_findings(group: Group, at: str) -> Iterator[Finding]:
    for side in ("low", "high") if group.altitude_high > group.altitude_low else ("low",):
        altitude, filed = getattr(group, f"altitude_{side}"), getattr(group, f"inclination_{side}")
        if not (math.isfinite(altitude) and math.isfinite(filed)):
            continue
        try:
            true = float(sun_synchronous_inclination(altitude))
        except UserError as error:
            for p in error.problems:
                yield f"{at}.altitude_{side}", p.read, p.expected, "a lower one, or sun_synchronous: false"
            return
        if abs(true - filed) > STAND_IN:
            yield (
                f"{at}.inclination_{side}",
                f"{math.degrees(filed):g} deg at {altitude / 1e3:g} km, and sun_synchronous: true",
                f"about {math.degrees(true):.1f} deg, or an orbit that is not sun-synchronous",
                f"{math.degrees(true):.1f} deg, or sun_synchronous: false",
            )


def _ranged(document: Document, path: str) -> Problem:
    return document.problem(
        document.position(path),
        "a range",
        "one number: a constellation is read without ranges",
        "the middle one of the three",
    )


def _whole(made: Constellation) -> Constellation:
    """The counts as whole numbers: units read every number as a float."""
    groups = tuple(replace(g, **{name: int(getattr(g, name)) for name in COUNTS}) for g in made.groups)
    return replace(made, cap=int(made.cap), groups=groups)
