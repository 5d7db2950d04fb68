"""The editorial application as a server starts it: configured from the environment, perhaps behind proxies."""

import os

from werkzeug.middleware.proxy_fix import ProxyFix

from journal.config import from_environment
from journal.editorial.application import Editorial, create_application
from journal.unit_of_work import open_resources


def application() -> Editorial:
    """The application that the environment describes.

    Addresses and schemes that a proxy reports are believed only of as many proxies as `NULLIUS_PROXIES` says: whoever
    could write them at will could knock as often as they like.
    """
    config = from_environment(os.environ)
    app = create_application(open_resources(config))
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]  # Flask's documented way
    return app
