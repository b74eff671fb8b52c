"""The tokens this app itself gives out: circles."""

from kpo.people import circles, tokens

tokens.register_labels(tokens.CIRCLE, circles.names)
