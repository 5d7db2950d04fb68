"""What the linter looks for, and the schema of protocol files, are there for everybody who comes to the desk."""

import json

from journal.protocol_file.schema import schema
from tests.stories.worlds import World
from workflows.lint import RULES


def test_every_rule_has_an_anchor_and_its_reason(world: World) -> None:
    page = world.visitor().open("/help/lint")
    assert page.status == 200
    assert set(page.tree.xpath("//section/@id")) >= {rule.name for rule in RULES}
    assert all(rule.why in page.text and rule.source in page.text for rule in RULES)


def test_the_help_page_leads_there(world: World) -> None:
    visitor = world.visitor()
    visitor.open("/help")
    assert visitor.follow("linter").title == "What the linter looks for"


def test_the_schema_is_served(world: World) -> None:
    answer = world.app.test_client().get("/help/protocol.schema.json")
    assert answer.mimetype == "application/schema+json"
    assert json.loads(answer.data) == schema()
