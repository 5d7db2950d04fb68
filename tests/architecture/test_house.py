"""The whole project, held to every rule of the house."""

import pytest

from tests.architecture.rules import RULES_OF_CODE, RULES_OF_TEXT, Rule
from tests.architecture.source import project_files


@pytest.mark.parametrize("rule", [*RULES_OF_CODE, *RULES_OF_TEXT])
def test_the_project_keeps_the_rule(rule: Rule) -> None:
    of_code = rule in RULES_OF_CODE
    files = [(path, source) for path, source in project_files() if path.endswith(".py") or not of_code]
    offences = [f"{path}:{o.line}: {o.words}" for path, source in files for o in rule(path, source)]
    assert files, "no file was read, so nothing was shown"
    assert not offences, f"{rule.__doc__}\n" + "\n".join(offences)
