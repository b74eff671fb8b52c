"""What people hear of through the inbox itself: registered by being imported."""

from kpo.inbox.message_notices import REPORTED, WRITTEN

__all__ = ["REPORTED", "WRITTEN"]
