"""The public application: a release and nothing else. It imports nothing editorial and holds nothing secret."""
