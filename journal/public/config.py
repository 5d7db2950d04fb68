"""The configuration of the public application: a few addresses, no credentials of the desk. Nothing else is read.

(Credentials of an S3 store come from the standard AWS variables; they need to read the public bucket and no more.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from journal.public.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicConfig:
    """How the public application is run. `store` is an address as `storage.objects.opening` knows them.

    `cache` is a folder for copies of releases; several processes may share it. `follow_seconds` is how often the store
    is asked for a newer release, and so how long a takedown may take.
    """

    store: str
    site: Site
    cache: Path
    follow_seconds: float = 2.0


def from_environment(environment: Mapping[str, str]) -> PublicConfig:
    """The configuration that `environment` describes. Raises ValueError with a sentence for the operator."""
    site = Site(
        journal_name=environment.get("NULLIUS_NAME", "Nullius"),
        public_url=environment.get("NULLIUS_PUBLIC_URL", "http://localhost:8601").rstrip("/"),
        editorial_url=environment.get("NULLIUS_EDITORIAL_URL", "").rstrip("/"),
    )
    return PublicConfig(
        store=environment.get("NULLIUS_PUBLIC_STORE", "var/public"),
        site=site,
        cache=Path(environment.get("NULLIUS_PUBLIC_CACHE", "var/public-cache")).absolute(),
        follow_seconds=_seconds(environment.get("NULLIUS_FOLLOW_SECONDS", "2")),
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:  # noqa: PLR2004 (an hour)
        message = f"NULLIUS_FOLLOW_SECONDS must be a number of seconds above zero and up to 3600, not {text!r}."
        raise ValueError(message)
    return seconds
