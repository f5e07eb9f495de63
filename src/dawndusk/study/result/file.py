"""Result files: one NetCDF-4 file with a group per branch of the tree, written aside, then renamed.

Same tree, same bytes with the same libraries: nothing in the file tells when, where or by whom it was
written. HDF5's own chunking and deflate (level 4, with shuffle) are applied to the large arrays.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from dawndusk.core.errors import Problem, UserError
from dawndusk.formats.aside import place_aside
from dawndusk.study.result.labelled import attributes, dataset
from dawndusk.study.result.labels import ATTRIBUTES, FORMAT, GROUPS, LABELS

if TYPE_CHECKING:
    import h5py  # type: ignore[import-untyped]
    import xarray as xr

LARGE: Final = 1000  # elements from which deflate saves more than its chunk index costs
_STEM, _VERSION = FORMAT.rsplit("-", 1)
_MAKE_ONE: Final = "the result.nc in the folder that 'dawndusk run' named"


def write(tree: xr.DataTree, path: Path) -> Path:
    """Write a result tree to `path`, replacing an older file in one step at the end.

    Raises
    ------
    UserError
        If the folder cannot be made or written.
    """
    with place_aside(path, lambda file, error: _unwritable(file.parent, error)) as part:
        tree.to_netcdf(part, engine="h5netcdf", format="NETCDF4", encoding=_encoding(tree))
    return path


def require_writable(folder: Path) -> None:
    """Raise a UserError unless files can be made in `folder` (made if it is not there).

    To be called before long work whose result would have nowhere to go.
    """
    probe = folder / f".dawndusk.{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _unwritable(folder, error) from None


def _encoding(tree: xr.DataTree) -> dict[str, dict[str, dict[str, Any]]]:
    """Deflate for the large arrays of numbers; no fill value, since NaN already says undefined."""
    plain: dict[str, Any] = {"_FillValue": None}
    packed = plain | {"zlib": True, "complevel": 4, "shuffle": True}
    return {
        f"/{name}": {
            str(key): packed if x.size >= LARGE else plain
            for key, x in node.variables.items()
            if x.dtype.kind in "if"
        }
        for name, node in tree.children.items()
    }


def read(path: Path) -> xr.DataTree:
    """A result tree from its file, in memory.

    Read by h5py with the names of `study.result.labels`: ten times as fast as xarray, which asks the file for
    them (`xarray.open_datatree` reads the same tree).

    Raises
    ------
    UserError
        If there is no such file, or it is a folder, no result, or a result of a newer version.
    """
    import h5py

    try:
        _require_file(path)
        with h5py.File(path, "r") as file:
            _require_result(path, file)
            return _tree(file)
    except UserError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError) as error:  # what a torn or foreign file raises
        raise _unread(path, _first_line(error), "a whole result file of dawndusk", _MAKE_ONE) from None


def _tree(file: h5py.File) -> xr.DataTree:
    import xarray as xr

    groups = {name: dataset(name, _values(file[name], name), _attributes(file[name])) for name in GROUPS}
    return xr.DataTree.from_dict({"/": xr.Dataset(attrs=attributes("", _attributes(file))), **groups})


def _values(group: h5py.Group, name: str) -> dict[str, Any]:
    found = {}
    for path, label in LABELS.items():
        if path.startswith(f"{name}/"):
            stored = group[path.removeprefix(f"{name}/")]
            found[path.removeprefix(f"{name}/")] = stored[()] if label.unit else stored.asstr()[()]
    return found


def _attributes(group: h5py.Group) -> dict[str, Any]:
    """The group's own attributes: the rest is how NetCDF keeps its dimensions."""
    name = group.name.strip("/")
    values = {key: group.attrs[key] for key in group.attrs if key in ATTRIBUTES[name]}
    return {key: x if isinstance(x, str) else np.ravel(x)[0] for key, x in values.items()}


def _require_file(path: Path) -> None:
    if path.is_dir():
        inside = path / "result.nc"
        write_this = str(inside) if inside.is_file() else _MAKE_ONE
        raise _unread(path, "a folder", "a result file", write_this)
    if not path.exists():
        raise _unread(path, "no file of this name", "a result file", _MAKE_ONE)
    if not os.access(path, os.R_OK):
        raise _unread(path, "a file that may not be read", "a file with read permission", "another file")


def _require_result(path: Path, file: h5py.File) -> None:
    said = str(file.attrs.get("format", ""))
    found = re.fullmatch(rf"{re.escape(_STEM)}-(\d+)", said)
    if not found:
        what = f"a file of the format '{said}'" if said else "a NetCDF file that names no format"
        raise _unread(path, what, f"a result of dawndusk (format {FORMAT})", _MAKE_ONE)
    if int(found[1]) > int(_VERSION):
        raise _unread(
            path,
            f"the newer format {said}, of dawndusk {file.attrs.get('version', '?')}",
            f"{FORMAT} or older",
            "the same command with a newer dawndusk, or run the scenario again with this one",
        )
    lost = [name for name in (*GROUPS, *LABELS) if name not in file]
    if lost:
        again = "the result of running its scenario again with this version"
        raise _unread(path, f"a result without /{lost[0]}", "all that this version writes", again)


def _first_line(error: Exception) -> str:
    text = str(error).strip().split("\n")[0]
    return f"a file that cannot be read ({text[:120]})" if text else "a file that cannot be read"


def _unread(path: Path, what: str, expected: str, instead: str) -> UserError:
    return UserError(Problem(path="RESULT", read=what, expected=expected, write=instead, file=str(path)))


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(
        Problem(
            path="result folder",
            read=f"'{folder}': {(error.strerror or str(error)).lower()}",
            expected="a folder in which files can be made, with room for some MB",
            write="--out FOLDER with another folder",
            file=error.filename if isinstance(error.filename, str) else None,
        )
    )
