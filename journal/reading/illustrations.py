"""Puts the given figures where the text asks for them, numbers what has a caption, and names what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from journal.reading.figures import CleanFigure, clean_figures
from journal.reading.inspection import Refused
from journal.reading.sentences import Remarks
from journal.reading.tree import Node, no_attributes, strings, text_of, walk

FOLDER = "figures"
OWN_NUMBER = re.compile(r"(?:Supplementary\s+)?(?:Figure|Fig\.?|Table)\s*[A-Z]?\d+", re.IGNORECASE)
# In the order in which LaTeX looks for a figure that is named without its ending.
KINDS = (".svg", ".pdf", ".png", ".jpg", ".jpeg")
REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture the text shows: the name the text calls it by in our copies, what the author called it, its bytes.

    `alt` is the author's description for readers who cannot see, or the caption where there is none.
    """

    name: str
    source: str
    media_type: str
    body: bytes
    alt: str


def place_figures(blocks: list[Node], given: Mapping[str, bytes], remarks: Remarks) -> tuple[Figure, ...]:
    """Point every image at a figure made anew, in place; one that cannot be shown becomes words and a remark."""
    images = list(_images(blocks))
    found = {target: name for _, image in images if (name := _given_name(target := image["c"][2][0], given))}
    cleaned = clean_figures({name: given[name] for name in found.values()})
    numbers = {name: number for number, name in enumerate(dict.fromkeys(found.values()), 1)}
    placed: dict[str, Figure] = {}
    for label, image in images:
        name = found.get(image["c"][2][0])
        clean = cleaned.get(name) if name else None
        if name is None or not isinstance(clean, CleanFigure):
            _say_it_is_missing(label, image, clean, remarks)
            continue
        _say_what_was_removed(label, clean, remarks)
        _say_what_stood_in(image["c"][2][0], name, remarks)
        figure = _placed(image, clean, source=name, number=numbers[name])
        placed.setdefault(figure.name, figure)
    captions = {text_of(node["c"][1][1]) for node in walk(blocks) if node["t"] == "Figure"} | {""}
    remarks.undescribed += [label for label, image in images if image["t"] == "Image" and _alt(image) in captions]
    return tuple(placed.values())


def _images(blocks: list[Node]) -> Iterator[tuple[str, Node]]:
    """Every image with what to call it: by its figure's number if it has a caption, else by its file."""
    in_figures: dict[int, str] = {}
    number = 0
    for node in walk(blocks):
        if node["t"] == "Figure" and node["c"][1][1] and id(node) not in in_figures:
            number += 1
            in_figures |= {
                id(inner): f"Figure {number}" for inner in walk(node["c"]) if inner["t"] in {"Image", "Figure"}
            }
        if node["t"] == "Image":
            yield in_figures.get(id(node), f"the image {node['c'][2][0][:60]}"), node


def _given_name(target: str, given: Mapping[str, bytes]) -> str | None:
    """The given figure that a path in the text means: by path, by file name, by name without ending; never by guess."""
    if REMOTE.match(target):
        return None
    path = PurePosixPath(unquote(target).replace("\\", "/").removeprefix("./"))
    if str(path) in given:
        return str(path)
    if not path.suffix and (beside := next((f"{path}{kind}" for kind in KINDS if f"{path}{kind}" in given), None)):
        return beside
    by_name = [name for name in given if PurePosixPath(name).name.lower() == path.name.lower()]
    by_stem = [name for name in given if PurePosixPath(name).stem.lower() == path.stem.lower()]
    return next((names[0] for names in (by_name, by_stem) if len(names) == 1), None)


def _placed(image: Node, clean: CleanFigure, *, source: str, number: int) -> Figure:
    name = f"{FOLDER}/figure-{number}.{clean.suffix}"
    image["c"][2] = [name, ""]
    return Figure(name, source, clean.media_type, clean.body, _alt(image))


def _alt(image: Node) -> str:
    """The author's description; pandoc puts the caption in its place where there is none."""
    attributes, inlines, _target = image["c"]
    return next((value for key, value in attributes[2] if key == "alt"), "") or text_of(inlines)


def _say_what_was_removed(label: str, clean: CleanFigure, remarks: Remarks) -> None:
    if clean.removed:
        remarks.say(
            f"{label}: parts of the drawing are left out ({', '.join(clean.removed)}). Look whether it is whole."
        )


def _say_what_stood_in(target: str, name: str, remarks: Remarks) -> None:
    """The ending is part of a name: `loss.png` may be an older picture than the `loss.svg` that the text asks for."""
    asked, shown = PurePosixPath(unquote(target).replace("\\", "/")).name, PurePosixPath(name).name
    if asked.lower() != shown.lower():
        remarks.stood_in.append(f"`{shown}` for `{asked[:60]}`")


def _say_it_is_missing(label: str, image: Node, clean: CleanFigure | Refused | None, remarks: Remarks) -> None:
    target = image["c"][2][0][:80]
    if isinstance(clean, Refused):
        remarks.lose(f"{label}: `{target}` cannot be shown. {clean.words}")
    elif REMOTE.match(target):
        remarks.lose(f"{label}: pictures are not fetched from elsewhere (`{target}`). Upload the file as a figure.")
    elif label.startswith("Figure"):
        remarks.lose(f"{label}: the file `{target}` is missing. Upload it as a figure.")
    else:
        remarks.missing.append(target)
    note = no_attributes()
    note[1] = ["missing"]
    image.update({"t": "Span", "c": [note, strings(f"[{PurePosixPath(target).name}: not available]")]})


def count_figures(blocks: list[Node]) -> int:
    """How many figures the text has: one of several pictures counts once, one whose file is missing too."""
    figures = [node for node in walk(blocks) if node["t"] == "Figure"]
    inner = {id(below) for figure in figures for below in walk(figure["c"]) if below["t"] == "Figure"}
    return sum(id(figure) not in inner for figure in figures)


def number_captions(blocks: list[Node]) -> dict[str, str]:
    """Begin each caption with its number, unless the author did; return what to call each figure and table, by id."""
    called: dict[str, str] = {}
    inner: set[int] = set()
    counts = {"Figure": 0, "Table": 0}
    for node in walk(blocks):
        if node["t"] not in counts or id(node) in inner:
            continue
        inner |= {id(below) for below in walk(node["c"]) if below["t"] == "Figure"}
        caption = node["c"][1][1]
        if caption and caption[0]["t"] in {"Plain", "Para"}:
            counts[node["t"]] += 1
            called[node["c"][0][0]] = _numbered(caption[0]["c"], f"{node['t']} {counts[node['t']]}")
    return called


def _numbered(inlines: list[Node], label: str) -> str:
    if own := OWN_NUMBER.match(text_of(inlines)):
        return own[0]
    marked = no_attributes()
    marked[1] = ["label"]
    inlines[:0] = [{"t": "Span", "c": [marked, strings(f"{label}.")]}, {"t": "Space"}]
    return label
