"""What the layout promises, and the rules of the house."""

import ast
import importlib
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("models", "data", "pages")
MODULES = [
    path.relative_to(ROOT)
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "versions" not in path.parts and path.name != "env.py"
]
#: What Streamlit runs. Everything else can be imported.
SCRIPTS = {path.relative_to(ROOT) for path in (ROOT / "pages").glob("*.py")} - {
    Path("pages") / f"{name}.py"
    for name in ("__init__", "context", "explanations", "filters", "formats", "highlights", "rendering")
}


def source(path):
    return (ROOT / path).read_text("utf-8")


def name_of(path):
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def needs(path, known):
    """Return which of the known modules one imports from, also those that only types and functions need."""
    nodes = list(ast.walk(ast.parse(source(path))))
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {(node.module, one.name) for node in nodes if isinstance(node, ast.ImportFrom) for one in node.names}
    return known & (whole | {place if f"{place}.{name}" not in known else f"{place}.{name}" for place, name in parts})


@pytest.mark.parametrize("path", [path for path in MODULES if path not in SCRIPTS], ids=str)
def test_every_module_can_be_imported(path):
    assert importlib.import_module(name_of(path))


def test_no_modules_need_each_other():
    known = {name_of(path) for path in MODULES}

    modules = TopologicalSorter({name_of(path): needs(path, known) for path in MODULES})

    # Where some go round in a circle, there is no order, and the error names them.
    assert set(modules.static_order()) == known


def test_the_top_level_is_what_the_card_fixes():
    expected = {"app.py", "pages", "data", "models", "tests", "requirements.txt", "README.md", "LICENSE"}

    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name != "__pycache__"}

    assert found == expected


def test_one_module_commits():
    found = [
        str(path) for path in MODULES if re.search(r"\.commit\(\)", source(path).replace("savepoint.commit()", ""))
    ]

    assert found == ["data/writer.py"]


def test_one_module_reads_the_clock():
    reads = re.compile(r"\b(?:datetime\.now|datetime\.utcnow|datetime\.today|date\.today|time\.time)\(")

    assert [str(path) for path in MODULES if reads.search(source(path))] == ["models/clock.py"]


def test_nothing_asks_for_markup_to_be_believed():
    for path in MODULES:
        names = {node.arg for node in ast.walk(ast.parse(source(path))) if isinstance(node, ast.keyword)}

        assert names.isdisjoint({"unsafe_allow_html", "unsafe_allow_javascript"}), path


def test_templates_believe_only_what_they_say_themselves():
    believed = re.compile(r"(\S+)\s*\|\s*safe")

    for path in (ROOT / "pages" / "templates").rglob("*.html"):
        for match in believed.finditer(path.read_text("utf-8")):
            assert match[1].endswith("'"), f"{path.name} believes {match[1]}"


def test_every_module_says_what_it_is_for():
    undocumented = [str(path) for path in MODULES if not ast.get_docstring(ast.parse(source(path)))]

    assert undocumented == []


def test_nothing_is_left_to_be_done_later():
    assert [str(path) for path in MODULES if re.search(r"#\s*(?:TODO|FIXME|XXX)", source(path))] == []
