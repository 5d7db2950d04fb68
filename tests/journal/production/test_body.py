"""The article's text made ready for print."""

import pytest

from journal.production.body import Body, prepare_body


def prepared(source: str, *, figures: dict[str, bytes] | None = None, abstract: str = "", labels: str = "") -> Body:
    return prepare_body(
        source, figures or {}, abstract=abstract, labels=labels.split(), note=lambda label: f"<aside>{label}</aside>"
    )


def test_figures_get_neutral_addresses_and_always_a_description() -> None:
    body = prepared(
        '<figure><img src="figures/figure-1.png"><figcaption>Two  curves</figcaption></figure>',
        figures={"figures/figure-1.png": b"pixels"},
    )
    assert body.pictures == {"figure:1.png": b"pixels"}
    assert 'src="figure:1.png"' in body.text
    assert 'alt="Two curves"' in body.text


@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "http://10.0.0.1/x", "data:image/png;base64,AAAA", "other.png"]
)
def test_a_picture_that_is_not_the_reports_own_becomes_words(source: str) -> None:
    body = prepared(f'<p>See <img src="{source}" alt="A curve"> here.</p>', figures={"figures/figure-1.png": b""})
    assert body.text == "<p>See <em>[A curve]</em> here.</p>"
    assert body.pictures == {}


def test_what_reading_never_lets_through_would_go_here() -> None:
    body = prepared(
        '<link rel="attachment" href="file:///x"><script>1</script><p style="position:fixed" onclick="x()">'
        '<a href="javascript:x()" rel="attachment">A</a> <a href="https://example.org/">B</a></p>'
    )
    assert body.text == '<p><a>A</a> <a href="https://example.org/">B</a></p>'


def test_a_note_stands_before_the_heading_that_tells_the_result_once() -> None:
    text = prepared(
        "<section><h2>Methods</h2><h3>H1 design</h3></section>"
        "<section><h2>Results</h2><section><h3>H1: found</h3></section><section><h3>H1 again, H10</h3></section>"
        "</section>",
        labels="H1 H10",
    ).text
    assert '<div class="anchor"><aside>H1</aside></div><h3>H1: found</h3>' in text
    assert '<div class="anchor"><aside>H10</aside></div><h3>H1 again, H10</h3>' in text
    assert text.count("anchor") == 2


def test_a_table_takes_the_side_column_only_when_it_needs_it() -> None:
    narrow = "<table><tr>" + "<td>0.1</td>" * 8 + "</tr></table>"
    broad = "<table><tr>" + "<td>1,234.5678901</td>" * 8 + "</tr></table>"
    assert "wide" not in prepared(narrow).text
    assert 'class="wide ' in prepared(broad).text


def test_a_short_table_is_kept_whole_and_a_long_one_may_be_parted() -> None:
    assert "whole" in prepared("<table>" + "<tr><td>0.1</td></tr>" * 12 + "</table>").text
    assert "whole" not in prepared("<table>" + "<tr><td>0.1</td></tr>" * 40 + "</table>").text
    assert "whole" not in prepared(f"<table><tr><td>{'words ' * 400}</td></tr></table>").text


def test_a_line_before_a_long_path_is_not_pulled_apart() -> None:
    text = prepared("<p>See <em>results/pilot/run_0001.jsonl</em>.</p><p>See the results.</p>").text
    assert text.count('class="ragged"') == 1


def test_no_note_is_put_beside_a_wide_table() -> None:
    broad = "<table><tr>" + "<td>1,234.5678901</td>" * 8 + "</tr></table>"
    assert "anchor" not in prepared(f"<h2>Results of H1</h2>{broad}", labels="H1").text


@pytest.mark.parametrize(
    "source",
    [
        "<p>Text</p><section><h2>References</h2><p>Orlova 2025</p></section>",
        "<p>Text</p><section><h2>7. References</h2><p>Orlova 2025</p></section>",
        '<p>Text</p><div id="refs" class="references"><div>Orlova 2025</div></div>',
    ],
)
def test_the_references_are_cut_out_with_their_heading(source: str) -> None:
    body = prepared(source)
    assert body.text == "<p>Text</p>"
    assert "References</h2>" in body.references
    assert "Orlova 2025" in body.references


def test_an_abstract_that_the_paper_already_shows_is_not_shown_twice() -> None:
    source = "<section><h2>Abstract</h2><p>We asked.</p> <p>No.</p></section><section><h2>One</h2></section>"
    assert "Abstract" not in prepared(source, abstract="We asked.\n\nNo.").text
    assert "Abstract" in prepared(source, abstract="We asked something else.").text


def test_what_follows_a_displayed_formula_goes_on() -> None:
    alone = '<p><span class="math display" data-tex="x">x</span></p>'
    among = '<p>Let <span class="math display" data-tex="x">x</span></p>'
    assert '<p class="equation">' in prepared(alone).text
    assert "equation" not in prepared(among).text
