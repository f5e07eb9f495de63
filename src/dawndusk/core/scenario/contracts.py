"""Compute and space from others: leases, rentals, commitments, colocation, capacity from orbit."""

from __future__ import annotations

from typing import Annotated, Literal

from dawndusk.core.calendar import Quarter
from dawndusk.core.records import record
from dawndusk.core.scenario.chips import StandingText
from dawndusk.core.units import Unit

Price = Annotated[float, Unit("USD/(H100e*yr)", low=0)]


@record
class Lease:
    """A whole facility taken with its chips (order 0 to 1 facility).

    Parameters
    ----------
    name, label, standing
        As in Offer.
    power : W
        Facility power, for the reader.
    compute : H100e
        Of the whole facility.
    price : USD/(H100e*yr)
        Take-or-pay.
    first, last : str
        Quarters in which it may be taken.
    end : str
        Last quarter of the contract.
    lead : yr
        Signature to service.
    earliest_exit, notice : yr
        Time in service before notice may be given, and from notice to the end.
    recall : 1/yr
        Hazard that the owner takes it back.
    """

    name: str
    label: str
    standing: StandingText
    power: Annotated[float, Unit("W", low=0)]
    compute: Annotated[float, Unit("H100e", low=0)]
    price: Price
    first: Quarter
    last: Quarter
    end: Quarter
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    earliest_exit: Annotated[float, Unit("yr", low=0, high=20)]
    notice: Annotated[float, Unit("yr", low=0.25, high=10)]
    recall: Annotated[float, Unit("1/yr", low=0, high=1)]
    source: str = ""


@record
class Rental:
    """Compute rented by the H100e-hour for a fixed term.

    Parameters
    ----------
    price : USD/(H100e*yr)
        At the start; falls by `decline` per year, fixed at the order for the term.
    limit : H100e
        Most in service at the start; grows by `growth` per quarter.
    term : yr
        Length of one order.
    """

    name: str
    label: str
    standing: StandingText
    price: Price
    decline: Annotated[float, Unit("1/yr", low=-1, high=0.99)]
    limit: Annotated[float, Unit("H100e", low=0)]
    growth: Annotated[float, Unit("1", low=-0.5, high=2)]
    term: Annotated[float, Unit("yr", low=0.25, high=20)]
    source: str = ""


@record
class Arrival:
    """Compute that comes without a decision: `amount` more from quarter `start` on."""

    start: Quarter
    amount: Annotated[float, Unit("H100e", low=0)]


@record
class Commitment:
    """Compute in use or firmly committed, with its own chips.

    Parameters
    ----------
    pool : {"ground", "leased", "cloud"}
        Where it counts.
    arrivals : tuple of Arrival
        What comes when; linear between two dates unless `stepped`.
    retire : 1/yr
        Share of it that leaves per year.
    price : USD/(H100e*yr)
        Paid anyway.
    stepped : bool
        Whether arrivals come at once at their date.
    """

    name: str
    label: str
    standing: StandingText
    pool: Literal["ground", "leased", "cloud"]
    arrivals: tuple[Arrival, ...]
    retire: Annotated[float, Unit("1/yr", low=0, high=1)]
    price: Price
    stepped: bool = True
    source: str = ""


@record
class Colocation:
    """Powered shell rented by the IT watt; the chips are ours.

    Parameters
    ----------
    rent : USD/(W*yr)
        All included.
    limit : W
        Most new space per quarter.
    lead, term : yr
        Order to service, and length of the rent.
    """

    name: str
    label: str
    standing: StandingText
    rent: Annotated[float, Unit("USD/(W*yr)", low=0)]
    limit: Annotated[float, Unit("W", low=0)]
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    term: Annotated[float, Unit("yr", low=0.25, high=40)]
    source: str = ""


@record
class CapacityContract:
    """Compute bought from an orbital operator: what a lab would really sign.

    Parameters
    ----------
    price : USD/(H100e*yr)
        Supplier's margin included; falls by `decline` per year, fixed at the order for the term.
    first : str
        First quarter of service.
    limit : H100e
        Most in service in that quarter; grows by `growth` per year.
    lead, term : yr
        Signature to service, and length.
    shortfall : 1
        Expected share of contracted compute not delivered (remedy: it is not paid).
    gate : str
        Gate that must be open; "" for none.
    """

    name: str
    label: str
    standing: StandingText
    price: Price
    decline: Annotated[float, Unit("1/yr", low=-1, high=0.99)]
    first: Quarter
    limit: Annotated[float, Unit("H100e", low=0)]
    growth: Annotated[float, Unit("1", low=0.1, high=20)]
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    term: Annotated[float, Unit("yr", low=0.25, high=20)]
    shortfall: Annotated[float, Unit("1", low=0, high=1)]
    gate: str = ""
    source: str = ""
