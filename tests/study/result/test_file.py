from __future__ import annotations

import errno
import hashlib
import shutil
from pathlib import Path

import h5py
import netCDF4
import numpy as np
import pytest
import xarray as xr
from tests.study import tiny_run

from dawndusk.core.errors import UserError
from dawndusk.formats import aside
from dawndusk.study.result import file as netcdf
from dawndusk.study.result.labels import LABELS
from dawndusk.study.result.result import Result
from dawndusk.study.result.tree import assemble


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The tiny run's result in its file."""
    return tiny_run.result().save(tmp_path_factory.mktemp("run"))


@pytest.fixture
def copied(saved, tmp_path):
    """A copy of the file, to be damaged."""
    return Path(shutil.copy(saved.path, tmp_path / "result.nc"))


def refusal(path: Path) -> str:
    """The whole message with which a file is refused."""
    with pytest.raises(UserError) as caught:
        Result.load(path)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].file == str(path)
    return str(caught.value)


def test_equal_results_are_equal_bytes(saved, tmp_path):
    """The same parts, assembled and written again elsewhere, give the same file."""
    again = assemble(tiny_run.parts()).save(tmp_path / "other")
    first, second = (hashlib.sha256(x.path.read_bytes()).hexdigest() for x in (saved, again))
    assert first == second


def test_a_result_is_the_same_after_its_file(saved):
    """Names, numbers, texts and attributes all come back."""
    found = Result.load(saved.path)
    assert found.equals(saved)
    assert found.path == saved.path


def test_another_number_makes_another_result(saved):
    """`equals` sees a change of one attribute and of one number."""
    assert not saved.equals(tiny_run.changed(thresholds=()))


def test_any_netcdf_reader_sees_the_same_tree(saved):
    """Xarray reads the file without our table: values, units and dimensions agree."""
    with xr.open_datatree(saved.path, engine="h5netcdf") as found:
        for path, label in LABELS.items():
            mine, theirs = saved.tree[path], found[path]
            assert theirs.dims == mine.dims
            assert theirs.attrs == mine.attrs
            if label.unit:
                assert np.array_equal(theirs.values, mine.values, equal_nan=True)
            else:
                assert theirs.values.astype(str).tolist() == mine.values.tolist()
        assert found["plan"].attrs == saved.tree["plan"].attrs


def test_empty_tables_survive_the_file(tmp_path):
    """A table without rows keeps its texts texts."""
    empty = tiny_run.changed(thresholds=(), left_out=(), sheets={}).save(tmp_path)
    assert Result.load(empty.path).equals(empty)


def test_a_long_scenario_survives_the_file(tmp_path):
    """HDF5's limit of 64 kB on small attributes does not hold for the scenario's text."""
    text = tiny_run.parts().study.source.text + "# more words, or Umlaute: äöü\n" * 4000
    result = tiny_run.changed(text=text).save(tmp_path)
    assert Result.load(result.path).scenario.attrs["text"] == text


def test_the_file_tells_nothing_of_its_folder(saved):
    """No path of the machine stands in the bytes."""
    assert str(saved.path.parent).encode() not in saved.path.read_bytes()


def test_a_write_leaves_nothing_but_the_result(saved):
    """What was written aside is gone."""
    assert [x.name for x in saved.path.parent.iterdir()] == ["result.nc"]


def small() -> xr.DataTree:
    """A tree that is quickly written; writing asks no names of it."""
    return xr.DataTree.from_dict({"plan": xr.Dataset({"orders": ("node", np.zeros(2000))})})


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(errno.ENOSPC, "No space left on device")])
def test_an_interrupted_write_keeps_the_older_result(tmp_path, monkeypatch, stop):
    """Stopped just before the rename, the old file is whole and the new one is gone."""
    (tmp_path / "result.nc").write_bytes(b"older")

    def halt(path):
        assert path.stat().st_size > 1000
        raise stop

    monkeypatch.setattr(aside, "_settle", halt)
    with pytest.raises((KeyboardInterrupt, UserError)):
        netcdf.write(small(), tmp_path / "result.nc")
    assert (tmp_path / "result.nc").read_bytes() == b"older"
    assert [x.name for x in tmp_path.iterdir()] == ["result.nc"]


