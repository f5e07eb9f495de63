from __future__ import annotations

import json

import pytest
from tests.study import tiny_run

from dawndusk.cli import cli


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The tiny run's result file."""
    return str(tiny_run.result().save(tmp_path_factory.mktemp("shown")).path)


def run(capsys, *words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `dawndusk show`."""
    code = cli.main(args=["show", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_show_prints_the_summary_that_the_run_printed(capsys, file):
    """From the file the text is the same as from the result in memory."""
    from dawndusk.report.run import document
    from dawndusk.report.terminal import render

    code, out, err = run(capsys, file)
    assert (code, err) == (0, "")
    assert "tiny" in out
    assert out == render(document(tiny_run.result()))


def test_show_json_holds_the_figures_of_the_result(capsys, file):
    """One object that starts with format, command and version, with the plan's objective."""
    code, out, _ = run(capsys, file, "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found)[:3] == ["format", "command", "version"]
    assert found["command"] == "show"
    assert found["seed"] == tiny_run.SETTINGS.seed
    assert found["plan"]["objective_usd"] == pytest.approx(tiny_run.parts().plan.objective)


def test_a_missing_file_is_one_message_and_exit_code_2(capsys, tmp_path):
    """Nothing on standard output, no traceback."""
    code, out, err = run(capsys, str(tmp_path / "none.nc"))
    assert (code, out) == (2, "")
    assert "no file of this name" in err
    assert "Traceback" not in err


def test_with_json_the_error_is_one_object(capsys, tmp_path):
    """The folder given instead of its file is reported with the file to write."""
    (tmp_path / "result.nc").write_text("")
    code, out, err = run(capsys, str(tmp_path), "--json")
    (error,) = json.loads(err)["errors"]
    assert (code, out) == (2, "")
    assert error["read"] == "a folder"
    assert error["write"] == str(tmp_path / "result.nc")
