"""Finding: one contract for engines, under the reader's rights. Imports kpo, never an upper floor.

Imports run records → sources → dutch → models → engines → rows → indexing → queries → views.
"""
