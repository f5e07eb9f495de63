"""`dawndusk constellation`: figures by group, pictures, exports, mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dawndusk.cli import cli


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    found = CliRunner().invoke(cli, list(words), standalone_mode=False)
    code = found.return_value if isinstance(found.return_value, int) else 0
    return code, found.stdout, found.stderr


@pytest.fixture(scope="module")
def filing() -> dict[str, Any]:
    """What the command says of the whole filing."""
    code, out, err = run("constellation", "spacex_2026_05", "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_filing_has_six_groups_a_million_satellites_and_1908_planes(filing: dict[str, Any]) -> None:
    """Groups as in table 1 of the letter, thinned to the cap of a million."""
    assert (filing["satellites"], filing["planes"]) == (1_000_000, 1908)
    assert [g["satellites"] for g in filing["groups"]] == [99900, 99980, 249750, 244860, 249750, 253880]
    assert sum(g["satellites_at_cap"] for g in filing["groups"]) == 1_000_000
    assert filing["satellites_filed"] == 1_198_120


def test_a_group_has_all_that_an_engineer_asks_for(filing: dict[str, Any]) -> None:
    """The keys that scripts rely on, with plain numbers in them."""
    group = filing["groups"][1]
    assert group["altitude_km"] == pytest.approx([565.0, 585.0])
    assert group["inclination_deg"] == pytest.approx(97.7)
    assert set(group["dose_krad_per_yr"]) == {"1mm", "3mm", "5mm", "10mm"}
    assert set(group["drag_life_yr"]) == {"min", "mean", "max"}
    assert group["approaches_per_day_1km"] is None
    assert group["upsets_per_chip_yr_10mm"]["silent_corruption"] == pytest.approx(8.8, rel=0.02)
    assert group["array_cosine_body_fixed"] == pytest.approx(0.955, abs=2e-3)


def test_no_sun_synchronous_group_is_in_light_for_99_percent(filing: dict[str, Any]) -> None:
    """Group 2 is in light for 95.3 % of the year, 75.8 % at the edge of the node's tolerance."""
    light = {g["name"]: (g["sunlit_fraction"], g["sunlit_fraction_raan_edge"]) for g in filing["groups"]}
    assert light["group-2"] == pytest.approx((0.9534, 0.7578), abs=5e-4)
    assert light["group-6"] == pytest.approx((0.9841, 0.8726), abs=5e-4)
    assert light["group-1"][0] == pytest.approx(light["group-1"][1], abs=1e-3)


def test_group_four_is_kept_as_filed_and_flagged(filing: dict[str, Any]) -> None:
    """97.2 deg stays, with a word on what it does; no other group is flagged."""
    flags = {g["name"]: g["flag"] for g in filing["groups"]}
    assert filing["groups"][3]["inclination_deg"] == pytest.approx(97.2)
    by_year = filing["groups"][3]["sunlit_fraction_by_year"]
    assert len(by_year) == 5
    assert by_year[1] < 0.7 < 0.8 < by_year[0]  # noon and midnight in the second year
    assert min(filing["groups"][1]["sunlit_fraction_by_year"]) > 0.95
    assert "leave dawn and dusk" in flags.pop("group-4")
    assert set(flags.values()) == {None}


def test_the_variant_flies_group_four_sun_synchronous() -> None:
    """With --sun-synchronous the flag is gone and the light is that of a dawn-dusk orbit."""
    code, out, _ = run("constellation", "spacex_2026_05", "--group", "group-4", "--sun-synchronous", "--json")
    (group,) = json.loads(out)["groups"]
    assert code == 0
    assert group["flag"] is None
    assert group["sunlit_fraction"] == pytest.approx(0.9672, abs=1e-3)


def test_approaches_of_a_group_are_counted(tmp_path: Path) -> None:
    """With --approaches the rates are numbers, and pictures and files appear beside them."""
    files = [str(tmp_path / f"some{suffix}") for suffix in (".zip", ".omm", ".tle", ".czml", ".parquet")]
    words = [word for path in files for word in ("--export", path)]
    picture = str(tmp_path / "picture.png")
    code, out, err = run(
        "constellation", "suncatcher", "--approaches", "--json", "--sample", "3", "--picture", picture, *words
    )
    assert code == 0, err
    found = json.loads(out)
    assert found["groups"][0]["approaches_per_day_1km"] >= 0
    assert found["pairs_below_1km_at_epoch"] > 0
    assert sorted(found["files"]) == sorted([picture, *files])
    assert Path(picture).read_bytes().startswith(b"\x89PNG")
    assert all(Path(path).stat().st_size > 400 for path in files)


def test_the_screen_says_what_is_odd() -> None:
    """The tables and the flag fit into a page of 80 columns."""
    code, out, _ = run("constellation", "spacex_2026_05", "--group", "group-4")
    assert code == 0
    assert "the planes leave dawn and dusk by 47 deg a year" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere",), "spacex_2026_05"),
        (("spacex_2026_05", "--group", "group-9"), "group-1"),
        (("suncatcher", "--picture", "picture.jpg"), ".png"),
        (("suncatcher", "--export", "satellites.stk"), ".czml"),
        (("suncatcher", "--export", "a.tle", "--sample", "0"), "at least 1"),
        (("suncatcher", "--export", "a.oem"), "a.zip"),
        (("suncatcher", "--at", "yesterday"), "2027-03-20"),
        (("suncatcher", "--year", "1200"), "1972"),
    ],
)
def test_mistakes_are_told_with_what_to_write(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, no traceback, and the answer names something that works."""
    monkeypatch.chdir(tmp_path)
    code, _, err = run("constellation", *words)
    assert code == 2
    assert told in err
    assert list(tmp_path.iterdir()) == []


def test_a_corrupt_element_set_is_named_by_its_line(tmp_path: Path) -> None:
    """A wrong checksum stops the command; with --skip-bad the rest is read and the loss is printed."""
    good = tmp_path / "good.tle"
    assert run("constellation", "suncatcher", "--export", str(good), "--sample", "12")[0] == 0
    lines = good.read_text().splitlines()
    lines[1] = lines[1][:-1] + str((int(lines[1][-1]) + 1) % 10)
    bad = tmp_path / "bad.tle"
    bad.write_text("\n".join(lines) + "\n")
    code, _, err = run("constellation", str(bad))
    assert code == 2
    assert "bad.tle:2" in err
    code, out, err = run("constellation", str(bad), "--skip-bad", "--json")
    assert code == 0, err
    assert any("left out" in remark for remark in json.loads(out)["remarks"])
