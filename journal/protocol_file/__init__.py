"""Protocol files: a protocol as YAML or JSON by the published schema, read with lines and written back."""
