from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from tests.formats.orbit_samples import STATION, assert_same, catalogue, real_file

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.formats.omm.write import omm_json, omm_kvn
from dawndusk.formats.tle import tle_text
from dawndusk.space.constellation.catalogue import read_catalogue, stale
from dawndusk.space.constellation.fleet import open_fleet

DAY = 86400.0


def saved(folder, text: str | bytes, name: str = "satellites.dat"):
    """A file with this content."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("make", [tle_text, omm_json, omm_kvn])
@pytest.mark.parametrize("pack", [False, True])
def test_the_content_tells_the_format(tmp_path, make, pack) -> None:
    """TLE, OMM in JSON and in KVN are known by what they hold, packed or not, whatever the name."""
    text = make(catalogue()).encode()
    found, skipped = read_catalogue(saved(tmp_path, gzip.compress(text) if pack else text, "x.weird"))
    assert skipped == ()
    assert found.names == catalogue().names
    assert found.numbers.tolist() == catalogue().numbers.tolist()


def test_the_mark_of_byte_order_is_read_over(tmp_path) -> None:
    """A file saved by an editor with a byte order mark reads as without."""
    found, _ = read_catalogue(saved(tmp_path, b"\xef\xbb\xbf" + omm_json(catalogue()).encode()))
    assert_same(catalogue(), found, {"epoch": 1e-6, "raan": 1e-15, "mean_anomaly": 1e-15})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty file"),
        (b" \n\n", "empty file"),
        (b"[]", "empty list"),
        (b"No GP data found", "No GP data found"),
        (b"<!DOCTYPE html><html></html>", "document type"),
        (b"\xff\xfe\x00\x01", "no text"),
        (b"\x1f\x8b\x08torn", "torn gzip"),
        (gzip.compress(b"x" * 9999, mtime=0)[:20], "torn gzip"),
        (b"PAR1....", "Parquet"),
        (b"CCSDS_OMM_VERS", "CCSDS_OMM_VERS"),
    ],
)
def test_files_that_hold_no_satellites_say_what_they_are(tmp_path, content, says) -> None:
    """Empty, torn and foreign files are users' mistakes that name the file."""
    with pytest.raises(UserError, match=says) as caught:
        read_catalogue(saved(tmp_path, content))
    assert caught.value.problems[0].file == str(tmp_path / "satellites.dat")


def test_a_missing_file_is_a_users_mistake(tmp_path) -> None:
    """A file that is not there, and a folder, are named."""
    for path in (tmp_path / "none.tle", tmp_path):
        with pytest.raises(UserError, match="catalogue file"):
            read_catalogue(path)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"MEAN_MOTION": 0}, "above 0 rev/day"),
        ({"MEAN_MOTION": -15.0}, "above 0 rev/day"),
        ({"ECCENTRICITY": 1.0}, "0 to below 1"),
        ({"ECCENTRICITY": -0.1}, "0 to below 1"),
        ({"INCLINATION": 181.0}, "0 to 180 deg"),
        ({"MEAN_MOTION": 17.5}, "at least 100 km"),
        ({"ECCENTRICITY": 0.2}, "at least 100 km"),
    ],
)
def test_what_is_no_orbit_is_refused_or_left_out_when_asked(tmp_path, change, says) -> None:
    """An impossible orbit is an error that names the satellite; with skip_bad it is left out and reported."""
    rows = json.loads(omm_json(catalogue()))
    rows[5] |= change
    path = saved(tmp_path, json.dumps(rows))
    with pytest.raises(UserError, match=says) as caught:
        read_catalogue(path)
    assert "record 6 (RING-5)" in caught.value.problems[0].path
    found, skipped = read_catalogue(path, skip_bad=True)
    assert found.size == 11
    assert [problem.path for problem in skipped] == [caught.value.problems[0].path]


def test_satellites_in_reentry_are_left_out_and_reported(tmp_path) -> None:
    """A perigee of 100 to 150 km is no mistake of the file; alone in it, nothing is left to fly."""
    low = replace(catalogue(), mean_motion=np.full(12, 16.5) * 2.0 * np.pi / DAY)
    mixed = tle_text(catalogue()) + tle_text(low.take(np.array([3])))
    found, skipped = read_catalogue(saved(tmp_path, mixed))
    assert found.size == 12
    assert len(skipped) == 1
    assert "re-entry" in skipped[0].read
    assert skipped[0].line == 39
    with pytest.raises(UserError, match="re-entry"):
        read_catalogue(saved(tmp_path, tle_text(low)))


