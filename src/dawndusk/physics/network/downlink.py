"""What the way to the ground limits: mean rate of a satellite's links, and the compute it leaves usable."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.network.collectives import Training, bits_per_trained_operation, trained_share
from dawndusk.physics.network.workload_traffic import Workload, link_need

ENOUGH: Final = 0.999  # of the compute usable: words call that no limit


@record
class GroundLink:
    """How a satellite reaches the ground, on the mean.

    Parameters
    ----------
    download, upload : bit/s
        While the link works.
    sight : 1
        Share of time in sight of a site (`contact.contact_share`); 1 through a mesh.
    clear : 1
        Share of that time in which weather lets it work.
    kept : 1
        Share of that left after acquisition, handover, retransmission and framing.
    """

    download: Annotated[Real, Unit("bit/s", 0.0)]
    upload: Annotated[Real, Unit("bit/s", 0.0)]
    sight: Annotated[Real, Unit("1", 0.0, 1.0)] = 1.0
    clear: Annotated[Real, Unit("1", 0.0, 1.0)] = 1.0
    kept: Annotated[Real, Unit("1", 0.0, 1.0)] = 1.0


def _share(path: str, value: Real) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    good = (array >= 0.0) & (array <= 1.0)
    if not np.all(good):
        raise problem(path, f"{array[~good].flat[0]:g}", "a share from 0 to 1", "0.75")
    return array


def mean_rate(link: GroundLink) -> tuple[Floats, Floats]:
    """Rate up and rate down, mean over time (bit/s).

    Parameters
    ----------
    link : GroundLink
        With its shares of time.

    Notes
    -----
    Work waits for a pass in store: right for batches, and for conversation only with `sight` of 1.
    """
    part = _share("sight", link.sight) * _share("clear", link.clear) * _share("kept", link.kept)
    return np.asarray(part * link.upload), np.asarray(part * link.download)


def usable_share(workload: Workload, compute: Real, upload: Real, download: Real) -> Floats:
    """Share of a satellite's compute that its mean link to the ground leaves usable, 0 to 1.

    Parameters
    ----------
    workload : Workload
        Of `workload_traffic.WORKLOADS` or one's own.
    compute : float or array
        H100e at work, 0 or more.
    upload, download : float or array
        Mean rates (bit/s), 0 or more; from `mean_rate`.

    Notes
    -----
    The least of 1, upload / need, download / need. Without any need it is 1.
    """
    need = link_need(workload, compute)
    return np.minimum(_carried(upload, need.upload), _carried(download, need.download))


def _carried(rate: Real, need: Floats) -> Floats:
    given = np.asarray(rate, dtype=np.float64)
    if not np.all(given >= 0.0):
        raise problem("rate", f"{given.min():g} bit/s", "0 bit/s or more", "100e9")
    free = need <= 0.0
    return np.asarray(np.where(free, 1.0, np.minimum(1.0, given / np.where(free, 1.0, need))))


def limit_words(name: str, workload: Workload, compute: float, upload: float, download: float) -> str:
    """In words: whether the link to the ground limits a workload, which direction, and by how much.

    Parameters
    ----------
    name : str
        What to call the workload.
    workload, compute, upload, download
        As in `usable_share`, single numbers.
    """
    need = link_need(workload, compute)
    share = float(usable_share(workload, compute, upload, download))
    up, down = float(need.upload), float(need.download)
    rising = _tighter(up, upload, down, download)
    way, wants, has = ("upload", up, upload) if rising else ("download", down, download)
    if wants <= 0.0:
        return f"{name}: needs no link to the ground"
    says = f"the {way} of {has / 1e9:.3g} Gbit/s against {wants / 1e9:.3g} needed"
    if share >= ENOUGH:
        return f"{name}: not limited, {says}"
    return f"{name}: {says} limits it to {share:.2g} of the compute"


def _tighter(up: float, upload: float, down: float, download: float) -> bool:
    """Whether the way up is used to a larger part than the way down."""
    return up * download > down * upload


def training_words(job: Training, compute: float, cluster: float, ground: float) -> str:
    """In words: whether a model can be trained over the links of a cluster, and over links to the ground.

    Parameters
    ----------
    job : Training
        How it is divided among the satellites.
    compute : float
        H100e of one satellite.
    cluster, ground : float
        Rates to the neighbour in the cluster and, mean, to the ground (bit/s).
    """
    inside, outside = (float(trained_share(job, compute, rate)) for rate in (cluster, ground))
    bits = float(bits_per_trained_operation(job))
    start = f"training, {job.division} cut at the satellite's border ({bits:.2g} bit/FLOP)"
    ends = (
        f"{name} leave {share:.2g}"
        for name, share in (("links of the cluster", inside), ("links to the ground", outside))
    )
    return f"{start}: {' and '.join(ends)} of the compute usable"
