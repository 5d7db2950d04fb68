"""Fields that several features ask for: identifiers of people and institutions, kept bare whatever was pasted."""

from typing import Any

from wtforms import StringField
from wtforms.validators import ValidationError

from journal.identifiers import as_orcid, as_ror


class OrcidField(StringField):
    """An ORCID iD, as number or address, or nothing. `data` is "0000-0002-1825-0097"; what is none is kept as typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the iD out of what was pasted."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = as_orcid(typed) or typed

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 - WTForms' signature
        """Raise ValidationError for what is no ORCID iD."""
        if self.data and as_orcid(self.data) is None:
            raise ValidationError(
                "This is no ORCID iD. It has sixteen digits, as in 0000-0002-1825-0097; the last one checks the others."
            )


class RorField(StringField):
    """A ROR identifier, as address or its last part, or nothing. `data` is "05a28rw58"; else it is kept as typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the identifier out of what was pasted."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = as_ror(typed) or typed

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 - WTForms' signature
        """Raise ValidationError for what is no ROR identifier."""
        if self.data and as_ror(self.data) is None:
            raise ValidationError(
                "This is no ROR identifier. Look the institution up on ror.org and paste its address, "
                "as in https://ror.org/05a28rw58."
            )
