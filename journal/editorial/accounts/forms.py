"""What the pages about accounts ask for. What is wrong with it, the actions say."""

from wtforms import HiddenField, PasswordField, SelectField, StringField

from journal.editorial.accounts.actions import Details
from journal.editorial.accounts.zones import offered_zones
from journal.editorial.fields import OrcidField, RorField
from journal.editorial.forms import Form
from journal.passwords import SHORTEST

_A_PASSWORD = f"At least {SHORTEST} characters. A short sentence is a good one."


class SignIn(Form):
    """An address and its password, and where to go then."""

    email = StringField("E-mail address", render_kw={"type": "email", "autocomplete": "username"})
    password = PasswordField("Password", render_kw={"autocomplete": "current-password"})
    next = HiddenField()


class Join(Form):
    """A new account."""

    name = StringField(
        "Name", description="As it should stand on a paper or in a letter.", render_kw={"autocomplete": "name"}
    )
    email = StringField(
        "E-mail address",
        description="We write to it to see that it is yours.",
        render_kw={"type": "email", "autocomplete": "username"},
    )
    password = PasswordField("Password", description=_A_PASSWORD, render_kw={"autocomplete": "new-password"})


class Confirm(Form):
    """The address is mine: the password chosen with it shows that the letter reached the same person."""

    password = PasswordField("The password you chose", render_kw={"autocomplete": "current-password"})


class Forgotten(Form):
    """The address of the account."""

    email = StringField("E-mail address", render_kw={"type": "email", "autocomplete": "username"})


class NewPassword(Form):
    """A new password, by a link or with the old one."""

    password = PasswordField("New password", description=_A_PASSWORD, render_kw={"autocomplete": "new-password"})


class ChangePassword(NewPassword):
    """A new password, for whoever knows the old one."""

    old_password = PasswordField("Your password now", render_kw={"autocomplete": "current-password"})


class Profile(Form):
    """What the journal knows of me."""

    name = StringField("Name", render_kw={"autocomplete": "name"})
    orcid = OrcidField("ORCID iD", description="The number or its address, as in 0000-0002-1825-0097.")
    affiliation = StringField("Affiliation", render_kw={"autocomplete": "organization"})
    ror = RorField(
        "The institution's ROR address",
        description="From ror.org. Editors from an author's institution are kept from deciding on their work.",
    )
    zone = SelectField("Time zone", description="In which dates and times are shown to you.")

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)
        self.zone.choices = [(zone, zone.replace("_", " ")) for zone in offered_zones()]

    def details(self) -> Details:
        """What was typed."""
        return Details(
            name=self.name.data or "",
            orcid=self.orcid.data or "",
            affiliation=self.affiliation.data or "",
            ror=self.ror.data or "",
            zone=self.zone.data or "UTC",
        )


class ProposeOfficer(Form):
    """The address of whoever is to become an information-hazard officer."""

    email = StringField("Their e-mail address", description="They need an account.", render_kw={"type": "email"})
