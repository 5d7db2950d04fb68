"""The same words in another format bring nothing: Word, LaTeX and R Markdown by pandoc, on either side."""

from pathlib import Path

import pytest

from journal.reading.comparison import compare_files
from tests.conformance.mutators import FORMATS, Pair, converted, pairs
from tests.conformance.seeing import compared, news
from workflows.comparing.finding import Pairing
from workflows.reviewing import Severity

pytestmark = pytest.mark.children


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_another_format_brings_nothing_to_answer(pair: Pair, form: str, tmp_path: Path) -> None:
    manuscript = converted(pair.manuscript, form, tmp_path)
    given = {manuscript.name: manuscript.read_bytes()}
    found = compare_files({"protocol.md": pair.protocol.encode()}, given)
    assert found.pairing is Pairing.THIS
    assert [one.why for one in news(compared(pair), found, least=Severity.SHOULD)] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_protocol_may_be_in_another_format(form: str, tmp_path: Path) -> None:
    pair = pairs()[-1]
    protocol = converted(pair.protocol, form, tmp_path)
    found = compare_files({protocol.name: protocol.read_bytes()}, {"manuscript.md": pair.manuscript.encode()})
    assert found.pairing is Pairing.THIS
    assert [one.why for one in news(compared(pair), found, least=Severity.SHOULD)] == []
