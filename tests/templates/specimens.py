"""The data that the specimen pages show: invented studies, people and letters, and a form with mistakes in it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FieldList,
    FileField,
    Form,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from tests.templates.rendering import NOW, environment

SEGMENTS = [("same", "We score "), ("removed", "1,800"), ("added", "1,640"), ("same", " prompts for each model.")]
FILES = [
    {
        "name": "Protocol, version 2",
        "href": "#p2",
        "kind": "PDF",
        "size": 318_000,
        "sha256": "9f2c41ab07deb3c9" * 4,
        "note": "frozen",
    },
    {"name": "Scoring code", "kind": "zip", "size": 1_100_000, "sha256": "c51a8e7007deb3c9" * 4},
]
LETTER = """Dear Ada Marwick-Osei,

Your protocol was accepted in principle. The conditions stand on its page:

https://desk.example/reports/k7wq3fhe2md9rx4hs6ny8jt5pc1fkz/acceptance

Ilse Vantongeren, handling editor
Nullius
"""


def words(*labels: str) -> list[Any]:
    """Choices named by their labels: the stubs of WTForms know only the tuples that WTForms itself gives up."""
    return list(labels)


class HypothesisForm(Form):
    claim = TextAreaField("What you expect", [InputRequired("Say what you expect.")])
    rule = TextAreaField("How you decide")


class StudyForm(Form):
    title = TextAreaField("Title", [Length(max=20, message="Keep the title under 20 characters.")])
    email = EmailField("E-mail address", [InputRequired("Give an address.")])
    password = PasswordField("Password")
    day = DateField("Start of collection")
    topic = SelectField("Topic", choices=words("Interpretability", "Deception and honesty"))
    level = RadioField(
        "Data so far",
        [InputRequired("Choose one, so that readers can weigh it.")],
        choices=words("Level 6", "Level 5"),
    )
    agree = BooleanField("All authors agree", [InputRequired("Tick this when all have agreed.")])
    topics = SelectMultipleField(
        "Methods",
        choices=words("Probing", "Steering"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    upload = FileField("Manuscript")
    value = StringField("Estimate")
    low = StringField("Lower")
    high = StringField("Upper", [InputRequired("Give the upper end.")])
    hypotheses = FieldList(FormField(HypothesisForm), min_entries=3)


def study_form() -> StudyForm:
    """A form that came back: seven controls have an error, of which two stand in a nested form."""
    claims = [{"claim": "Probes detect lies better than chance."}, {}, {}]
    form = StudyForm(data={"title": "Reward tampering after deletion", "value": "0.03", "hypotheses": claims})
    form.validate()
    return form


def desk(**changes: object) -> dict[str, object]:
    """The object `desk` that editorial/layout.html asks for, of a signed-in editor."""
    nav = [("Waiting on me", "/", True), ("Reports", "/reports", False), ("Reviewers", "/reviewers", False)]
    of_an_editor: dict[str, object] = {
        "nav": [{"word": word, "href": href, "here": here} for word, href, here in nav],
        "person": "Ilse Vantongeren, editor",
        "home": "/",
        "sign_in": "/in",
        "sign_out": "/out",
        "scheme": "system",
        "choose_scheme": "/colours",
        "here": "/specimen",
        "zone": "Europe/Berlin",
        "choose_zone": "/zone",
        "journal": "Nullius",
        "help": "/help",
        "mailbox": "/mail",
    }
    return of_an_editor | changes


def queue_row(ref: str, title: str, days: int | None, **more: object) -> dict[str, object]:
    due = None if days is None else NOW + timedelta(days=days)
    row = {"title": title, "href": f"#{ref}", "ref": ref, "state": "Stage 1, round 2", "due": due, "clock": "day 41"}
    return row | more


def listed_report(**more: object) -> dict[str, object]:
    """A published report as public lists show it."""
    report: dict[str, object] = {
        "href": "#report",
        "title": "Do deception probes trained on instructed lying detect incentivised lying?",
        "claim": "No. Anything useful as a monitor, 0.15 or more, is ruled out.",
        "authors": ["Ada Marwick-Osei", "Jonas Tellervo"],
        "others": 3,
        "topics": ["Deception and honesty"],
        "on": date(2026, 9, 14),
        "promised": False,
        "checks": (9, 10),
        "deviations": 1,
        "narrowed": False,
        "answers": [("null_informative", 2), ("supported", 1)],
    }
    return report | more


def mails() -> list[dict[str, object]]:
    subjects = ["Accepted in principle", "An invitation to review", "A decision waits for you to confirm it"]
    return [
        {"href": f"#{n}", "to": "ada@example.org", "subject": subject, "sent": NOW - timedelta(hours=n), "here": n == 0}
        for n, subject in enumerate(subjects)
    ]


SITE = {
    "home": "/",
    "nav": [{"word": "Reports", "href": "/reports", "here": True}, {"word": "Map", "href": "/map", "here": False}],
    "propose": "/propose",
    "foot": [("Policies", "/policies"), ("Feeds", "/feeds")],
    "licence": "Text CC BY 4.0, metadata CC0.",
    "issn": "0000-0000",
}
VALUES: dict[str, object] = {
    "site": SITE,
    "segments": SEGMENTS,
    "kept_files": FILES,
    "listed": [
        listed_report(),
        listed_report(claim="", promised=True, authors=[], on=None, answers=[("no_result_yet", 4)]),
    ],
    "study": {
        "id": "k7wq",
        "title": "Reward tampering after deletion of the reward file",
        "versions": [
            {"number": 1, "submitted_at": NOW, "frozen_at": NOW},
            {"number": 2, "submitted_at": None, "frozen_at": None},
        ],
    },
    "late": datetime(2026, 11, 19, 11, 59, tzinfo=UTC),
    "soon": NOW + timedelta(days=3),
    "past": NOW - timedelta(days=41),
    "registered": date(2026, 4, 21),
    "published": date(2026, 9, 14),
    "mine": [
        queue_row("k7wq", "Reward tampering after deletion of the reward file", -4, act="Propose a decision"),
        queue_row("t2md", "Does activation patching rank circuits stably?", 2, act="Check scope", act_href="#scope"),
    ],
    "others": [
        queue_row("b6ny", "Monitors under paraphrase", 11, mark="wait", word="3 reviewers", act="Reminded by itself"),
        queue_row("z1fk", "Report under a hold", None, mark="held", word="Hazard officer"),
    ],
    "parts": [
        {"name": "Title and authors", "href": "#t", "note": "Confirmed by you", "mark": "done", "word": "Done"},
        {"name": "Checks that must pass for a null to count", "href": "#c", "mark": "now", "word": "Start here"},
    ],
    "error": {
        "title": "There is nothing here",
        "sentence": "The address leads nowhere, or not for you.",
        "todo": "If you came from a letter, open its link once more.",
        "action": ("What waits for you", "/"),
    },
    "mails": mails(),
    "letter": {
        "sender": "Nullius",
        "to": "ada@example.org",
        "subject": "Accepted in principle",
        "sent": NOW,
        "body": LETTER,
    },
}
PAGES = {
    "desk.html": "Specimen of the desk",
    "article.html": "Specimen of an article",
    "door.html": "Sign in",
    "guest.html": "Invitation",
    "editorial/error.html": "There is nothing here",
    "editorial/mailbox.html": "Accepted in principle",
    "public/error.html": "There is nothing here",
}


def page(name: str, **changes: object) -> str:
    """The specimen `name` as it is sent, with the desk of somebody signed in unless `changes` says otherwise."""
    signed_in = name in ("desk.html", "editorial/mailbox.html", "editorial/error.html")
    someone = desk() if signed_in else desk(nav=[], person=None, sign_out=None, mailbox=None)
    values = VALUES | {"desk": someone, "form": study_form()} | changes
    return environment().get_template(name).render(**values)
