"""Two plots for the papers: one drawn as SVG, one as pixels."""

import math
from io import BytesIO

from PIL import Image, ImageDraw


def plot_of_probes() -> bytes:
    """A plot as an SVG drawing: six models, two kinds of lie."""
    models = (("1.5 B", 0.93, 0.52), ("3.1 B", 0.92, 0.51), ("7.2 B", 0.95, 0.55), ("14 B", 0.94, 0.53), ("32 B", 0.95, 0.54), ("70 B", 0.96, 0.52))  # fmt: skip  # noqa: E501
    parts = ['<path d="M60 20V200H620" fill="none" stroke="#16201d"/><path d="M60 155H620" stroke="#74817b" stroke-dasharray="4 4"/>']  # fmt: skip  # noqa: E501
    for index, (name, staged, paid) in enumerate(models):
        x = 110 + 92 * index
        parts += [
            f'<circle cx="{x}" cy="{350 - 300 * staged - 20:.0f}" r="5" fill="#22569c"/>',
            f'<path d="M{x} {350 - 300 * paid - 12:.0f}v24" stroke="#0a5f55" stroke-width="2"/>',
            f'<circle cx="{x}" cy="{350 - 300 * paid:.0f}" r="5" fill="#fff" stroke="#0a5f55" stroke-width="2"/>',
            f'<text x="{x}" y="222" font-size="13" text-anchor="middle">{name}</text>',
        ]
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" width="640" height="240">'
    return "".join([head, *parts, "</svg>"]).encode()


def plot_of_labels() -> bytes:
    """A plot as pixels: a curve that rises and levels off."""
    image = Image.new("RGB", (1200, 620), "white")
    draw = ImageDraw.Draw(image)
    curve = [(100 + n * 2.5, 560 - 1400 * (0.03 + 0.32 * (1 - math.exp(-n / 61)))) for n in range(400)]
    draw.polygon([*[(x, y - 30) for x, y in curve], *[(x, y + 30) for x, y in reversed(curve)]], fill="#e3f1ee")
    draw.line(curve, fill="#0a5f55", width=6)
    draw.line([(100, 20), (100, 560), (1150, 560)], fill="#16201d", width=3)
    target = BytesIO()
    image.save(target, format="PNG")
    return target.getvalue()
