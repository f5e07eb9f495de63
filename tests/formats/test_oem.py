from __future__ import annotations

import zipfile

import numpy as np
import pytest
from tests.formats.orbit_samples import catalogue, ring

from dawndusk.core.errors import UserError
from dawndusk.core.time import seconds_from_utc
from dawndusk.formats.oem import write_oem
from dawndusk.physics.motion import secular
from dawndusk.physics.motion.precession import j2000_vectors
from dawndusk.physics.motion.sgp4_orbits import states

SECONDS = seconds_from_utc("2026-11-01T06:30:00") + 60.0 * np.arange(9)


def parsed(text: str) -> list[tuple[dict, list, np.ndarray]]:
    """Metadata, epochs and numbers of each segment, by the rules of the standard alone."""
    found = []
    for part in text.split("META_START")[1:]:
        head, _, body = part.partition("META_STOP")
        fields = dict(line.split(" = ", 1) for line in head.strip().splitlines())
        rows = [line.split() for line in body.strip().splitlines()]
        found.append((fields, [row[0] for row in rows], np.array([row[1:] for row in rows], dtype=float).T))
    return found


def test_an_ephemeris_comes_back(tmp_path) -> None:
    """States of SGP4 are found again to the millimetre, in km, with frame, time system and instants."""
    known = catalogue(1, 2)
    flown = states(known, SECONDS)
    path = write_oem(
        tmp_path / "a.zip", known.names, SECONDS, flown.positions, flown.velocities, frame="TEME",
        designators=known.designators, comment="by SGP4",
    )  # fmt: skip
    with zipfile.ZipFile(path) as packed:
        assert packed.namelist() == ["1_RING-0.oem", "2_RING-1.oem"]
        texts = [packed.read(name).decode() for name in packed.namelist()]
    for k, text in enumerate(texts):
        assert text.startswith(
            "CCSDS_OEM_VERS = 3.0\nCOMMENT by SGP4\nCREATION_DATE = 2026-11-01T06:30:00.000000\n"
        )
        ((fields, epochs, numbers),) = parsed(text)
        assert fields["OBJECT_NAME"] == known.names[k]
        assert fields["OBJECT_ID"] == known.designators[k]
        assert (fields["CENTER_NAME"], fields["REF_FRAME"], fields["TIME_SYSTEM"]) == ("EARTH", "TEME", "UTC")
        assert epochs == [f"2026-11-01T06:{30 + minute}:00.000000" for minute in range(9)]
        assert (fields["START_TIME"], fields["STOP_TIME"]) == (epochs[0], epochs[-1])
        assert np.abs(numbers[:3] * 1e3 - flown.positions[:, k]).max() < 1e-3
        assert np.abs(numbers[3:] * 1e3 - flown.velocities[:, k]).max() < 1e-6


def test_generated_orbits_are_written_in_the_frame_of_j2000(tmp_path) -> None:
    """Our own orbits, turned by precession, lie 0.37 deg from where the equator of date has them."""
    elements = ring(1, 2)
    at = SECONDS[:1]
    place, speed = (x[:, :, None] for x in secular.states(elements, at[0]))
    turned, moved = (j2000_vectors(x, at) for x in (place, speed))
    path = write_oem(tmp_path / "b.oem", ("A",), at, turned[:, :1], moved[:, :1], frame="EME2000")
    fields, _, numbers = parsed(path.read_text("utf-8"))[0]
    assert (fields["REF_FRAME"], fields["OBJECT_ID"]) == ("EME2000", "UNKNOWN")
    assert "INTERPOLATION" not in fields
    written = numbers[:3, 0] * 1e3
    assert np.linalg.norm(written) == pytest.approx(np.linalg.norm(place[:, 0]), abs=1e-2)
    angle = np.arccos(written @ place[:, 0, 0] / np.linalg.norm(written) ** 2)
    assert 0.1 < np.rad2deg(angle) < 0.38


def test_a_message_holds_one_satellite(tmp_path) -> None:
    """Two satellites in one message are refused, and the zip that is proposed instead is written."""
    vectors = np.ones((3, 2, 9))
    with pytest.raises(UserError) as caught:
        write_oem(tmp_path / "two.oem", ("A", "B"), SECONDS, vectors, vectors, frame="TEME")
    proposed = caught.value.problems[0].write.split(",")[0]
    assert write_oem(tmp_path / proposed, ("A", "B"), SECONDS, vectors, vectors, frame="TEME").is_file()


def test_a_zip_has_no_time_of_day_and_names_that_unpack_anywhere(tmp_path) -> None:
    """The same satellites give the same bytes; a name never leaves the folder that it is unpacked into."""
    vectors = np.ones((3, 2, 9))
    one, two = (
        write_oem(tmp_path / f"{k}.zip", ("../../A", "B: [x]"), SECONDS, vectors, vectors, frame="TEME")
        for k in range(2)
    )
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as packed:
        assert packed.namelist() == ["1_A.oem", "2_B_x.oem"]


@pytest.mark.parametrize("spoil", ["nan", "shape", "order"])
def test_bad_samples_are_refused_and_nothing_is_written(tmp_path, spoil) -> None:
    """A number that is none, a missing satellite and instants out of order are errors; no file is left."""
    vectors = np.ones((3, 2, 9))
    seconds = SECONDS[::-1] if spoil == "order" else SECONDS
    if spoil == "nan":
        vectors[0, 1, 3] = np.nan
    names = ("A", "B", "C") if spoil == "shape" else ("A", "B")
    with pytest.raises(UserError):
        write_oem(tmp_path / "c.oem", names, seconds, vectors, vectors, frame="TEME")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_is_a_users_mistake(tmp_path) -> None:
    """Where no file can be made the error says so, and nothing half written stays."""
    (tmp_path / "d.oem").mkdir()
    vectors = np.ones((3, 1, 9))
    with pytest.raises(UserError, match="folder of this name"):
        write_oem(tmp_path / "d.oem", ("A",), SECONDS, vectors, vectors, frame="TEME")
    assert [p.name for p in tmp_path.iterdir()] == ["d.oem"]
