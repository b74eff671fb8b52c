"""Verbs of offers: drafting by who offers, handling by who reads, consenting by who offered."""
