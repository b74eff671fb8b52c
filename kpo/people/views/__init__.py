"""The pages about people, by who uses them: strangers, oneself, colleagues, who manages them."""
