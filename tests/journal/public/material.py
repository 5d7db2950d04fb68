"""Records that the public pages are about: variations on production's material. All of it is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from journal.public.site import Site
from tests.journal.production.material import AUTHORS, FACTS, OUTCOMES, PLAN, published
from workflows.declassify import Author, Identity, Notice, PublicFile, PublicRecord, ReportFacts
from workflows.outcomes import Outcomes
from workflows.protocol import Check, Protocol, Row
from workflows.stages import Stage

SITE = Site(journal_name="Nullius", public_url="https://nullius.example", editorial_url="https://desk.nullius.example")
EVIL = """</script><script>alert("1")</script>'&<b>"""
BODY = """<section id="ms-abstract" class="level2"><h2>Abstract</h2><p>{abstract}</p></section>
<section id="ms-introduction" class="level2"><h2>Introduction</h2>
<p>A probe reads dishonesty
<a href="#ms-fn1" class="footnote-ref" id="ms-fnref1" role="doc-noteref"><sup>1</sup></a> where
<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><msub><mi>A</mi><mi>m</mi></msub></math> is the area
(see <a href="#ms-ref-orlova2025" role="doc-biblioref">Orlova, 2025</a>).</p>
<section id="ms-models" class="level3"><h3>Models</h3>
<figure id="ms-fig-1"><img src="figures/figure-1.png" alt="Two groups of points">
<figcaption>Figure 1. Staged and incentivised lies.</figcaption></figure>
<p><img src="figures/lost.png" alt="A plot that was lost"></p>
<pre tabindex="0"><code>for model in models:

    probe(model)
</code></pre></section></section>
<section id="ms-references" class="level2"><h2>References</h2>
<div id="ms-refs" class="references csl-bib-body" role="list">
<div id="ms-ref-orlova2025" class="csl-entry" role="listitem">
Orlova, T. (2025). Directions of dishonesty.</div></div></section>
<section class="footnotes footnotes-end-of-document" role="doc-endnotes"><hr><ol><li id="ms-fn1"><p>Nobody asks for it.
<a href="#ms-fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>
""".replace("{abstract}", PLAN.abstract.replace("\n\n", "</p><p>"))


def file(kind: str, name: str, media_type: str, size: int) -> PublicFile:
    """A file as a release would describe it."""
    return PublicFile(kind=kind, key="k" * 32, name=name, media_type=media_type, sha256="9f2c41ab" * 8, size=size)


FILES = (
    file("pdf", "paper.pdf", "application/pdf", 318_000),
    file("jats", "article.xml", "application/jats+xml", 88_100),
    file("figure", "figures/figure-1.png", "image/png", 54_000),
)


def named(public_id: str, **changes: object) -> ReportFacts:
    """The facts of production's material under another name."""
    facts = replace(FACTS, identity=Identity(public_id=public_id), body=BODY, renditions=FILES)
    return replace(facts, **changes)  # type: ignore[arg-type]  # the fields of ReportFacts, as tests name them


def rows(count: int) -> Protocol:
    """The plan with `count` rows like the first."""
    many = tuple(replace(PLAN.rows[0], label=f"H{index}", primary=index == 1) for index in range(1, count + 1))
    return replace(PLAN, rows=many)


def answers(count: int) -> Outcomes:
    """Answers to `rows(count)`."""
    first = OUTCOMES.rows[0]
    return replace(OUTCOMES, rows=tuple(replace(first, label=f"H{index}") for index in range(1, count + 1)))


NULL = published(named("kq7w3fhe"))
SHORT = published(
    named(
        "b4nullsh",
        body="",
        renditions=FILES[:2],
        protocol=replace(rows(1), title="Does a warning label lower reliance on a wrong assistant?", abstract=""),
        outcomes=answers(1),
        deviations=(),
        published_on=date(2026, 8, 3),
    )
)
TWELVE = published(
    named("c5twelve", protocol=rows(12), outcomes=answers(12), claim="", data_end=None, published_on=date(2026, 7, 1))
)
RETRACTED = published(
    named(
        "d6retrac",
        stage=Stage.RETRACTED,
        notices=(
            Notice(kind="correction", on=date(2026, 9, 16), text="Table 2 gave the wrong unit.\n\nIt is now right."),
            Notice(kind="retraction", on=date(2026, 9, 19), text="The labels of 400 answers were swapped."),
        ),
    )
)
CROWDED = published(
    named(
        "e7crowd0",
        protocol=replace(
            PLAN,
            title="האם בדיקות יושרה מזהות שקרים 🤥? "
            + "And a title that goes on and on about what it is that was asked " * 4,
        ),
        authors=(
            Author(name="חנה לוי", family="לוי", given="חנה"),
            Author(name="🦜 Parrot"),
            *(
                replace(AUTHORS[index % 3], name=f"Author Number-{index}", family=f"Number-{index}")
                for index in range(22)
            ),
        ),
        published_on=date(2026, 6, 1),
    )
)
HOSTILE = published(
    named(
        "f8hostil",
        claim=EVIL,
        body="",
        protocol=replace(
            PLAN,
            title=EVIL,
            abstract=EVIL,
            topics=(EVIL,),
            rows=(Row(label="H1 <&>", hypothesis=EVIL),),
            checks=(Check(label="C 1", what=EVIL),),
        ),
        authors=(Author(name=EVIL, affiliation=EVIL),),
        published_on=date(2026, 5, 1),
    )
)
PROMISED = published(
    named(
        "g9promis",
        stage=Stage.IPA,
        announce_from=datetime(2026, 5, 1, tzinfo=UTC),
        protocol=replace(PLAN, title="Does paraphrasing between agents break covert coordination?"),
        published_on=None,
    )
)
TOMBSTONE = published(named("h0tombst", stage=Stage.IPA, announce_from=None, published_on=None, was_public=True))
RECORDS: tuple[PublicRecord, ...] = (NULL, SHORT, TWELVE, RETRACTED, CROWDED, HOSTILE, PROMISED, TOMBSTONE)
