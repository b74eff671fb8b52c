"""Keeping knowledge true: concerns, dates of review, changed law, who keeps what, work lists."""
