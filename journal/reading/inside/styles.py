"""Frees the styles of a Word file that rest on a style which it does not have.

Programs write such files ("Heading 1" on a "Normal" that is nowhere). Word shows them; pandoc, which begins with what
rests on nothing, never comes to these styles and sees no heading.
"""

from lxml import etree

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORD}val"


def free_styles(part: bytes) -> bytes:
    """`part` (the styles of the document, without a document type) with every style on nothing or on one it has."""
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    names = {style.get(f"{_WORD}styleId") for style in root.iter(f"{_WORD}style")}
    lost = [base for base in root.iter(f"{_WORD}basedOn") if base.get(_VALUE) not in names]
    for base in lost:
        style = base.getparent()
        if style is not None:
            style.remove(base)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True) if lost else part
