from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from sgp4 import omm as theirs
from sgp4.api import Satrec
from tests.formats.orbit_samples import STATION, assert_same, catalogue

from dawndusk.core.errors import UserError
from dawndusk.formats.omm.read import read_csv, read_json, read_kvn, read_xml
from dawndusk.formats.omm.write import omm_csv, omm_json, omm_kvn, omm_xml, write_omm
from dawndusk.formats.tle import read_tle

EXACT = {"epoch": 1e-6, "eccentricity": 1e-18, "raan": 1e-15, "mean_anomaly": 1e-15}


def messages() -> list[dict]:
    """The shared catalogue as a list of messages."""
    return json.loads(omm_json(catalogue()))


def as_csv(rows: list[dict]) -> str:
    """Messages in CSV."""
    return "\n".join([",".join(rows[0]), *(",".join(str(x) for x in row.values()) for row in rows)])


def test_every_notation_gives_the_same_satellites() -> None:
    """JSON, KVN, CSV and XML of a catalogue are read as that catalogue."""
    rows = messages()
    for found in (
        read_json(json.dumps(rows), "a.json"),
        read_kvn(omm_kvn(catalogue()), "a.kvn"),
        read_csv(as_csv(rows), "a.csv"),
        read_csv(omm_csv(catalogue()), "b.csv"),
        read_xml(omm_xml(catalogue(), comment="a < b & c"), "a.xml"),
    ):
        assert found.problems == ()
        assert_same(catalogue(), found.catalogue, EXACT)


def test_one_message_and_numbers_as_text_are_read() -> None:
    """A single JSON object is a list of one, and numbers in quotes (Space-Track) are numbers."""
    row = {key: str(value) for key, value in messages()[3].items()}
    assert_same(catalogue().take(np.array([3])), read_json(json.dumps(row), "a.json").catalogue, EXACT)


def test_our_messages_are_read_by_sgp4_alike() -> None:
    """The package sgp4 finds in our message of a published element set what it finds in its TLE."""
    row = json.loads(omm_json(read_tle("ISS\n" + STATION, "iss.tle").catalogue))[0]
    satellite, wanted = Satrec(), Satrec.twoline2rv(*STATION.splitlines())
    theirs.initialize(satellite, row)
    for name in ("no_kozai", "ecco", "inclo", "nodeo", "argpo", "mo", "bstar", "ndot"):
        assert getattr(satellite, name) == pytest.approx(getattr(wanted, name), rel=1e-13)
    assert (satellite.intldesg, satellite.satnum) == (wanted.intldesg, wanted.satnum)
    # an OMM gives the epoch to the microsecond, in which the satellite moves 8 mm
    apart = (satellite.jdsatepoch - wanted.jdsatepoch) + (satellite.jdsatepochF - wanted.jdsatepochF)
    assert abs(apart) * 86400.0 < 1e-6


def test_messages_carry_no_time_of_day(tmp_path) -> None:
    """The same catalogue gives the same bytes, dated by its epoch."""
    for suffix in ("json", "csv", "xml", "omm"):
        one, two = (write_omm(tmp_path / f"{k}.{suffix}", catalogue(), comment="made") for k in range(2))
        assert one.read_bytes() == two.read_bytes()
        assert "2026-11-01T06:30:00.000000" in one.read_text("utf-8")


def test_one_satellite_is_kvn_and_many_are_xml(tmp_path) -> None:
    """A file .omm holds what readers of the standard take: one message in KVN, a combined one in XML."""
    one = write_omm(tmp_path / "one.omm", catalogue().take(np.array([3])))
    many = write_omm(tmp_path / "many.omm", catalogue())
    assert one.read_text().startswith("CCSDS_OMM_VERS = 3.0\n")
    assert ET.fromstring(many.read_text()).tag == "ndm"
    with pytest.raises(UserError, match=r"many\.xml"):
        write_omm(tmp_path / "many.kvn", catalogue())


def test_another_suffix_is_refused(tmp_path) -> None:
    """A file name that says no notation is an error that names those there are."""
    with pytest.raises(UserError, match=r"\.json, \.csv, \.kvn"):
        write_omm(tmp_path / "a.xls", catalogue())


@pytest.mark.parametrize(
    ("keyword", "value", "says"),
    [
        ("MEAN_MOTION", None, "this keyword"),
        ("BSTAR", "", "this keyword"),
        ("EPOCH", "2026-02-30T00:00:00", "UTC date"),
        ("EPOCH", "1957-10-04T00:00:00", "UTC date"),
        ("INCLINATION", "53 deg", "a number"),
        ("ECCENTRICITY", float("nan"), "a number"),
        ("MEAN_ANOMALY", [1], "a number"),
        ("MEAN_ELEMENT_THEORY", "SGP4-XP", "SGP4"),
        ("TIME_SYSTEM", "TAI", "UTC"),
        ("REF_FRAME", "EME2000", "TEME"),
        ("CENTER_NAME", "MOON", "EARTH"),
        ("EPHEMERIS_TYPE", 4, "0 or 1 or 2"),
    ],
)
def test_a_bad_message_is_named_and_costs_only_itself(keyword, value, says) -> None:
    """The problem names record, satellite and keyword; the other satellites are read."""
    rows = messages()
    rows[2][keyword] = value
    found = read_json(json.dumps(rows), "bad.json")
    assert found.catalogue.size == 11
    (problem,) = found.problems
    assert problem.path == f"record 3 (RING-2): {keyword}"
    assert says in problem.expected


def test_line_numbers_of_csv_and_kvn() -> None:
    """In notations with lines a problem names the line of its message."""
    rows = messages()
    rows[1]["MEAN_MOTION"] = "x"
    assert read_csv(as_csv(rows), "a.csv").problems[0].line == 3
    text = omm_kvn(catalogue()).replace("ECCENTRICITY", "ECC", 1)
    assert read_kvn(text, "a.kvn").problems[0].line == 1


def test_units_in_brackets_are_read_over() -> None:
    """KVN may carry units behind its values."""
    plain = omm_kvn(catalogue())
    with_units = "\n".join(
        f"{x} [rev/day]" if x.startswith("MEAN_MOTION =") else x for x in plain.split("\n")
    )
    assert_same(read_kvn(plain, "a").catalogue, read_kvn(with_units, "b").catalogue)


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (read_json, '[{"EPOCH": 1},\n{"EPOCH" 2}]', 2),
        (read_xml, "<ndm>\n<omm></ndm>", 2),
        (read_xml, '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', 1),
    ],
)
def test_torn_text_names_its_line(read, text, line) -> None:
    """Text that is no JSON or XML is a user's mistake with a line, not a traceback."""
    with pytest.raises(UserError) as caught:
        read(text, "torn")
    assert caught.value.problems[0].line == line
