"""What every SARIF 2.1.0 log of the project has in common, whatever was looked at."""

from typing import Any

from workflows.reviewing import Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.MUST: "error", Severity.SHOULD: "warning", Severity.NOTE: "note"}


def log_of(run: dict[str, Any]) -> dict[str, Any]:
    """A log of one run."""
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
