"""What a person follows and keeps. Imports pages and people; every floor above may use it."""
