"""Screens: drafting and following by who offers, handling by ambassadors and the board."""
