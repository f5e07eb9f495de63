"""Satellite designs: the shipped ones and the user's, read, with ranges and origins."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Literal

from dawndusk import ledger
from dawndusk.core.errors import problem
from dawndusk.core.ranges import Distribution, Uncertainty
from dawndusk.core.records import replace, units_of
from dawndusk.core.units import UnitError
from dawndusk.formats.yaml_records import read_record
from dawndusk.library.addresses import numbers
from dawndusk.library.find import SATELLITES, Source, find, first_lines
from dawndusk.library.origins import Origin, origins
from dawndusk.physics.spacecraft.design import Design, Orbit

Strategy = Literal["battery", "shed"]


def presets() -> dict[str, str]:
    """Names of the shipped designs, and the first line of the comment on each."""
    return first_lines(SATELLITES)


def read_design(name: str) -> tuple[Design, dict[str, Distribution]]:
    """A design and its ranges from a preset's name or a file.

    Parameters
    ----------
    name : str
        Name of a preset, or path of a YAML file.

    Raises
    ------
    UserError
        For an unknown name, or with every mistake in the file at once.
    """
    design, uncertainty = read_sourced(name)
    return design, dict(uncertainty.ranges)


def read_sourced(name: str) -> tuple[Design, Uncertainty]:
    """As `read_design`, with the ledger rows that its numbers come from.

    Raises
    ------
    UserError
        As `read_design`.
    """
    return settled(find(SATELLITES, name))


def settled(source: Source) -> tuple[Design, Uncertainty]:
    """The design of a text that was found.

    Raises
    ------
    UserError
        With every mistake in the text at once.
    """
    design, uncertainty = read_record(Design, source.text, source.file, ledger.range_of)
    explained = frozenset(path for path, _, _ in numbers(design)) if source.shipped else frozenset()
    return design, dataclasses.replace(uncertainty, explained=explained)


def design_origins(name: str) -> tuple[Origin, ...]:
    """Where every number of a design comes from; addresses begin with ``satellites.NAME``.

    Raises
    ------
    UserError
        As `read_design`.
    """
    return tuple(origins(*read_sourced(name), under=design_address(name)))


def design_address(name: str) -> str:
    """What the addresses of a design's numbers begin with: of a file only its name is kept."""
    return f"satellites.{Path(name).stem}"


def design_text(name: str) -> tuple[str, str]:
    """Text of a preset or file, and the name to print in messages.

    Raises
    ------
    UserError
        As `find`.
    """
    source = find(SATELLITES, name)
    return source.text, source.file


def read_altitude(text: str) -> float:
    """An altitude, m, from text such as ``650 km``.

    Raises
    ------
    UserError
        With what to write instead.
    """
    try:
        return units_of(Orbit)["altitude"].read(text)
    except UnitError as error:
        raise problem("--altitude", text, error.expected, "'650 km' (250 to 2,500 km)") from None


def with_options(design: Design, *, altitude: float | None = None, eclipse: Strategy | None = None) -> Design:
    """The design in another altitude (m) or with another answer to shadow."""
    if altitude is not None:
        design = replace(design, orbit=replace(design.orbit, altitude=altitude))
    if eclipse is not None:
        design = replace(design, battery=replace(design.battery, eclipse=eclipse))
    return design
