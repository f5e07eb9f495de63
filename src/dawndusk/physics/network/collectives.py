"""Traffic of training inside a cluster of satellites: gradients, layers cut across members, pipelines.

A *member* is what one satellite computes. Three ways to divide a model among members: each holds a copy and
they add their gradients (data); each holds a slice of every layer and they add activations (tensor); each
holds some layers and hands activations on (pipeline). What crosses the border of a satellite needs its
links; what stays within one satellite does not.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.network.workload_traffic import BITS, RATED

Division = Literal["data", "tensor", "pipeline"]

PER_PARAMETER_TRAINED: Final = number("flop_per_parameter_trained")
NUMBER_BYTES: Final = number("gradient_bytes")  # B of a gradient or an activation, 16 bit
SUMS_PER_LAYER: Final = number("sums_per_layer")  # all-reduces of activations, two forward and two backward


@record
class Training:
    """A model in training, and how it is divided among members.

    Parameters
    ----------
    parameters : float
        All of them; those of a dense model.
    layers, width : float
        Blocks, and numbers in the residual stream.
    tokens : float
        That one copy of the model works through between two steps of the optimiser.
    members : float
        Satellites among which the division runs, 2 or more.
    division : {"data", "tensor", "pipeline"}
        What the border of a satellite cuts.
    utilisation : 1
        Share of the rated operations used while not waiting for links.
    steps : float
        Optimiser steps between two exchanges (`data` only): 1 in lock step, 100 to 500 in DiLoCo's manner.
    number_bytes : B
        Of each number sent; 1 or less when compressed.
    """

    parameters: Annotated[Real, Unit("1", 1.0)]
    layers: Annotated[Real, Unit("1", 1.0)]
    width: Annotated[Real, Unit("1", 1.0)]
    tokens: Annotated[Real, Unit("1", 1.0)]
    members: Annotated[Real, Unit("1", 2.0)]
    division: Division = "data"
    utilisation: Annotated[Real, Unit("1", 0.001, 2.0)] = 0.4
    steps: Annotated[Real, Unit("1", 1.0)] = 1.0
    number_bytes: Annotated[Real, Unit("B", 0.01, 8.0)] = NUMBER_BYTES


# Grattafiori et al. (2024), arXiv 2407.21783, tables 3 and 4: 16 Mi tokens a step over 128 copies, 38-43 %.
DENSE_405B: Final = Training(
    parameters=405e9, layers=126.0, width=16384.0, tokens=2.0**24 / 128.0, members=128.0
)


def training_operations(job: Training) -> Floats:
    """Operations of one step of one copy (FLOP): 6 N tokens, Kaplan et al. (2020), arXiv 2001.08361."""
    return np.asarray(PER_PARAMETER_TRAINED * np.asarray(job.parameters) * job.tokens)


def _checked(job: Training) -> Floats:
    members = np.asarray(job.members, dtype=np.float64)
    if not np.all(members >= 2.0):
        raise problem("members", members.min(), "2 satellites or more", "81, or no links at all")
    return members


def exchanged(job: Training) -> Floats:
    """Bits that a member sends in one step, mean over the steps (bit).

    Parameters
    ----------
    job : Training
        With its division.

    Raises
    ------
    UserError
        For fewer than two members or an unknown division.

    Notes
    -----
    data: a ring sum of all gradients, 2 (n-1)/n N numbers (Patarasuk & Yuan 2009,
    doi:10.1016/j.jpdc.2008.09.002), once in `steps`. tensor: 4 sums of tokens x width in each layer, so
    8 (n-1)/n layers tokens width numbers; pipeline: tokens x width forward, as much backward, for a member
    between two others (Narayanan et al. 2021, arXiv 2104.04473, section 3). Sharded optimisers send 1.5 times
    as much as `data`; experts spread over members add two or four exchanges of activations in each layer.
    """
    members = _checked(job)
    activations = np.asarray(job.tokens, dtype=np.float64) * job.width
    ring = 2.0 * (members - 1.0) / members
    if job.division == "data":
        numbers = ring * np.asarray(job.parameters) / job.steps
    elif job.division == "tensor":
        numbers = SUMS_PER_LAYER * ring * activations * job.layers
    elif job.division == "pipeline":
        numbers = 2.0 * activations
    else:
        raise problem("division", job.division, "data, tensor or pipeline", "data")
    return np.asarray(BITS * np.asarray(job.number_bytes) * numbers)


def member_operations(job: Training) -> Floats:
    """Operations of one step in one member (FLOP): of a whole copy, or of its slice."""
    return training_operations(job) / (1.0 if job.division == "data" else _checked(job))


def bits_per_trained_operation(job: Training) -> Floats:
    """Bits that a member sends per operation it does (bit/FLOP)."""
    return exchanged(job) / member_operations(job)


def member_need(job: Training, compute: Real) -> Floats:
    """Rate at which a member must send so that its chips do not wait (bit/s).

    Parameters
    ----------
    job : Training
        With its division.
    compute : float or array
        H100e of one member, above 0.

    Notes
    -----
    Traffic wholly hidden behind arithmetic: a lower bound. For sums it is the rate in one direction, to the
    next member of a ring; the same arrives from the one before.
    """
    return np.asarray(bits_per_trained_operation(job) * RATED * np.asarray(job.utilisation) * compute)


def trained_share(job: Training, compute: Real, link: Real, *, hidden: bool = True) -> Floats:
    """Share of a member's compute that its link leaves usable, 0 to 1.

    Parameters
    ----------
    job : Training
        With its division.
    compute : float or array
        H100e of one member, above 0.
    link : float or array
        Rate at which it sends to its neighbour in the division (bit/s), 0 or more.
    hidden : bool
        Whether sending overlaps with arithmetic: min(1, link / need); otherwise link / (link + need).

    Notes
    -----
    No latency: fine for data (seconds), too good for tensor, whose thousands of sums a step each wait a round
    of the ring: 1 us for each 300 m and member.
    """
    need, rate = member_need(job, compute), np.asarray(link, dtype=np.float64)
    if not np.all(rate >= 0.0):
        raise problem("link", f"{rate.min():g} bit/s", "0 bit/s or more", "10e12")
    return np.asarray(np.minimum(1.0, rate / need) if hidden else rate / (rate + need))
