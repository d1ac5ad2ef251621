"""Every address, setting and command in README exists, and the reverse."""

import re
from pathlib import Path

import pytest

from data.__main__ import _parser
from pages.server.settings import ServerSettings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_first_screen_holds_both_commands():
    first_screen = "\n".join(README.splitlines()[:15])

    assert "bash .ci/start" in first_screen
    assert "bash .ci/test" in first_screen
    assert (ROOT / ".ci" / "start").is_file()
    assert (ROOT / ".ci" / "test").is_file()


def test_every_command_is_told_and_every_told_command_exists():
    told = set(re.findall(r"python -m data ([\w-]+)", README))
    commands = next(action for action in _parser()._actions if action.choices and "migrate" in action.choices).choices

    assert told == set(commands)


def test_every_setting_is_told_and_every_told_setting_exists():
    told = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+|HOST|PORT)`", README.partition("## Settings")[2].partition("##")[0]))
    known = {name.upper() for name in ServerSettings.__dataclass_fields__} | {"DATABASE_URL"}

    assert told == known


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(/[a-z0-9/._-]+)`", README)) - {"/"}))
def test_every_address_is_answered(path):
    app = (ROOT / "app.py").read_text("utf-8")
    rooms = [*(ROOT / "data" / "feeds").rglob("*.py"), *(ROOT / "pages" / "server").glob("*.py")]
    routes = "\n".join(module.read_text("utf-8") for module in rooms)

    assert "feeds" in app
    assert f'"{path}"' in routes


def test_the_terms_of_the_glossary_are_those_of_the_code():
    terms = re.findall(r"^\| ([A-Z]\w+(?:, [A-Z]\w+)*) \|", README.partition("## Words")[2], re.MULTILINE)
    models = "\n".join(path.read_text("utf-8") for path in (ROOT / "models").glob("*.py"))
    names = {name for row in terms for name in row.split(", ")} - {"Draft", "Receipt"}

    assert names
    assert all(re.search(rf"^class {name}\b", models, re.MULTILINE) for name in names)
