"""A theme page as plain Wagtail has it, to compare with; its tables exist in benchmarks only."""
