"""The tokens this app itself gives out: circles."""

from kpo.design import audiences as markers
from kpo.people import circles, tokens

tokens.register_labels(tokens.CIRCLE, circles.names)
markers.register_labels(tokens.labels)
