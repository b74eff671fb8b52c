"""The verbs of upkeep, one file for each thing they are about."""
