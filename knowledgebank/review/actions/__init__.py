"""The verbs of review, one file for each thing they are about."""
