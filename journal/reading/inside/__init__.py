"""What opens hostile bytes: run by `journal.confinement` as a program of its own, never by the applications."""
