"""How much of the installed compute is delivered: powered, cooled, healthy, linked, used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final

from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

BOUNDARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "installed": "H100e of the chips on board at begin of life",
        "powered": "in sunlight or on battery, at end-of-life array power",
        "cooled": "below the junction limit, derated where the radiator is too warm",
        "healthy": "not failed, not resetting; mean over the life, later compute discounted",
        "linked": "within reach of links and ground contact",
        "used": "sold and scheduled: what a customer gets",
    }
)
Share = Annotated[Real, Unit("1", 0.0, 1.0)]


@record
class Shares:
    """Share that passes each step, of what passed the one before; 0 to 1."""

    powered: Share
    cooled: Share
    healthy: Share
    linked: Share
    used: Share


@record
class Stages:
    """H100e left after each step; `used` is what is delivered."""

    installed: Real
    powered: Real
    cooled: Real
    healthy: Real
    linked: Real
    used: Real

    def table(self) -> Iterator[tuple[str, Real, Real, str]]:
        """Stage, H100e, share of the installed, and what it counts."""
        for name, text in BOUNDARIES.items():
            left = getattr(self, name)
            yield name, left, left / self.installed, text


def waterfall(installed: Real, shares: Shares) -> Stages:
    """H100e left after each step.

    Parameters
    ----------
    installed : Real
        H100e, above 0.
    shares : Shares
        Independent of each other: if hot hours are also dark ones, the product is too low.
    """
    powered = installed * shares.powered
    cooled = powered * shares.cooled
    healthy = cooled * shares.healthy
    linked = healthy * shares.linked
    return Stages(
        installed=installed,
        powered=powered,
        cooled=cooled,
        healthy=healthy,
        linked=linked,
        used=linked * shares.used,
    )
