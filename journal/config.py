"""The configuration: one frozen dataclass from the environment. The public application has a smaller one of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """Where mail goes: to a server when `host` is set, else to a folder of files that a person can read."""

    folder: Path
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    sender: str = "journal@localhost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How this journal is run. Addresses of stores are paths or `s3://` (see `storage.objects.opening`)."""

    home: Path
    database_url: str
    vault: str
    keyring: str
    public_store: str
    key_file: Path
    secret_file: Path
    redis_url: str
    editorial_url: str
    public_url: str
    editorial_bind: str
    public_bind: str
    mail: MailConfig
    journal_name: str = "Nullius"
    demo: bool = False
    proxies: int = 0
    public_store_keys: bool = False
    release_every: timedelta = timedelta(hours=1)
    upload_limit: int = 50 * 1024 * 1024
    reviews_needed: int = 2

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies can be bound to HTTPS and one host (`__Host-`)."""
        return self.editorial_url.startswith("https://")


def from_environment(environment: Mapping[str, str]) -> Config:
    """The configuration that `environment` describes. Nothing set means everything embedded, under `./var`.

    Raises ValueError with a sentence for the operator when a value cannot be understood.
    """
    home = Path(environment.get("NULLIUS_HOME", "var")).absolute()
    editorial_url = environment.get("NULLIUS_EDITORIAL_URL", "http://127.0.0.1:8600")
    public_url = environment.get("NULLIUS_PUBLIC_URL", "http://localhost:8601")
    return Config(
        home=home,
        database_url=environment.get("DATABASE_URL", f"sqlite:///{home / 'journal.sqlite'}"),
        vault=environment.get("NULLIUS_VAULT", str(home / "vault")),
        keyring=environment.get("NULLIUS_KEYRING", str(home / "keyring")),
        public_store=environment.get("NULLIUS_PUBLIC_STORE", str(home / "public")),
        key_file=Path(environment.get("NULLIUS_KEY_FILE", home / "secrets" / "master.key")),
        secret_file=Path(environment.get("NULLIUS_SECRET_FILE", home / "secrets" / "session.key")),
        redis_url=environment.get("REDIS_URL", ""),
        editorial_url=editorial_url.rstrip("/"),
        public_url=public_url.rstrip("/"),
        editorial_bind=environment.get("NULLIUS_EDITORIAL_BIND", _bind(editorial_url, 8600)),
        public_bind=environment.get("NULLIUS_PUBLIC_BIND", _bind(public_url, 8601)),
        mail=_mail(environment, home=home),
        journal_name=environment.get("NULLIUS_NAME", "Nullius"),
        demo=environment.get("NULLIUS_DEMO", "") == "1",
        proxies=_whole(environment, "NULLIUS_PROXIES", 0, least=0),
        public_store_keys="NULLIUS_PUBLIC_AWS_ACCESS_KEY_ID" in environment,
        release_every=timedelta(seconds=_whole(environment, "NULLIUS_RELEASE_SECONDS", 3600)),
        upload_limit=_whole(environment, "NULLIUS_UPLOAD_BYTES", 50 * 1024 * 1024),
        reviews_needed=_whole(environment, "NULLIUS_REVIEWS_NEEDED", 2),
    )


def _mail(environment: Mapping[str, str], *, home: Path) -> MailConfig:
    return MailConfig(
        folder=Path(environment.get("NULLIUS_MAIL_FOLDER", home / "mail")),
        host=environment.get("SMTP_HOST", ""),
        port=_whole(environment, "SMTP_PORT", 587),
        user=environment.get("SMTP_USER", ""),
        password=environment.get("SMTP_PASSWORD", ""),
        sender=environment.get("NULLIUS_MAIL_FROM", "journal@localhost"),
    )


def _bind(url: str, port: int) -> str:
    """Where an application listens that is reached at `url`: there, on a machine of one's own; else behind a proxy."""
    parts = urlsplit(url)
    return f"127.0.0.1:{parts.port or port}" if parts.hostname in LOOPBACK else f"127.0.0.1:{port}"


def _whole(environment: Mapping[str, str], name: str, default: int, *, least: int = 1) -> int:
    text = environment.get(name, str(default))
    if not (text.isascii() and text.isdecimal()) or int(text) < least:
        message = f"{name} must be a whole number of at least {least}, not {text!r}."
        raise ValueError(message)
    return int(text)
