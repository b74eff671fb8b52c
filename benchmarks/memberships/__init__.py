"""Membership of closed spaces by the hundred, for measuring; one query a Reader."""
