"""Every byte that comes in or goes out; imports run states → storage → models → actions → views."""
