"""What a PDF of this journal carries as data, taken out in confinement."""

from __future__ import annotations

from collections.abc import Mapping

from journal.confinement import Completed, Killed, Limits, run_module_confined
from journal.reading.inspection import COULD_NOT_START, MEBIBYTE, ConfinementFailed

PROTOCOL, RECEIPT = "protocol.yaml", "receipt.json"
_SECONDS = 30.0


def is_pdf(body: bytes) -> bool:
    """Whether a file says that it is a PDF."""
    return body[:1024].lstrip().startswith(b"%PDF-")


def attached_to(body: bytes) -> Mapping[str, bytes]:
    """The protocol and the receipt that a PDF carries, by name; what is no PDF of ours carries neither.

    Raises `ConfinementFailed` when the child cannot start.
    """
    limits = Limits(seconds=_SECONDS, memory=1024 * MEBIBYTE, output=32 * MEBIBYTE)
    names = [PROTOCOL, RECEIPT]
    ended = run_module_confined("journal.reading.inside.attachments", names, files={"upload": body}, limits=limits)
    match ended:
        case Killed():
            return {}
        case Completed(exit_code=0):
            return {name: ended.outputs[name] for name in names if name in ended.outputs}
        case Completed(exit_code=code):
            if code == COULD_NOT_START:
                raise ConfinementFailed(ended.stderr.decode("utf-8", "replace"))
            return {}
