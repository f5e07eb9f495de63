from __future__ import annotations

import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4.api import Satrec
from tests.formats.orbit_samples import STATION, assert_same, catalogue, real_file

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.formats.tle import read_tle, tle_text, write_tle

DEGREE = np.pi / 180.0
REV = 2.0 * np.pi / 86400.0
# half of the last digit of each column
PRINTED = {
    "epoch": 0.5e-8 * 86400.0 + 2e-7,
    "mean_motion": 0.5e-8 * REV * 1.0001,
    "eccentricity": 0.5e-7 * 1.0001,
    "inclination": 0.5e-4 * DEGREE,
    "raan": 0.5e-4 * DEGREE,
    "argument_of_perigee": 0.5e-4 * DEGREE,
    "mean_anomaly": 0.5e-4 * DEGREE,
    "bstar": 0.5e-8,
    "mean_motion_dot": 0.5e-8 * REV / 86400.0 * 1.0001,
    "mean_motion_ddot": 0.5e-12 * REV / 86400.0**2,
}


def satellites() -> list[str]:
    """Lines of the shared catalogue, three to a satellite."""
    return tle_text(catalogue()).splitlines()


def with_checksum(line: str) -> str:
    """The line with its checksum mended."""
    return line[:68] + str(sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10)


def test_an_element_set_is_read_as_sgp4_reads_it() -> None:
    """Every number of a published element set is the one that the package sgp4 finds."""
    found = read_tle("ISS (ZARYA)\n" + STATION, "iss.tle").catalogue
    theirs = Satrec.twoline2rv(*STATION.splitlines())
    assert found.names == ("ISS (ZARYA)",)
    assert found.designators == ("1998-067A",)
    assert found.numbers.tolist() == [25544]
    ours = [found.mean_motion * 60.0, found.eccentricity, found.inclination, found.raan, found.bstar]
    wanted = [theirs.no_kozai, theirs.ecco, theirs.inclo, theirs.nodeo, theirs.bstar]
    np.testing.assert_allclose(np.concatenate(ours), wanted, rtol=1e-13)
    julian = theirs.jdsatepoch + theirs.jdsatepochF
    assert found.epoch[0] == pytest.approx((julian - 2451545.0) * 86400.0 + 69.184, abs=1e-4)


def test_what_was_read_is_written_letter_by_letter() -> None:
    """A TLE that is read and written again is the same text."""
    text = "ISS\n" + STATION
    assert tle_text(read_tle(text, "iss.tle").catalogue) == text


def test_a_catalogue_comes_back_within_the_printed_digits(tmp_path) -> None:
    """Reading what was written changes no number by more than half of its last column, Alpha-5 included."""
    path = write_tle(tmp_path / "ring.tle", catalogue())
    assert "1 A0000U" in path.read_text("utf-8")
    assert_same(catalogue(), read_tle(path.read_text("utf-8"), "ring.tle").catalogue, PRINTED)


@given(
    e=st.floats(0.0, 0.9999),
    angle=st.floats(0.0, 2.0 * np.pi),
    tilt=st.floats(0.0, np.pi),
    drag=st.floats(-0.9, 0.9),
    second=st.integers(-800000000, 1700000000),
)
def test_any_orbit_fits_the_columns(e, angle, tilt, drag, second) -> None:
    """Whatever the angles, eccentricity, drag term and epoch (1974-2053): what comes back is what went in."""
    one = catalogue(1, 1)
    n = np.ones(1)
    made = replace(
        one, eccentricity=n * e, raan=n * angle, mean_anomaly=n * angle, inclination=n * tilt, bstar=n * drag,
        epoch=n * second,
    )  # fmt: skip
    back = read_tle(tle_text(made), "made.tle")
    assert back.problems == ()
    assert back.catalogue.bstar[0] == pytest.approx(drag, rel=5.1e-5, abs=1e-10)
    apart = np.mod(back.catalogue.raan - angle + np.pi, 2.0 * np.pi) - np.pi
    assert abs(apart[0]) <= 0.5001e-4 * DEGREE
    assert back.catalogue.eccentricity[0] == pytest.approx(e, abs=0.501e-7)
    assert back.catalogue.epoch[0] == pytest.approx(second, abs=PRINTED["epoch"])


