"""The append-only log of what matters: everything above writes to it, it imports none of them."""
