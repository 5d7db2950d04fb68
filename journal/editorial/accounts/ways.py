"""Where somebody may be sent on to: pages of this application and nothing else."""

from urllib.parse import urlsplit


def safe_way(path: str | None) -> str | None:
    """`path` if it is one of this application's own, else None. Browsers read a backslash as a slash."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return None
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else None
