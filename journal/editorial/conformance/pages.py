"""The pages of stage 2, to which the modules of this feature add theirs."""

from flask.blueprints import Blueprint

pages = Blueprint("conformance", __name__)
