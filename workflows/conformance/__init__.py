"""Conformance: stage 2 beside the frozen protocol, as findings that lie side by side and accuse nobody."""

from workflows.conformance.comparing import compare
from workflows.conformance.finding import Finding, Found, State, bars, beginning

__all__ = ["Finding", "Found", "State", "bars", "beginning", "compare"]
