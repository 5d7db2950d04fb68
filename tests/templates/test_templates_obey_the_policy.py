"""No template says what the content-security policy would stop, and a program can read every date in one."""

import pytest

from tests.templates.lint import FAULTS, faults_of, templates
from tests.templates.rendering import ROOT

BROKEN = {
    '<p class="x" style="color: red">': "a style attribute",
    "<style>p {}</style>": "a style element",
    "<script>go()</script>": "a script in the page",
    '<script type="module">go()</script>': "a script in the page",
    '<a href="#" onclick="go()">': "a handler in an attribute",
    '<div hx-on:click="go()">': "a handler in an attribute",
    """<div hx-vals='js:{a: 1}'>""": "an expression that htmx would evaluate",
    '<div hx-trigger="click[ctrlKey]">': "an expression that htmx would evaluate",
    '<a href="javascript:go()">': "a javascript address",
    '<script src="https://cdn.example/x.js"></script>': "something fetched from elsewhere",
    '<img alt="" src="//cdn.example/x.png">': "something fetched from elsewhere",
    '<link rel="stylesheet" href="https://cdn.example/x.css">': "something fetched from elsewhere",
    '<a href="http://example.org">': "an address without encryption",
    "<time>14 Sep 2026</time>": "a <time> without datetime",
    '<form method="post" action="/x"><button>Go</button></form>': "a form that posts without a token",
    "{{ body|safe }}": "text marked safe",
}
SOUND = [
    '<script src="{{ asset("nullius.js") }}" defer></script>',
    '<script type="application/ld+json">{{ data|tojson }}</script>',
    '<a href="https://doi.org/10.5555/x" rel="license">',
    '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '<time datetime="2026-09-14">14 Sep 2026</time>',
    '<form method="post" action="/x">{{ csrf() }}<button>Go</button></form>',
    '<form method="get" action="/x"><button>Find</button></form>',
    '{# <p style="color: red"> #}',
    '<p class="lifestyle">onset = 3</p>',
]


@pytest.mark.parametrize(("source", "fault"), BROKEN.items())
def test_a_fault_is_seen(source: str, fault: str) -> None:
    assert list(faults_of(source)) == [fault]


@pytest.mark.parametrize("source", SOUND)
def test_what_is_sound_is_left_alone(source: str) -> None:
    assert list(faults_of(source)) == []


def test_each_fault_is_shown_by_an_example() -> None:
    assert set(BROKEN.values()) == set(FAULTS)


def test_no_template_has_a_fault() -> None:
    faults = [(str(path.relative_to(ROOT)), fault) for path in templates(ROOT) for fault in faults_of(path.read_text())]
    assert faults == []


def test_there_are_templates_to_look_at() -> None:
    assert len(templates(ROOT)) >= 15
