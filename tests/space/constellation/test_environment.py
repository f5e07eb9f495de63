"""A fleet's environment, snapshot and exports, from the shipped constellations."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dawndusk.core import time
from dawndusk.core.errors import Cancelled, UserError
from dawndusk.formats.elements_table import read_elements
from dawndusk.space.constellation.environment import Environment, environment, summary_json
from dawndusk.space.constellation.export import export, read_instant
from dawndusk.space.constellation.fleet import Fleet, open_fleet
from dawndusk.space.constellation.snapshot import snapshot


@pytest.fixture(scope="module")
def cluster() -> tuple[Fleet, Environment]:
    """The 81 satellites of Suncatcher, and their year."""
    fleet = open_fleet("suncatcher")
    return fleet, environment(fleet, year=2027)


def test_thinned_planes_never_meet_slot_on_slot() -> None:
    """Planes of a shell keep equal numbers, whatever the cap, but for one shell at most."""
    planes = open_fleet("spacex_2026_05").planes
    shells = {}
    for group, shell, count in zip(planes.group, planes.shell, planes.satellites, strict=True):
        shells.setdefault((group, shell), set()).add(int(count))
    assert planes.total == 1_000_000
    assert sum(len(counts) > 1 for counts in shells.values()) <= 1


def test_steady_state_sends_down_one_satellite_per_life_and_slot() -> None:
    """A million satellites of five years are 547.6 re-entries a day and 72,000 t of alumina a year at 3 t."""
    fleet = open_fleet("starcloud")
    found = summary_json(fleet, environment(fleet, year=2027))
    count, life = found["satellites"], found["craft"]["life_yr"]
    assert count == 88_000
    assert found["reentries_per_day"] == pytest.approx(count / (life * 365.25))
    assert found["alumina_t_per_yr"] == pytest.approx(count / life * found["craft"]["mass_kg"] * 0.12e-3)


def test_one_group_alone_keeps_its_filed_number() -> None:
    """The cap of a million binds the whole filing, not a single group of it."""
    fleet = open_fleet("spacex_2026_05", only="group-2")
    assert fleet.satellites.tolist() == [99_980]


def test_the_sun_stands_over_the_equator_at_the_equinox(cluster: tuple[Fleet, Environment]) -> None:
    """On 20 March 2027 at 12:00 UTC the Sun is overhead within half a degree of the equator."""
    seconds = float(time.seconds_from_utc("2027-03-20T12:00"))
    seen = snapshot(*cluster, seconds=seconds)
    latitude, longitude = seen.sun_place
    assert abs(latitude) < 0.5
    assert abs(longitude) < 4.5


def test_satellites_in_shadow_are_behind_the_earth(cluster: tuple[Fleet, Environment]) -> None:
    """Whoever is dark is on the night side and within an Earth's radius of the axis of the shadow."""
    fleet = open_fleet("spacex_2026_05")
    seen = snapshot(fleet, environment(fleet, year=2027), seconds=fleet.planes.epoch, shown=3000)
    dark = seen.lit < 0.01
    toward, east, north = seen.sunward[:, dark]
    assert 0.1 < dark.mean() < 0.4
    assert toward.max() < 0
    assert np.hypot(east, north).max() < 1.0


def test_a_sample_is_spread_over_all_groups() -> None:
    """Of 60 satellites of the filing each group gets its share."""
    _, elements, group = open_fleet("spacex_2026_05").sample(60)
    assert elements.size == 60
    assert np.bincount(group, minlength=6).tolist() == pytest.approx([5, 5, 12.5, 12.2, 12.5, 12.7], abs=1.5)


def test_parquet_holds_all_satellites(tmp_path: Path, cluster: tuple[Fleet, Environment]) -> None:
    """Elements come back from the table as they went in."""
    fleet, _ = cluster
    assert export(fleet, tmp_path / "all.parquet", seconds=fleet.planes.epoch) == 81
    back = read_elements(tmp_path / "all.parquet")
    np.testing.assert_array_equal(back.elements.mean_anomaly, fleet.elements()[0].mean_anomaly)


def test_czml_is_json_with_one_packet_per_satellite(
    tmp_path: Path, cluster: tuple[Fleet, Environment]
) -> None:
    """The file is a list that begins with the document."""
    export(cluster[0], tmp_path / "few.czml", seconds=cluster[0].planes.epoch, sample=4)
    packets = json.loads((tmp_path / "few.czml").read_text())
    assert packets[0]["id"] == "document"
    assert sum("position" in packet for packet in packets) == 4


def test_long_work_can_be_stopped(cluster: tuple[Fleet, Environment]) -> None:
    """A caller that says stop gets no half result."""
    with pytest.raises(Cancelled):
        environment(cluster[0], year=2027, cancel=lambda: True)


def test_a_wrong_date_says_what_to_write() -> None:
    """Words are no date."""
    with pytest.raises(UserError, match="2027-03-20"):
        read_instant("next tuesday")


def test_dead_satellites_always_collide_where_they_touch(cluster: tuple[Fleet, Environment]) -> None:
    """With all satellites dead every contact is a collision; with none, one in a thousand."""
    from dawndusk.core.records import replace
    from dawndusk.space.constellation.traffic import traffic

    fleet = cluster[0]
    alive, dead = (
        traffic(replace(fleet, craft=replace(fleet.craft, failed=share)), lambda *_: None)
        for share in (0.0, 1.0)
    )
    assert alive.collisions == pytest.approx(1e-3 * alive.contacts, rel=1e-9)
    assert dead.collisions == pytest.approx(dead.contacts, rel=1e-9)
    assert dead.contacts > 0
