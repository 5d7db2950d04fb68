"""The last touch to the PDF, with pikepdf: the PDF/UA claim beside PDF/A-3a, and what WeasyPrint's tags leave open.

WeasyPrint writes one variant at a time. PDF/UA-1 asks what PDF/A-3a already gives (tags, language, title, alternative
text), so the claim is added to the metadata with the extension schema that PDF/A wants for it. Header cells get their
scope. Running heads and page numbers, which WeasyPrint tags without linking the tags to the tree, become artifacts, so
that nobody hears them on every page.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

_UA_CLAIM = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
# As pydyf writes the beginning of marked content, one operand a line; text on these pages is in hexadecimal strings.
_MARKED = re.compile(rb"^/\w+\n<</MCID (\d+)>>\nBDC$", re.MULTILINE)
_ARTIFACT = b"/Artifact\n<</Type/Pagination>>\nBDC"


def finish(pdf: bytes) -> bytes:
    """The finished file of a PDF/A-3a from WeasyPrint. Equal input gives equal bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        _claim_universal_access(document)
        linked = {element.objgen: element for element in _elements(document)}
        for element in linked.values():
            if element.get("/S") == "/TH" and "/A" in element:
                element.A.Scope = pikepdf.Name.Column if _in_head(element) else pikepdf.Name.Row
        _set_aside_what_is_not_linked(document, set(linked))
        target = BytesIO()
        document.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _claim_universal_access(document: pikepdf.Pdf) -> None:
    claimed = document.Root.Metadata.read_bytes().replace(b"</rdf:RDF>", _UA_CLAIM + b"</rdf:RDF>", 1)
    document.Root.Metadata = document.make_stream(claimed, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element that can be reached from the root of the tree."""
    waiting = [document.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", pikepdf.Array())
        children = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting.extend(kid for kid in children if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)


def _in_head(cell: pikepdf.Object) -> bool:
    above = cell.get("/P")
    while isinstance(above, pikepdf.Dictionary) and above.get("/S") != "/Table":
        if above.get("/S") == "/THead":
            return True
        above = above.get("/P")
    return False


def _set_aside_what_is_not_linked(document: pikepdf.Pdf, linked: set[tuple[int, int]]) -> None:
    parents = document.Root.StructTreeRoot.ParentTree.Nums
    for number, page in enumerate(document.pages):
        elements = parents[2 * number + 1]
        loose = {index for index, element in enumerate(elements) if element.objgen not in linked}
        for index in loose:
            elements[index] = None
        _mark_as_artifacts(page, loose)


def _mark_as_artifacts(page: pikepdf.Page, loose: set[int]) -> None:
    drawn = page.Contents.read_bytes()
    page.Contents.write(_MARKED.sub(lambda found: _ARTIFACT if int(found[1]) in loose else found[0], drawn))
