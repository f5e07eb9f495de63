from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4 import omm as theirs
from sgp4.api import Satrec
from tests.formats.orbit_samples import STATION, assert_same, catalogue

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
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


@pytest.mark.parametrize(
    ("keyword", "value", "says"),
    [
        ("INCLINATION", [53], "a number or a text"),
        ("INCLINATION", True, "a number or a text"),
        ("OBJECT_NAME", {"a": 1}, "a number or a text"),
        ("NORAD_CAT_ID", 12345678901234567890, "a whole number from 0 to 999999999"),
        ("NORAD_CAT_ID", 10**400, "a whole number"),
        ("NORAD_CAT_ID", 44714.5, "a whole number"),
        ("NORAD_CAT_ID", -5, "a whole number"),
        ("REV_AT_EPOCH", 0.5, "a whole number"),
        ("INCLINATION", "0.925 [rad]", "a number in deg"),
    ],
)
def test_values_that_are_none_cost_their_message_only(keyword, value, says) -> None:
    """Lists, objects, numbers no catalogue has and other units are told with the record, all alike."""
    rows = messages()
    rows[2][keyword] = value
    found = read_json(json.dumps(rows), "bad.json")
    assert found.catalogue.size == 11
    assert found.problems[0].path.startswith("record 3 (")
    assert says in found.problems[0].expected
    alone = read_json(json.dumps([row | {keyword: value} for row in rows]), "bad.json")
    assert (alone.catalogue.size, len(alone.problems)) == (0, 12)


def test_a_keyword_twice_is_refused_where_its_values_differ() -> None:
    """In every notation two values of one keyword are told; the same value twice is one."""
    one = catalogue().take(np.array([0]))
    twice = {
        read_json: omm_json(one).replace('"INCLINATION"', '"INCLINATION": 97.5, "INCLINATION"'),
        read_kvn: omm_kvn(one).replace("INCLINATION", "INCLINATION = 97.5\nINCLINATION"),
        read_xml: omm_xml(one).replace("<INCLINATION>", "<INCLINATION>97.5</INCLINATION><INCLINATION>"),
        read_csv: omm_csv(one).replace("MEAN_MOTION,", "INCLINATION,", 1),
    }
    for read, text in twice.items():
        (problem,) = read(text, "a").problems
        assert problem.path.endswith("INCLINATION"), read
        assert (problem.expected, " and " in problem.read) == ("one value", True)
    same = omm_kvn(one).replace("CENTER_NAME = EARTH", "CENTER_NAME = EARTH\nCENTER_NAME = EARTH")
    assert read_kvn(same, "a").problems == ()


def test_another_unit_is_refused_and_ours_is_read() -> None:
    """Radians under a name that means degrees are told; a name in brackets stays a name."""
    one = catalogue().take(np.array([0]))
    kvn, xml = omm_kvn(one), omm_xml(one)
    for read, text in (
        (read_kvn, re.sub(r"(?m)^(INCLINATION = .*)$", r"\1 [rad]", kvn)),
        (read_xml, xml.replace("<INCLINATION>", '<INCLINATION units="rad">')),
    ):
        (problem,) = read(text, "a").problems
        assert "rad]" in problem.read
        assert problem.expected == "a number in deg"
    for read, text in (
        (read_kvn, re.sub(r"(?m)^(INCLINATION = .*)$", r"\1 [deg]", kvn)),
        (read_xml, xml.replace("<INCLINATION>", '<INCLINATION units="deg">')),
    ):
        assert_same(one, read(text, "a").catalogue, EXACT)
    named = read_kvn(kvn.replace("RING-0", "RING-0 [DTC]"), "a").catalogue
    assert named.names == ("RING-0 [DTC]",)


def test_a_blank_in_the_epoch_is_read() -> None:
    """Older catalogues write a blank between day and time."""
    rows = messages()
    for row in rows:
        row["EPOCH"] = row["EPOCH"].replace("T", " ")
    assert_same(catalogue(), read_json(json.dumps(rows), "a.json").catalogue, EXACT)


def test_the_advice_fits_the_keyword() -> None:
    """Another frame is not to be renamed: elements in TEME are asked for, not a number."""
    rows = messages()
    rows[0] |= {"REF_FRAME": "EME2000"}
    (problem,) = read_json(json.dumps(rows), "a.json").problems
    assert problem.write.startswith("SGP4 elements in TEME")


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"NORAD_CAT_ID": ' + "9" * 5000 + "}]"])
def test_endless_json_is_a_users_mistake(text) -> None:
    """Brackets within brackets and numbers of thousands of digits end in a message, not a traceback."""
    with pytest.raises(UserError, match="JSON"):
        read_json(text, "deep.json")


def test_deep_xml_and_long_csv_are_users_mistakes() -> None:
    """No nesting and no cell is too long for a message."""
    with pytest.raises(UserError, match="CSV"):
        read_csv('MEAN_MOTION,"' + "x" * 200_000, "a.csv")
    assert read_xml("<a>" * 5000 + "</a>" * 5000, "a.xml").catalogue.size == 0


TEXTS = {
    read_json: omm_json(catalogue(1, 2)),
    read_kvn: omm_kvn(catalogue(1, 2)),
    read_csv: omm_csv(catalogue(1, 2)),
    read_xml: omm_xml(catalogue(1, 2)),
}


@given(read=st.sampled_from(sorted(TEXTS, key=str)), at=st.integers(0, 2000), cut=st.integers(0, 40),
       put=st.text(max_size=12))  # fmt: skip
def test_damage_is_told_or_read_over(read, at, cut, put) -> None:
    """Whatever is cut out or put in, a file gives satellites, problems or a UserError."""
    text = TEXTS[read]
    k = at % len(text)
    try:
        found = read(text[:k] + put + text[k + cut :], "a")
    except UserError:
        return
    assert np.isfinite(found.catalogue.mean_motion).all()
    assert len(found.catalogue.names) == found.catalogue.size


ANGLES = st.floats(0.0, 359.9999999)


@given(angles=st.tuples(ANGLES, ANGLES, ANGLES), tilt=st.floats(0.0, 180.0), shape=st.floats(0.0, 0.9),
       motion=st.floats(0.5, 17.0), number=st.integers(0, 999_999_999), name=st.text("A9 -&<[]"))  # fmt: skip
def test_every_notation_keeps_every_satellite(angles, tilt, shape, motion, number, name) -> None:
    """Any satellite comes back from JSON, KVN, CSV and XML to 13 digits, with its name and number."""
    one = replace(
        catalogue(1, 1), names=(f"S{name}".strip(),), numbers=np.array([number]),
        inclination=np.deg2rad([tilt]), eccentricity=np.array([shape]),
        mean_motion=np.array([motion]) * 2.0 * np.pi / 86400.0,
        raan=np.deg2rad([angles[0]]), argument_of_perigee=np.deg2rad([angles[1]]),
        mean_anomaly=np.deg2rad([angles[2]]),
    )  # fmt: skip
    exact = dict.fromkeys(("raan", "mean_anomaly", "argument_of_perigee", "inclination"), 1e-12) | {
        "epoch": 1e-6
    }
    for read, made in ((read_json, omm_json), (read_kvn, omm_kvn), (read_csv, omm_csv), (read_xml, omm_xml)):
        found = read(made(one), "a")
        assert found.problems == ()
        assert_same(one, found.catalogue, exact)
