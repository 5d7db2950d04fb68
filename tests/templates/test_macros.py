"""Every macro writes what a page needs, and whatever a person typed comes out as text."""

import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import escape

from tests.templates.rendering import NOW, ROOT, environment, rendered
from tests.templates.specimens import FILES, SEGMENTS, VALUES, StudyForm, desk, listed_report, queue_row, study_form
from workflows.comparing.redline import Chapter, Fate, Line, Mark, Redline, Section, Segment

EVIL = """<script>alert("1")</script>'&"""
MACRO = re.compile(r"{%-? macro ([a-z]\w*)\(")

# One call of each macro, with EVIL wherever a person's words may stand.
CALLS = {
    "out": ("outcomes.html: out", "{{ out('supported', 2) }}"),
    "word": ("outcomes.html: word", "{{ word('supported') }}"),
    "kind": ("outcomes.html: kind", "{{ kind('supported') }}"),
    "glyph": ("outcomes.html: glyph", "{{ glyph('supported') }}"),
    "number": ("outcomes.html: number", "{{ number(0.5) }}"),
    "interval": ("outcomes.html: interval", "{{ interval(0.5, 1) }}"),
    "estimate": ("outcomes.html: estimate", "{{ estimate(0.5, 0, 1) }}"),
    "forest": ("outcomes.html: forest", "{{ forest(0, 0.5, 1, 'supported', (-1, 1), (-0.1, 0.1)) }}"),
    "axis": ("outcomes.html: axis", "{{ axis([(0, evil)], (-1, 1)) }}"),
    "squares": ("outcomes.html: squares", "{{ squares(3) }}"),
    "sprite": ("outcomes.html: sprite", "{{ sprite() }}"),
    "called": ("study.html: called", "{{ called(evil) }}"),
    "crumbs": ("study.html: crumbs", "{{ crumbs({'id': evil}, evil, evil) }}"),
    "versions_of": (
        "study.html: versions_of",
        "{{ versions_of([{'number': evil, 'submitted_at': now}] * 2, evil, evil, {'id': evil}, 2) }}",
    ),
    "tag": ("status.html: tag", "{{ tag('done', evil) }}"),
    "turn": ("status.html: turn", "{% call turn(evil, evil, 'yours', (evil, evil)) %}{{ evil }}{% endcall %}"),
    "note": ("status.html: note", "{% call note('tip', evil) %}{{ evil }}{% endcall %}"),
    "empty": ("status.html: empty", "{{ empty(evil, (evil, evil)) }}"),
    "progress": ("status.html: progress", "{{ progress(1, 2, evil) }}"),
    "line": ("status.html: line", "{{ line([('next', evil, evil)]) }}"),
    "waiting": ("status.html: waiting", "{{ waiting(evil, evil) }}"),
    "saved": ("status.html: saved", "{{ saved(evil, evil) }}"),
    "day": ("dates.html: day", "{{ day(now) }}"),
    "brief": ("dates.html: brief", "{{ brief(now) }}"),
    "when": ("dates.html: when", "{{ when(now) }}"),
    "due": ("dates.html: due", "{{ due(now) }}"),
    "due_cell": ("dates.html: due_cell", "{{ due_cell(none) }}{{ due_cell(now) }}"),
    "date": ("public_dates.html: date", "{{ date(now) }}"),
    "period": ("public_dates.html: period", "{{ period(now, now) }}"),
    "tasks": (
        "lists.html: tasks",
        "{{ tasks([{'name': evil, 'href': evil, 'note': evil, 'mark': 'done', 'word': evil}]) }}",
    ),
    "facts": ("lists.html: facts", "{{ facts([(evil, evil)]) }}"),
    "size": ("lists.html: size", "{{ size(900) }}"),
    "digest": ("lists.html: digest", "{{ digest(evil) }}"),
    "file": ("lists.html: file", "{{ file({'name': evil, 'href': evil, 'kind': evil, 'size': 5, 'sha256': evil}) }}"),
    "files": (
        "lists.html: files",
        "{{ files([{'name': evil, 'kind': evil, 'size': 5, 'sha256': evil, 'note': evil}]) }}",
    ),
    "acts": ("lists.html: acts", "{{ acts([(evil, evil, evil)]) }}"),
    "pages": ("lists.html: pages", "{{ pages(2, 3, evil, evil) }}"),
    "table": ("tables.html: table", "{% call table(evil, [evil, (evil, 'r')]) %}{{ evil }}{% endcall %}"),
    "row": ("tables.html: row", "{% call row(evil) %}{{ evil }}{% endcall %}"),
    "cell": ("tables.html: cell", "{{ cell(evil, evil) }}"),
    "more": ("tables.html: more", "{% call more(2) %}{{ evil }}{% endcall %}"),
    "queue": ("tables.html: queue", "{{ queue(evil, rows) }}{{ queue(evil, rows, mine=true) }}"),
    "matrix": ("tables.html: matrix", "{{ matrix(evil, evil, [evil], [(evil, [('wait', evil)])], 0) }}"),
    "words": ("text.html: words", "{{ words([('same', evil), ('removed', evil), ('added', evil)]) }}"),
    "beside": ("text.html: beside", "{{ beside(evil, [('same', evil)], evil, evil, evil, 'done', evil) }}"),
    "point": ("text.html: point", "{{ point(1, evil, 'must', evil, evil, evil, evil, evil) }}"),
    "cite": ("text.html: cite", "{{ cite('c', evil, [(evil, evil)]) }}"),
    "head": ("text.html: head", "{{ head(evil, evil, evil) }}"),
    "navigation": ("page.html: navigation", "{{ navigation([{'word': evil, 'href': evil}], evil) }}"),
    "logo": ("page.html: logo", "{{ logo(evil, evil) }}"),
    "flashes": ("page.html: flashes", "{{ flashes([('warn', evil)]) }}"),
    "refusal": ("page.html: refusal", "{{ refusal(evil, evil, evil, (evil, evil)) }}"),
    "names": ("reports.html: names", "{{ names([evil, evil], 2) }}"),
    "answers": ("reports.html: answers", "{{ answers([('supported', 2)]) }}"),
    "checked": ("reports.html: checked", "{{ checked(1, 2) }}"),
    "reports": ("reports.html: reports", "{{ reports(listed) }}"),
    "csrf": ("forms.html: csrf", "{{ csrf() }}"),
    "post": (
        "forms.html: post",
        "{% call post(evil, autosave=evil, enter=(evil, evil, evil)) %}{{ evil }}{% endcall %}",
    ),
    "saving": ("forms.html: saving", "{% call saving(evil) %}{{ evil }}{% endcall %}"),
    "field": ("forms.html: field", "{{ field(form.title, evil, evil) }}"),
    "choices": ("forms.html: choices", "{{ choices(form.level, evil, {'Level 6': evil}, evil) }}"),
    "checkbox": ("forms.html: checkbox", "{{ checkbox(form.agree, evil) }}"),
    "pair": ("forms.html: pair", "{{ pair(evil, [form.low, form.high], evil) }}"),
    "form_errors": ("forms.html: form_errors", "{{ form_errors(form, evil, evil) }}"),
    "problems": ("forms.html: problems", "{{ problems([(evil, evil), ('', evil)], evil, evil) }}"),
    "buttons": ("forms.html: buttons", "{% call buttons() %}{{ evil }}{% endcall %}"),
    "button": ("forms.html: button", "{{ button(evil, evil, evil) }}"),
    "press": ("forms.html: press", "{{ press(evil, evil, {evil: evil}) }}"),
    "entry": ("forms.html: entry", "{% call entry(evil, evil, 1, 3, evil) %}{{ evil }}{% endcall %}"),
    "remarks": (
        "forms.html: remarks",
        "{{ remarks({'id': evil, 'remarks': [{'severity': 'should', 'words': evil, 'remedy': evil, 'answer': ''}]}) }}",
    ),
    "both_texts": ("redline.html: both_texts", "{{ both_texts(redline) }}{# evil #}"),
    "texts_section": ("redline.html: texts_section", "{{ texts_section(redline) }}{# evil #}"),
    "add_entry": ("forms.html: add_entry", "{{ add_entry(evil, evil, 1) }}"),
}


