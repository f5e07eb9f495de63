"""`dawndusk latency`: round trips between two places."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dawndusk.cli import cli


def test_a_series_comes_as_json() -> None:
    """Manila - Dalian begins with 29.423 ms, as Hypatia publishes it."""
    words = ["latency", "Manila", "Dalian", "--duration", "2", "--step", "1", "--json"]
    found = json.loads(CliRunner().invoke(cli, words).stdout)
    assert found["seconds"] == [0.0, 1.0, 2.0]
    assert found["rtt_ms"][0] == pytest.approx(29.423138, abs=1e-3)


def test_both_names_of_a_city_are_known() -> None:
    """Moskva and Moscow are one place, also by coordinates."""
    trips = [
        CliRunner().invoke(cli, ["latency", name, "Paris", "--duration", "0", "--json"]).stdout
        for name in ("Moskva", "Moscow", "55.754996,37.621849")
    ]
    assert len({json.loads(text)["rtt_ms"][0] for text in trips}) == 1


@pytest.mark.parametrize(
    ("words", "told"), [(("Atlantis", "Paris"), "Atlanta"), (("Paris", "London", "--step", "0"), "above 0 s")]
)
def test_mistakes_are_told(words: tuple[str, ...], told: str) -> None:
    """An unknown city and an impossible step end with code 2 and what to write."""
    found = CliRunner().invoke(cli, ["latency", *words], standalone_mode=False)
    assert found.return_value == 2
    assert told in found.stderr
