"""The time zones that people may choose from. Finding them takes half a second, for they are files: once is enough."""

from functools import cache
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """Every zone that this machine knows, historical aliases among them."""
    return frozenset(available_timezones())


def offered_zones() -> list[str]:
    """Places, and UTC first."""
    return ["UTC", *sorted(zone for zone in known_zones() if "/" in zone and not zone.startswith("Etc/"))]
