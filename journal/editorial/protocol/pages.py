"""The pages of the protocol feature, bound by its modules."""

from flask.blueprints import Blueprint

pages = Blueprint("protocol", __name__)