def test_many_problems_are_shown_and_counted(tmp_path) -> None:
    """Of 30 bad satellites the first 20 are shown and the rest is counted; skipping reports them all."""
    lines = tle_text(catalogue(6, 6)).splitlines()
    for k in range(30):
        lines[3 * k + 1] = lines[3 * k + 1][:-1] + "x"
    path = saved(tmp_path, "\n".join(lines))
    with pytest.raises(UserError) as caught:
        read_catalogue(path)
    problems = caught.value.problems
    assert len(problems) == 21
    assert "10 more bad records, 30 in all" in problems[-1].read
    assert [problem.line for problem in problems[:3]] == [2, 5, 8]
    found, skipped = read_catalogue(path, skip_bad=True)
    assert (found.size, len(skipped)) == (6, 30)


def test_old_elements_are_counted(tmp_path) -> None:
    """Epochs more than two weeks away count as stale, before and after."""
    found, _ = read_catalogue(saved(tmp_path, STATION + tle_text(catalogue())))
    at = float(catalogue().epoch[0]) + 3.0 * DAY
    age = stale(found, at)
    assert age.count == 1
    assert age.newest == pytest.approx(3.0, abs=1e-6)
    assert age.oldest == pytest.approx(2522.0, abs=3.0)
    assert stale(found, at - 30.0 * DAY).count == 13


def test_ten_thousand_satellites_keep_their_order(tmp_path) -> None:
    """A catalogue of the size of Starlink is read whole and in order."""
    many = catalogue(100, 100)
    found, skipped = read_catalogue(saved(tmp_path, tle_text(many)))
    assert skipped == ()
    assert found.names == many.names


def test_starlink_files_are_read() -> None:
    """Both real files are read whole, but for one satellite of 2026-08 in re-entry."""
    new, falling = read_catalogue(real_file("starlink_2026-08.tle.gz"))
    old, none = read_catalogue(real_file("starlink_omm_2025-05.json.gz"))
    assert (new.size, len(falling), old.size, none) == (10743, 1, 7483, ())


def test_a_satellite_that_is_there_twice_counts_once(tmp_path) -> None:
    """The newer elements are used, whichever comes first, and the older are reported."""
    one = catalogue()
    newer = replace(one.take(np.array([4])), epoch=one.epoch[4:5] + 3600.0, names=("RING-4 again",))
    for first, second in ((one, newer), (newer, one)):
        found, skipped = read_catalogue(saved(tmp_path, tle_text(first) + tle_text(second)))
        assert found.size == 12
        assert "RING-4 again" in found.names
        assert len(skipped) == 1
        assert "older elements" in skipped[0].read
    assert read_catalogue(saved(tmp_path, tle_text(replace(one, numbers=0 * one.numbers))))[0].size == 12


def test_eccentric_orbits_are_not_taken_for_circles(tmp_path) -> None:
    """A Molniya orbit among others is left out with a word; alone it is refused."""
    long = replace(
        catalogue(1, 1), eccentricity=np.array([0.73]), names=("MOLNIYA",), numbers=np.array([7]),
        mean_motion=np.array([2.006]) * 2.0 * np.pi / DAY,
    )  # fmt: skip
    mixed = saved(tmp_path, tle_text(catalogue()) + tle_text(long))
    fleet = open_fleet(str(mixed), year=2026)
    assert fleet.planes.size == 12
    assert any("MOLNIYA: 0.73" in remark for remark in fleet.remarks)
    with pytest.raises(UserError, match="circular orbits"):
        open_fleet(str(saved(tmp_path, tle_text(long))), year=2026)


def test_elements_of_another_time_are_told(tmp_path) -> None:
    """Light of a year that is more than one from the elements comes with a word and with what to write."""
    path = str(saved(tmp_path, tle_text(catalogue())))
    assert open_fleet(path, year=2027).remarks == ()
    (remark,) = open_fleet(path, year=2048).remarks
    assert "21.2 years older than the light of 2048" in remark
    assert "--year 2026" in remark
    assert open_fleet(path, year=2026).remarks == ()
