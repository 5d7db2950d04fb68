"""The blueprint of the feature, to which its modules bind their pages."""

from flask import Blueprint

pages = Blueprint("amendments", __name__)
