"""Exports, read back by programs that are not ours."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from oem import OrbitEphemerisMessage
from sgp4 import omm as theirs
from sgp4.api import Satrec
from skyfield.api import EarthSatellite, load
from tests.formats.orbit_samples import catalogue

from dawndusk.core.errors import UserError
from dawndusk.formats.elements_table import read_elements
from dawndusk.formats.tle import read_tle, tle_text
from dawndusk.physics.motion import secular
from dawndusk.physics.motion.precession import j2000_vectors
from dawndusk.space.constellation.export import export, instant_of
from dawndusk.space.constellation.fleet import Fleet, open_fleet

NEAR = 100.0  # m
_SHORT = {"NORAD_CAT_ID": "1"}


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    """Six groups of the filing at 500 to 2,000 km."""
    return open_fleet("spacex_2026_05")


def ours(fleet: Fleet, at: float, count: int) -> np.ndarray:
    """Our positions at the instant, J2000 (m), shape (3, n)."""
    _, elements, _ = fleet.sample(count)
    return j2000_vectors(secular.positions(elements, at)[:, :, None], np.array([at]))[:, :, 0]


def by_skyfield(satellite: EarthSatellite) -> np.ndarray:
    """Position at the satellite's own epoch (m, axes of J2000 to 0.02 arcsec)."""
    return satellite.at(satellite.epoch).position.m


def test_tle_flown_by_skyfield_starts_where_we_are(fleet: Fleet, tmp_path: Path) -> None:
    """Every satellite is within 100 m of our position, and no two share a number or a name."""
    at = instant_of(fleet, 2027, None)
    path = tmp_path / "a.tle"
    assert export(fleet, path, seconds=at, sample=60) == 60
    found = load.tle_file(str(path), ts=load.timescale(builtin=True))
    assert len({s.model.satnum for s in found}) == len({s.name for s in found}) == 60
    assert str(found[0].epoch.utc_strftime("%Y-%m-%d %H:%M")) == "2027-03-20 12:00"
    apart = np.stack([by_skyfield(s) for s in found], axis=1) - ours(fleet, at, 60)
    assert np.linalg.norm(apart, axis=0).max() < NEAR


def test_omm_in_xml_and_csv_flown_by_sgp4_starts_where_we_are(fleet: Fleet, tmp_path: Path) -> None:
    """The package sgp4 reads number and elements, and stands within 100 m of us.

    It takes numbers of six digits at most (python-sgp4, issue 169): another is put in to fly the satellite.
    """
    at, scale = instant_of(fleet, 2027, None), load.timescale(builtin=True)
    for suffix, parse in ((".omm", theirs.parse_xml), (".xml", theirs.parse_xml), (".csv", theirs.parse_csv)):
        path = tmp_path / f"a{suffix}"
        export(fleet, path, seconds=at, sample=30)
        with path.open() as file:
            fields = list(parse(file))
        assert len({f["NORAD_CAT_ID"] for f in fields} | {f["OBJECT_NAME"] for f in fields}) == 60
        assert int(fields[0]["NORAD_CAT_ID"]) == 799500000
        found = np.stack([by_skyfield(EarthSatellite.from_omm(scale, f | _SHORT)) for f in fields], axis=1)
        assert np.linalg.norm(found - ours(fleet, at, 30), axis=0).max() < NEAR


def test_oem_read_by_oem_is_where_we_are(fleet: Fleet, tmp_path: Path) -> None:
    """One message a satellite; states at the start are ours to the millimetre, for a day from the instant."""
    at = instant_of(fleet, 2027, "2027-06-01")
    export(fleet, tmp_path / "a.zip", seconds=at, sample=5)
    places = ours(fleet, at, 5)
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    files = sorted((tmp_path / "unpacked").iterdir())
    assert len(files) == 5
    for k, path in enumerate(files):
        (segment,) = OrbitEphemerisMessage.open(path)
        first, *_, last = segment.states
        assert (segment.metadata["REF_FRAME"], first.epoch.isot[:16]) == ("EME2000", "2027-06-01T00:00")
        assert (last.epoch - first.epoch).to_value("s") == pytest.approx(86400.0)
        assert np.abs(first.position * 1e3 - places[:, k]).max() < 2e-3


