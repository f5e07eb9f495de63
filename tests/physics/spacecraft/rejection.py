"""Heat that a panel rejects, written directly: the oracle of root temperatures."""

from dawndusk.core.constants import STEFAN_BOLTZMANN


def net_flux(temperature, absorbed, *, emissivity, fin_efficiency=1.0):
    """W per m2 of planform by both faces, from the fin roots' temperature (K); negative if heat comes in."""
    return fin_efficiency * (2 * emissivity * STEFAN_BOLTZMANN * temperature**4 - absorbed)
