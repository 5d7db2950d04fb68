"""The protocol: its rows and checks as authors write them, and each version as everybody concerned reads it."""
