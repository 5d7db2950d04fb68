"""A protocol as a PDF: it is the same protocol again, from any machine's copy, and its receipt is in it."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journal.cli import main
from journal.formats.plan_parts import rows_of, sections
from journal.formats.receipts import receipt_bytes
from journal.production.protocol_paper import DATA, Version, given_files, protocol_pdf
from journal.production.task import PAGE
from journal.protocol_file.opening import open_protocol_file
from journal.protocol_file.reading import ProtocolFile, read_protocol_file
from storage.documents import protocol_bytes, protocol_digest
from tests.workflows.any_protocol import any_protocol
from tests.workflows.examples import PROTOCOL
from workflows.protocol import Pin, Protocol, Row, Sample, Thing
from workflows.receipts import Receipt
from workflows.registered import design_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
DRAFT = Version(journal="Nullius", number=1)
AWKWARD = Protocol(title="\x00 <b>&amp; \u2028 \x0c", rows=(Row(label="H1\u2032", sampling="\x07]]> \ufffe"),))


def frozen(plan: Protocol) -> Version:
    receipt = Receipt(
        journal="Nullius",
        version=2,
        accepted=date(2026, 4, 2),
        frozen=date(2026, 4, 3),
        digest=protocol_digest(plan),
        protocol=protocol_bytes(plan).decode(),
        files=plan.files,
    )
    return Version(
        journal="Nullius", number=2, sent=date(2026, 3, 1), frozen=date(2026, 4, 3), receipt=receipt_bytes(receipt)
    )


def made(plan: Protocol, version: Version = DRAFT) -> bytes:
    pdf = protocol_pdf(plan, version)
    assert isinstance(pdf, bytes), pdf
    return pdf


def read(data: bytes) -> Protocol:
    found = open_protocol_file(data)
    assert isinstance(found, ProtocolFile), found
    return found.protocol


@given(any_protocol(TEXTS))
@example(AWKWARD)
def test_what_the_pdf_is_given_to_carry_is_the_protocol(plan: Protocol) -> None:
    files = given_files(plan, DRAFT)
    carried = read_protocol_file(files[DATA.name])
    assert isinstance(carried, ProtocolFile)
    assert carried.protocol == plan
    assert files == given_files(plan, DRAFT)


@pytest.mark.children
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_protocol(TEXTS))
@example(AWKWARD)
def test_a_pdf_is_read_again_as_the_protocol_that_it_was_made_of(plan: Protocol) -> None:
    assert read(made(plan)) == plan


@pytest.mark.children
def test_the_same_protocol_makes_the_same_bytes() -> None:
    assert made(PROTOCOL, frozen(PROTOCOL)) == made(PROTOCOL, frozen(PROTOCOL))


@pytest.mark.children
def test_authors_take_the_protocol_and_its_receipt_out_at_their_own_desk(tmp_path: Path) -> None:
    pdf = tmp_path / "protocol.pdf"
    pdf.write_bytes(made(PROTOCOL, frozen(PROTOCOL)))
    shown = CliRunner().invoke(main, ["protocol", "show", "--json", str(pdf)])
    assert (shown.exit_code, shown.stdout.strip().encode()) == (0, protocol_bytes(PROTOCOL))
    verified = CliRunner().invoke(main, ["protocol", "verify", str(pdf)])
    assert protocol_digest(PROTOCOL) in verified.output
    told = CliRunner().invoke(main, ["protocol", "read", str(pdf)])
    assert (told.exit_code, "carries its protocol as data" in told.output) == (1, True)


@pytest.mark.children
def test_a_draft_carries_no_receipt_and_another_pdf_no_protocol(tmp_path: Path) -> None:
    pdf = tmp_path / "draft.pdf"
    pdf.write_bytes(made(PROTOCOL))
    refused = CliRunner().invoke(main, ["protocol", "verify", str(pdf)])
    assert (refused.exit_code, "carries no receipt" in refused.output) == (2, True)
    found = open_protocol_file(b"%PDF-1.7 nothing of ours")
    assert isinstance(found, tuple)
    assert "carries no protocol" in found[0].words


def test_the_page_shows_the_design_and_escapes_what_was_typed() -> None:
    plan = Protocol(
        title="<script>",
        rows=(Row(label="H1", sampling="x" * 200), Row(label="H2", sampling="x" * 200)),
        samples=(Sample(label="N1", target="120", unit="people"),),
        pins=(Pin(label="P1", thing=Thing.MODEL, value="model-2026"),),
        exploratory="We look at layers.",
    )
    page = given_files(plan, DRAFT)[PAGE].decode()
    assert all(each in page for each in ("120", "model-2026", "We look at layers.", "&lt;script&gt;"))
    assert "<script>" not in page
    assert dict(rows_of(plan)[1].said)["Sampling"] == "As for H1."
    assert [each.name for each in sections(design_of(plan))] == ["samples", "pins", "exploratory"]
