"""Scripts that a plan names are read for comments and names; those that are not there cannot be verified."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from journal.cli import main
from tests.conformance.mutators import PAIRS

FOLDER = PAIRS / "debate_oversight"
PLAN = "\n\n## Analysis scripts\n\nThe models are specified in {name}.\n"
COMMENT = "# Sensitivity analysis: refit the model without raters from the northern pool, weighted by shift length"
SCRIPTS = {
    "fit.R": f"{COMMENT}\nfit <- lmer(accuracy ~ debate + numeracy_score + bilingual + (1 | question), data = d)\n",
    "fit.py": f'{COMMENT}\nfit = smf.ols("accuracy ~ debate + numeracy_score + C(bilingual)", d).fit()\n',
    "fit.jl": f"{COMMENT}\nfit(MixedModel, @formula(accuracy ~ debate + numeracy_score + bilingual), d)\n",
    "fit.do": f"{COMMENT.replace('#', '*')}\nregress accuracy debate numeracy_score i.bilingual, robust\n",
    "fit.sas": f"{COMMENT.replace('#', '*')};\nmodel accuracy = debate numeracy_score bilingual / solution;\n",
    "fit.ipynb": json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "source": [COMMENT.removeprefix("# ")]},
                {"cell_type": "code", "source": ['covariates = ["numeracy_score", "bilingual"]\n']},
            ]
        }
    ),
}


def compared(folder: Path, script: str | None, name: str, *, beside: str = "plan") -> dict[str, Any]:
    for place in ("plan", "report"):
        (folder / place).mkdir()
    protocol, manuscript = folder / "plan" / "protocol.md", folder / "report" / "manuscript.md"
    protocol.write_text((FOLDER / "protocol.md").read_text("utf-8") + PLAN.format(name=name), "utf-8")
    manuscript.write_text((FOLDER / "manuscript.md").read_text("utf-8"), "utf-8")
    if script is not None:
        (folder / beside / name).write_text(script, "utf-8")
    words = ["compare", str(protocol), str(manuscript), "--json"]
    data: dict[str, Any] = json.loads(CliRunner().invoke(main, words).stdout)
    return data


def of_kind(data: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [finding for finding in data["findings"] if finding["kind"] == kind]


@pytest.mark.parametrize("name", SCRIPTS)
def test_names_and_comments_without_a_trace_are_told_with_little_sureness(name: str, tmp_path: Path) -> None:
    data = compared(tmp_path, SCRIPTS[name], name)
    names, comments = of_kind(data, "script-names-not-found"), of_kind(data, "script-comment-not-found")
    assert len(names) == len(comments) == 1
    assert "numeracy_score, bilingual" in names[0]["why"]
    assert "debate" not in names[0]["why"]
    assert "northern pool" in comments[0]["protocol"]["quote"]
    assert all("Needs a reader" in one["why"] and one["evidence"] == "text" for one in names + comments)
    assert not of_kind(data, "part-of-plan-not-given")
    assert [words for words in data["unread"] if name in words and "was not run" in words]


def test_a_script_beside_the_manuscript_is_read_too(tmp_path: Path) -> None:
    data = compared(tmp_path, SCRIPTS["fit.R"], "fit.R", beside="report")
    assert of_kind(data, "script-names-not-found")


def test_a_script_that_is_not_there_cannot_be_verified(tmp_path: Path) -> None:
    [finding] = of_kind(compared(tmp_path, None, "fit.R"), "part-of-plan-not-given")
    assert finding["wording"] == "cannot-be-verified"


def test_a_script_that_the_plan_does_not_name_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "other.R").write_text(SCRIPTS["fit.R"], "utf-8")
    (tmp_path / "plan").rename(tmp_path / "kept")
    data = compared(tmp_path, None, "fit.R")
    (tmp_path / "kept" / "other.R").rename(tmp_path / "plan" / "other.R")
    words = [str(tmp_path / "plan" / "protocol.md"), str(tmp_path / "report" / "manuscript.md")]
    assert json.loads(CliRunner().invoke(main, ["compare", *words, "--json"]).stdout) == data


def test_what_the_manuscript_reports_of_a_script_is_no_finding(tmp_path: Path) -> None:
    script = "# accuracy of people who read a debate is compared\nfit <- lm(accuracy ~ debate, data = d)\n"
    data = compared(tmp_path, script, "fit.R")
    assert not of_kind(data, "script-names-not-found")


def test_a_broken_notebook_is_said(tmp_path: Path) -> None:
    data = compared(tmp_path, "{no notebook", "fit.ipynb")
    assert any("fit.ipynb is no notebook" in words for words in data["unread"])
