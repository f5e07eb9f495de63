"""`dawndusk design`: the page, its JSON, its picture and its mistakes."""

import json

import pytest

from dawndusk.cli import cli


@pytest.fixture
def call(capsys):
    """Run the command line; gives exit code, standard output and standard error."""

    def run(*words):
        code = cli.main(["design", *words])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_json_and_picture(call, tmp_path):
    """The object has all its keys, and the picture is a PNG."""
    path = tmp_path / "front.png"
    code, out, err = call("colossus", "--picture", str(path), "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told)[:3] == ["format", "command", "version"]
    keys = {"best", "usd_per_h100e_h", "kw_per_t", "binding", "front", "sensitivity", "preset"}
    assert keys <= set(told)
    assert told["scenario"] == "colossus"
    assert {"altitude_km", "size_kw", "radiator_c", "array", "shield_mm", "eclipse"} <= set(told["best"])
    assert len(told["sensitivity"]) == 8
    assert told["preset"]["breaks"] == ["junction", "memory"]
    assert "launch mass" in told["binding"]
    assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_page_fits_a_screen(call):
    """The page fits 80 columns and names best, limits, steps and front."""
    code, out, _ = call()
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80
    for words in ("USD per delivered H100e-hour", "What limits it", "A step away", "Lighter, dearer"):
        assert words in out


def test_unknown_name(call):
    """An unknown name lists the scenarios and the satellites that there are."""
    code, _, err = call("nowhere")
    assert code == 2
    assert "colossus" in err
    assert "ai1-2026-06" in err


def test_wrong_picture_is_refused_before_the_search(call):
    """A picture that is no PNG is refused at once."""
    code, out, err = call("--picture", "front.pdf")
    assert (code, out) == (2, "")
    assert ".png" in err
