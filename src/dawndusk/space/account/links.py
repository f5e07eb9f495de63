"""What the links of a satellite limit: by workload, through one optical site, and through its own link."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk import ledger
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import record
from dawndusk.core.units import Unit
from dawndusk.physics.network.collectives import DENSE_405B
from dawndusk.physics.network.contact import contact_share
from dawndusk.physics.network.downlink import (
    GroundLink,
    limit_words,
    mean_rate,
    training_words,
    usable_share,
)
from dawndusk.physics.network.workload_traffic import WORKLOADS, Workload, link_need

CLAIMS: Final = {"ai1-2026-06": "P024", "ai1-later": "P024"}  # preset -> ledger row of its maker's link
SITE_DOWN: Final = number("optical_down_rate")  # bit/s of one optical site while it works (C004)
SITE_UP: Final = number("optical_up_rate")  # bit/s
SITE_CLEAR: Final = number("optical_site_clear")  # share of time with a clear sky (C005)
SITE_KEPT: Final = number("optical_pass_kept")  # share left after acquisition, handover, framing
SITE_LATITUDE: Final = np.deg2rad(number("optical_site_latitude"))  # rad
SITE_ELEVATION: Final = np.deg2rad(number("optical_lowest_elevation"))  # rad, lowest over the horizon
LASER: Final = number("mesh_laser_rate")  # bit/s, into a mesh,


@record
class LinkRow:
    """One workload on one satellite: what it needs (bit/s), and the share of compute each way leaves."""

    workload: str
    upload: float
    download: float
    one_site: float
    mesh: float
    sites: float
    one_site_words: str
    mesh_words: str


@record
class Links:
    """Links of one satellite.

    Parameters
    ----------
    one_site_upload, one_site_download : float
        Mean rates through one optical site (bit/s).
    mesh : float
        Into a mesh of satellites, each way (bit/s).
    claimed : bool
        Whether that is its maker's claim, or one laser as Starlink has them.
    source : str
        Ledger row of it.
    rows : tuple of LinkRow
        By workload; `sites` is how many such sites the whole fleet needs, all in use all the time.
    training : str
        In words, for a dense model of 405e9 parameters in lock step.
    """

    one_site_upload: float
    one_site_download: float
    mesh: float
    claimed: bool
    source: str
    rows: tuple[LinkRow, ...]
    training: str


def workload_of(name: str) -> Workload:
    """A stated workload by its name.

    Raises
    ------
    UserError
        Listing the names.
    """
    if name not in WORKLOADS:
        raise problem("--workload", name, "one of " + ", ".join(WORKLOADS), "text")
    return WORKLOADS[name]


def mesh_rate(design: str) -> tuple[float, bool, str]:
    """Rate into the mesh (bit/s) of a preset, whether its maker claims it, and the ledger row."""
    key = CLAIMS.get(design)
    if key is None:
        return LASER, False, "C001"
    _, rate, _, unit = ledger.range_of(key)
    return Unit("bit/s").read(f"{rate:g} {unit}"), True, key


def one_site(altitude: float, inclination: float) -> GroundLink:
    """One optical ground site at mid latitude, as far as a satellite sees it."""
    sight = contact_share(altitude, inclination, SITE_LATITUDE, SITE_ELEVATION)
    return GroundLink(
        download=SITE_DOWN, upload=SITE_UP, sight=float(sight), clear=SITE_CLEAR, kept=SITE_KEPT
    )


def links_of(design: str, *, compute: float, satellites: float, altitude: float, inclination: float) -> Links:
    """What each workload needs of a satellite's links, and what they leave of its compute.

    Parameters
    ----------
    design : str
        Name of the preset.
    compute : float
        H100e at work on it; without any there are no rows.
    satellites : float
        Of the fleet, that share the sites.
    altitude, inclination : float
        m, rad.
    """
    site = one_site(altitude, inclination)
    up, down = (float(rate) for rate in mean_rate(site))
    mesh, claimed, source = mesh_rate(design)
    works = WORKLOADS.items() if compute > 0.0 else ()
    rows = tuple(_row(name, work, compute, satellites, (up, down), mesh) for name, work in works)
    return Links(
        one_site_upload=up,
        one_site_download=down,
        mesh=mesh,
        claimed=claimed,
        source=source,
        rows=rows,
        training=training_words(DENSE_405B, compute, mesh, down) if compute > 0.0 else "",
    )


def _row(
    name: str, work: Workload, compute: float, satellites: float, site: tuple[float, float], mesh: float
) -> LinkRow:
    need = link_need(work, compute)
    up, down = float(need.upload), float(need.download)
    works = SITE_CLEAR * SITE_KEPT
    sites = max(up / SITE_UP, down / SITE_DOWN) * satellites / works
    return LinkRow(
        workload=name,
        upload=up,
        download=down,
        one_site=float(usable_share(work, compute, *site)),
        mesh=float(usable_share(work, compute, mesh, mesh)),
        sites=float(np.ceil(sites)),
        one_site_words=limit_words(name, work, compute, *site),
        mesh_words=limit_words(name, work, compute, mesh, mesh),
    )
