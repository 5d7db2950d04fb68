"""The layouts say where one is, who one is and how to leave; letters are short, plain and carry one link."""

import re

import pytest

from tests.templates.rendering import environment
from tests.templates.specimens import PAGES, desk, page

INVITATION = """{% extends "mail/layout.txt" %}
{% set subject = "An invitation to review" %}
{% block body %}
We ask you to review the plan of a study before its data exist. It has {{ pages }} pages. You need no account.
{% endblock %}
{% block ask %}
Please read who wrote it, then accept or decline, by {{ by }}:
{% endblock %}
{% block decides %}
{{ editor }} decides after the reviews, and a second editor confirms. Nobody counts it against you if you decline.
{% endblock %}
"""
WORKED_EXAMPLE = """Dear Zoë O'Hara,

We ask you to review the plan of a study before its data exist. It has
14 pages. You need no account.

Please read who wrote it, then accept or decline, by Thu 12 Nov 2026,
23:59 AoE:

https://desk.example/review/k7wq3fhe2md9rx4hs6ny8jt5pc-1fkz2ab3cd4ef5gh6ij7kl8mn9

I. Vantongeren decides after the reviews, and a second editor confirms.
Nobody counts it against you if you decline.

Ilse Vantongeren, handling editor
Nullius
"""


@pytest.mark.parametrize(("name", "title"), PAGES.items())
def test_every_page_has_one_heading_and_a_title_that_names_it(name: str, title: str) -> None:
    html = page(name)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert re.search(rf"<title>[^<]*{title}[^<]*</title>", html)


@pytest.mark.parametrize("name", PAGES)
def test_no_identifier_stands_twice(name: str) -> None:
    found = re.findall(r'\sid="([^"]+)"', page(name))
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize("name", PAGES)
def test_every_date_can_be_read_by_a_program(name: str) -> None:
    assert "<time>" not in page(name)
    assert all(
        re.fullmatch(r"\d{4}(-\d\d){0,2}(T\d\d:\d\d:\d\dZ)?", iso)
        for iso in re.findall(r'datetime="([^"]*)"', page(name))
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_posts_carries_the_token(name: str) -> None:
    forms = re.findall(r'<form method="post".*?</form>', page(name), re.DOTALL)
    assert all('name="csrf_token" value="token"' in form for form in forms)
    assert bool(forms) is not name.startswith(("article", "public/"))


def test_a_page_with_errors_says_so_in_its_title() -> None:
    assert "<title>Error: Specimen" in page("desk.html")
    assert "Error:" not in page("guest.html")


@pytest.mark.parametrize(
    ("scheme", "attribute"), [("dark", ' data-scheme="dark"'), ("light", ' data-scheme="light"'), ("system", "")]
)
def test_the_persons_choice_of_colours_holds(scheme: str, attribute: str) -> None:
    html = page("desk.html", desk=desk(scheme=scheme))
    assert f'<html lang="en" class="desk"{attribute}>' in html
    assert f'value="{scheme}" aria-pressed="true"' in html


def test_signing_out_is_a_button_and_not_a_link() -> None:
    assert re.search(
        r'<form method="post" action="/out">.*?<button class="plain">Sign out</button></form>', page("desk.html")
    )


def test_a_guest_has_nothing_to_sign_in_or_out_of() -> None:
    html = page("guest.html", desk=desk(person="Invited as Reviewer B", nav=[]))
    assert "Invited as Reviewer B" in html
    assert not re.search(r"Sign (in|out)", html)


def test_a_public_page_is_the_same_for_everybody() -> None:
    assert page("article.html") == page("article.html", desk=None)
    assert "csrf" not in page("article.html")


def test_the_worked_example_of_a_letter_reads_as_a_letter() -> None:
    values = {
        "person": "Zoë O'Hara",
        "link": "https://desk.example/review/k7wq3fhe2md9rx4hs6ny8jt5pc-1fkz2ab3cd4ef5gh6ij7kl8mn9",
        "signature": "Ilse Vantongeren, handling editor",
        "journal": "Nullius",
        "editor": "I. Vantongeren",
        "pages": 14,
        "by": "Thu 12 Nov 2026, 23:59 AoE",
    }
    letter = environment(**{"mail/invitation.txt": INVITATION}).get_template("mail/invitation.txt")
    assert letter.render(**values).strip() + "\n" == WORKED_EXAMPLE
    assert str(letter.make_module(values).subject) == "An invitation to review"  # type: ignore[attr-defined]


def test_the_worked_example_is_the_one_in_the_layouts_comment() -> None:
    comment = environment().loader.get_source(environment(), "mail/layout.txt")[0].partition("-#}")[0]  # type: ignore[union-attr]
    told = [line.strip() for line in comment.splitlines()]
    assert all(line in told for line in INVITATION.splitlines())
