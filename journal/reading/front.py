"""Who wrote a manuscript, as its own head says: YAML, LaTeX's commands, Word's styles. Plain words, for a title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from journal.reading.tree import Node, text_of

_ORCID = re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dX](?!\d)")
_ADDRESS = re.compile(r"[^\s@<>(){}]+@[^\s@<>(){}]+\.[a-z]{2,}", re.IGNORECASE)
_MARKS = re.compile(r"(?<=\w)[\d*†‡§¶]+(?:,[\d*†‡§¶]+)*(?=[\s,;]|$)")
_ASIDE = frozenset({"Note", "Math", "Superscript", "RawInline"})
MOST_AUTHORS, LONGEST_NAME = 200, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """An author as the head of a manuscript names one. `orcid` is an address or empty."""

    name: str
    places: tuple[str, ...] = ()
    orcid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the head of a manuscript says beside its title; empty where it says nothing."""

    authors: tuple[Contributor, ...] = ()
    keywords: tuple[str, ...] = ()


def front_of(meta: Mapping[str, Any], apart: Iterable[Mapping[str, Any]] = (), keywords: tuple[str, ...] = ()) -> Front:
    """The front of a document by pandoc's metadata; `apart` are authors with affiliations that LaTeX keeps apart."""
    named = [Contributor(name=str(each["name"]), places=tuple(map(str, each["places"]))) for each in apart]
    found = named or list(_authors(meta))
    own = tuple(_listed(meta.get("keywords") or meta.get("keyword")))
    return Front(authors=tuple(found[:MOST_AUTHORS]), keywords=own or keywords)


def _authors(meta: Mapping[str, Any]) -> Iterator[Contributor]:
    given = meta.get("author") or meta.get("authors")
    places = dict(_places(meta))
    for each in _items(given):
        if each.get("t") == "MetaMap":
            yield from _from_map(each["c"], places)
        else:
            yield from _from_words(each)


def _items(value: Any) -> list[Any]:  # noqa: ANN401 (pandoc's metadata)
    if value is None:
        return []
    return list(value["c"]) if value.get("t") == "MetaList" else [value]


def _listed(value: Any) -> Iterator[str]:  # noqa: ANN401
    items = _items(value)
    words = [_plain(item) for item in items]
    if len(words) == 1:
        words = re.split(r"[,;]", words[0])
    yield from (word.strip(" .") for word in words if word.strip(" ."))


def _plain(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict) and value.get("t") == "MetaMap":
        parts = value["c"]
        return next(
            (_plain(parts[key]) for key in ("name", "institution", "literal", "department") if key in parts), ""
        )
    return text_of(value.get("c") if isinstance(value, dict) else value)


def _places(meta: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Affiliations that stand apart, by what authors call them."""
    for key in ("affiliation", "affiliations", "institute"):
        for number, each in enumerate(_items(meta.get(key)), 1):
            parts = each["c"] if each.get("t") == "MetaMap" else {}
            name = _plain(each) or (_plain(next(iter(parts.values()))) if len(parts) == 1 else "")
            yield str(number), name
            if "id" in parts:
                yield _plain(parts["id"]), name
            elif len(parts) == 1:
                yield next(iter(parts)), name


def _from_map(parts: Mapping[str, Any], places: Mapping[str, str]) -> Iterator[Contributor]:
    if len(parts) == 1 and not parts.keys() & {"name", "family", "literal"}:
        name, inner = next(iter(parts.items()))
        parts = {"name": {"t": "MetaString", "c": name}, **(inner["c"] if inner.get("t") == "MetaMap" else {})}
    name = _name(parts)
    if not name:
        return
    at = [where for key in ("affiliation", "affiliations", "institute") for where in _at(parts.get(key), places)]
    orcid = _ORCID.search(_plain(parts["orcid"])) if "orcid" in parts else None
    yield Contributor(
        name=name, places=tuple(dict.fromkeys(at)), orcid=f"https://orcid.org/{orcid[0]}" if orcid else ""
    )


def _name(parts: Mapping[str, Any]) -> str:
    inner = parts.get("name")
    if isinstance(inner, dict) and inner.get("t") == "MetaMap":
        parts = inner["c"]
        inner = parts.get("literal")
    whole = (
        _plain(inner) if inner is not None else " ".join(_plain(parts[k]) for k in ("given", "family") if k in parts)
    )
    return _clean(whole)


def _at(value: Any, places: Mapping[str, str]) -> Iterator[str]:  # noqa: ANN401
    for item in _items(value):
        parts = item["c"] if item.get("t") == "MetaMap" else {}
        words = _plain(parts["ref"]) if "ref" in parts else _plain(item)
        keys = [key.strip() for key in words.split(",")]
        if all(key in places for key in keys):
            yield from (places[key] for key in keys)
        elif words:
            yield words


def _from_words(value: Any) -> Iterator[Contributor]:  # noqa: ANN401
    """Names, and below them where these people are, as a title page has it."""
    lines = [line for line in map(_clean, _lines(value)) if line]
    if not lines:
        return
    places = tuple(line for line in lines[1:] if not _ADDRESS.search(line))
    for name in _names(_clean(_ADDRESS.sub("", lines[0]))):
        yield Contributor(name=name, places=places)


def _lines(value: Any) -> list[str]:  # noqa: ANN401
    if value.get("t") == "MetaString":
        return str(value["c"]).splitlines()
    inlines: list[Node] = []
    for block in value["c"] if value.get("t") == "MetaBlocks" else [{"c": value["c"]}]:
        inlines += [*block.get("c", []), {"t": "LineBreak"}]
    lines: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] in _ASIDE:
            continue
        if node["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(node)
    return [text_of(line) for line in lines]


def _names(line: str) -> list[str]:
    parts = [part.strip(" ,") for part in re.split(r"\s+(?:and|&)\s+|;", line)]
    more = [name.strip() for part in parts for name in part.split(",")]
    return [name for name in (more if all(" " in name or "." in name for name in more) else parts) if name]


def _clean(words: str) -> str:
    return _MARKS.sub("", " ".join(words.split()))[:LONGEST_NAME].strip(" ,;")
