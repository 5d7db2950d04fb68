"""Every rule of the house is shown something that breaks it, and something near it that does not."""

import pytest

from tests.architecture import rules
from tests.architecture.rules import Rule

SOMEWHERE = "/" + "root/notes"

BROKEN: list[tuple[Rule, str, str]] = [
    (rules.one_commit, "journal/editorial/holds/actions.py", "session.commit()"),
    (rules.one_commit, "storage/outbox.py", "with engine.begin() as connection:\n    pass"),
    (rules.one_clock, "workflows/deadlines.py", "from datetime import datetime\nx = datetime.now(tz=UTC)"),
    (rules.one_clock, "workflows/deadlines.py", "import datetime as d\nx = d.date.today()"),
    (rules.one_clock, "storage/rows/holds.py", "import time\nx = time.time()"),
    (rules.one_clock, "storage/rows/holds.py", "from time import time as t\nx = t()"),
    (rules.one_clock, "storage/rows/holds.py", "from datetime import datetime\ncolumn(default=datetime.utcnow)"),
    (rules.one_clock, "storage/rows/holds.py", "from sqlalchemy import func\ncolumn(server_default=func.now())"),
    (rules.one_randomness, "storage/keyring.py", "import secrets"),
    (rules.one_randomness, "journal/cli.py", "from random import choice"),
    (rules.one_randomness, "journal/cli.py", "from uuid import uuid4\nx = uuid4()"),
    (rules.one_randomness, "journal/cli.py", "import os\nx = os.urandom(16)"),
    (
        rules.one_randomness,
        "storage/sealing.py",
        "from cryptography.hazmat.primitives.ciphers.aead import AESGCM\nk = AESGCM.generate_key(256)",
    ),
    (rules.one_writer_of_a_stage, "journal/editorial/decisions/actions.py", "report.stage = Stage.IPA"),
    (rules.one_writer_of_a_stage, "journal/editorial/decisions/actions.py", "a, report.stage = 1, Stage.IPA"),
    (rules.one_writer_of_a_stage, "journal/editorial/decisions/actions.py", 'setattr(report, "stage", Stage.IPA)'),
    (rules.one_writer_of_a_stage, "storage/outbox.py", "update(Report).where(x == 1).values(stage=Stage.IPA)"),
    (rules.one_writer_of_a_stage, "storage/outbox.py", 'update(Report).values({"stage": Stage.IPA})'),
    (rules.one_writer_of_a_stage, "storage/outbox.py", "query.update({Report.stage: Stage.IPA})"),
    (rules.short_files, "workflows/report.py", "x = 1\n" * 300),
    (rules.short_files, "templates/editorial/report.html", "<p>\n" * 300),
    (rules.telling_names, "journal/utils.py", ""),
    (rules.telling_names, "journal/mail_helpers/letters.py", ""),
    (rules.telling_names, "templates/editorial/base.html", ""),
    (rules.telling_names, "journal/letters.py", "class LetterManager: ..."),
    (rules.no_place_of_work, "README.md", f"It lies in {SOMEWHERE}."),
    (rules.no_place_of_work, "journal/config.py", f'FOLDER = "{SOMEWHERE}"'),
    (rules.modules_say_what_they_are_for, "journal/config.py", "x = 1"),
    (rules.workflows_only_decide, "workflows/report.py", "import sqlalchemy"),
    (rules.workflows_only_decide, "workflows/report.py", "from storage.rows import reports"),
    (rules.workflows_only_decide, "workflows/report.py", "import pathlib"),
    (rules.workflows_only_decide, "workflows/report.py", 'open("x")'),
    (rules.actions_know_no_web, "journal/editorial/holds/actions.py", "from flask import request"),
    (rules.actions_know_no_web, "journal/editorial/holds/actions.py", "import flask_security"),
    (rules.short_views, "journal/editorial/holds/routes.py", '@pages.get("/x")\ndef show():\n' + "    x = 1\n" * 15),
]

KEPT: list[tuple[Rule, str, str]] = [
    (rules.one_commit, "journal/unit_of_work.py", "session.commit()"),
    (rules.one_commit, "journal/cli.py", "session.begin_nested()"),
    (rules.one_clock, "journal/unit_of_work.py", "from datetime import datetime\nx = datetime.now(tz=UTC)"),
    (rules.one_clock, "journal/cli.py", "import time\nx = time.monotonic()"),
    (rules.one_clock, "workflows/deadlines.py", "def due(now): return now.today"),
    (rules.one_randomness, "storage/randomness.py", "import secrets\nx = secrets.token_bytes(16)"),
    (rules.one_randomness, "storage/keyring.py", "from storage.randomness import opaque"),
    (rules.one_writer_of_a_stage, "storage/ledger.py", "report.stage = Stage.IPA"),
    (rules.one_writer_of_a_stage, "workflows/report.py", "x = report.stage\nfacts.values(state=1)"),
    (rules.short_files, "workflows/report.py", "x = 1\n" * 299),
    (rules.short_files, "templates/static/vendor/htmx.js", "x\n" * 900),
    (rules.telling_names, "storage/database.py", "class ServiceableRow: ..."),
    (rules.no_place_of_work, "README.md", "See https://journal.example/work/1 and docs/work/x."),
    (rules.modules_say_what_they_are_for, "journal/__init__.py", ""),
    (rules.workflows_only_decide, "workflows/report.py", "from dataclasses import dataclass\nimport workflows.people"),
    (rules.workflows_only_decide, "storage/objects.py", "import boto3"),
    (rules.actions_know_no_web, "journal/editorial/holds/routes.py", "from flask import request"),
    (rules.short_views, "journal/editorial/holds/routes.py", '@pages.get("/x")\ndef show():\n' + "    x = 1\n" * 14),
]


@pytest.mark.parametrize(("rule", "path", "source"), BROKEN)
def test_a_rule_sees_what_breaks_it(rule: Rule, path: str, source: str) -> None:
    assert rule(path, source)


@pytest.mark.parametrize(("rule", "path", "source"), KEPT)
def test_a_rule_leaves_its_neighbours_alone(rule: Rule, path: str, source: str) -> None:
    assert rule(path, source) == []


def test_every_rule_is_seen_to_fail() -> None:
    assert {rule for rule, _, _ in BROKEN} == {*rules.RULES_OF_CODE, *rules.RULES_OF_TEXT}
