"""What the checkout holds, and what it must not."""

import os
import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
OURS = ("timeline", "notifications", "tracker")
# Made on the spot and ignored by git; a checkout may well have come without git.
MADE = {".git", ".venv", "var", "staticfiles", "htmlcov", "node_modules", "__pycache__"}
# In pieces, so that this file does not name them either.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "regis" + "try.npmjs", "deb" + ".debian"]
PIN = re.compile(
    r"^(?P<name>[^ =\[]+)(?P<extras>\[[^\]]+\])?==(?P<version>[^ ]+)(?P<marker> ;[^\\]*)?",
    re.MULTILINE,
)


def files():
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in MADE and not name.endswith("_cache")]
        yield from (Path(folder, name) for name in names if not name.startswith(".coverage"))


def pins(name):
    text = (ROOT / name).read_text()
    return {pin["name"]: (pin["version"], pin["marker"]) for pin in PIN.finditer(text)}


def test_no_file_names_a_package_registry():
    found = [
        (str(path.relative_to(ROOT)), host)
        for path in files()
        for host in HOSTS
        if host.encode() in path.read_bytes()
    ]

    assert found == []


def test_no_module_is_longer_than_one_can_keep_in_mind():
    ours = [path for app in OURS for path in (ROOT / app).rglob("*.py")]
    lengths = {path: len(path.read_text().splitlines()) for path in [ROOT / "dev.py", *ours]}
    written = {path: length for path, length in lengths.items() if path.parent.name != "migrations"}

    assert {str(path): length for path, length in written.items() if length > 300} == {}


def test_no_lock_file_but_ours():
    names = {path.name for path in files()}

    assert not {name for name in names if name == "uv.lock" or re.match(r"pylock.*\.toml", name)}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_everything_is_pinned_with_its_hashes_and_without_a_place(name):
    text = (ROOT / name).read_text()
    entries = text.replace("\\\n", " ").splitlines()

    assert "://" not in text
    assert all(PIN.match(entry) and "--hash=sha256:" in entry for entry in entries)
    assert len(entries) == len(pins(name))


def test_development_has_the_very_versions_of_production():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
    }
    return [(name, Requirement(text)) for name, texts in groups.items() for text in texts]


@pytest.mark.parametrize(("name", "wanted"), declared(), ids=str)
def test_what_pyproject_declares_is_pinned(name, wanted):
    version, _ = pins(name)[canonicalize_name(wanted.name)]

    assert version in wanted.specifier


def wanted_with_extras():
    asked = (Requirement(text) for one in distributions() for text in one.requires or [])
    applying = (one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""}))
    return {(canonicalize_name(one.name), extra) for one in applying for extra in one.extras}


def test_a_pin_names_the_extras_that_somebody_wants():
    # Of what is wanted with an extra, an older pip takes the newest there is, whatever is pinned
    # without it, and then refuses it as not pinned.
    text = (ROOT / "requirements-dev.txt").read_text()
    named = {
        (pin["name"], extra)
        for pin in PIN.finditer(text)
        for extra in (pin["extras"] or "[]")[1:-1].split(",")
    }

    assert ("coverage", "toml") in named
    assert {one for one in wanted_with_extras() if one[0] in pins("requirements-dev.txt")} <= named
