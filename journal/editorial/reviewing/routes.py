"""The pages of reviewing."""

from flask import Blueprint, Flask

from journal.editorial.reviewing import (
    guest_routes,
    inviting_routes,
    offline_routes,
    plan_routes,
    reading_routes,
    review_routes,
)


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    pages = Blueprint("reviewing", __name__)
    for part in (inviting_routes, guest_routes, review_routes, offline_routes, reading_routes, plan_routes):
        part.register(pages)
    app.register_blueprint(pages)
