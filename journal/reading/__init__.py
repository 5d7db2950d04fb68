"""Documents into structure: what an author sends is checked, read by pandoc and cleaned, always in confinement.

`uploads` says whether a file is taken, `document` reads a manuscript, `figures` rewrites pictures. What meets the bytes
themselves stands in `inside/` and runs in the confined child only.
"""
