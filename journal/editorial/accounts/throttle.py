"""How often one may knock. Counted in Valkey where there is one, so that a restart forgets nothing, else in memory.

Keys are what was typed and from where, never whether there is such an account: the answer tells nothing. There is no
limit for an address typed from anywhere, since that would let a stranger lock somebody out.
"""

from contextlib import suppress
from hashlib import sha256
from typing import cast

from flask import Flask, Response, current_app, request
from flask.typing import RouteCallable
from flask_limiter import Limiter, RouteLimit
from flask_limiter.util import get_remote_address
from limits import parse
from redis.exceptions import RedisError

FAILURES_PER_ACCOUNT = "10 per 15 minutes"
FAILURES_PER_ADDRESS = "50 per 15 minutes"
LETTERS_PER_ACCOUNT = "4 per hour"
LETTERS_PER_ADDRESS = "30 per hour"
TOO_MANY_TRIES = (
    "Too many tries. Wait a quarter of an hour, then try again; or set a new password, then you need not wait."
)
TOO_MANY_LETTERS = (
    "Several letters were asked for already. Open the newest, which may lie among unwanted mail, or wait an hour and "
    "ask again."
)
_REFUSED = 422
# A counter that does not answer is done without: nobody waits for it before they may sign in.
_PATIENCE: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}


_PREFIX, _NAME = "knock", "nullius-knocking"


def throttle(app: Flask, *, redis_url: str, failing: tuple[str, ...], writing: tuple[str, ...]) -> None:
    """Limit the endpoints `failing` by how often they refused, and `writing` by the letters that they may have sent."""
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=_storage(redis_url),
        storage_options=_PATIENCE if redis_url else None,
        strategy="moving-window",
        in_memory_fallback_enabled=True,
        swallow_errors=True,
        key_prefix=_PREFIX,
    )
    app.extensions[_NAME] = limiter, failing
    for endpoint in failing:
        by_account = limiter.limit(
            FAILURES_PER_ACCOUNT, key_func=_account_and_address, methods=["POST"], deduct_when=_refused
        )
        by_address = limiter.limit(FAILURES_PER_ADDRESS, methods=["POST"], deduct_when=_refused)
        _wrap(app, endpoint, by_account, by_address)
    for endpoint in writing:
        by_account = limiter.limit(LETTERS_PER_ACCOUNT, key_func=_account, methods=["POST"], deduct_when=_accepted)
        by_address = limiter.limit(LETTERS_PER_ADDRESS, methods=["POST"], deduct_when=_accepted)
        _wrap(app, endpoint, by_account, by_address)


def forget_failures(email: str) -> None:
    """Let whoever just set a new password by letter use it: most come here because they tried too often."""
    limiter, failing = cast("tuple[Limiter, tuple[str, ...]]", current_app.extensions[_NAME])
    who = f"{_hidden(email)}@{get_remote_address()}"
    with suppress(RedisError):  # a counter that does not answer refuses nobody either
        for endpoint in failing:
            limiter.limiter.clear(parse(FAILURES_PER_ACCOUNT), _PREFIX, who, endpoint)


def _wrap(app: Flask, endpoint: str, *limits: RouteLimit) -> None:
    for limit in limits:
        app.view_functions[endpoint] = cast("RouteCallable", limit(app.view_functions[endpoint]))


def _refused(response: Response) -> bool:
    return response.status_code == _REFUSED


def _accepted(response: Response) -> bool:
    return response.status_code < _REFUSED


def _account() -> str:
    """The address typed, unreadable: it is nobody's business who knocked."""
    return _hidden(request.form.get("email", ""))


def _hidden(email: str) -> str:
    return sha256(email.strip().lower().encode()).hexdigest()


def _account_and_address() -> str:
    return f"{_account()}@{get_remote_address()}"


def _storage(redis_url: str) -> str:
    """The address as the limits library writes it: it calls a socket `redis+unix`."""
    if not redis_url:
        return "memory://"
    return redis_url.replace("unix://", "redis+unix://", 1) if redis_url.startswith("unix://") else redis_url