def test_real_satellites_keep_their_identity_and_lie_where_sgp4_has_them(tmp_path: Path) -> None:
    """OEM of a file carries the designators of the file; its states are those of sgp4 in TEME."""
    source = tmp_path / "source.tle"
    source.write_text(tle_text(catalogue()))
    real = open_fleet(str(source))
    at = instant_of(real, 2027, None)
    export(real, tmp_path / "one.oem", seconds=at, sample=1)
    (segment,) = OrbitEphemerisMessage.open(tmp_path / "one.oem")
    assert segment.metadata["OBJECT_ID"] == real.catalogue[0].designators[0]
    lines = tle_text(real.catalogue[0].take(np.array([0]))).splitlines()[1:]
    when = Satrec.twoline2rv(*lines)
    code, place, _ = when.sgp4(when.jdsatepoch, when.jdsatepochF)
    assert code == 0
    assert np.linalg.norm(np.asarray(place) - next(iter(segment.states)).position) * 1e3 < NEAR
    export(real, tmp_path / "again.tle", seconds=at, sample=12)
    written = {line for line in (tmp_path / "again.tle").read_text().splitlines() if line[:2] in ("1 ", "2 ")}
    assert written <= set(source.read_text().splitlines())


def test_what_an_export_proposes_instead_is_written(fleet: Fleet, tmp_path: Path) -> None:
    """Many satellites for one OEM are refused; the zip that is proposed works, and so does one satellite."""
    at = instant_of(fleet, 2027, None)
    with pytest.raises(UserError) as caught:
        export(fleet, tmp_path / "a.oem", seconds=at, sample=2)
    assert "a.zip" in caught.value.problems[0].write
    assert export(fleet, tmp_path / "a.oem", seconds=at, sample=1) == 1
    assert export(fleet, tmp_path / "a.zip", seconds=at, sample=2) == 2


def test_our_own_reader_takes_our_own_tle(fleet: Fleet, tmp_path: Path) -> None:
    """Numbers in Alpha-5 come back, none refused."""
    export(fleet, tmp_path / "a.tle", seconds=instant_of(fleet, 2027, None), sample=20)
    found = read_tle((tmp_path / "a.tle").read_text(), "a.tle")
    assert found.problems == ()
    assert found.catalogue.numbers.tolist() == list(range(270000, 270020))


def test_czml_and_parquet_are_of_the_same_instant(tmp_path: Path) -> None:
    """CZML of real satellites starts where skyfield has them; a table holds our orbits at the instant."""
    source = tmp_path / "source.tle"
    source.write_text(tle_text(catalogue()))
    real = open_fleet(str(source))
    at = instant_of(real, 2027, None)
    export(real, tmp_path / "a.czml", seconds=at, sample=12)
    packets = [p for p in json.loads((tmp_path / "a.czml").read_text()) if "position" in p]
    theirs = {s.name: by_skyfield(s) for s in load.tle_file(str(source), ts=load.timescale(builtin=True))}
    assert len(packets) == len(theirs) == 12
    for packet in packets:
        assert np.linalg.norm(np.array(packet["position"]["cartesian"][1:4]) - theirs[packet["name"]]) < NEAR
    ours_now = open_fleet("suncatcher")
    at = instant_of(ours_now, 2027, "2027-06-01")
    export(ours_now, tmp_path / "a.parquet", seconds=at)
    table = read_elements(tmp_path / "a.parquet").elements
    assert table.epoch.tolist() == [at] * 81
    assert np.abs(secular.positions(table, at) - secular.positions(ours_now.elements()[0], at)).max() < 1e-3
