"""What is compiled is compiled once for all journals of a process: templates and addresses (statements: statements.py).

Jinja and Werkzeug each keep this for one environment or map. A running journal has one of each; tests make others for
every world, and would spend much of their time on compiling the same again.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """The templates that an environment of one kind has compiled. Each has its source's digest with it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket` with what is kept for it, if anything."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


def share_addresses() -> None:
    """Let every rule of the same words be built by the same function: it depends on nothing else but its converters."""
    compile_one: Callable[[Rule, bool], Any] = Rule._compile_builder  # noqa: SLF001 - what costs the time
    kept: dict[tuple[object, ...], Any] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002 - as Werkzeug says it
        converters = tuple((name, type(each)) for name, each in rule._converters.items())  # noqa: SLF001 - as above
        key = (rule.rule, rule.host, rule.subdomain, append_unknown, converters)
        if rule.defaults:
            return compile_one(rule, append_unknown)
        if key not in kept:
            kept[key] = compile_one(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = compile_once  # type: ignore[assignment,method-assign]  # noqa: SLF001 - as above
