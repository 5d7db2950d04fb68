"""YAML into a tree with lines, without anything that could run, refer or expand: no tags, anchors, aliases, merges."""

from collections.abc import Iterator
from typing import Any

import yaml

from journal.protocol_file.nodes import DEPTH_LIMIT, NODE_LIMIT, Listed, Node, Problem, Scalar, keyed

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEP = Problem(0, f"It is nested more than {DEPTH_LIMIT} deep.", "No field of a protocol is.")


def yaml_tree(text: str) -> Node:
    """The one document in `text`. Raises Problem.

    Events are taken one by one, so an alias is refused before anything it stands for is repeated.
    """
    try:
        events = _harmless(yaml.parse(text, Loader=_LOADER))
        return _document(events)
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        line = mark.line + 1 if mark else 1
        words = f"This is no YAML: {trouble.problem or trouble.context}."
        raise Problem(line, words, "Look at the indentation and the quotes of this line.") from None
    except yaml.YAMLError as trouble:
        words = f"This is no YAML: {str(trouble).splitlines()[0]}."
        raise Problem(1, words, "Save it as plain text in UTF-8.") from None


def _harmless(events: Iterator[Any]) -> Iterator[Any]:
    """The events, as long as they are values and nothing else."""
    for count, event in enumerate(events):
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            words = "An anchor or alias (& or *) stands here."
            raise Problem(line, words, "Write the value itself: protocols are read word by word.")
        if _is_tagged(event):
            raise Problem(line, f"A tag ({event.tag}) stands here.", "Remove it: every value is text or a list.")
        if count > NODE_LIMIT:
            raise Problem(line, f"The file has more than {NODE_LIMIT:,} values.", "Divide the study.")
        yield event


def _line(event: Any) -> int:  # noqa: ANN401 - PyYAML's events have no common type
    return event.start_mark.line + 1 if event.start_mark else 1


def _is_tagged(event: object) -> bool:
    tag = getattr(event, "tag", None)
    return isinstance(event, yaml.NodeEvent) and tag is not None and tag != "!"


def _document(events: Iterator[Any]) -> Node:
    node: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and node is not None:
            words = "A second document begins here (---)."
            raise Problem(_line(event), words, "Keep one protocol in one file.")
        if isinstance(event, yaml.NodeEvent):
            node = _node(event, events, 0)
    if node is None:
        raise Problem(1, "The file is empty.", "Begin with a title: and rows:.")
    return node


def _node(event: Any, events: Iterator[Any], depth: int) -> Node:  # noqa: ANN401 - PyYAML's events have no common type
    line = _line(event)
    if depth > DEPTH_LIMIT:
        raise Problem(line, _DEEP.words, _DEEP.remedy)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value, event.style is None or not event.style.strip())
    if isinstance(event, yaml.SequenceStartEvent):
        return Listed(line, tuple(_until_end(yaml.SequenceEndEvent, events, depth)))
    nodes = list(_until_end(yaml.MappingEndEvent, events, depth))
    return keyed(line, [(_key(key), value) for key, value in zip(nodes[::2], nodes[1::2], strict=True)])


def _until_end(end: type, events: Iterator[Any], depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, depth + 1)


def _key(node: Node) -> Scalar:
    if isinstance(node, Scalar) and node.text != "<<":
        return node
    raise Problem(node.line, "The name of a field is no plain word.", "Write name: value.")
