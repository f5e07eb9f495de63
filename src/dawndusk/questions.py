"""The questions of the workbench from Python: one satellite, a search, a constellation, an orbit, a link.

Each answers with an `Reply`: a mapping of what ``--json`` prints, tables for pandas, a notebook view, and
the fields of the record behind it. Quantities may be numbers in SI or text with a unit (``"650 km"``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dawndusk.core.errors import problem
from dawndusk.core.units import Unit, UnitError
from dawndusk.report.reply import Reply

Quantity = float | str


def satellite(
    name: str,
    *,
    altitude: Quantity | None = None,
    eclipse: Literal["battery", "shed"] | None = None,
    workload: str = "text",
    scenario: str = "colossus",
) -> Reply:
    """A satellite closed in its orbit, and what it costs and computes in service.

    Parameters
    ----------
    name : str
        A shipped design (``ai1-2026-06``) or the path of a YAML file.
    altitude : float or str, optional
        Another altitude than the design's, m or text, 250 km to 2,500 km.
    eclipse : {"battery", "shed"}, optional
        Another answer to the Earth's shadow than the design's.
    workload : str
        What it serves; sizes links and ground stations.
    scenario : str
        Prices, rates and the site beside it.

    Raises
    ------
    UserError
        For an unknown name, or with every mistake in the file at once.
    """
    from pathlib import Path

    from dawndusk.core.records import units_of
    from dawndusk.library.design import read_sourced, with_options
    from dawndusk.library.read import read
    from dawndusk.physics.spacecraft.design import Orbit
    from dawndusk.report.satellite import document
    from dawndusk.space.account.account import account
    from dawndusk.space.account.as_json import account_json
    from dawndusk.space.sheet import close_sheet, sheet_json

    if eclipse not in (None, "battery", "shed"):
        raise problem("eclipse", repr(eclipse), "battery or shed", 'eclipse="battery"')
    design, uncertainty = read_sourced(name)
    height = None if altitude is None else _si("altitude", altitude, units_of(Orbit)["altitude"], "650 km")
    sheet = close_sheet(with_options(design, altitude=height, eclipse=eclipse), dict(uncertainty.ranges))
    terms, spread = read(scenario)
    found = account(sheet, terms, name=Path(name).stem, workload=workload, ranges=(uncertainty, spread))
    return Reply(sheet_json(sheet) | account_json(sheet, found), document(sheet, found), sheet)


def design(name: str = "colossus", *, seed: int = 1) -> Reply:
    """The satellite of least cost per delivered H100e-hour (some seconds).

    Parameters
    ----------
    name : str
        A scenario, whose first satellite is the start and whose prices count; or a design or its file.
    seed : int
        Of the search.

    Raises
    ------
    UserError
        For an unknown name or a wrong file.
    """
    from dawndusk.report.design import document
    from dawndusk.space.design.as_json import choice_json
    from dawndusk.space.design.choice import choose

    found = choose(name, seed=seed)
    told = choice_json(found)
    return Reply(told, document(told, seconds=None), found)


def constellation(
    name: str,
    *,
    group: str | None = None,
    year: int = 2027,
    sun_synchronous: bool = False,
    approaches: bool = False,
) -> Reply:
    """What a constellation meets in orbit: light, dose, drag, disposal, group by group.

    Parameters
    ----------
    name : str
        A shipped constellation, or the path of a YAML, TLE or OMM file.
    group : str, optional
        Only this group.
    year : int
        Calendar year of the light.
    sun_synchronous : bool
        Fly dawn-dusk groups sun-synchronous, whatever is filed.
    approaches : bool
        Count neighbours too (a minute for a million).

    Raises
    ------
    UserError
        For an unknown name or group, or a file that cannot be read.
    """
    from dawndusk.report.constellation import document
    from dawndusk.space.constellation.environment import environment, summary_json
    from dawndusk.space.constellation.fleet import open_fleet

    fleet = open_fleet(name, year=year, only=group, sun_synchronous=sun_synchronous, skip_bad=False)
    found = environment(fleet, year=year, approaches=approaches)
    data = summary_json(fleet, found)
    return Reply(data, document(data, note=fleet.note, written=[]), found)


def orbit(
    *,
    altitude: Quantity,
    inclination: Quantity | None = None,
    ltan: float | None = None,
    raan: Quantity | None = None,
    year: int = 2027,
) -> Reply:
    """Plane, periods, beta angle, light and eclipses of a circular orbit over a calendar year.

    Parameters
    ----------
    altitude : float or str
        m or text, 150 km to 50,000 km.
    inclination : float or str, optional
        rad or text (``"53 deg"``); sun-synchronous without.
    ltan : float, optional
        Mean local time of the ascending node on 1 January, h; 6 where neither it nor `raan` is given.
    raan : float or str, optional
        Node on 1 January, rad or text.
    year : int
        1972 to 2100.

    Raises
    ------
    UserError
        For a value out of range, or both `ltan` and `raan`.
    """
    from dawndusk.report.orbit import document
    from dawndusk.space.orbit import DAWN_DUSK, orbit_summary

    for given, value in {"year": year, "ltan": ltan}.items():
        if value is not None and (isinstance(value, bool | str) or (given == "year" and value != int(value))):
            raise problem(
                given,
                repr(value),
                "a plain number (year: a whole one; ltan in hours)",
                "year=2027" if given == "year" else "ltan=6",
            )
    found = orbit_summary(
        altitude=_si("altitude", altitude, Unit("m"), "650 km"),
        inclination=None if inclination is None else _si("inclination", inclination, Unit("rad"), "53 deg"),
        ltan=DAWN_DUSK if ltan is None and raan is None else ltan,
        raan=None if raan is None else _si("raan", raan, Unit("rad"), "120 deg"),
        year=year,
    )
    return Reply(found, document(found))


def latency(
    origin: str, destination: str, *, network: str = "kuiper-630", seconds: Sequence[float] = range(201)
) -> Reply:
    """Round-trip times of light between two places over laser links.

    Parameters
    ----------
    origin, destination : str
        Cities, or latitude and longitude such as ``"51.5,-0.13"``; the destination may be ``orbit``.
    network : str
        ``kuiper-630``, or a constellation.
    seconds : sequence of float
        Instants after the network's epoch, s.

    Raises
    ------
    UserError
        For an unknown place or network.
    """
    import numpy as np

    from dawndusk.report.latency import document, series_json
    from dawndusk.space.latency import latency as trips_between

    instants = np.asarray(seconds, dtype=np.float64)
    trips = trips_between(origin, destination, network=network, seconds=instants)
    data = series_json(origin, destination, network, seconds=instants, trips=trips)
    return Reply(data, document(data), trips)


def validate(case: str | None = None) -> Reply:
    """Published numbers beside ours: reproduced, refuted, or not reproducible, and why.

    Parameters
    ----------
    case : str, optional
        One case with its story; all of them without (a minute).

    Raises
    ------
    UserError
        For an unknown case.
    """
    from dawndusk.report import validate as views
    from dawndusk.validation import cases

    found = cases.rows(case)
    rows = [views.row_json(row) for row in found]
    story = {"story": cases.story(case)} if case else {}
    told = (
        views.one_case(case, rows, story["story"], {})
        if case
        else views.all_cases(rows, cases.HEADLINES, cases.TOPICS, every=False)
    )
    summary = views.summary_json(rows, cases.HEADLINES)
    return Reply({"cases": rows, "summary": summary} | story, told, found)


def _si(name: str, value: Quantity, unit: Unit, example: str) -> float:
    """A number in SI as it is; text read with its unit."""
    if not isinstance(value, str):
        return float(value)
    try:
        return unit.read(value)
    except UnitError as error:
        raise problem(name, value, error.expected, f'{name}="{example}"') from None


__all__: list[str] = ["constellation", "design", "latency", "orbit", "satellite", "validate"]
