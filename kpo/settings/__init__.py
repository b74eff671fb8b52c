"""Settings in four short files: base, development, test, production."""
