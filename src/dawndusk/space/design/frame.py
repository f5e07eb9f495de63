"""What a search for the best satellite is held against: a design to start from, prices at a date, orbits.

Light, dose, drag, disposal and damage are tabulated over altitude by the physics
that owns them, prices come from a scenario as `supply.in_service`
has them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, record, replace
from dawndusk.core.scenario.numbers import AS_IN_LEDGER
from dawndusk.core.scenario.orbit import Launch
from dawndusk.library.design import presets, read_design
from dawndusk.library.read import read, shipped, text_of
from dawndusk.physics.environment.disposal import disposal_delta_v
from dawndusk.physics.environment.drag import drag_delta_v
from dawndusk.physics.spacecraft.cell_damage import damage_ratio
from dawndusk.physics.spacecraft.cells import cell
from dawndusk.physics.spacecraft.conditions import Conditions, conditions
from dawndusk.physics.spacecraft.design import Design
from dawndusk.space.sheet import YEAR_OF_SUN
from dawndusk.supply.in_service import ServiceTerms, terms_of
from dawndusk.supply.satellite import EVEN_PLANES, payload

Kind = Literal["dawn-dusk", "inclined"]

DEFAULT: Final = "colossus"  # whose prices count for a preset
LOWEST: Final = number("searched_lowest_altitude")  # m
HIGHEST: Final = number("searched_highest_altitude")  # m
LEVELS: Final = 43  # altitudes of the tables
TILT: Final = np.deg2rad(number("searched_inclination"))  # of the inclined variant
CELLS: Final = ("silicon", "thin silicon", "III-V")


@record
class Orbits:
    """What orbits of one kind do to a satellite, by altitude; arrays with altitudes last, (..., LEVELS).

    Parameters
    ----------
    altitude : m
    conditions : Conditions
        For the closure, as `physics.spacecraft.conditions` has them for each altitude.
    damage : mapping of str to array
        To cells of each kind in `CELLS`, logarithm (`Conditions.damage`).
    payload, disposal : kg, m/s
        Of one launch; to leave orbit at the end.
    drag : array
        Logarithm of m/s per s and m2/kg, at mean activity.
    """

    altitude: Floats
    conditions: Conditions
    damage: Mapping[str, Floats]
    payload: Floats
    disposal: Floats
    drag: Floats


@record
class Frame:
    """All that a candidate is judged by.

    Parameters
    ----------
    design : Design
        The start: margins, optics, limits of chips and dose, what is not varied.
    terms : ServiceTerms
    orbits : mapping of str to Orbits
        By kind.
    """

    design: Design
    terms: ServiceTerms
    orbits: Mapping[Kind, Orbits]


def frame(name: str) -> Frame:
    """The frame of a scenario (its first satellite option is the start) or of a preset or design file.

    Parameters
    ----------
    name : str
        Shipped scenario, preset, or file of either. A preset takes its prices from `DEFAULT`.

    Raises
    ------
    UserError
        For an unknown name, a wrong file, or a scenario without satellites.
    """
    if _is_scenario(name):
        study = read(name)
        scenario = study.scenario
        if not scenario.orbit.satellites:
            raise problem(
                "orbit.satellites", "no satellite", "at least one satellite to start from", f"see {DEFAULT}"
            )
        option = scenario.orbit.satellites[0]
        design = study.designs[option.design]
    else:
        design, _ = read_design(name)
        scenario = read(DEFAULT).scenario
        option = next((x for x in scenario.orbit.satellites if x.design == name), None)  # type: ignore[assignment]
    terms = terms_of(scenario, option)
    return Frame(design=design, terms=terms, orbits=orbits_for(terms.launch))


def _is_scenario(name: str) -> bool:
    """Whether a name is a scenario's rather than a design's.

    Raises
    ------
    UserError
        If it is neither.
    """
    if name in shipped():
        return True
    if name in presets():
        return False
    if not Path(name).is_file():
        known = f"a scenario ({', '.join(shipped())}), a satellite ({', '.join(presets())}), or a file"
        raise problem("SCENARIO|PRESET", name, known, DEFAULT)
    return any(line.startswith("format: dawndusk-scenario") for line in text_of(name)[0].splitlines())


def orbits_for(launch: Launch) -> dict[Kind, Orbits]:
    """Tables over altitude for both kinds of orbit."""
    kinds: tuple[Kind, ...] = ("dawn-dusk", "inclined")
    return {kind: _orbits(kind, launch) for kind in kinds}


def _orbits(kind: Kind, launch: Launch) -> Orbits:
    place = _conditions(kind)
    height, tilt = np.asarray(place.altitude), np.asarray(place.inclination)
    return Orbits(
        altitude=height,
        conditions=place,
        damage={name: np.log(damage_ratio(height, tilt, cell(name))) for name in CELLS},
        payload=np.array(
            [payload(launch, h, i) for h, i in zip(height.tolist(), tilt.tolist(), strict=True)]
        ),
        disposal=np.asarray(disposal_delta_v(height)),
        drag=np.log(drag_delta_v(height, 1.0, AS_IN_LEDGER.drag_coefficient)),
    )


@cache
def _conditions(kind: Kind) -> Conditions:
    """Conditions at all altitudes as one record; an inclined orbit is a shell of planes at all nodes."""
    tilt = None if kind == "dawn-dusk" else TILT
    nodes = None if kind == "dawn-dusk" else tuple(2.0 * np.pi * k / EVEN_PLANES for k in range(EVEN_PLANES))
    each = [
        conditions(height, tilt, nodes, year=YEAR_OF_SUN, technology=CELLS[0])
        for height in np.linspace(LOWEST, HIGHEST, LEVELS).tolist()
    ]
    found: Conditions = _together(each)
    return replace(found, dose=replace(found.dose, thickness=each[0].dose.thickness))


def _together(rows: list[Any]) -> Any:
    """Records of numbers as one record of arrays, with the rows last."""
    if not dataclasses.is_dataclass(rows[0]):
        return np.stack([np.asarray(x, dtype=np.float64) for x in rows], axis=-1)
    names = [x.name for x in dataclasses.fields(rows[0])]
    return replace(rows[0], **{name: _together([getattr(x, name) for x in rows]) for name in names})
