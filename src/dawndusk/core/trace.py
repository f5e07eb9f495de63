"""Cells and Trace: the fleet as whole units, and what it really served."""

from __future__ import annotations

from dawndusk.core.records import Floats, Ints, record


@record
class Cells:
    """Cohorts of whole units on one path, structure of arrays (shape (C,) each).

    Parameters
    ----------
    offer : Ints
        Index of the offer.
    vintage : Ints
        Period of the order.
    units : Ints
        Whole units (blocks of `unit_size`) in service.
    unit_size : Floats
        Offer units in one block.
    age : Ints
        Months in service.
    """

    offer: Ints
    vintage: Ints
    units: Ints
    unit_size: Floats
    age: Ints


@record
class Trace:
    """What the fleet served on fresh paths; H100e averaged over each period.

    Parameters
    ----------
    latent, offered, admitted, served, backlog, expired : Floats
        Shape (path, period, stream).
    delivered : Floats
        Shape (path, period, offer).
    pool_served : Floats
        Shape (path, period, pool).
    node : Ints
        Shape (path, period): node of the tree whose decisions were followed.
    binding : Ints
        Shape (path, period): index into `limits` of what held service back; -1 for nothing.
    limits : tuple of str
        Names behind `binding`.
    """

    latent: Floats
    offered: Floats
    admitted: Floats
    served: Floats
    backlog: Floats
    expired: Floats
    delivered: Floats
    pool_served: Floats
    node: Ints
    binding: Ints
    limits: tuple[str, ...]
