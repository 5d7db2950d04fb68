"""What only the corresponding author decides: their embargo, and whether the protocol is announced."""

from workflows.machine import Refusal

NOT_YOURS = Refusal("not_possible", "Only the corresponding author can change this. Ask them.")