def test_a_newer_run_replaces_the_older_result(tmp_path):
    """Written to the same file again, the newer result stands alone there."""
    (tmp_path / "result.nc").write_bytes(b"older")
    netcdf.write(small(), tmp_path / "result.nc")
    with xr.open_datatree(tmp_path / "result.nc", engine="h5netcdf") as found:
        assert found["plan/orders"].size == 2000
    assert [x.name for x in tmp_path.iterdir()] == ["result.nc"]


def test_a_file_in_the_way_of_the_folder_is_the_users_mistake(tmp_path):
    """Neither the early check nor the write ends in a traceback, and both name the folder."""
    (tmp_path / "runs").write_text("a file")
    folder = tmp_path / "runs" / "tiny"
    for attempt in (netcdf.require_writable, tiny_run.result().save):
        with pytest.raises(UserError, match=r"not a directory|file exists") as caught:
            attempt(folder)
        assert str(folder) in caught.value.problems[0].read


def test_no_right_to_write_is_the_users_mistake(tmp_path, monkeypatch):
    """A folder without the right to write is refused before the work begins."""

    def refuse(*_args, **_extra):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(UserError, match="permission denied") as caught:
        netcdf.require_writable(tmp_path)
    assert caught.value.exit_code == 2


def test_a_folder_named_like_the_result_is_the_users_mistake(tmp_path):
    """A folder where the file should be is not removed."""
    (tmp_path / "result.nc").mkdir()
    with pytest.raises(UserError, match="in the way"):
        tiny_run.result().save(tmp_path)


def test_the_early_check_leaves_nothing_behind(tmp_path):
    """It makes the folder, and no file in it."""
    netcdf.require_writable(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name):
    """The system's own complaint about a name becomes a message."""
    with pytest.raises(UserError):
        Result.load(tmp_path / name)


def test_a_missing_file_is_named(tmp_path):
    """The message says that there is no such file."""
    assert "no file of this name" in refusal(tmp_path / "none.nc")


def test_a_folder_points_to_the_result_in_it(copied):
    """Given the run's folder, the message says which file to write."""
    message = refusal(copied.parent)
    assert "a folder" in message
    assert str(copied) in message


def test_a_file_of_another_kind_is_refused(tmp_path):
    """A text is no result."""
    (tmp_path / "plan.nc").write_text("orders: many")
    assert "cannot be read" in refusal(tmp_path / "plan.nc")


def test_a_torn_file_is_refused(copied):
    """Half a result is none."""
    data = copied.read_bytes()
    copied.write_bytes(data[: len(data) // 2])
    assert "cannot be read" in refusal(copied)


def test_a_file_without_our_format_is_refused(tmp_path):
    """NetCDF alone does not make a result."""
    xr.Dataset({"x": ("t", [1.0])}).to_netcdf(tmp_path / "other.nc", engine="h5netcdf")
    assert "names no format" in refusal(tmp_path / "other.nc")


@pytest.mark.parametrize(
    ("said", "expected"),
    [("dawndusk-result-2", "newer format dawndusk-result-2"), ("somebody-3", "format 'somebody-3'")],
)
def test_other_formats_are_told_apart(copied, said, expected):
    """A later version's result asks for a later dawndusk; another program's is no result."""
    with h5py.File(copied, "a") as file:
        file.attrs["format"] = said
    assert expected in refusal(copied)


def test_a_result_that_lacks_a_variable_says_which(copied):
    """A file of another state of the same format is named, not half read."""
    with h5py.File(copied, "a") as file:
        del file["plan/orders"]
    assert "without /plan/orders" in refusal(copied)


def test_netcdf4_reads_what_we_wrote(saved):
    """The reader of Unidata finds each variable with numbers, unit and name, and the attributes of CF."""
    with netCDF4.Dataset(saved.path) as found:
        assert found.Conventions == "CF-1.11"
        assert found.title == saved.tree.attrs["title"]
        assert "seed" in found.history
        for path, label in LABELS.items():
            theirs, mine = found[path], saved.tree[path]
            assert theirs.long_name == label.long_name
            assert getattr(theirs, "units", "") == label.unit
            values = np.ma.getdata(theirs[...])
            if label.unit:
                assert np.array_equal(values, mine.values, equal_nan=True)
            else:
                assert values.astype(str).tolist() == mine.values.tolist()
