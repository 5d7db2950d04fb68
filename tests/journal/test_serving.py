"""What `journal serve` starts, and what it tells the public application: nothing worth stealing."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from journal.config import from_environment
from journal.serving import NotStarted, parts_of, public_environment, running

SECRETS = {
    "DATABASE_URL": "postgresql://nullius:hidden-database@localhost/journal",
    "NULLIUS_VAULT": "s3://hidden-vault",
    "NULLIUS_KEYRING": "s3://hidden-keyring",
    "NULLIUS_KEY_FILE": "/hidden/master.key",
    "NULLIUS_SECRET_FILE": "/hidden/session.key",
    "REDIS_URL": "redis://hidden-queue",
    "SMTP_PASSWORD": "hidden-mail",
    "AWS_SECRET_ACCESS_KEY": "hidden-keys",
}
OWN_KEYS = {"NULLIUS_PUBLIC_AWS_SECRET_ACCESS_KEY": "only-reads"}


def test_the_public_application_is_told_nothing_secret() -> None:
    environment = {**SECRETS, **OWN_KEYS, "PATH": "/bin"}
    config = from_environment(environment)
    parts = {part.name: dict(part.environment) for part in parts_of(config, environment)}
    public = parts.pop("the public application")
    for told in parts.values():
        assert str(told).count("hidden") == len(SECRETS), "there is something that could be told"
    assert "hidden" not in str(public)
    assert public["AWS_SECRET_ACCESS_KEY"] == "only-reads"


def test_without_keys_of_its_own_it_uses_those_of_the_others() -> None:
    environment = {"AWS_SECRET_ACCESS_KEY": "shared"}
    assert public_environment(from_environment(environment), environment)["AWS_SECRET_ACCESS_KEY"] == "shared"


@pytest.mark.parametrize(
    ("url", "bind"),
    [
        ("http://127.0.0.1:8600", "127.0.0.1:8600"),
        ("http://localhost:9000/", "127.0.0.1:9000"),
        ("https://desk.example.org", "127.0.0.1:8600"),
    ],
)
def test_nothing_listens_for_strangers_unless_told_to(url: str, bind: str) -> None:
    assert from_environment({"NULLIUS_EDITORIAL_URL": url}).editorial_bind == bind
    told = from_environment({"NULLIUS_EDITORIAL_URL": url, "NULLIUS_EDITORIAL_BIND": "0.0.0.0:80"})
    assert told.editorial_bind == "0.0.0.0:80"


@pytest.mark.parametrize("which", ["NULLIUS_EDITORIAL_BIND", "NULLIUS_PUBLIC_BIND"])
def test_a_demonstration_never_listens_for_strangers(which: str, tmp_path: Path) -> None:
    environment = {"NULLIUS_HOME": str(tmp_path), "NULLIUS_DEMO": "1", which: "0.0.0.0:8600"}
    with pytest.raises(NotStarted, match=r"not at 0\.0\.0\.0"), running(environment):
        pass
    assert not list(tmp_path.iterdir()), "nothing was started"


def test_a_taken_port_is_said_and_nothing_is_started(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as stranger:
        Thread(target=stranger.serve_forever, daemon=True).start()
        bind = f"127.0.0.1:{stranger.server_port}"
        environment = {"NULLIUS_HOME": str(tmp_path), "NULLIUS_PUBLIC_BIND": bind, "REDIS_URL": "redis://localhost:1"}
        with pytest.raises(NotStarted, match=f"listens at {bind} already"), running(environment):
            pass
        stranger.shutdown()