def called(imports: str, source: str, **values: object) -> str:
    row = queue_row("k7wq", EVIL, 3, act=EVIL, act_href=EVIL, mark="wait", word=EVIL, state=EVIL, clock=EVIL)
    form = study_form()
    form.title.data, form.title.errors = EVIL, [EVIL]
    listed = listed_report(title=EVIL, href=EVIL, claim=EVIL, authors=[EVIL], topics=[EVIL])
    line = Line(fate=Fate.MOVED, segments=tuple(Segment(mark, EVIL) for mark in Mark))
    section = Section(chapter=Chapter.METHODS, protocol=EVIL, manuscript=f"{EVIL}.", lines=(line,))
    values = {"redline": Redline(sections=(section,)), **values}
    at_hand: dict[str, object] = {"evil": EVIL, "now": NOW, "rows": [row], "form": form, "listed": [listed]}
    return rendered(source, imports, **(at_hand | values))


@pytest.mark.parametrize("name", CALLS)
def test_what_a_person_typed_comes_out_as_text(name: str) -> None:
    html = called(*CALLS[name])
    assert html.strip()
    assert "<script" not in html
    assert 'alert("' not in html
    if ("evil" in CALLS[name][1] and name != "digest") or name == "reports":
        assert str(escape(EVIL)) in html


