"""Scripts behind make: they run by themselves and import nothing of the project."""
