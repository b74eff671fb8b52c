"""Events: lists by month, calendar files, and a feed of one's own.

Imports run from views to actions to models; querysets and overview are what the models use.
"""
