"""The public application as a reader and a reader's browser meet it."""

import re
from gzip import decompress
from html import unescape

import pytest

from journal.assets import asset_path
from tests.journal.public.library import GONE, Library, article, make_library, records


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = make_library(tmp_path_factory.mktemp("library"))
    made.release("0001", records())
    return made


def shown(text: str) -> list[str]:
    """The titles that a list shows, in order."""
    return [unescape(title) for title in re.findall(r'<h3><a href="/reports/\w+"><bdi>(.*?)</bdi></a></h3>', text)]


def counts(text: str) -> dict[str, int]:
    """The choices that a list offers, by their address, with the number beside each."""
    choices = re.findall(r'<a href="(/reports[^"]*)"[^>]*>(?:(?!</a>).)*<span class="num">(\d+)</span></a>', text)
    return {unescape(address): int(number) for address, number in choices}


@pytest.mark.parametrize(
    "path", ["/", "/reports", "/reports/kq7w3fhe", "/feed.xml", "/reports/kq7w3fhe.json", "/about"]
)
def test_a_baked_page_is_sent_as_it_was_baked(library: Library, path: str) -> None:
    plain, zipped = library.get(path), library.get(path, [("Accept-Encoding", "br, gzip")])
    assert plain.status_code == zipped.status_code == 200
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert decompress(zipped.data) == plain.data
    assert plain.headers["Content-Length"] == str(len(plain.data))
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_who_has_a_page_is_told_so(library: Library) -> None:
    for accepted in ("gzip", "identity"):
        tag = library.get("/", [("Accept-Encoding", accepted)]).headers["ETag"]
        for known in (tag, f'W/{tag}, "x"', f'"x" , {tag}', "*"):
            again = library.get("/", [("If-None-Match", known), ("Accept-Encoding", accepted)])
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == tag
    assert library.get("/", [("If-None-Match", '"other"')]).status_code == 200


