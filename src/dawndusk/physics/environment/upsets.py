"""Upsets of chips by protons: from published beam tests to events per chip in orbit.

Two ways from a beam to an orbit. *By dose*: events per gray in the beam times the grays that protons leave
in orbit; slow protons behind the shield give more dose per proton than the beam's, so this overstates.
*By flux*: cross-section times the protons above the energy that gets through the shield; events by slower
protons are left out. Both are given: behind 10 mm from 500 to 1,000 km the second is a sixth to a quarter
lower, which is the width besides the range of each test and the factor of 2 of AP8. Heavy ions of cosmic
rays, rarer by far behind shields but able to latch or destroy, are in neither.

Source: Google (2025), *Towards a future space-based, highly scalable AI infrastructure system design*,
arXiv:2511.19468v2, 67 MeV protons on Trillium TPUs and their host (ledger R007 to R010); JPL (2018), *SEE
test results for the Snapdragon 820*, trs.jpl.nasa.gov/handle/2014/47483, as digitised by
pfandzelter/leo-edge-failure-models (R011). Few parts each: a factor of 2 from chip to chip is likely.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record

Event = Literal["silent_corruption", "hbm_uncorrectable", "hang", "host_cpu", "host_ram"]

SILENT_CORRUPTION: Final = number("silent_corruption_dose")  # Gy per event, a chip under load
SILENT_LOW: Final = number("silent_corruption_dose_low")  # Gy per event
SILENT_HIGH: Final = number("silent_corruption_dose_high")  # Gy per event
HBM_UNCORRECTABLE: Final = number("memory_error_dose")  # Gy per event, the stacks of one chip
HBM_EVENTS: Final = int(number("memory_errors_seen"))  # seen
HANG: Final = number("chip_hang_dose")  # Gy per event that ends the chip's work (functional interrupt)
HOST_CPU: Final = number("host_processor_event_dose")  # Gy per event
HOST_RAM: Final = number("host_memory_event_dose")  # Gy per event
FEW_EVENTS: Final = number("few_events_factor")  # either way, where the number of events is not published
PROTONS_PER_GRAY: Final = number("protons_per_gray")  # 1/(m2 Gy), of the 67 MeV beam in silicon


@record
class Range:
    """A number with its range, each a float or an array.

    Parameters
    ----------
    low, central, high : float or array
        Ordered.
    """

    low: Real
    central: Real
    high: Real

    def times(self, factor: Real) -> Range:
        """Every end multiplied by something not negative."""
        return Range(low=self.low * factor, central=self.central * factor, high=self.high * factor)


def dose_per_event(event: Event) -> Range:
    """Dose of the beam per event of one chip (Gy), lowest first.

    Parameters
    ----------
    event : str
        ``silent_corruption``: wrong results without a sign; ``hbm_uncorrectable``: memory errors past the
        code; ``hang``: functional interrupts; ``host_cpu`` and ``host_ram``: of the tray's host.

    Notes
    -----
    Silent corruption has its published range; HBM the 95 % range of 203 events; the rest a factor of 2.
    """
    if event == "silent_corruption":
        return Range(low=SILENT_LOW, central=SILENT_CORRUPTION, high=SILENT_HIGH)
    if event == "hbm_uncorrectable":
        spread = float(np.exp(1.96 / np.sqrt(HBM_EVENTS)))
        central = HBM_UNCORRECTABLE
        return Range(low=central / spread, central=central, high=central * spread)
    central = {"hang": HANG, "host_cpu": HOST_CPU, "host_ram": HOST_RAM}[event]
    return Range(low=central / FEW_EVENTS, central=central, high=central * FEW_EVENTS)


def cross_section(event: Event) -> Range:
    """Cross-section per chip for 67 MeV protons (m2), lowest first.

    Parameters
    ----------
    event : str
        As for `dose_per_event`.
    """
    dose = dose_per_event(event)
    low, central, high = (1.0 / (PROTONS_PER_GRAY * d) for d in (dose.high, dose.central, dose.low))
    return Range(low=low, central=central, high=high)


def upset_rate(event: Event, dose_rate: Real) -> Range:
    """Events per chip and second, by dose.

    Parameters
    ----------
    event : str
        As for `dose_per_event`.
    dose_rate : float or array
        Of protons (trapped and solar) behind the shield (Gy/s); electrons cause dose but no upsets.
    """
    dose = dose_per_event(event)
    return Range(low=dose_rate / dose.high, central=dose_rate / dose.central, high=dose_rate / dose.low)
