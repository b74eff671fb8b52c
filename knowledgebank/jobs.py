"""What of the knowledge bank runs by the clock."""

from knowledgebank.upkeep.reminding import remind

__all__ = ["remind"]
