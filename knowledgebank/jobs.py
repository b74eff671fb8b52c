"""The periodic work of the knowledge bank: what is named here is known to the worker."""

from knowledgebank.review.reminders import remind_reviewers
from knowledgebank.upkeep.reminding import remind

__all__ = ["remind", "remind_reviewers"]
