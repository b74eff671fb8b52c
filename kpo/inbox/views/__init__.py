"""The pages of the inbox: what is new, what one follows, and what one chose about it."""
