"""The public site as plain files, for any static host: pages as `path/index.html`, files where their addresses say.

What needs a program is not there: no search, no filters. The list is one page that says so.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from journal.assets import asset_path, assets
from journal.public.listing import LIST, WHOLE_LIST
from journal.public.rendering import HTML
from journal.public.trouble import MISSING
from storage.snapshot import File, Snapshot

RECORD = ".nullius-site"
_INDEX = "index.html"
_NOT_FOUND = "404.html"  # As GitHub Pages, GitLab Pages, Cloudflare and Netlify name it.


class FolderInUse(Exception):
    """The folder holds something that is no such site: nothing was written."""


def write_static(snapshot: Snapshot, fetch: Callable[[File], bytes | Iterable[bytes]], folder: Path) -> int:
    """Write the site of `snapshot` into `folder` and return how many files that are. `fetch` gives a file's bytes.

    The folder must be new, empty, or written by this before: then whatever is no longer public is removed from it.
    Raises `FolderInUse`, `OSError` as the system does, and whatever `fetch` raises.
    """
    before = _written_before(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # First: should this be interrupted, the next call knows what it may remove.
    names = [*_names_of_pages(snapshot), *(file.path[1:] for file in snapshot.files())]
    names += [asset_path(name)[1:] for name in assets()]
    (folder / RECORD).write_text("".join(f"{name}\n" for name in sorted({*names, *before})), encoding="utf-8")
    for name in before.difference(names):
        _inside(folder, name).unlink(missing_ok=True)
    _remove_empty_folders(folder, before.difference(names))
    for name, body in _bodies(snapshot, fetch):
        _put(_inside(folder, name), body)
    (folder / RECORD).write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
    return len(names)


def _written_before(folder: Path) -> set[str]:
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    record = folder / RECORD
    if not record.is_file():
        message = f"{folder} holds something else: name a new or empty folder"
        raise FolderInUse(message)
    return set(record.read_text(encoding="utf-8").splitlines())


def _bodies(
    snapshot: Snapshot, fetch: Callable[[File], bytes | Iterable[bytes]]
) -> Iterator[tuple[str, Iterable[bytes]]]:
    for path in snapshot.paths():
        name, page = _name_of_page(snapshot, path), snapshot.page(path)
        if name and page:
            yield name, [gzip.decompress(page.gzipped)]
    for file in snapshot.files():
        fetched = fetch(file)
        yield file.path[1:], [fetched] if isinstance(fetched, bytes) else fetched
    for name, asset in assets().items():
        yield asset_path(name)[1:], [asset.body]


def _names_of_pages(snapshot: Snapshot) -> list[str]:
    return [name for path in snapshot.paths() if (name := _name_of_page(snapshot, path))]


def _name_of_page(snapshot: Snapshot, path: str) -> str:
    """The file of the page at `path`; empty for the list that filters, whose place the whole list takes."""
    match path:
        case "/":
            return _INDEX
        case _ if path == MISSING:
            return _NOT_FOUND
        case _ if path == WHOLE_LIST:
            return f"{LIST[1:]}/{_INDEX}"
        case _ if path == LIST:
            return ""
        case _:
            page = snapshot.page(path)
            return f"{path[1:]}/{_INDEX}" if page and page.media_type == HTML else path[1:]


def _inside(folder: Path, name: str) -> Path:
    """The path of `name` in `folder`. A name that leads out of it is a bug: ValueError."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        message = f"{name!r} leads out of the folder"
        raise ValueError(message)
    return folder / parts


def _put(path: Path, body: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines(body)


def _remove_empty_folders(folder: Path, names: Iterable[str]) -> None:
    parents = {parent for name in names for parent in PurePosixPath(name).parents if parent != PurePosixPath()}
    for parent in sorted(parents, key=lambda each: len(each.parts), reverse=True):
        place = _inside(folder, str(parent))
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
