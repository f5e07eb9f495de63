"""Round trips between named cities."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.space.cities import CITIES, city
from dawndusk.space.latency import latency, place


def test_names_text_and_degrees_are_alike():
    """A city's name, coordinates as text and a pair of degrees name the same place."""
    assert place("manila") == place("14.6042, 120.9822") == place((14.6042, 120.9822))
    assert place("Manila") == pytest.approx(np.radians([14.6042, 120.9822]))


@pytest.mark.parametrize(
    ("written", "listed"),
    [("Sao Paulo", "São-Paulo"), ("MUMBAI", "Mumbai-(Bombay)"), ("new york", "New-York-Newark")],
)
def test_spelling_is_forgiven(written, listed):
    """Accents, capitals, brackets and an unambiguous beginning do not matter."""
    assert city(written) == CITIES[listed]


def test_round_trip_by_name():
    """Manila to Dalian takes 29.42 ms at the start of the published series."""
    assert latency("Manila", "Dalian") == pytest.approx([29.423e-3], abs=1e-6)


@pytest.mark.parametrize(
    "wrong", ["Manilla", "Atlantis", "", (91.0, 0.0), (np.nan, 0.0), (1.0, 2.0, 3.0), "1, 2, 3"]
)
def test_unknown_places_are_refused(wrong):
    """A place that is none raises, and a misspelt one names the city meant."""
    with pytest.raises(UserError) as caught:
        place(wrong)
    assert wrong != "Manilla" or caught.value.problems[0].write == "Manila"


def test_unknown_networks_are_refused():
    """A network that is not known raises with the names that are."""
    with pytest.raises(UserError, match="kuiper-630"):
        latency("Manila", "Dalian", network="kupier")


def test_to_orbit_is_the_way_to_the_nearest_satellite():
    """A satellite at 630 km is at least 4.2 ms there and back, and 8.4 ms away when it stands at 25 deg."""
    trips = latency("Paris", "orbit", seconds=np.arange(0.0, 600.0, 60.0))
    assert np.all((trips > 2 * 630e3 / 299792458.0) & (trips < 2 * 1260e3 / 299792458.0))


def test_a_constellation_is_a_network_too():
    """Over the planes of the big filing Singapore and Nairobi see each other; light needs at least 49 ms."""
    trips = latency("Singapore", "Nairobi", network="spacex_2026_05", seconds=0.0)
    assert 0.049 < trips[0] < 0.120


def test_unknown_networks_are_answered_with_the_known():
    """A name that is neither network, constellation nor file is refused."""
    with pytest.raises(UserError, match="kuiper-630"):
        latency("Paris", "London", network="moon-net")
