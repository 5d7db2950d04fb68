"""A protocol from any file that carries one: YAML, JSON, or a PDF made by a journal, which has the YAML attached."""

from journal.protocol_file.nodes import Problem
from journal.protocol_file.reading import ProtocolFile, read_protocol_file
from journal.reading.attached import PROTOCOL, attached_to, is_pdf

PDF_LIMIT = 50 * 1024 * 1024
_NOT_OURS = Problem(
    1,
    "This PDF carries no protocol as data.",
    "Take the PDF that the journal made of the protocol, or the YAML or JSON file. A manuscript is read elsewhere.",
)
_TOO_LARGE = Problem(1, "This PDF is larger than 50 MB.", "Take the protocol as YAML or JSON.")


def text_in(data: bytes) -> bytes | tuple[Problem, ...]:
    """The text of a protocol file: `data` itself, or what a PDF has attached, or what is wrong with it.

    Raises `journal.reading.inspection.ConfinementFailed` when a PDF cannot be opened on this machine.
    """
    if not is_pdf(data):
        return data
    if len(data) > PDF_LIMIT:
        return (_TOO_LARGE,)
    carried = attached_to(data).get(PROTOCOL)
    return carried if carried is not None else (_NOT_OURS,)


def open_protocol_file(data: bytes) -> ProtocolFile | tuple[Problem, ...]:
    """The protocol in `data`, or everything that is wrong. Lines are those of the attached YAML where it is a PDF.

    Raises as `text_in`.
    """
    text = text_in(data)
    return read_protocol_file(text) if isinstance(text, bytes) else text