def test_every_macro_is_called_here() -> None:
    written = {name for path in (ROOT / "macros").glob("*.html") for name in MACRO.findall(path.read_text())}
    assert written == set(CALLS)


@pytest.mark.parametrize("path", sorted((ROOT / "macros").glob("*.html")), ids=lambda path: path.name)
def test_every_macro_is_explained_at_the_head_of_its_file(path: Path) -> None:
    head, _, body = path.read_text().partition("-#}")
    assert [name for name in MACRO.findall(body) if f"{name}(" not in head] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("null, informative", "Null, informative"),
        ("null_informative", "Null, informative"),
        ("not tested", "Not tested"),
        ("no-result-yet", "No result yet"),
        ("estimated", "Estimated"),
        ("uninformative", "Uninformative"),
    ],
)
def test_an_outcome_may_be_named_in_any_spelling(said: str, shown: str) -> None:
    assert f"</svg>{shown}</span>" in called("outcomes.html: out", "{{ out(said) }}", said=said)


@pytest.mark.parametrize(
    ("imports", "source"),
    [
        ("outcomes.html: out", "{{ out('a success') }}"),
        ("text.html: words", "{{ words([('moved', 'x')]) }}"),
        ("text.html: point", "{{ point(1, 'x', 'may', '1A', 'y', 'z') }}"),
    ],
)
def test_an_unknown_word_is_an_error_and_not_a_blank(imports: str, source: str) -> None:
    with pytest.raises(UndefinedError):
        called(imports, source)


def test_a_number_has_a_true_minus_and_a_missing_one_says_so() -> None:
    assert called("outcomes.html: interval", "{{ interval(-0.014, 0.07) }}") == "[\N{MINUS SIGN}0.01, 0.07]"
    assert "no data" in called("outcomes.html: estimate", "{{ estimate(none, none, none) }}")


def test_an_interval_that_leaves_the_axis_ends_at_its_edge() -> None:
    drawn = called("outcomes.html: forest", "{{ forest(-9, 0, 9, 'uninformative', (-1, 1)) }}")
    assert 'x1="0.00%" x2="100.00%"' in drawn


def test_every_glyph_that_a_word_asks_for_is_in_the_sprite() -> None:
    sprite = called("outcomes.html: sprite", "{{ sprite() }}")
    asked = called("outcomes.html: WORDS, glyph", "{% for word in WORDS %}{{ glyph(word) }}{% endfor %}")
    assert set(re.findall(r'href="#(o-[a-z]+)"', asked)) == set(re.findall(r'symbol id="(o-[a-z]+)"', sprite))


def test_a_field_has_label_hint_error_and_control_in_that_order() -> None:
    html = called("forms.html: field", "{{ field(form.title, 'A hint') }}")
    places = [html.index(part) for part in ("<label", 'id="title-hint"', 'id="title-error"', "<textarea")]
    assert places == sorted(places)
    assert 'aria-describedby="title-hint title-error"' in html
    assert 'aria-invalid="true"' in html


def test_a_sound_field_is_not_called_invalid_and_nothing_is_left_to_the_browser() -> None:
    html = rendered("{{ field(form.title) }}{{ field(form.email) }}", "forms.html: field", form=StudyForm())
    assert not re.search(r"aria-invalid|aria-describedby|required|maxlength", html)


def test_the_attributes_of_a_call_reach_the_control() -> None:
    assert 'autocomplete="email"' in called("forms.html: field", "{{ field(form.email, autocomplete='email') }}")


