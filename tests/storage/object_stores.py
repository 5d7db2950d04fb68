"""The object stores that the tests of storage run over, and many creators at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier, Lock
from urllib.parse import quote

import pytest
from moto import mock_aws
from moto.core.common_types import TYPE_RESPONSE
from moto.s3.responses import S3Response
from moto.server import ThreadedMotoServer

from storage.objects import ObjectStore, open_store

LOOPBACK = "127.0.0.1"

_BUCKETS = count(1)


def carry_credentials(environment: pytest.MonkeyPatch) -> None:
    """Set what the standard AWS variables need to hold for any S3 service to be asked."""
    environment.setenv("AWS_ACCESS_KEY_ID", "nobody")
    environment.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    environment.delenv("AWS_PROFILE", raising=False)


@contextmanager
def atomic_puts() -> Iterator[None]:
    """Make moto keep what If-None-Match promises: by itself it looks and then puts, and two creators can pass."""
    one_at_a_time, put_object = Lock(), S3Response.put_object

    def put_alone(response: S3Response) -> TYPE_RESPONSE:
        with one_at_a_time:
            return put_object(response)

    with pytest.MonkeyPatch.context() as moto:
        moto.setattr(S3Response, "put_object", put_alone)
        yield


@contextmanager
def bucket_in_process() -> Iterator[ObjectStore]:
    """Yield a store in a bucket of moto's Amazon, in which no byte leaves the process."""
    with atomic_puts(), mock_aws():
        yield open_store("s3://journal/kept?region=eu-central-1", make=True)


@contextmanager
def s3_over_http(port: int = 0) -> Iterator[str]:
    """Yield the endpoint of an S3 service on the loopback that speaks real HTTP."""
    server = ThreadedMotoServer(LOOPBACK, port, verbose=False)
    server.start()
    try:
        _, bound = server.get_host_and_port()
        with atomic_puts():
            yield f"http://{LOOPBACK}:{bound}"
    finally:
        server.stop()


def address_at(endpoint: str) -> str:
    """Write the address of a store at an endpoint, in a bucket that no test had before: moto forgets nothing."""
    return f"s3://journal-{next(_BUCKETS)}/kept?endpoint={quote(endpoint)}"


def at_once(threads: int, act: Callable[[int], str]) -> list[str]:
    """Return what `act` gave to each of so many threads that began together."""
    start = Barrier(threads)

    def run(number: int) -> str:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
