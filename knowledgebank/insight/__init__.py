"""Figures for the board and administrators: how knowledge fares, and what is looked for in vain.

Imports run from views to figures; every figure is a count of a list that its reader may open.
"""
