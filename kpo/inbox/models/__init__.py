"""What a person follows and keeps, what the inbox holds, and how the person wants to hear of it.

Imports run from choices to notifications; marks stand by themselves.
"""

from kpo.inbox.models.choices import Absence, FirstVisit, Mute, Preference
from kpo.inbox.models.marks import Bookmark, Follow
from kpo.inbox.models.messages import Message
from kpo.inbox.models.notification import Notification

__all__ = [
    "Absence",
    "Bookmark",
    "FirstVisit",
    "Follow",
    "Message",
    "Mute",
    "Notification",
    "Preference",
]
