"""The blueprint that the modules of this feature put their pages on."""

from flask import Blueprint

pages = Blueprint("submission", __name__)
