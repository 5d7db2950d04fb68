"""What the pages of production ask for."""

from journal.editorial.forms import Form
from journal.editorial.inputs import prose


class Changes(Form):
    """What is wrong with a proof."""

    reason = prose("What should change", "Name the page and the place. The handling editor reads it.")


class Notice(Form):
    """A correction or retraction, as readers will see it."""

    notice = prose("The notice, as readers will see it", "What was wrong, what is right, and what follows from it.")


class Recommendation(Form):
    """Why an article should be retracted."""

    reason = prose("Why it should be retracted", "The editors-in-chief and the handling editor read it. Never public.")
