"""What a person hears of, follows and keeps. Imports pages and people; floors above use it."""
