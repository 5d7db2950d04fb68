"""A receipt as a file: one JSON document that holds the canonical bytes of the protocol as a text."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from workflows.protocol import FileDigest
from workflows.receipts import Receipt

KIND = "receipt of a frozen protocol"
FORMAT = 1
HOW = "digest is the SHA-256 of the text in `protocol`, in UTF-8; check it with: journal protocol verify RECEIPT FILES"


class Damaged(ValueError):
    """What is no receipt, or one that was altered; its words are for the person who asked."""


def receipt_bytes(receipt: Receipt) -> bytes:
    """The receipt as JSON text in UTF-8."""
    about = {"kind": KIND, "format": FORMAT, "how": HOW}
    dates = {"accepted": receipt.accepted.isoformat(), "frozen": receipt.frozen.isoformat()}
    return (json.dumps({**about, **asdict(receipt), **dates}, ensure_ascii=False, indent=1) + "\n").encode()


def read_receipt(body: bytes) -> Receipt:
    """The receipt in `body`. Raises `Damaged` if it is none, or its parts do not belong together."""
    try:
        data: dict[str, Any] = json.loads(body)
        files = tuple(FileDigest(**file) for file in data["files"])
        receipt = Receipt(
            journal=str(data["journal"]),
            version=int(data["version"]),
            accepted=date.fromisoformat(data["accepted"]),
            frozen=date.fromisoformat(data["frozen"]),
            digest=str(data["digest"]),
            protocol=str(data["protocol"]),
            files=files,
        )
        named = tuple(FileDigest(**file) for file in json.loads(receipt.protocol).get("files", []))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise Damaged("This is no receipt of a protocol, or it was cut off.") from wrong
    if hashlib.sha256(receipt.protocol.encode("utf-8", "surrogatepass")).hexdigest() != receipt.digest:
        raise Damaged("The receipt was altered: its protocol has another digest than it says.")
    if named != files:
        raise Damaged("The receipt was altered: it names other files than its protocol does.")
    return receipt
