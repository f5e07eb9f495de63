"""The shape of the source: layers, sizes, and what must not stand in a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MOST_LINES = 500  # of a file
MOST_BODY = 40  # of a function: its statements, without signature and docstring
MOST_LARGE = 80  # of the functions below
# Blocks that read better in one piece: one table or one physical balance each.
LARGE = {"claims._balances", "orbital.satellite_offer"}
HOSTS = "|".join(
    "".join(parts) for parts in (("py", "pi"), ("python", "hosted"), ("npm", "js"), ("cra", "tes"))
)
FORBIDDEN = re.compile(
    rf"/(?:work|root|tmp)/\w|(?:{HOSTS})\.(?:org|io)|(?<!no-emit-)index-url|/simple/?$|localhost:\d",
    re.MULTILINE,
)
# Names that still mean two things: how often each is there. The lists may only shrink.
MODULES_TWICE = {
    "as_json": 2, "catalogue": 2, "chips": 2, "design": 2, "environment": 2, "fleet": 2, "latency": 2,
    "numbers": 2, "orbit": 3, "read": 2, "tree": 3
}  # fmt: skip
CLASSES_TWICE = {
    "Account": 2, "Catalogue": 2, "Decisions": 2, "Demand": 2, "Document": 2, "Fleet": 2, "Line": 3,
    "Orbit": 2, "Row": 2, "Threshold": 2
}  # fmt: skip
# Fields of files that no formula reads, and who does.
TOLD = {
    "Scenario.note": "the listing of scenarios",
    "Lease.power": "people: the plan counts a lease in facilities and H100e",
}
TEXT = {"", ".py", ".md", ".yaml", ".yml", ".toml", ".cff", ".csv", ".lock", ".j2", ".txt", ".json"}


def functions() -> Iterator[tuple[str, int]]:
    """``module.name`` and length of every function of the package."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                yield f"{path.stem}.{node.name}", lines


def tracked() -> list[Path]:
    """Files under version control, and new ones that are not ignored."""
    words = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
    try:
        listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
            "\n"
        )
    except (FileNotFoundError, subprocess.CalledProcessError):  # an unpacked source archive
        ignored = {".venv", "runs", "build", "dist", ".git"}
        return [p for p in ROOT.rglob("*") if p.is_file() and not ignored & set(p.relative_to(ROOT).parts)]
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_imports_go_down_only() -> None:
    """import-linter finds every contract of pyproject.toml kept."""
    program = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 broken" in found.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_files_are_short(path: Path) -> None:
    """No file of the package is longer than 500 lines."""
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_functions_are_short() -> None:
    """No function is longer than 40 lines, but for a few commands, kernels and blocks of at most 80."""
    long = {name: lines for name, lines in functions() if lines > MOST_BODY}
    assert {name: lines for name, lines in long.items() if name not in LARGE} == {}
    assert max(long.values(), default=0) <= MOST_LARGE


def test_exceptions_to_the_length_are_needed() -> None:
    """Every function that is excused from the limit still needs it."""
    assert {name for name, lines in functions() if lines > MOST_BODY} >= LARGE


def test_names_say_what_they_do() -> None:
    """No module is called utils or manager, and no function begins with get_."""
    assert not [path for path in SOURCES if re.search(r"util|manager|helper|misc", path.stem)]
    named = [name.split(".")[1] for name, _ in functions()]
    foreign = {"get_command"}  # click asks for it by this name
    assert not [name for name in named if re.match(r"_?get_", name) and name not in foreign]


def test_classes_are_interfaces_or_final() -> None:
    """Every class of the package derives from nothing of the package but an Abstract one or an error."""
    own: dict[str, str] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                own |= {node.name: ", ".join(ast.unparse(base) for base in node.bases)}
    derived = {name: bases for name, bases in own.items() if bases in own}
    allowed = {"UserError", "ErrorGroup"}  # NoOptimum is a UserError; the lazy group is the error group
    assert {n: b for n, b in derived.items() if not b.startswith("Abstract") and b not in allowed} == {}


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No tracked text file holds a path of one machine or the address of a package registry."""
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if path.suffix in TEXT and path != Path(__file__)
        for match in [FORBIDDEN.search(path.read_text("utf-8"))]
        if match
    ]
    assert found == []


def test_only_the_waist_spells_the_name_of_compute() -> None:
    """No module but `core.offers` holds the prefix by which compute is told from other resources."""
    found = [path.name for path in SOURCES if re.search(r"""["']compute:""", path.read_text("utf-8"))]
    assert found == ["offers.py"]