@pytest.mark.parametrize("path", ["/", "/reports?q=probes", "/reports/kq7w3fhe/paper.pdf", "/nowhere"])
def test_a_head_says_what_a_get_would(library: Library, path: str) -> None:
    got, head = library.get(path), library.get(path, method="HEAD")
    assert head.data == b""
    assert head.status == got.status
    assert sorted(head.headers) == sorted(got.headers)


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [
        ("gzip", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        ("GZIP;q=0.5", True),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(library: Library, accepted: str, *, zipped: bool) -> None:
    assert ("Content-Encoding" in library.get("/", [("Accept-Encoding", accepted)]).headers) is zipped


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_one_can_only_read(library: Library, method: str) -> None:
    answer = library.get("/reports", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("path", ["/", "/reports?q=x", "/nowhere", "/reports/kq7w3fhe.json"])
def test_every_answer_is_under_the_policy_and_sets_no_cookie(library: Library, path: str) -> None:
    headers = library.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_what_is_missing_and_what_was_never_there_are_the_same(library: Library) -> None:
    paths = [
        "/nowhere",
        "/reports/withheld",
        "/reports/kq7w3fhe/no.pdf",
        f"/reports/{GONE}/paper.pdf",
        "/_missing",
        "/_reports",
        "/_reports/",
        "/reports/%ff%00",
        "/static/x/y.css",
        "//nullius.invalid/x",
        "/reports/kq7w3fhe%2Fpaper.pdf/",
        "/reports/kq7w3fhe/paper.pdf/x",
    ]
    answers = [library.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert b"There is nothing here" in answers[0].data


def test_a_slash_too_many_leads_to_the_page(library: Library) -> None:
    assert library.get("/reports/").headers["Location"] == "/reports"
    assert library.get("/reports/?q=a%20b").headers["Location"] == "/reports?q=a%20b"
    assert library.get("/reports/kq7w3fhe/").status_code == 301


@pytest.mark.parametrize(("path", "status"), [("//reports//", 301), ("//example.org/", 404), ("/\\example.org/", 404)])
def test_a_slash_too_many_leads_to_no_other_site(library: Library, path: str, status: int) -> None:
    answer = library.client.get("/", environ_overrides={"PATH_INFO": path})
    assert answer.status_code == status
    assert answer.headers.get("Location", "/reports") == "/reports"


def test_static_files_are_kept_for_ever_under_their_digest(library: Library) -> None:
    path = asset_path("nullius.css")
    here, old = library.get(path, [("Accept-Encoding", "gzip")]), library.get("/static/0123456789ab/nullius.css")
    assert "immutable" in here.headers["Cache-Control"]
    assert old.headers["Cache-Control"] == "no-cache"
    assert decompress(here.data) == old.data
    assert here.headers["Content-Type"].startswith("text/css")
    font = library.get(asset_path("fonts/nullius-serif-normal.woff2"), [("Accept-Encoding", "gzip")])
    assert font.headers["Content-Type"] == "font/woff2"
    assert "Content-Encoding" not in font.headers


def test_the_list_asked_for_nothing_is_the_baked_one(library: Library) -> None:
    baked = library.get("/reports")
    for nothing in ("?q=", "?page=1", "?page=x", "?page=-1", "?show=x", "?utm=1", "?topic=&outcome="):
        assert library.get(f"/reports{nothing}").data == baked.data


def test_pages_of_the_list_follow_each_other(library: Library) -> None:
    first, second = library.get("/reports").text, library.get("/reports?page=2").text
    assert len(shown(first)) == 25
    assert len(shown(second)) == len(records()) - 1 - 25
    assert not set(shown(first)) & set(shown(second))
    assert 'rel="next" href="/reports?page=2"' in first
    assert 'rel="prev" href="/reports"' in second
    assert "There is no such page" in library.get("/reports?page=99").text
    assert 'href="/reports?page=2"' in library.get("/reports?page=99").text


def test_null_results_have_a_place_of_their_own(library: Library) -> None:
    every, nulls = library.get("/reports").text, library.get("/reports?show=null").text
    assert counts(every)["/reports?show=null"] > 0
    assert len(shown(nulls)) == min(25, counts(every)["/reports?show=null"])
    assert "Does debate help a weaker judge?" not in shown(nulls)


def test_every_choice_gives_as_many_reports_as_it_says(library: Library) -> None:
    offered = counts(library.get("/reports?topic=Interpretability").text)
    assert len(offered) > 8
    for address, number in offered.items():
        assert f">{number} report{'s' if number != 1 else ''}" in library.get(address).text, address


def test_an_announced_protocol_is_listed_with_the_reports(library: Library) -> None:
    found = library.get("/reports?show=protocol").text
    assert shown(found) == ["Does debate help a weaker judge?"]
    assert "accepted in principle" in found


def test_a_search_finds_words_of_the_text_and_of_names(library: Library) -> None:
    assert "Do honesty probes notice lies that pay?" in shown(library.get("/reports?q=honesty+probes").text)
    for words in ("לוי", "🙂", "ibanez"):
        assert shown(library.get("/reports", ()).text) != shown(library.get(f"/reports?q={words}").text)
        assert shown(library.get(f"/reports?q={words}").text) == ["האם 🙂 זה עובד?"]


def test_a_retracted_report_is_found_and_says_so(library: Library) -> None:
    assert shown(library.get("/reports?q=claim+hold").text) == ["Retracted: A claim that did not hold"]


def test_what_was_taken_down_is_found_nowhere(library: Library) -> None:
    assert library.get(f"/reports/{GONE}").status_code == 200
    for address in (f"/reports?q={GONE}", "/reports?page=2", "/reports", "/", "/feed.xml", "/sitemap.xml"):
        assert f"/reports/{GONE}" not in library.get(address).text


@pytest.mark.parametrize(
    "query",
    [
        "q=%22",
        "q=%27%20OR%201%3D1%20--",
        "q=NEAR(a%20b)",
        "q=%00%01",
        "q=%ff%fe",
        "q=" + "a+" * 3000,
        "q=" + "%F0%9F%99%82" * 500,
        "q=<script>alert(1)</script>",
        "topic=<script>alert(1)</script>",
        "outcome=%22%3E<script>",
        "page=99999999999999999999999",
        "page=٣",
        "q=a&q=b&page=1&page=2",
        "&&&==&%",
        "show=null&topic=%F0%28%8C%28",
    ],
)
def test_no_query_breaks_the_list_or_gets_into_it(library: Library, query: str) -> None:
    answer = library.get(f"/reports?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text
    assert '<script src="/static/' in answer.text


def test_a_search_can_be_asked_again(library: Library) -> None:
    first = library.get("/reports?q=probes", [("Accept-Encoding", "gzip")])
    again = library.get("/reports?q=probes", [("If-None-Match", first.headers["ETag"])])
    assert (again.status_code, again.data) == (304, b"")
    assert b"probes" in decompress(first.data)


def test_a_search_without_a_match_says_how_to_go_on(library: Library) -> None:
    text = library.get("/reports?q=zyzzyva").text
    assert "No public report fits this" in text
    assert 'value="zyzzyva"' in text
    assert "fewer or other words" in text
    assert 'aria-label="Filter reports"' not in text, "filters that all lead to nothing"


def test_a_search_without_a_match_among_the_chosen_leads_to_the_same_search_among_all(library: Library) -> None:
    text = library.get("/reports?q=probes&show=protocol&topic=Nothing").text
    assert "No public report fits this" in text
    assert 'href="/reports?q=probes"' in text
    assert 'aria-label="Filter reports"' in text, "what was chosen can be taken back"


def test_an_outcome_that_there_is_not_is_left_out(library: Library) -> None:
    assert library.get("/reports?outcome=wonderful").text == library.get("/reports?page=1").text


def test_before_the_first_release_there_is_a_calm_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = make_library(tmp_path_factory.mktemp("empty"))
    for path in ("/", "/reports?q=x", "/nowhere"):
        answer = empty.get(path)
        assert answer.status_code == 503
        assert "has not made its first release" in answer.text
        assert answer.headers["Retry-After"]
    assert empty.get(asset_path("nullius.css")).status_code == 200
    empty.release("0001", [article("kq7w3fhe", "A study")])
    empty.look()
    assert empty.get("/reports/kq7w3fhe").status_code == 200
