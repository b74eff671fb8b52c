"""The periodic work of the knowledge bank: what is named here is known to the worker."""

from knowledgebank.review.reminders import remind_reviewers
from knowledgebank.upkeep.reminding import remind
from knowledgebank.upkeep.weekly import forget_reads, tell_of_work

__all__ = ["forget_reads", "remind", "remind_reviewers", "tell_of_work"]
