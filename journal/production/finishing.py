"""The last touch to the PDF, with pikepdf: the PDF/UA claim beside PDF/A-3a, scopes of header cells, fixed bytes.

WeasyPrint writes one variant at a time. PDF/UA-1 asks what PDF/A-3a already gives (tags, language, title, alternative
text), so the claim is added to the metadata with the extension schema that PDF/A wants for it. WeasyPrint's tags miss
the scope of header cells; it is set here.
"""

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


def finish(pdf: bytes) -> bytes:
    """The finished file of a PDF/A-3a from WeasyPrint. Equal input gives equal bytes."""
    with pikepdf.open(BytesIO(pdf)) as document:
        _claim_universal_access(document)
        _scope_header_cells(document)
        target = BytesIO()
        document.save(
            target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False
        )
    return target.getvalue()


def _claim_universal_access(document: pikepdf.Pdf) -> None:
    metadata = document.Root.Metadata
    claimed = metadata.read_bytes().replace(b"</rdf:RDF>", _UA_CLAIM + b"</rdf:RDF>", 1)
    document.Root.Metadata = document.make_stream(claimed, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _scope_header_cells(document: pikepdf.Pdf) -> None:
    for element in document.objects:
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH" and "/A" in element:
            element.A.Scope = pikepdf.Name.Column if _in_head(element) else pikepdf.Name.Row


def _in_head(cell: pikepdf.Dictionary) -> bool:
    above = cell.get("/P")
    while isinstance(above, pikepdf.Dictionary) and above.get("/S") != "/Table":
        if above.get("/S") == "/THead":
            return True
        above = above.get("/P")
    return False
