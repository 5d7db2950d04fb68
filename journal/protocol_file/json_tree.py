"""JSON into a tree with lines. The standard library reads JSON, but not where in the file a value stands."""

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined] # documented nowhere, there since 2.6

from journal.protocol_file.nodes import DEPTH_LIMIT, NODE_LIMIT, Listed, Node, Problem, Scalar, keyed

_SPACE = re.compile(r"[ \t\r\n]*")
_LITERAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|true\b|false\b|null\b", re.ASCII)
_NOT_A_NUMBER = re.compile(r"-?(?:NaN|Infinity)\b")


def json_tree(text: str) -> Node:
    """The value in `text`. Raises Problem."""
    reader = _Reader(text)
    node = reader.value(0)
    reader.skip()
    if reader.at < len(text):
        raise reader.problem("something follows the end")
    return node


class _Reader:
    """Where one is in the text."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line, self.counted_to, self.nodes = text, 0, 1, 0, 0

    def problem(self, words: str) -> Problem:
        """The problem at this place."""
        return Problem(self.here(), f"This is no JSON: {words}.", "Look at the commas, braces and quotes before it.")

    def here(self) -> int:
        """The line."""
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line

    def skip(self) -> None:
        """Go on to the next character that means something."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def takes(self, mark: str) -> bool:
        """Whether `mark` comes next; if so it is passed."""
        self.skip()
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def value(self, depth: int) -> Node:
        """The value that begins here."""
        self.skip()
        self.nodes += 1
        if depth > DEPTH_LIMIT or self.nodes > NODE_LIMIT:
            raise Problem(self.here(), "It is larger or deeper than any protocol.", "Divide the study.")
        line = self.here()
        if self.takes("["):
            return Listed(line, self._items(depth))
        if self.takes("{"):
            return keyed(line, self._fields(depth))
        return self._string() if self.text.startswith('"', self.at) else self._literal()

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        if self.takes("]"):
            return items
        while True:
            items.append(self.value(depth + 1))
            if self.takes("]"):
                return items
            if not self.takes(","):
                raise self.problem("a comma or ] is missing")

    def _fields(self, depth: int) -> list[tuple[Scalar, Node]]:
        fields: list[tuple[Scalar, Node]] = []
        if self.takes("}"):
            return fields
        while True:
            self.skip()
            key = self._string()
            if not self.takes(":"):
                raise self.problem("a colon is missing")
            fields.append((key, self.value(depth + 1)))
            if self.takes("}"):
                return fields
            if not self.takes(","):
                raise self.problem("a comma or } is missing")

    def _string(self) -> Scalar:
        if not self.text.startswith('"', self.at):
            raise self.problem("a text in quotes is missing")
        line = self.here()
        try:
            words, self.at = scanstring(self.text, self.at + 1, True)  # noqa: FBT003 - its own signature
        except JSONDecodeError as trouble:
            raise self.problem(trouble.msg[:1].lower() + trouble.msg[1:]) from None
        return Scalar(line, words, plain=False)

    def _literal(self) -> Scalar:
        found = _LITERAL.match(self.text, self.at) or _NOT_A_NUMBER.match(self.text, self.at)
        if found is None:
            raise self.problem("a value is missing")
        line = self.here()
        self.at = found.end()
        return Scalar(line, found[0], plain=True)
