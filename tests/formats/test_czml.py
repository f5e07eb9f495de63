from __future__ import annotations

import json

import numpy as np
import pytest
from tests.formats.orbit_samples import ring

from dawndusk.core.errors import UserError
from dawndusk.core.time import seconds_from_utc
from dawndusk.formats.czml import write_czml
from dawndusk.physics.motion import secular
from dawndusk.physics.motion.precession import j2000_vectors

SECONDS = seconds_from_utc("2026-11-01T06:30:00") + 120.0 * np.arange(6)


@pytest.fixture(scope="module")
def places():
    """Positions of four satellites at the instants, J2000."""
    at = [secular.positions(ring(2, 2), second) for second in SECONDS]
    return j2000_vectors(np.stack(at, axis=-1), SECONDS)


def test_positions_come_back_from_the_document(tmp_path, places) -> None:
    """Each satellite's packet holds its samples (time, x, y, z) to the decimetre, in the inertial frame."""
    path = write_czml(
        tmp_path / "a.czml", tuple("abcd"), SECONDS, places, groups=("one", "one", "two", "two")
    )
    document, *packets = json.loads(path.read_text("utf-8"))
    assert (document["id"], document["version"]) == ("document", "1.0")
    assert document["clock"]["interval"] == "2026-11-01T06:30:00.000000Z/2026-11-01T06:40:00.000000Z"
    folders, craft = packets[:2], packets[2:]
    assert [packet["name"] for packet in folders] == ["one", "two"]
    assert [packet["name"] for packet in craft] == list("abcd")
    for k, packet in enumerate(craft):
        samples = np.reshape(packet["position"]["cartesian"], (-1, 4))
        assert packet["position"]["referenceFrame"] == "INERTIAL"
        assert samples[:, 0].tolist() == [0.0, 120.0, 240.0, 360.0, 480.0, 600.0]
        assert np.abs(samples[:, 1:] - places[:, k].T).max() <= 0.0501


def test_colour_and_folder_follow_the_group(tmp_path, places) -> None:
    """Satellites of one group share a colour and a folder; other groups have others."""
    path = write_czml(
        tmp_path / "a.czml", tuple("abcd"), SECONDS, places, groups=("one", "one", "two", "two")
    )
    craft = json.loads(path.read_text("utf-8"))[3:]
    colours = [tuple(packet["point"]["color"]["rgba"]) for packet in craft]
    assert colours[0] == colours[1] != colours[2] == colours[3]
    assert [packet["parent"] for packet in craft] == ["group/one", "group/one", "group/two", "group/two"]
    assert len({packet["id"] for packet in craft}) == 4


def test_the_same_satellites_give_the_same_bytes(tmp_path, places) -> None:
    """No time of day gets into the file."""
    one, two = (write_czml(tmp_path / name, tuple("abcd"), SECONDS, places) for name in ("1", "2"))
    assert one.read_bytes() == two.read_bytes()


def test_no_satellite_is_refused(tmp_path) -> None:
    """A document without satellites is an error."""
    with pytest.raises(UserError):
        write_czml(tmp_path / "a.czml", (), SECONDS, np.ones((3, 0, 6)))
