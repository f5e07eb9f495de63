"""The `dawndusk orbit` command."""

from __future__ import annotations

import json

import pytest

from dawndusk.cli import cli


def _run(capsys, *words):
    code = cli.main(["orbit", *words])
    out = capsys.readouterr()
    return code, out.out, out.err


def _json(capsys, *words):
    code, out, err = _run(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_json_holds_what_the_orbit_is(capsys):
    """One object with the head of every command and the orbit's numbers, units in the keys."""
    found = _json(capsys, "--altitude", "650 km", "--ltan", "6", "--year", "2027")
    assert list(found)[:3] == ["format", "command", "version"]
    assert found["command"] == "orbit"
    expected = {
        "inclination_deg": (97.9860, 1e-4),
        "period_s": (5870.94, 0.01),
        "raan_drift_deg_per_day": (0.985647, 1e-6),
        "beta_min_deg": (-89.962, 0.01),
        "beta_max_deg": (-58.575, 0.005),
        "abs_beta_min_deg": (58.575, 0.005),
        "sunlit_fraction": (0.961573, 5e-5),
        "longest_umbra_s": (1159.05, 0.25),
        "longest_shadow_s": (1210.93, 0.25),
        "days_with_shadow": (90, 0),
        "days_with_umbra": (86, 0),
    }
    for key, (value, tolerance) in expected.items():
        assert found[key] == pytest.approx(value, abs=tolerance), key


def test_dawn_dusk_and_2027_are_the_defaults(capsys):
    """Without a plane the node is at 06:00 and without a year it is 2027."""
    assert _json(capsys, "--altitude", "575 km") == _json(
        capsys, "--altitude", "575000 m", "--ltan", "6 h", "--year", "2027"
    )


def test_node_and_local_time_are_two_names_of_one_plane(capsys):
    """Giving back the printed RAAN as --raan prints the same orbit with the same local time."""
    first = _json(capsys, "--altitude", "800 km", "--inclination", "53 deg", "--ltan", "10.5")
    second = _json(capsys, "--altitude", "800 km", "--inclination", "53", "--raan", repr(first["raan_deg"]))
    assert second["ltan_h"] == pytest.approx(10.5, abs=1e-9)
    for key in ("sunlit_fraction", "longest_shadow_s", "beta_min_deg", "days_with_shadow"):
        assert second[key] == pytest.approx(first[key], rel=1e-9), key
    assert not second["sun_synchronous"]


def test_text_answers_in_words(capsys):
    """Without --json the table names the numbers an engineer asks for."""
    code, out, _ = _run(capsys, "--altitude", "1400 km", "--ltan", "18")
    assert code == 0
    for words in ("1400 km", "sun-synchronous", "18:00", "longest umbra", "none", "226 s", "Dec"):
        assert words in out


@pytest.mark.parametrize(
    ("words", "path", "read"),
    [
        (["--altitude", "650"], "--altitude", "650"),
        (["--altitude", "650 kg"], "--altitude", "650 kg"),
        (["--altitude", "100 km"], "--altitude", "100 km"),
        (["--altitude", "nan km"], "--altitude", "nan km"),
        (["--altitude", "6000 km"], "altitude", "6000 km, where no inclination is sun-synchronous"),
        (["--altitude", "650 km", "--ltan", "6", "--raan", "30"], "--ltan, --raan", "both"),
        (["--altitude", "650 km", "--ltan", "25"], "--ltan", "25 h"),
        (["--altitude", "650 km", "--inclination", "200 deg"], "--inclination", "200 deg"),
        (["--altitude", "650 km", "--raan", "30 km"], "--raan", "30 km"),
        (["--altitude", "650 km", "--year", "1800"], "year", "1800"),
    ],
)
def test_mistakes_are_explained(capsys, words, path, read):
    """Every mistake exits with 2 and one JSON error that says what was read and what to write."""
    code, out, err = _run(capsys, *words, "--json")
    assert (code, out) == (2, "")
    (error,) = json.loads(err)["errors"]
    assert (error["path"], error["read"]) == (path, read)
    assert error["expected"]
    assert error["write"]


def test_a_missing_altitude_is_a_mistake_without_traceback(capsys):
    """The altitude has no default."""
    code, _, err = _run(capsys)
    assert code == 2
    assert "--altitude" in err
    assert "Traceback" not in err
