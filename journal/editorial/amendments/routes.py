"""The pages of the feature, put together."""

from flask import Flask

from journal.editorial.amendments import (
    asking_routes,
    comparing_routes,
    deciding_routes,
    opinion_routes,
    page_routes,
    receipt_routes,
)
from journal.editorial.amendments.pages import pages

__all__ = [
    "asking_routes",
    "comparing_routes",
    "deciding_routes",
    "opinion_routes",
    "page_routes",
    "receipt_routes",
    "register",
]


def register(app: Flask) -> None:
    """Put the pages of the feature on `app`."""
    app.register_blueprint(pages)
