"""The satellites of a constellation, filed or real: their planes, elements and groups."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from dawndusk.core import time
from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY
from dawndusk.core.constellation import Constellation, Craft, Group
from dawndusk.core.errors import Problem, problem
from dawndusk.core.memory import require_memory
from dawndusk.core.records import Floats, Ints, record, replace
from dawndusk.library.filing import built_ins, read_constellation
from dawndusk.physics.motion import orbit
from dawndusk.physics.motion.elements import Elements
from dawndusk.physics.motion.layout import Planes, elements_of, local_time, planes_of
from dawndusk.physics.motion.sgp4_orbits import as_catalogue, as_elements, mean_altitude
from dawndusk.physics.traffic.phasing import safest_phases
from dawndusk.space.constellation.catalogue import STALE_DAYS, read_catalogue, stale
from dawndusk.space.constellation.shells import shells_of

MOST_ECCENTRIC: Final = 0.05  # beyond, heights differ by more than 5 % of the radius either way
OLD_YEARS: Final = 1.0  # between elements and light, before it is said
FIRST_NUMBER: Final = 799500000  # catalogue numbers from here on are kept for objects that nobody tracks
YEAR: Final = 2027  # of the light, unless asked otherwise
DAWN_DUSK_SLACK: Final = np.deg2rad(0.25)  # rad; a filed inclination further off is flagged
HIGHEST_SYNCHRONOUS: Final = 5970e3  # m, see orbit.sun_synchronous_inclination
# What a tracked satellite is taken for: elements tell orbits, not bodies. About a Starlink V2 mini.
TRACKED: Final = Craft(
    mass=740.0,
    area_to_mass=0.07,
    drag_coefficient=2.2,
    radius=6.0,
    life=5.0,
    disposal=0.0,
    failed=0.01,
    source="S003; the rest guesses",
)


@record
class FleetGroup:
    """A group as it is flown.

    Parameters
    ----------
    name, label, note : str
        Key, words, what the reader should know.
    filed, shells, planes : int
        Satellites filed (or tracked), shells, planes in all.
    altitude_low, altitude_high, inclination : float
        Range (m), and the inclination as filed (rad).
    raan_tolerance : float
        Filed tolerance of the nodes (rad), 0 for none.
    flag : str
        What is odd about it; empty for nothing.
    """

    name: str
    label: str
    note: str
    filed: int
    shells: int
    planes: int
    altitude_low: float
    altitude_high: float
    inclination: float
    raan_tolerance: float
    flag: str


@record
class Fleet:
    """A constellation ready to be studied.

    Parameters
    ----------
    name, title, note : str
        Key, headline, what the reader should know first.
    groups : tuple of FleetGroup
        In the order of `planes.group`.
    planes : Planes
        All planes; of real satellites one for each.
    craft : Craft
        The satellite.
    cap : int
        Most satellites in all; 0 for no cap.
    catalogue : tuple of Catalogue
        The elements as read, in the order of the planes; empty for a filed constellation.
    remarks : tuple of str
        What was noticed while reading.
    """

    name: str
    title: str
    note: str
    groups: tuple[FleetGroup, ...]
    planes: Planes
    craft: Craft
    cap: int
    catalogue: tuple[Catalogue, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def satellites(self) -> Ints:
        """Satellites by group."""
        counts = np.bincount(self.planes.group, weights=self.planes.satellites, minlength=len(self.groups))
        return np.asarray(np.rint(counts), dtype=np.int64)

    def elements(self) -> tuple[Elements, Ints]:
        """Mean elements of every satellite, and its row of `planes`.

        Raises
        ------
        UserError
            If they do not fit into memory.
        """
        require_memory(self.planes.total)
        if self.catalogue:
            return as_elements(self.catalogue[0]), np.arange(self.planes.size, dtype=np.int64)
        return elements_of(self.planes)

    def sample(self, count: int) -> tuple[Catalogue, Elements, Ints]:
        """Some satellites, spread evenly over all of them: as a catalogue, as elements, and their groups.

        Raises
        ------
        UserError
            For a count below 1.
        """
        if count < 1:
            raise problem("--sample", count, "at least 1 satellite", "--sample 1000")
        elements, plane = self.elements()
        chosen = np.unique(
            np.linspace(0, elements.size - 1, min(count, elements.size)).round().astype(np.int64)
        )
        picked = replace(elements, **{name: value[chosen] for name, value in vars(elements).items()})
        group = self.planes.group[plane[chosen]]
        if self.catalogue:
            return self.catalogue[0].take(chosen), picked, group
        names = tuple(f"{self.groups[g].name} {k + 1}" for g, k in zip(group, chosen, strict=True))
        return as_catalogue(picked, names, FIRST_NUMBER + chosen), picked, group


def open_fleet(
    name: str,
    *,
    year: int = YEAR,
    only: str | None = None,
    sun_synchronous: bool = False,
    skip_bad: bool = False,
) -> Fleet:
    """A constellation by the name of a shipped one, from a file of ours, or from a TLE or OMM file.

    Parameters
    ----------
    name : str
        Name or path.
    year : int
        The planes of a filed constellation lie as filed on 1 January of it; phases, which no filing has, are
        those that keep the crossings of a shell furthest apart.
    only : str, optional
        Name of the only group wanted; the cap then does not bind beyond the group's own number.
    sun_synchronous : bool
        Fly groups that start at dawn and dusk at the sun-synchronous inclination, whatever is filed.
    skip_bad : bool
        Leave out what cannot be read of a TLE or OMM file, instead of refusing the file.

    Raises
    ------
    UserError
        For an unknown name or group, or with every mistake in the file.
    """
    if name in built_ins() or Path(name).suffix in (".yaml", ".yml") or not Path(name).is_file():
        return _filed(read_constellation(name), year, only, sun_synchronous=sun_synchronous)
    return _tracked(name, only, year, skip_bad=skip_bad)


def _filed(made: Constellation, year: int, only: str | None, *, sun_synchronous: bool) -> Fleet:
    groups = _wanted(made.groups, only)
    if sun_synchronous:
        groups = tuple(
            replace(g, sun_synchronous=True) if g.arrangement == "dawn-dusk" else g for g in groups
        )
    epoch = float(time.seconds_from_utc(f"{time.require_year(year)}-01-01"))
    asked = sum(group.filed for group in groups)
    require_memory(min(asked, made.cap) if made.cap else asked)
    planes = safest_phases(planes_of(replace(made, groups=groups), epoch))
    return Fleet(
        name=made.name,
        title=made.title,
        note=made.note,
        groups=tuple(_as_flown(group) for group in groups),
        planes=planes,
        craft=made.craft,
        cap=made.cap,
    )


def _wanted(groups: tuple[Group, ...], only: str | None) -> tuple[Group, ...]:
    if only is None:
        return groups
    found = tuple(group for group in groups if group.name == only)
    if not found:
        raise problem(
            "--group", only, f"one of {', '.join(g.name for g in groups)}", f"--group {groups[0].name}"
        )
    return found


def _as_flown(group: Group) -> FleetGroup:
    return FleetGroup(
        name=group.name,
        label=group.label,
        note=group.note,
        filed=group.filed,
        shells=group.shells,
        planes=group.shells * group.planes,
        altitude_low=group.altitude_low,
        altitude_high=group.altitude_high,
        inclination=0.5 * (group.inclination_low + group.inclination_high),
        raan_tolerance=group.raan_tolerance,
        flag=_flag(group),
    )


def _flag(group: Group) -> str:
    """What is odd: planes that start at dawn and dusk with an inclination that leaves them there not."""
    if group.arrangement != "dawn-dusk" or group.sun_synchronous:
        return ""
    altitude = 0.5 * (group.altitude_low + group.altitude_high)
    tilt = 0.5 * (group.inclination_low + group.inclination_high)
    if altitude > HIGHEST_SYNCHRONOUS:
        return "no orbit at this altitude is sun-synchronous: the planes leave dawn and dusk"
    wanted = float(orbit.sun_synchronous_inclination(altitude))
    if abs(tilt - wanted) <= DAWN_DUSK_SLACK:
        return ""
    drift = np.rad2deg(orbit.raan_rate(altitude, tilt) - orbit.MEAN_SUN_RATE) * 365.25 * DAY
    return (
        f"filed at {np.rad2deg(tilt):.1f} deg, sun-synchronous would be {np.rad2deg(wanted):.1f} deg: "
        f"the planes leave dawn and dusk by {abs(float(drift)):.0f} deg a year"
    )


def _tracked(path: str, only: str | None, year: int, *, skip_bad: bool) -> Fleet:
    """Real satellites, each a plane of its own, in the shells they form."""
    everything, skipped = read_catalogue(path, skip_bad=skip_bad)
    catalogue, eccentric = _nearly_circular(everything, path)
    newest = float(catalogue.epoch.max())
    shells = shells_of(catalogue)
    chosen = [s for s in shells if only in (None, s.name)]
    if not chosen:
        raise problem(
            "--group", only, f"one of {'; '.join(s.name for s in shells)}", f"--group '{shells[0].name}'"
        )
    order = np.concatenate([shell.members for shell in chosen])
    group = np.repeat(np.arange(len(chosen)), [shell.size for shell in chosen])
    taken = catalogue.take(order)
    return Fleet(
        name=Path(path).name,
        title=f"{order.size:,} tracked satellites, newest elements of {_day(newest)} UTC",
        note="Shells are found from the elements; the satellite's body is a guess.",
        groups=tuple(
            FleetGroup(
                name=shell.name,
                label=shell.name,
                note="",
                filed=shell.size,
                shells=1,
                planes=shell.planes,
                altitude_low=shell.altitude_low,
                altitude_high=shell.altitude_high,
                inclination=shell.inclination,
                raan_tolerance=0.0,
                flag="",
            )
            for shell in chosen
        ),
        planes=_own_planes(taken, group, newest),
        craft=TRACKED,
        cap=0,
        catalogue=(taken,),
        remarks=(*_skips(skipped), *eccentric, *_ages(catalogue, newest), *_out_of_date(newest, year)),
    )


def _nearly_circular(catalogue: Catalogue, path: str) -> tuple[Catalogue, tuple[str, ...]]:
    """Satellites whose light, height and dose a circle tells, and what is said of the others."""
    far = catalogue.eccentricity > MOST_ECCENTRIC
    if not far.any():
        return catalogue, ()
    k = int(catalogue.eccentricity.argmax())
    worst = f"{catalogue.names[k]}: {catalogue.eccentricity[k]:.2f}"
    if far.all():
        raise problem(
            path,
            f"eccentric orbits only ({worst})",
            f"eccentricities up to {MOST_ECCENTRIC:g}: light, height and dose here are of circular orbits",
            "a file with satellites in nearly circular orbits",
        )
    told = (
        f"{int(far.sum())} left out with an eccentricity above {MOST_ECCENTRIC:g} ({worst}): light, height "
        "and dose here are of circular orbits"
    )
    return catalogue.take(np.flatnonzero(~far)), (told,)


def _out_of_date(newest: float, year: int) -> tuple[str, ...]:
    """Said where the light is of a year that the elements do not belong to."""
    begin, end = (float(time.seconds_from_utc(f"{y}-01-01")) for y in (year, year + 1))
    years = max(begin - newest, newest - end, 0.0) / (365.25 * DAY)
    if years <= OLD_YEARS:
        return ()
    then = _day(newest)[:4]
    side = "older than" if newest < begin else "newer than"
    told = (
        f"the newest elements are {years:.1f} years {side} the light of {year}: orbits are taken as they "
        f"were in {then} (--year {then} for the light of then)"
    )
    return (told,)


def _own_planes(catalogue: Catalogue, group: Ints, epoch: float) -> Planes:
    altitude = np.asarray(mean_altitude(catalogue), dtype=np.float64)
    rate = orbit.raan_rate(altitude, catalogue.inclination)
    raan: Floats = np.mod(catalogue.raan + rate * (epoch - catalogue.epoch), 2.0 * np.pi)
    along = catalogue.argument_of_perigee + catalogue.mean_anomaly
    ones = np.ones(catalogue.size, dtype=np.int64)
    return Planes(
        epoch=epoch,
        altitude=altitude,
        inclination=catalogue.inclination,
        raan=raan,
        ltan=local_time(raan, epoch),
        group=group.astype(np.int64),
        shell=np.arange(catalogue.size, dtype=np.int64),
        plane=0 * ones,
        satellites=ones,
        phase=np.mod(along, 2.0 * np.pi),
        spacing=np.full(catalogue.size, 2.0 * np.pi),
    )


def _skips(skipped: tuple[Problem, ...]) -> tuple[str, ...]:
    if not skipped:
        return ()
    first = skipped[0]
    where = f"{first.path}{f', line {first.line}' if first.line else ''}"
    return (f"{len(skipped)} left out, the first: {where}: {first.read}",)


def _ages(catalogue: Catalogue, newest: float) -> tuple[str, ...]:
    age = stale(catalogue, newest)
    if age.count == 0:
        return ()
    told = (
        f"{age.count} of {catalogue.size:,} element sets are more than {STALE_DAYS:g} days older than the "
        f"newest (oldest {age.oldest:.0f} days): their places are tens of kilometres off"
    )
    return (told,)


def _day(seconds: float) -> str:
    return str(time.utc_from_seconds(seconds).astype("datetime64[D]"))
