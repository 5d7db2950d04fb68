"""The people of the demonstration at their browsers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from journal.demonstration.visitor import Lost, Transport, Visitor

PASSWORD = "nullius in verba"  # noqa: S105 - a demonstration's, printed for everybody and refused anywhere else


@dataclass(slots=True)
class Company:
    """Visitors by their mail address. Each signs in through the page when first needed, or when signed out since."""

    door: Callable[[], Transport]
    desk: str
    _visitors: dict[str, Visitor] = field(default_factory=dict)

    def guest(self) -> Visitor:
        """Somebody new, who is not signed in."""
        return Visitor(self.door(), self.desk)

    def visitor(self, email: str) -> Visitor:
        """Whoever has this address, signed in, on the list of their studies."""
        visitor = self._visitors.setdefault(email, self.guest())
        if "/sign-in" in visitor.open("/studies").address:
            visitor.press("Sign in", {"email": email, "password": PASSWORD})
        if "/sign-in" in visitor.page.address:
            raise Lost(f"{email} could not sign in: {visitor.page.text[:300]}")
        return visitor