def test_two_and_three_lines_read_alike() -> None:
    """Names are taken with or without a leading 0, and the number stands in where there is none."""
    assert read_tle(STATION, "a").catalogue.names == ("25544",)
    assert read_tle("0 ISS\r\n" + STATION.replace("\n", "\r\n"), "a").catalogue.names == ("ISS",)


@pytest.mark.parametrize(
    ("line", "change", "says"),
    [
        (4, lambda x: x[:68] + str((int(x[68]) + 1) % 10), "checksum"),
        (4, lambda x: x[:40], "length"),
        (4, lambda x: x + "7", "length"),
        (5, lambda x: with_checksum(x[:20] + "X" + x[21:]), "column 21"),
        (5, lambda x: with_checksum(x[:2] + "00001" + x[7:]), "catalogue number"),
        (5, lambda x: with_checksum(x[:8] + "5 3" + x[11:]), "inclination"),
        (4, lambda x: with_checksum(x[:20] + "399" + x[23:]), "epoch"),
        (4, lambda x: with_checksum(x[:2] + "I" + x[3:]), "column 3"),
        (4, lambda _: "", "order"),
        (5, lambda _: "", "order"),
        (4, lambda x: "?" + x[1:], "order"),
        (5, lambda x: "?" + x[1:], "order"),
    ],
)
def test_one_broken_line_gives_one_problem(line, change, says) -> None:
    """A broken line costs its own satellite only, and the problem names that line or its partner."""
    lines = satellites()
    lines[line] = change(lines[line])
    found = read_tle("\n".join(lines), "broken.tle")
    assert found.catalogue.size == 11
    assert "RING-1" not in found.catalogue.names
    (problem,) = found.problems
    assert says in problem.path
    assert problem.file == "broken.tle"
    assert problem.line in {4, 5, 6}
    if change(satellites()[line]).strip():
        assert problem.line in {line + 1, line}


def test_line_numbers_survive_empty_lines_and_comments() -> None:
    """Lines are counted as an editor counts them."""
    lines = ["# made by hand", "", *satellites()]
    lines[6] = lines[6][:68] + "x"
    (problem,) = read_tle("\n".join(lines), "broken.tle").problems
    assert problem.line == 7
    assert "column 69" in problem.path


def test_what_a_tle_cannot_hold_is_refused() -> None:
    """A catalogue number beyond Alpha-5 and an epoch after 2056 are errors, not wrong text."""
    one = catalogue(1, 1)
    for change in ({"numbers": np.array([340000])}, {"epoch": np.array([2.0e9])}):
        with pytest.raises(UserError, match="which a TLE can hold"):
            tle_text(replace(one, **change))


def test_starlink_comes_out_as_it_went_in() -> None:
    """All 10,744 element sets of a real file are written as they were read, letter by letter."""
    text = gzip.decompress(real_file("starlink_2026-08.tle.gz").read_bytes()).decode()
    found = read_tle(text, "starlink.tle")
    assert (found.catalogue.size, found.problems) == (10744, ())
    assert tle_text(found.catalogue) == "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def test_elements_of_another_theory_are_refused() -> None:
    """Type 4 is SGP4-XP: other elements under the same columns, refused as in an OMM."""
    first, second = STATION.splitlines()
    other = first[:62] + "4" + first[63:68]
    other += str(sum(int(c) if c.isdigit() else c == "-" for c in other) % 10)
    found = read_tle(f"{other}\n{second}\n", "xp.tle")
    assert found.catalogue.size == 0
    assert "SGP4-XP" in found.problems[0].read
    assert found.problems[0].line == 1


def test_indented_lines_are_read() -> None:
    """Blanks before lines, as in a text that was quoted, are read over."""
    text = "\n".join(f"    {line}" for line in ("ISS", *STATION.splitlines()))
    found = read_tle(text, "a.tle")
    assert found.problems == ()
    assert found.catalogue.names == ("ISS",)


@given(at=st.integers(0, 2000), cut=st.integers(0, 40), put=st.text(max_size=12))
def test_damage_to_a_tle_is_told(at, cut, put) -> None:
    """Whatever is cut out or put in, a text gives satellites and problems, no traceback."""
    text = tle_text(catalogue(1, 3))
    k = at % len(text)
    found = read_tle(text[:k] + put + text[k + cut :], "a")
    assert np.isfinite(found.catalogue.mean_motion).all()
