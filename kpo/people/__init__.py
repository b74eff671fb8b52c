"""Who is here and what each may do: people, organisations, roles, circles and the Reader."""