def test_every_link_of_the_summary_leads_to_a_control() -> None:
    html = environment().get_template("desk.html").render(**VALUES | {"desk": desk(), "form": study_form()})
    summary = html[html.index('class="errors"') : html.index("</ul>", html.index('class="errors"'))]
    anchors = re.findall(r'href="#([^"]+)"', summary)
    assert len(anchors) == 9
    assert all(html.count(f' id="{anchor}"') == 1 for anchor in anchors)


def test_a_summary_says_which_row_lacks_something() -> None:
    assert ">Hypotheses 2: Say what you expect.</a>" in called("forms.html: form_errors", "{{ form_errors(form) }}")


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered("{{ form_errors(form) }}", "forms.html: form_errors", form=StudyForm()) == ""
    assert rendered("{{ problems([]) }}", "forms.html: problems") == ""


def test_the_first_group_does_not_move_up_and_the_last_not_down() -> None:
    groups = [called("forms.html: entry", f"{{% call entry('H', 'h', {n}, 3) %}}{{% endcall %}}") for n in range(3)]
    moves = [re.findall(r'value="(up|down|remove):h:\d"', group) for group in groups]
    assert moves == [["down", "remove"], ["up", "down", "remove"], ["up", "remove"]]


def test_the_enter_key_saves_and_removes_nothing() -> None:
    source = "{% call post('/x', enter=('Save', 'do', 'save')) %}{{ add_entry('Add', 'h', 0) }}{% endcall %}"
    first = re.search(r"<button[^>]*>", called("forms.html: post, add_entry", source))
    assert first is not None
    assert 'value="save"' in first[0]


def test_each_side_of_a_comparison_shows_its_own_words() -> None:
    def side(name: str) -> str:
        return called("text.html: words", f"{{{{ words(segments, '{name}') }}}}", segments=SEGMENTS)

    assert side("before") == "We score <del>1,800</del> prompts for each model."
    assert side("after") == "We score <ins>1,640</ins> prompts for each model."


def test_a_side_with_no_words_of_its_own_says_so() -> None:
    html = called("text.html: beside", "{{ beside('T', [('added', 'x')], 'Before', 'After') }}")
    assert html.count("Nothing.") == 1


def test_a_deadline_shows_both_zones_and_how_long() -> None:
    html = called("dates.html: due", "{{ due(soon) }}", soon=VALUES["soon"])
    assert "Thu 26 Nov 2026, 02:02 AoE</time>, in 3 days" in html
    assert "Thu 26 Nov 2026, 15:02 Europe/Berlin" in html


def test_a_missed_deadline_is_late_in_words() -> None:
    assert '<span class="tag late">4 days late</span>' in called("dates.html: due", "{{ due(m) }}", m=VALUES["late"])


def test_a_day_has_no_hour() -> None:
    html = called("dates.html: when", "{{ when(d, relative=false) }}", d=date(2026, 12, 14))
    assert html == '<time datetime="2026-12-14">Mon 14 Dec 2026</time>'


def test_a_table_names_the_part_of_every_part() -> None:
    source = "{% call table('c', ['A', 'B']) %}{% call row('x') %}{{ cell('B', 'y') }}{% endcall %}{% endcall %}"
    html = called("tables.html: table, row, cell", source)
    parts = re.findall(r"<(?:table|thead|tbody|tr|th|td)\b[^>]*>", html)
    assert len(parts) == 9
    assert all("role=" in part for part in parts)
    assert 'data-label="B"' in html


def test_a_public_page_needs_none_of_the_desks_filters() -> None:
    public = environment()
    for name in ("when", "until", "aoe"):
        del public.filters[name]
    assert public.get_template("article.html").render(**VALUES)


def test_one_page_is_not_numbered() -> None:
    assert called("lists.html: pages", "{{ pages(1, 1) }}") == ""


@pytest.mark.parametrize(("bytes_", "words"), [(900, "900 B"), (318_000, "318 kB"), (999_600, "1.0 MB")])
def test_a_size_is_said_as_people_say_it(bytes_: int, words: str) -> None:
    assert called("lists.html: size", "{{ size(n) }}", n=bytes_) == words


def test_a_file_shows_its_whole_digest() -> None:
    assert str(FILES[0]["sha256"]) in called("lists.html: file", "{{ file(f) }}", f=FILES[0])
