"""From the address in the configuration to an object store."""

from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from storage.objects.folder import FolderStore
from storage.objects.s3 import S3Store, connect_s3
from storage.objects.store import ObjectStore, StoreUnavailable


class AddressRefused(ValueError):
    """The address of a store cannot be understood; the message says what one looks like."""


def open_store(address: str, *, make: bool = False) -> ObjectStore:
    """Return the store at `address`, making its folder or bucket only when asked; else nothing is touched yet.

    An address is a path, `file:///path`, or `s3://bucket/prefix?endpoint=http://host:port&region=name` with both
    parameters optional. Raises `AddressRefused`, and with `make` also `StoreUnavailable`.
    """
    parts = urlsplit(address)
    match parts.scheme:
        case "s3":
            return _open_bucket(parts, make=make)
        case "file" if parts.netloc in {"", "localhost"} and parts.path:
            return _open_folder(Path(unquote(parts.path)), make=make)
        case _ if "://" in address or not address:
            message = f"a store is a path, file:///path or s3://bucket/prefix, not {address!r}"
            raise AddressRefused(message)
        case _:
            return _open_folder(Path(address), make=make)


def _open_folder(folder: Path, *, make: bool) -> ObjectStore:
    place = folder.absolute()
    if make:
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
    return FolderStore(place)


def _open_bucket(parts: SplitResult, *, make: bool) -> ObjectStore:
    options = dict(parse_qsl(parts.query))
    endpoint, region = options.pop("endpoint", None), options.pop("region", None)
    if options or not parts.netloc:
        message = "an S3 store is s3://bucket/prefix, with endpoint and region as its only parameters"
        raise AddressRefused(message)
    store = S3Store(parts.netloc, parts.path.strip("/"), client=connect_s3(endpoint, region))
    if make:
        store.make_bucket()
    return store
