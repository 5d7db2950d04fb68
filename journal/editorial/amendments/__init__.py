"""The accepted protocol after its acceptance: versions side by side, receipts, data collection, amendments."""
