"""What an appeal and its answer ask for."""

from journal.editorial.forms import Form
from journal.editorial.inputs import prose


class Asking(Form):
    """What somebody else should look at."""

    words = prose("What should be looked at, and why", "Kept under seal. Reviewers and editors do not read it.")


class Answering(Form):
    """What the authors are told."""

    answer = prose("Your answer", "The authors read it, and nobody else but officers. It lifts nothing by itself.")