def test_planner_and_simulator_do_not_look_behind_an_offer() -> None:
    """plan/ and operate/ ask no offer for its kind or label, and take no name apart: names are keys."""
    asked = []
    others = {"resource", "r", "lever", "field"}  # things that are no offers
    for path in SOURCES:
        if not {"plan", "operate"} & set(path.relative_to(ROOT / "src" / "dawndusk").parts[:-1]):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            split = isinstance(node, ast.Attribute)  # a method of the text
            matched = isinstance(node, ast.Compare) and any(
                isinstance(x, ast.Constant) for x in ast.walk(node)
            )
            behind = {"kind", "label", "name"} if split or matched else {"kind", "label"}
            inside = [x for x in ast.iter_child_nodes(node) if isinstance(x, ast.Attribute)]
            read = [ast.unparse(x) for x in inside if x.attr in behind]
            asked += [f"{path.name}: {x}" for x in read if x.split(".", maxsplit=1)[0] not in others]
    assert asked == []


def public_classes() -> Iterator[tuple[Path, ast.ClassDef]]:
    """Every class of the package whose name does not begin with an underscore, with its file."""
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield path, node


def test_names_are_given_once() -> None:
    """No module and no public class shares its name, but for those listed, as often as listed."""
    ours = [
        path for path in SOURCES if not {"cli", "report"} & set(path.parts)
    ]  # one file a question in each
    modules = Counter(path.stem for path in ours if not path.stem.startswith("__"))
    classes = Counter(node.name for _, node in public_classes())
    assert {name: n for name, n in modules.items() if n > 1} == MODULES_TWICE
    assert {name: n for name, n in classes.items() if n > 1} == CLASSES_TWICE


def types_of(node: ast.ClassDef) -> dict[str, set[str]]:
    """Field -> the names in its type."""
    return {
        ast.unparse(line.target): {x.id for x in ast.walk(line.annotation) if isinstance(x, ast.Name)}
        for line in node.body
        if isinstance(line, ast.AnnAssign) and "ClassVar" not in ast.unparse(line.annotation)
    }


def file_records() -> dict[tuple[Path, str], dict[str, set[str]]]:
    """Record of a file that users write -> its fields -> the names in their types."""
    layers = {ROOT / "src" / "dawndusk" / name for name in ("core", "physics", "supply")}
    known = [(path, node) for path, node in public_classes() if layers & set(path.parents)]
    records: dict[tuple[Path, str], dict[str, set[str]]] = {}
    wanted, reached = {"Scenario", "Design", "Constellation"}, set()
    while wanted:
        records |= {(path, node.name): types_of(node) for path, node in known if node.name in wanted}
        reached |= wanted
        wanted = {x for fields in records.values() for types in fields.values() for x in types} - reached
    return records


def test_every_field_of_a_file_is_read() -> None:
    """Each field of scenario, design and constellation is read where its record is at hand."""
    read, named, walked = {}, {}, {"source", "reason"}  # words and the blocks of the kinds are walked by name
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        blocks = [x.value for x in nodes if isinstance(x, ast.keyword) and x.arg == "block"]
        walked |= {x.value.split(".")[-1] for x in blocks if isinstance(x, ast.Constant)}
        tables = [
            y for x in nodes if isinstance(x, ast.Dict) for y in x.values
        ]  # numbers of the world by name
        walked |= {x.value for x in tables if isinstance(x, ast.Constant) and "_" in str(x.value)}
        read[path] = {x.attr for x in nodes if isinstance(x, ast.Attribute) and isinstance(x.ctx, ast.Load)}
        named[path] = {x.id for x in nodes if isinstance(x, ast.Name)}
    records = file_records()
    unread = set()
    for (_, name), fields in records.items():
        ways = {field for other in records.values() for field, types in other.items() if name in types}
        near = [q for q in SOURCES if name in named[q] or read[q] & ways]
        unread |= {f"{name}.{field}" for field in fields if not any(field in read[q] for q in near)}
    assert {name for name in unread if name.split(".")[1] not in walked} == set(TOLD)
