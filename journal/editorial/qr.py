"""A digest as a QR code, drawn as SVG within the page: for paper, from which nobody copies 64 characters."""

import segno
from markupsafe import Markup


def qr_code(digest: str) -> Markup:
    """The code of `digest`, on white in any scheme. It holds the digest alone, and no address."""
    made = segno.make_qr(digest, error="m")
    title = f"QR code of the digest {digest}"
    svg = made.svg_inline(scale=3, border=4, dark="#000", light="#fff", title=title, svgid="digest-code")
    return Markup(svg.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - drawn by segno from hexadecimal digits
