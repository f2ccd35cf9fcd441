"""Every command of the Dockerfile and docker-compose.yml, run here without a container engine.

The "image" is a folder that holds what the Dockerfile copies and nothing else.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

import psycopg
import pytest
import yaml
from celery import Celery
from packaging.utils import canonicalize_name

from tests.house.test_tree import pins
from tests.tracker.test_checks import PRODUCTION
from tracker import environment

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PLAIN = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
PATIENCE = 30

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.redis,
    pytest.mark.xdist_group("containers"),
]


# Python runs this first: it hides what requirements.txt does not install.
ONLY_WHAT_RUNS = """
import sys

class Hide:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {hidden}:
            raise ModuleNotFoundError(f"{{name}} is not in requirements.txt", name=name)

sys.meta_path.insert(0, Hide())
"""


def development_modules():
    installed = pins("requirements.txt")
    return {
        module
        for module, distributions in packages_distributions().items()
        if not any(canonicalize_name(name) in installed for name in distributions)
    }


def instructions(name):
    return re.findall(rf"^{name} +(.+)$", DOCKERFILE, re.MULTILINE)


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    folder = tmp_path_factory.mktemp("image")
    for instruction in instructions("COPY"):
        source, target = instruction.split()
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / target)
        else:
            shutil.copy(ROOT / source, folder / target)
    (folder / "sitecustomize.py").write_text(ONLY_WHAT_RUNS.format(hidden=development_modules()))
    (collect,) = [line for line in instructions("RUN") if line.startswith("python manage.py")]
    done = run(folder, collect.split(), LAPTOP="0")
    assert done.returncode == 0, done.stderr
    return folder


def run(folder, command, **variables):
    environment = PLAIN | {"PYTHONPATH": str(folder)} | variables
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def production():
    """The environment that docker-compose.yml makes, on a database and a Redis of our own."""
    name = f"containers_{uuid4().hex}"
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    given = {
        "DATABASE_URL": re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", url),
        "REDIS_URL": os.environ["REDIS_URL"],
        "MILEPOST_PROXIES": "1",
    }
    yield PRODUCTION | given
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def migrated(image, production):
    done = run(image, COMPOSE["services"]["migrate"]["command"], **production)
    assert done.returncode == 0, done.stderr
    return production


@contextmanager
def serving(folder, command, variables):
    """What the process says, while it runs. It must end well when told to."""
    said = folder / f"{uuid4().hex}.log"
    with (
        said.open("w") as output,
        subprocess.Popen(
            command,
            cwd=folder,
            env=PLAIN | {"PYTHONPATH": str(folder)} | variables,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield said.read_text
        finally:
            process.terminate()
    assert process.returncode == 0, said.read_text()


def eventually(ask):
    """The first true answer."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := ask()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return answer


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def get(url, **headers):
    """Status, headers and body; nothing while nobody answers."""
    request = Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with build_opener(NoRedirects).open(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()
    except (URLError, ConnectionError):
        return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


PROXIED = {"Host": "milepost.example", "X_Forwarded_Proto": "https", "X_Forwarded_For": "192.0.2.1"}


@pytest.fixture(scope="module")
def site(image, migrated):
    """What the Dockerfile serves, on another port."""
    port = free_port()
    command = [port if word == "8000" else word for word in json.loads(instructions("CMD")[-1])]
    with serving(image, command, migrated) as said:
        assert eventually(lambda: get(f"http://127.0.0.1:{port}/healthz")), said()
        yield f"http://127.0.0.1:{port}"


def test_the_health_check_of_the_image_asks_the_right_question(image, site):
    command = json.loads(re.search(r"HEALTHCHECK .*CMD (.*)", DOCKERFILE).group(1))

    def check(url):
        asked = [word.replace("http://127.0.0.1:8000", url) for word in command]
        return run(image, asked).returncode

    assert (check(site), check(f"http://127.0.0.1:{free_port()}")) == (0, 1)


def test_the_web_server_serves_pages_and_hashed_static_files(site):
    status, headers, page = get(f"{site}/admin/login/", **PROXIED)
    style = (
        re.search(rb'href="(/static/admin/css/base\.[0-9a-f]{12}\.css)"', page).group(1).decode()
    )
    style_status, style_headers, _ = get(f"{site}{style}", **PROXIED)

    assert (status, style_status) == (200, 200)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert style_headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_the_web_server_sends_readers_to_tls_and_strangers_away(site):
    plain = PROXIED | {"X_Forwarded_Proto": "http"}

    assert get(f"{site}/admin/login/", **plain)[0] == 301
    assert get(f"{site}/admin/login/", **(PROXIED | {"Host": "evil.example"}))[0] == 400


def test_the_worker_answers_and_stops_when_told(image, migrated):
    """Over a Redis database that no other test listens to."""
    url = migrated["REDIS_URL"].partition("?")[0] + "?db=15"
    asking = Celery(broker=environment.broker(url), set_as_current=False)

    command = COMPOSE["services"]["worker"]["command"]
    with serving(image, command, migrated | {"REDIS_URL": url}):
        answer = eventually(lambda: asking.control.ping(timeout=1))

    assert [list(pong.values()) for pong in answer] == [[{"ok": "pong"}]]


def test_beat_starts_and_stops_when_told(image, migrated):
    with serving(image, COMPOSE["services"]["beat"]["command"], migrated) as said:
        assert eventually(lambda: '"text": "beat: Starting..."' in said()), said()


def test_every_service_of_ours_runs_the_one_image():
    ours = {name for name, service in COMPOSE["services"].items() if service["image"] == "milepost"}
    commands = {name for name in ours if "command" in COMPOSE["services"][name]}

    assert ours == {"migrate", "web", "worker", "beat"}
    assert commands == {"migrate", "worker", "beat"}
    assert "name" not in COMPOSE  # which older engines refuse


def test_no_secret_stands_in_the_files():
    secrets = {"SECRET_KEY", "MILEPOST_ADDRESS_KEY", "PGPASSWORD", "POSTGRES_PASSWORD"}
    services = COMPOSE["services"].values()
    values = [
        value
        for service in services
        for name, value in service.get("environment", {}).items()
        if name in secrets
    ]

    assert {value[:2] for value in values} == {"${"}
    assert all(":?" in value for value in values)
    assert not any(secret in DOCKERFILE for secret in secrets)


def test_what_production_needs_is_asked_for():
    """What tracker.checks would refuse to start without, compose refuses to start without."""
    asked = {
        name for name, value in COMPOSE["x-milepost"]["environment"].items() if ":?" in str(value)
    }

    # In place of a mail server there may be a provider.
    assert asked == {*PRODUCTION, "PGPASSWORD"} - {"LAPTOP", "EMAIL_HOST"}
