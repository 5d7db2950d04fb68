"""The dashboard: where people begin, what waits on them, and one page for each report."""
